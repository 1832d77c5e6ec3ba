/// Points, lines or rings around one tile, flat: all points in one array, and where each part ends.
///
/// Rings do not repeat their first point at the end. A polygon is an exterior ring followed by its interior ones.
/// Stages of tile making hand one of these on and reuse its memory.
public struct TilePath: Equatable, Sendable {
    public var points: [TilePoint] = []
    /// For each part the index after its last point; ascending.
    public var partEnds: [Int] = []

    public init() {}

    public init(parts: [[TilePoint]]) {
        for part in parts {
            points += part
            partEnds.append(points.count)
        }
    }

    public var partCount: Int { partEnds.count }

    @inlinable public func partStart(_ part: Int) -> Int { part == 0 ? 0 : partEnds[part - 1] }

    @inlinable public func partRange(_ part: Int) -> Range<Int> { partStart(part)..<partEnds[part] }

    /// Ends the current part at the points so far.
    @inlinable public mutating func endPart() { partEnds.append(points.count) }

    /// Empties it and keeps the memory.
    @inlinable
    public mutating func removeAll() {
        points.removeAll(keepingCapacity: true)
        partEnds.removeAll(keepingCapacity: true)
    }
}
