public enum GeometryType: UInt8, Sendable {
    /// Each part is one point.
    case points
    /// Each part is a line of at least two points.
    case lines
    /// Each part is a ring, first point not repeated; an exterior ring is followed by its interior rings.
    /// Exterior rings have positive area in the y-down plane, interior ones negative (as MVT 2.1 section 4.3.4.4).
    case polygons
    /// Parts of one point are points, longer ones are lines: what is there of a relation that makes no area.
    case collection
}

/// A shape on the world grid, flat: all points in one array, and where each part ends.
public struct Geometry: Equatable, Sendable {
    /// A point whose coordinate the grid cannot hold (see `WebMercator.isExact`), kept beside the clamped one.
    public struct ExactCoordinate: Hashable, Sendable {
        /// Index into `points`.
        public var index: Int
        public var coordinate: GeoCoordinate

        public init(index: Int, coordinate: GeoCoordinate) {
            self.index = index
            self.coordinate = coordinate
        }
    }

    public var type: GeometryType
    public var points: [WorldPoint]
    /// For each part the index after its last point; ascending.
    public var partEnds: [Int]
    /// Ascending by index; nearly always empty.
    public var exactCoordinates: [ExactCoordinate]

    public init(
        type: GeometryType, points: [WorldPoint] = [], partEnds: [Int] = [],
        exactCoordinates: [ExactCoordinate] = []
    ) {
        self.type = type
        self.points = points
        self.partEnds = partEnds
        self.exactCoordinates = exactCoordinates
    }

    public var partCount: Int { partEnds.count }

    @inlinable public func partStart(_ part: Int) -> Int { part == 0 ? 0 : partEnds[part - 1] }

    @inlinable public func partRange(_ part: Int) -> Range<Int> { partStart(part)..<partEnds[part] }

    @inlinable public mutating func endPart() { partEnds.append(points.count) }

    /// Every point's coordinate in 1e-7 degree, as it was in the OSM file.
    public func coordinates() -> [GeoCoordinate] {
        var result = points.map(WebMercator.coordinate)
        for exact in exactCoordinates where exact.index < result.count { result[exact.index] = exact.coordinate }
        return result
    }

    public var box: WorldBox? { WorldBox(around: points) }

    /// Repeats the first point at the end of the last part: a closed way, of which it is stored once, becomes a line.
    public mutating func closeLine() {
        guard let start = partEnds.indices.last.map(partStart), start < points.count else { return }
        if let exact = exactCoordinates.first(where: { $0.index == start }) {
            exactCoordinates.append(.init(index: points.count, coordinate: exact.coordinate))
        }
        points.append(points[start])
        partEnds[partEnds.count - 1] = points.count
    }

    /// Reverses every ring whose area is negative, so that all are exteriors; for closed ways, which may run either way.
    public mutating func orientAsExteriors() {
        for part in 0..<partCount {
            let range = partRange(part)
            if RingArea.doubled(points, range) >= 0 { continue }
            points[range].reverse()
            for index in exactCoordinates.indices where range.contains(exactCoordinates[index].index) {
                let old = exactCoordinates[index].index
                exactCoordinates[index].index = range.lowerBound + range.upperBound - 1 - old
            }
        }
        exactCoordinates.sort { $0.index < $1.index }
    }
}
