import Glibc
import PlanarGeometry

/// One point that stands for a geometry, where a table has room for no more.
struct RepresentativePoint {
    private var scratch = LabelPointScratch()

    init() {}

    /// A point's coordinate; of several points the first; the middle, by length, of the longest line; for polygons a
    /// point well inside the largest (`LabelPoint`). Of a collection with lines, that of its lines.
    mutating func coordinate(of geometry: Geometry) -> GeoCoordinate? {
        guard let first = geometry.points.first else { return nil }
        let coordinates = geometry.coordinates()
        if geometry.type == .points { return coordinates.first }
        let crossings = FrameCrossings(
            geometry.points, partEnds: geometry.partEnds, closing: geometry.type == .polygons)
        let isTurned = crossings.frame == .turned
        // In the frame in which it lies in one piece, else in pieces that do not go around the world.
        var turned = crossings.frame == nil ? geometry.cutAt180Degrees() : geometry
        if isTurned { for index in turned.points.indices { turned.points[index] = turned.points[index].turned } }
        var point = first
        if geometry.type == .polygons {
            point = LabelPoint.pointOnSurface(of: turned, scratch: &scratch) ?? first
        } else if let middle = Self.middle(ofLongestLineIn: turned) {
            point = middle
        } else {
            return coordinates.first
        }
        if isTurned { point = point.turned }
        // Where the grid cannot hold a coordinate, the point it holds instead is not the answer.
        if let exact = geometry.exactCoordinates.first(where: {
            geometry.points.indices.contains($0.index) && geometry.points[$0.index] == point
        }) {
            return exact.coordinate
        }
        return WebMercator.coordinate(point)
    }

    private static func middle(ofLongestLineIn geometry: Geometry) -> WorldPoint? {
        var best: (length: Double, part: Range<Int>)?
        for part in 0..<geometry.partCount {
            let range = geometry.partRange(part)
            if range.count < 2 { continue }
            var length = 0.0
            for index in range.dropFirst() { length += metres(geometry.points[index - 1], geometry.points[index]) }
            if length > best?.length ?? -1 { best = (length, range) }
        }
        guard let best else { return nil }
        var rest = best.length / 2
        for index in best.part.dropFirst() {
            let (start, end) = (geometry.points[index - 1], geometry.points[index])
            let length = metres(start, end)
            if length >= rest, length > 0 {
                return WorldPoint(
                    x: between(start.x, end.x, rest / length), y: between(start.y, end.y, rest / length))
            }
            rest -= length
        }
        return geometry.points[best.part.upperBound - 1]
    }

    private static func between(_ start: UInt32, _ end: UInt32, _ share: Double) -> UInt32 {
        UInt32(min(max(Double(start) + share * (Double(end) - Double(start)) + 0.5, 0), Double(UInt32.max)))
    }

    /// Length on the ground, by the map's scale half way; good for comparing.
    private static func metres(_ a: WorldPoint, _ b: WorldPoint) -> Double {
        let deltaX = Double(a.x) - Double(b.x)
        let deltaY = Double(a.y) - Double(b.y)
        let middle = UInt32((UInt64(a.y) + UInt64(b.y)) / 2)
        return (deltaX * deltaX + deltaY * deltaY).squareRoot() / WebMercator.unitsPerMetre(worldY: middle)
    }
}
