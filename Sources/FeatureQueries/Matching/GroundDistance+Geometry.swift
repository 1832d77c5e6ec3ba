import PlanarGeometry

extension GroundDistance {
    /// The distance in metres to the nearest point of a geometry: 0 inside an area or on its border; `nil` when it is
    /// farther than `limit`, or when the geometry has no point.
    ///
    /// Segments are straight on the Mercator map, and beyond its latitudes in longitude and latitude. The nearest point of one is found by bisection to a millimetre, on
    /// pieces of at most a quarter of a degree, so the distance is right to within a centimetre (which is what the grid
    /// resolves), far and near, up to the poles. Cost: a few comparisons a segment; only segments that reach into the
    /// circle of the best distance so far are measured.
    func metres(to geometry: UnrolledGeometry, limit: Double = .infinity) -> Double? {
        if geometry.covers(place) { return 0 }
        var search = NearestSearch(ground: self, limit: limit)
        for part in geometry.parts { search.look(at: part, geometry.points) }
        return search.best.isFinite && search.best <= limit ? search.best : nil
    }
}

/// The nearest point of a geometry's points and segments.
private struct NearestSearch {
    let ground: GroundDistance
    var best: Double
    /// The map's box around the circle of the best distance, x relative to the place.
    private var reachX = Int64.max
    private var minY = Int64.min
    private var maxY = Int64.max

    /// Pieces are no longer than this on the map: a quarter of a degree of longitude, or what is as long northwards.
    private static let longestPiece: Int64 = MapPlane.width / 1440

    init(ground: GroundDistance, limit: Double) {
        self.ground = ground
        best = limit.nextUp
        if limit.isFinite { narrow() }
    }

    mutating func look(at part: UnrolledGeometry.Part, _ points: [MapPoint]) {
        let first = points[part.border.lowerBound]
        if part.border.count == 1 {
            measure(MapPoint(x: relative(first), y: first.y))
            return
        }
        var start = MapPoint(x: relative(first), y: first.y)
        for index in part.border.dropFirst() {
            let step = points[index].x - points[index - 1].x
            var end = MapPoint(x: start.x + step, y: points[index].y)
            look(from: start, to: end)
            // Back to within half a world of the place.
            if end.x > MapPlane.width / 2 { end.x -= MapPlane.width }
            if end.x < -MapPlane.width / 2 { end.x += MapPlane.width }
            start = end
        }
    }

    /// The place's own x taken off, within half a world.
    private func relative(_ point: MapPoint) -> Int64 {
        let difference = (point.x - ground.place.x) % MapPlane.width
        if difference > MapPlane.width / 2 { return difference - MapPlane.width }
        if difference < -MapPlane.width / 2 { return difference + MapPlane.width }
        return difference
    }

    /// Looks at a segment, x relative to the place; cut into pieces when long, and where it leaves the grid.
    private mutating func look(from start: MapPoint, to end: MapPoint) {
        guard reaches(start, end) else { return }
        for edge in [MapPlane.northEdge, MapPlane.southEdge]
        where (start.y < edge && end.y > edge) || (start.y > edge && end.y < edge) {
            let share = Double(edge - start.y) / Double(end.y - start.y)
            let middle = MapPoint(x: start.x + Int64(share * Double(end.x - start.x)), y: edge)
            look(from: start, to: middle)
            return look(from: middle, to: end)
        }
        let length = max(abs(end.x - start.x), abs(end.y - start.y))
        if length <= Self.longestPiece {
            measure(from: start, to: end)
            return
        }
        let middle = MapPoint(x: start.x + (end.x - start.x) / 2, y: start.y + (end.y - start.y) / 2)
        look(from: start, to: middle)
        look(from: middle, to: end)
    }

    /// Whether the segment's box meets the circle's, on this turn around the world or the next.
    private func reaches(_ start: MapPoint, _ end: MapPoint) -> Bool {
        if max(start.y, end.y) < minY || min(start.y, end.y) > maxY { return false }
        if reachX >= MapPlane.width / 2 { return true }
        let west = min(start.x, end.x)
        let east = max(start.x, end.x)
        return (west <= reachX && east >= -reachX) || east >= MapPlane.width - reachX
            || west <= -MapPlane.width + reachX
    }

    /// Measures to a vertex, by its coordinate in the file.
    private mutating func measure(_ point: MapPoint) {
        let onMap = UInt32(truncatingIfNeeded: point.x &+ ground.place.x)
        let longitude = Double(WebMercator.longitude(worldX: onMap)) * GroundDistance.radiansPerStep
        var latitude = GroundDistance.latitude(point.y)
        if point.y >= MapPlane.northEdge, point.y <= MapPlane.southEdge {
            latitude = Double(WebMercator.latitude(worldY: UInt32(point.y))) * GroundDistance.radiansPerStep
        }
        offer(ground.metres(toLatitude: latitude, longitudeDifference: longitude - ground.longitude))
    }

    private mutating func measure(from start: MapPoint, to end: MapPoint) {
        let segment = GroundSegment(from: start, to: end)
        if ground.approach(segment, 0) <= 0 { return measure(start) }
        if ground.approach(segment, 1) >= 0 { return measure(end) }
        var low = 0.0
        var high = 1.0
        while (high - low) * segment.greatestLength > 0.001 {
            let middle = (low + high) / 2
            if ground.approach(segment, middle) > 0 { low = middle } else { high = middle }
        }
        let share = (low + high) / 2
        // A place at a vertex is at it exactly, although the grid rounds both.
        if share * segment.greatestLength < 0.02 { measure(start) }
        if (1 - share) * segment.greatestLength < 0.02 { measure(end) }
        offer(
            ground.metres(
                toLatitude: segment.latitude(share), longitudeDifference: segment.longitude + share * segment.east))
    }

    private mutating func offer(_ distance: Double) {
        if distance >= best { return }
        best = distance
        narrow()
    }

    /// Fits the box around the circle of the best distance, with a unit to spare.
    private mutating func narrow() {
        let angle = best / GroundDistance.radius
        let reach = ground.longitudeReach(metres: best)
        reachX = Int64(min(reach / GroundDistance.radiansPerUnit, Double(MapPlane.width))) + 2
        let north = ground.latitude + angle + 1e-9
        let south = ground.latitude - angle - 1e-9
        minY = north >= Double.pi / 2 ? .min : MapPlane.y(latitude: Self.steps(north)) - 2
        maxY = south <= -Double.pi / 2 ? .max : MapPlane.y(latitude: Self.steps(south)) + 2
    }

    private static func steps(_ latitude: Double) -> Int32 {
        Int32(min(max(latitude / GroundDistance.radiansPerStep, -900_000_000), 900_000_000))
    }
}
