import PlanarGeometry

/// A query's box on the unrolled map, edges included; `maxX` passes the world's edge when the box crosses 180 degrees.
struct MapBox {
    let minX: Int64
    let maxX: Int64
    /// North.
    let minY: Int64
    /// South.
    let maxY: Int64

    init(_ box: QueryBox) {
        minX = MapPlane.x(longitude: box.west)
        let east = MapPlane.x(longitude: box.east)
        maxX = box.crossesAntimeridian ? east + MapPlane.width : east
        minY = MapPlane.y(latitude: box.north)
        maxY = MapPlane.y(latitude: box.south)
    }

    /// Windows of the grid outside which no feature's box can be that meets this box.
    var windows: [WorldBox] {
        let top = UInt32(min(max(minY, MapPlane.northEdge), MapPlane.southEdge))
        let bottom = UInt32(min(max(maxY, MapPlane.northEdge), MapPlane.southEdge))
        let last = MapPlane.width - 1
        var stretches = [(min(minX, last), min(maxX, last))]
        // +180 degrees are stored on the last column of the grid, and are the same as -180.
        if maxX > last { stretches.append((0, min(maxX - MapPlane.width, last))) }
        if minX == 0 { stretches.append((last, last)) }
        return stretches.map { WorldBox(minX: UInt32($0.0), minY: top, maxX: UInt32($0.1), maxY: bottom) }
    }

    /// Whether the geometry has a point in the box or on its edge. Exact; linear in the points.
    func meets(_ geometry: UnrolledGeometry) -> Bool {
        for part in geometry.parts {
            for turn in UnrolledGeometry.turns(from: minX, to: maxX, meeting: part) {
                if meets(geometry.points, part.border, shift: turn * MapPlane.width) { return true }
            }
        }
        // No border inside: the box lies wholly inside or wholly outside.
        return geometry.covers(MapPoint(x: minX, y: minY))
    }

    private func meets(_ points: [MapPoint], _ border: Range<Int>, shift: Int64) -> Bool {
        let west = minX + shift
        let east = maxX + shift
        var previous = points[border.lowerBound]
        if contains(previous, west, east) { return true }
        for index in border.dropFirst() {
            let current = points[index]
            defer { previous = current }
            if max(previous.x, current.x) < west || min(previous.x, current.x) > east { continue }
            if max(previous.y, current.y) < minY || min(previous.y, current.y) > maxY { continue }
            if contains(current, west, east) { return true }
            // The boxes overlap: it passes the box by only if the two corners farthest from it are on one side.
            let falls = (previous.x < current.x) == (previous.y < current.y)
            let first = MapPoint(x: west, y: falls ? maxY : minY)
            let second = MapPoint(x: east, y: falls ? minY : maxY)
            let sides =
                MapSegment.side(of: first, from: previous, to: current)
                * MapSegment.side(of: second, from: previous, to: current)
            if sides <= 0 { return true }
        }
        return false
    }

    private func contains(_ point: MapPoint, _ west: Int64, _ east: Int64) -> Bool {
        point.x >= west && point.x <= east && point.y >= minY && point.y <= maxY
    }
}
