public import PlanarGeometry

/// A box in cells of a node's frame, ends included. Cells are numbered from 0 to 32767.
@frozen
@usableFromInline
struct CellBox {
    @usableFromInline var minX: Int16
    @usableFromInline var minY: Int16
    @usableFromInline var maxX: Int16
    @usableFromInline var maxY: Int16

    @inlinable
    init(minX: Int16, minY: Int16, maxX: Int16, maxY: Int16) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    /// What no window meets: windows have no negative cells.
    @inlinable static var never: CellBox { CellBox(minX: .max, minY: .max, maxX: -1, maxY: -1) }
}

/// A node's box, cut into at most 2^15 cells along each axis, from which its slots are counted.
///
/// Relative boxes are the CR-tree's (Kim, Cha and Kwon, "Optimizing multidimensional index trees for main memory
/// access", SIGMOD 2001). Here a cell is a power of two wide, the least that will do, so that counting in cells is a
/// subtraction and a shift and nothing about the frame is stored: a node's frame is what its parent's slot covers, and
/// the builder works from that same box. Fifteen bits leave differences within `Int16`.
///
/// A slot names the first and the last cell that its box touches. It therefore covers the box, and beyond it less than
/// one cell on each side; a frame up to 32767 units wide has cells of one unit and loses nothing.
@frozen
@usableFromInline
struct NodeFrame {
    @usableFromInline var box: WorldBox
    /// Binary logarithm of a cell's width in grid units, 0 to 17.
    @usableFromInline var shiftX: UInt32
    @usableFromInline var shiftY: UInt32

    @inlinable
    init(_ box: WorldBox) {
        self.box = box
        shiftX = NodeFrame.shift(extent: box.maxX &- box.minX)
        shiftY = NodeFrame.shift(extent: box.maxY &- box.minY)
    }

    /// The least shift that brings the extent below 2^15. Setting the low bits spares the count the case of zero.
    @inlinable
    static func shift(extent: UInt32) -> UInt32 {
        17 &- UInt32(truncatingIfNeeded: (extent | 0x7fff).leadingZeroBitCount)
    }

    /// The cells that a box touches, as far as it lies inside the frame; it must meet the frame.
    @inlinable
    @inline(__always)
    func cells(touchedBy other: WorldBox) -> CellBox {
        CellBox(
            minX: Int16(truncatingIfNeeded: (max(other.minX, box.minX) &- box.minX) &>> shiftX),
            minY: Int16(truncatingIfNeeded: (max(other.minY, box.minY) &- box.minY) &>> shiftY),
            maxX: Int16(truncatingIfNeeded: (min(other.maxX, box.maxX) &- box.minX) &>> shiftX),
            maxY: Int16(truncatingIfNeeded: (min(other.maxY, box.maxY) &- box.minY) &>> shiftY))
    }

    /// The part of the frame that cells cover. Never inverted, not even for cells from damaged bytes.
    @inlinable
    @inline(__always)
    func box(covering cells: CellBox) -> WorldBox {
        let maxX = NodeFrame.lastUnit(ofCell: cells.maxX, from: box.minX, to: box.maxX, shift: shiftX)
        let maxY = NodeFrame.lastUnit(ofCell: cells.maxY, from: box.minY, to: box.maxY, shift: shiftY)
        return WorldBox(
            minX: min(box.minX &+ (UInt32(truncatingIfNeeded: cells.minX) &<< shiftX), maxX),
            minY: min(box.minY &+ (UInt32(truncatingIfNeeded: cells.minY) &<< shiftY), maxY),
            maxX: maxX, maxY: maxY)
    }

    /// In 64 bits: the last cell may reach past the frame, and past the world.
    @inlinable
    static func lastUnit(ofCell cell: Int16, from start: UInt32, to end: UInt32, shift: UInt32) -> UInt32 {
        let cellEnd = (UInt64(UInt16(bitPattern: cell)) &+ 1) &<< UInt64(shift)
        return UInt32(truncatingIfNeeded: min(UInt64(start) &+ cellEnd &- 1, UInt64(end)))
    }
}
