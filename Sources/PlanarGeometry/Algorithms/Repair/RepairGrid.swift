/// A grid that polygons can be repaired on: its points, and integers wide enough for exact tests on them.
///
/// One algorithm (`RingRepair`) at two scales. Both grids are named in this module only, so the compiler makes a
/// version for each.
protocol RepairGrid: Sendable {
    associatedtype Point: PlanarPoint
    /// Holds one coordinate in the order of the grid, in boxes.
    associatedtype Coordinate: FixedWidthInteger & Sendable
    /// A point as a number that orders by x, then y.
    associatedtype Key: FixedWidthInteger & UnsignedInteger & Sendable
    /// Two keys, or a distance and a key; the first in the upper half.
    associatedtype KeyPair: FixedWidthInteger & UnsignedInteger & Sendable
    /// Four times the product of two differences of coordinates fits in.
    associatedtype Wide: FixedWidthInteger & SignedInteger & Sendable

    /// The point itself, if the grid has bounds narrower than its type the nearest one within them.
    static func clamped(_ point: Point) -> Point
    static func coordinates(_ point: Point) -> (x: Coordinate, y: Coordinate)
    /// `coordinate` counted from the lowest one of the grid.
    static func rank(_ coordinate: Coordinate) -> UInt32
    static func key(_ point: Point) -> Key
    static func key(xOf column: Point, yOf row: Point) -> Key
    /// The part of a key that tells y.
    static func row(_ key: Key) -> UInt32
    static func point(_ key: Key) -> Point
    static func moved(_ point: Point, x: Wide, y: Wide) -> Point
    /// From a to b.
    static func delta(_ a: Point, _ b: Point) -> (x: Wide, y: Wide)
    static func doubledArea(_ points: [Point], _ range: Range<Int>) -> Wide
}

extension RepairGrid {
    /// Twice the area of the triangle.
    @inline(__always)
    static func cross(_ a: Point, _ b: Point, _ c: Point) -> Wide {
        let (first, second) = (delta(a, b), delta(a, c))
        return first.x &* second.y &- first.y &* second.x
    }

    @inline(__always)
    static func pair(_ upper: Key, _ lower: Key) -> KeyPair {
        KeyPair(truncatingIfNeeded: upper) &<< KeyPair(truncatingIfNeeded: Key.bitWidth)
            | KeyPair(truncatingIfNeeded: lower)
    }

    @inline(__always)
    static func upper(_ pair: KeyPair) -> Key {
        Key(truncatingIfNeeded: pair &>> KeyPair(truncatingIfNeeded: Key.bitWidth))
    }

    @inline(__always)
    static func lower(_ pair: KeyPair) -> Key { Key(truncatingIfNeeded: pair) }
}

/// Tile units with |coordinates| below 2^15; areas and products are below 2^35.
enum TileRepairGrid: RepairGrid {
    @inline(__always)
    static func clamped(_ point: TilePoint) -> TilePoint {
        TilePoint(x: min(max(point.x, -32767), 32767), y: min(max(point.y, -32767), 32767))
    }

    @inline(__always)
    static func coordinates(_ point: TilePoint) -> (x: Int16, y: Int16) {
        (Int16(truncatingIfNeeded: point.x), Int16(truncatingIfNeeded: point.y))
    }

    @inline(__always)
    static func rank(_ coordinate: Int16) -> UInt32 { UInt32(UInt16(bitPattern: coordinate) ^ 0x8000) }

    @inline(__always)
    static func key(_ point: TilePoint) -> UInt32 {
        UInt32(truncatingIfNeeded: point.x &+ 32768) &<< 16 | UInt32(truncatingIfNeeded: point.y &+ 32768)
    }

    @inline(__always)
    static func key(xOf column: TilePoint, yOf row: TilePoint) -> UInt32 { key(TilePoint(x: column.x, y: row.y)) }

    @inline(__always)
    static func row(_ key: UInt32) -> UInt32 { key & 0xFFFF }

    @inline(__always)
    static func point(_ key: UInt32) -> TilePoint {
        TilePoint(
            x: Int32(truncatingIfNeeded: key &>> 16) &- 32768, y: Int32(truncatingIfNeeded: key & 0xFFFF) &- 32768)
    }

    @inline(__always)
    static func moved(_ point: TilePoint, x: Int64, y: Int64) -> TilePoint {
        TilePoint(x: point.x &+ Int32(truncatingIfNeeded: x), y: point.y &+ Int32(truncatingIfNeeded: y))
    }

    @inline(__always)
    static func delta(_ a: TilePoint, _ b: TilePoint) -> (x: Int64, y: Int64) {
        (Int64(b.x &- a.x), Int64(b.y &- a.y))
    }

    static func doubledArea(_ points: [TilePoint], _ range: Range<Int>) -> Int64 { RingArea.doubled(points, range) }

    typealias KeyPair = UInt64
}

/// The whole world grid; areas and products are below 2^67.
enum WorldRepairGrid: RepairGrid {
    @inline(__always)
    static func clamped(_ point: WorldPoint) -> WorldPoint { point }

    @inline(__always)
    static func coordinates(_ point: WorldPoint) -> (x: UInt32, y: UInt32) { (point.x, point.y) }

    @inline(__always)
    static func rank(_ coordinate: UInt32) -> UInt32 { coordinate }

    @inline(__always)
    static func key(_ point: WorldPoint) -> UInt64 { UInt64(point.x) &<< 32 | UInt64(point.y) }

    @inline(__always)
    static func key(xOf column: WorldPoint, yOf row: WorldPoint) -> UInt64 { key(WorldPoint(x: column.x, y: row.y)) }

    @inline(__always)
    static func row(_ key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key) }

    @inline(__always)
    static func point(_ key: UInt64) -> WorldPoint {
        WorldPoint(x: UInt32(truncatingIfNeeded: key &>> 32), y: UInt32(truncatingIfNeeded: key))
    }

    @inline(__always)
    static func moved(_ point: WorldPoint, x: Int128, y: Int128) -> WorldPoint {
        WorldPoint(x: point.x &+ UInt32(truncatingIfNeeded: x), y: point.y &+ UInt32(truncatingIfNeeded: y))
    }

    @inline(__always)
    static func delta(_ a: WorldPoint, _ b: WorldPoint) -> (x: Int128, y: Int128) {
        (Int128(Int64(b.x) &- Int64(a.x)), Int128(Int64(b.y) &- Int64(a.y)))
    }

    static func doubledArea(_ points: [WorldPoint], _ range: Range<Int>) -> Int128 { RingArea.doubled(points, range) }

    typealias KeyPair = UInt128
}
