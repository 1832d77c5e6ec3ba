import ByteCoding
public import PlanarGeometry

/// A static R-tree over boxes, read where it lies: in a mapped file or an array.
///
///     let tree = try PackedRTree(bytes)
///     tree.forEachCandidate(in: window) { entry in ... }
///
/// Entries are known by their number, from 0 in the order in which they were added to `PackedRTreeBuilder`; the tree
/// stores no other identity. Sixteen children a node, all nodes full but the last of each level, as a packed Hilbert
/// R-tree (Kamel and Faloutsos 1993) has it; 8.5 bytes an entry. The bytes are described at `PackedRTreeLayout`.
///
/// The tree answers with **candidates**. Boxes inside are rounded outwards to the cells of their node's frame, so every
/// entry that meets the window is among them, and some may be that miss it by less than one cell. A cell is the least
/// power of two that cuts the leaf's extent into at most 32768: one grid unit, and an exact answer, where sixteen
/// neighbours lie within 32767 units (about 300 m). Who needs exactness elsewhere tests the entry's own box or geometry.
///
/// Opening checks the header and that the size fits, and nothing else: cost is constant. Damage beyond that gives wrong
/// candidates, all below `entryCount`, but no read outside the bytes, no trap, and no more work than visiting each node.
@frozen
public struct PackedRTree: ~Escapable {
    @usableFromInline let bytes: RawSpan
    @usableFromInline let layout: PackedRTreeLayout
    @usableFromInline let root: WorldBox

    /// - Parameter bytes: exactly what `PackedRTreeBuilder.finish` made. Fastest if it starts on a multiple of 64.
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(SpatialIndexError) {
        let header: Header
        do {
            header = try Header(bytes)
        } catch {
            throw .headerTruncated(byteCount: bytes.byteCount)
        }
        guard header.mark == PackedRTreeLayout.mark else { throw .notAnIndex(found: header.mark) }
        guard header.version == PackedRTreeLayout.version else { throw .unsupportedVersion(header.version) }
        guard header.entryCount <= UInt64(PackedRTreeLayout.entryCountLimit) else {
            throw .tooManyEntries(header.entryCount)
        }
        let layout = PackedRTreeLayout(entryCount: Int(header.entryCount))
        guard layout.byteCount == bytes.byteCount else {
            throw .sizeMismatch(
                entryCount: layout.entryCount, expected: layout.byteCount, found: bytes.byteCount)
        }
        guard header.root.minX <= header.root.maxX, header.root.minY <= header.root.maxY else {
            throw .invertedBox(header.root)
        }
        self.bytes = bytes
        self.layout = layout
        self.root = header.root
    }

    @inlinable public var entryCount: Int { layout.entryCount }

    /// The exact box around all entries; `nil` without any.
    @inlinable public var box: WorldBox? { layout.entryCount > 0 ? root : nil }

    private struct Header {
        var mark: UInt32
        var version: UInt32
        var entryCount: UInt64
        var root: WorldBox

        init(_ bytes: RawSpan) throws(ByteCodingError) {
            var cursor = ByteCursor(bytes)
            mark = try cursor.uint32()
            version = try cursor.uint32()
            entryCount = try cursor.uint64()
            root = WorldBox(
                minX: try cursor.uint32(), minY: try cursor.uint32(), maxX: try cursor.uint32(),
                maxY: try cursor.uint32())
            try cursor.skip(PackedRTreeLayout.headerByteCount - cursor.offset)
        }
    }
}

extension PackedRTree {
    /// Bits of the slots of the node at `offset` that meet a window of its frame.
    ///
    /// One subtraction a column: its sign is set where a slot misses. Cells and windows are below 2^15, so no difference
    /// wraps. `offset` must be a node's.
    @inlinable
    @inline(__always)
    func slots(meeting window: CellBox, ofNodeAt offset: Int) -> UInt32 {
        let beforeEndX: SIMD16<Int16> = SIMD16<Int16>(repeating: window.maxX) &- column(0, ofNodeAt: offset)
        let beforeEndY: SIMD16<Int16> = SIMD16<Int16>(repeating: window.maxY) &- column(1, ofNodeAt: offset)
        let afterStartX: SIMD16<Int16> = column(2, ofNodeAt: offset) &- SIMD16<Int16>(repeating: window.minX)
        let afterStartY: SIMD16<Int16> = column(3, ofNodeAt: offset) &- SIMD16<Int16>(repeating: window.minY)
        return nonnegativeLanes((beforeEndX | beforeEndY) | (afterStartX | afterStartY))
    }

    @inlinable
    @inline(__always)
    func column(_ column: Int, ofNodeAt offset: Int) -> SIMD16<Int16> {
        // Safe: the initializer found all nodes of the layout inside the bytes, and callers name only such nodes.
        unsafe bytes.unsafeLoadUnaligned(
            fromUncheckedByteOffset: offset &+ column &* PackedRTreeLayout.columnByteCount, as: SIMD16<Int16>.self)
    }

    /// One slot of the node at `offset`.
    @inlinable
    func cells(ofSlot slot: Int, ofNodeAt offset: Int) -> CellBox {
        let first = offset &+ 2 &* slot
        return CellBox(
            minX: cell(at: first), minY: cell(at: first &+ PackedRTreeLayout.columnByteCount),
            maxX: cell(at: first &+ 2 &* PackedRTreeLayout.columnByteCount),
            maxY: cell(at: first &+ 3 &* PackedRTreeLayout.columnByteCount))
    }

    @inlinable
    func cell(at offset: Int) -> Int16 {
        // Safe: inside a node, as in `column`.
        unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Int16.self)
    }
}

/// A bit for each lane that is not negative, lane 0 lowest. Baseline x86-64 has the instruction (pmovmskb) but Swift
/// no way to it; the product gathers the low bits of eight bytes in its top byte.
@inlinable
@inline(__always)
func nonnegativeLanes(_ lanes: SIMD16<Int16>) -> UInt32 {
    let negative: SIMD16<UInt16> = SIMD16<UInt16>(truncatingIfNeeded: lanes) &>> SIMD16<UInt16>(repeating: 15)
    let bytes = SIMD16<UInt8>(truncatingIfNeeded: negative)
    // Safe: both are sixteen plain bytes.
    let halves = unsafe unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
    let low = (halves.x &* 0x0102_0408_1020_4080) &>> 56
    let high = (halves.y &* 0x0102_0408_1020_4080) &>> 56
    return ~UInt32(truncatingIfNeeded: low | (high &<< 8)) & 0xffff
}
