import PlanarGeometry

/// A point of the map unrolled: x in grid units, going on past the edges of the world; y as on the grid, and beyond the
/// grid's latitudes in 1e-7 degree above 0 or below 2^32 - 1, so that it grows southwards everywhere.
struct MapPoint: Hashable {
    var x: Int64
    var y: Int64
}

/// Coordinates on the unrolled map. Every 1e-7 degree has its own place, so comparing places is comparing coordinates.
enum MapPlane {
    /// Once around the world.
    static let width: Int64 = 1 << 32
    static let northEdge: Int64 = 0
    static let southEdge: Int64 = 1 << 32 - 1

    static func x(longitude: Int32) -> Int64 {
        longitude >= GeoCoordinate.longitudeLimit ? width : Int64(WebMercator.worldX(longitude: longitude))
    }

    static func y(latitude: Int32) -> Int64 {
        let limit = Int64(WebMercator.latitudeLimit)
        if Int64(latitude) > limit { return northEdge - (Int64(latitude) - limit) }
        if Int64(latitude) < -limit { return southEdge + (-limit - Int64(latitude)) }
        return Int64(WebMercator.worldY(latitude: latitude))
    }

    static func point(_ coordinate: GeoCoordinate) -> MapPoint {
        MapPoint(x: x(longitude: coordinate.longitude), y: y(latitude: coordinate.latitude))
    }

    static let northPole = y(latitude: GeoCoordinate.latitudeLimit)
    static let southPole = y(latitude: -GeoCoordinate.latitudeLimit)

    /// The way from one longitude to another: a difference of more than half the world goes over 180 degrees.
    static func step(from: Int64, to: Int64) -> Int64 {
        let difference = to - from
        if difference > width / 2 { return difference - width }
        if difference < -width / 2 { return difference + width }
        return difference
    }
}

/// A geometry on the unrolled map: no segment jumps over the world. Reused from feature to feature.
///
/// Segments are straight on the Mercator map, as in tiles. A ring that goes once around the world holds the pole on its
/// side of the equator.
struct UnrolledGeometry {
    struct Part {
        /// The border: a point, a line, or a ring with its first point repeated at the end.
        var border: Range<Int>
        /// For rings the index after the points that close it over a pole; else the border's end.
        var ringEnd: Int
        var minX: Int64
        var maxX: Int64
    }

    private(set) var points: [MapPoint] = []
    private(set) var parts: [Part] = []
    private(set) var isPolygons = false
    private var borderEnd = 0

    init() {}

    /// Cost: linear in the points.
    mutating func load(_ geometry: Geometry) {
        points.removeAll(keepingCapacity: true)
        parts.removeAll(keepingCapacity: true)
        isPolygons = geometry.type == .polygons
        var exact = geometry.exactCoordinates[...]
        for part in 0..<geometry.partCount {
            let range = geometry.partRange(part)
            if range.isEmpty { continue }
            let start = points.count
            var firstOnMap: Int64 = 0
            var lastOnMap: Int64 = 0
            for index in range {
                let point = geometry.points[index]
                var place = MapPoint(x: Int64(point.x), y: Int64(point.y))
                while let next = exact.first, next.index < index { exact.removeFirst() }
                if let next = exact.first, next.index == index { place = MapPlane.point(next.coordinate) }
                let onMap = place.x
                if index == range.lowerBound {
                    firstOnMap = onMap
                } else {
                    place.x = points[points.count - 1].x + MapPlane.step(from: lastOnMap, to: onMap)
                }
                lastOnMap = onMap
                points.append(place)
            }
            if isPolygons { closeRing(from: start, MapPlane.step(from: lastOnMap, to: firstOnMap)) }
            finishPart(from: start)
        }
    }

    /// Repeats the first point, and closes a ring that goes around the world over the pole.
    private mutating func closeRing(from start: Int, _ lastStep: Int64) {
        let first = points[start]
        let closing = MapPoint(x: points[points.count - 1].x + lastStep, y: first.y)
        points.append(closing)
        borderEnd = points.count
        if closing.x == first.x { return }
        let border = points[start...]
        let isSouthern = border.reduce(0.0) { $0 + Double($1.y) } / Double(border.count) > Double(MapPlane.width / 2)
        let pole = isSouthern ? MapPlane.southPole : MapPlane.northPole
        points.append(MapPoint(x: closing.x, y: pole))
        points.append(MapPoint(x: first.x, y: pole))
    }

    private mutating func finishPart(from start: Int) {
        var minX = points[start].x
        var maxX = minX
        for index in start..<points.count {
            minX = min(minX, points[index].x)
            maxX = max(maxX, points[index].x)
        }
        let end = isPolygons ? borderEnd : points.count
        parts.append(Part(border: start..<end, ringEnd: points.count, minX: minX, maxX: maxX))
    }
}

extension UnrolledGeometry {
    /// Whether a point of the map lies inside the polygons or on their border, even-odd; wherever the rings were unrolled to.
    func covers(_ point: MapPoint) -> Bool {
        guard isPolygons else { return false }
        var isInside = false
        for part in parts {
            for turn in Self.turns(from: point.x, to: point.x, meeting: part) {
                switch locate(MapPoint(x: point.x + turn * MapPlane.width, y: point.y), part) {
                case .boundary: return true
                case .inside: isInside.toggle()
                case .outside: break
                }
            }
        }
        return isInside
    }

    /// How many worlds a stretch of longitudes must be moved to meet a part: mostly none or one way.
    static func turns(from minX: Int64, to maxX: Int64, meeting part: Part) -> Range<Int64> {
        let least = floorDivide(part.minX - maxX + MapPlane.width - 1, MapPlane.width)
        let most = floorDivide(part.maxX - minX, MapPlane.width)
        return least..<max(least, most + 1)
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
    }

    private func locate(_ point: MapPoint, _ part: Part) -> PointLocation {
        var isInside = false
        var previous = points[part.ringEnd - 1]
        for index in part.border.lowerBound..<part.ringEnd {
            let current = points[index]
            defer { previous = current }
            if point.y < min(previous.y, current.y) || point.y > max(previous.y, current.y) { continue }
            if point.x > max(previous.x, current.x) { continue }
            let side = MapSegment.side(of: point, from: previous, to: current)
            if side == 0, point.x >= min(previous.x, current.x) { return .boundary }
            // Half-open in y, so that a vertex on the point's row is counted for one of its two edges only.
            if (previous.y <= point.y) != (current.y <= point.y), (side > 0) == (current.y > previous.y) {
                isInside.toggle()
            }
        }
        return isInside ? .inside : .outside
    }
}

enum MapSegment {
    /// Positive when the point lies to the left of the way from `a` to `b` in the y-up sense of the cross product
    /// (b - a) x (point - a), negative to the right, 0 on the line through both. Exact.
    static func side(of point: MapPoint, from a: MapPoint, to b: MapPoint) -> Int {
        let first = Int128(b.x - a.x) * Int128(point.y - a.y)
        let second = Int128(b.y - a.y) * Int128(point.x - a.x)
        return first == second ? 0 : first > second ? 1 : -1
    }
}
