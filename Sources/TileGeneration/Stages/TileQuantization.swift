import PlanarGeometry

/// From subunits to tile units, half up.
enum TileQuantization {
    @inline(__always)
    static func round(_ value: Int32) -> Int32 { (value &+ 8) >> TileRecipe.subunitBits }

    static func round(_ points: inout [TilePoint]) {
        for index in points.indices {
            points[index] = TilePoint(x: round(points[index].x), y: round(points[index].y))
        }
    }

    /// Rounds lines, drops points that fall onto the one before, and parts of which fewer than two points are left.
    static func lines(_ source: TilePath, into destination: inout TilePath) {
        destination.removeAll()
        for part in 0..<source.partCount {
            let start = destination.points.count
            for index in source.partRange(part) {
                let point = TilePoint(x: round(source.points[index].x), y: round(source.points[index].y))
                if destination.points.count > start, destination.points[destination.points.count - 1] == point {
                    continue
                }
                destination.points.append(point)
            }
            if destination.points.count - start < 2 {
                destination.points.removeLast(destination.points.count - start)
            } else {
                destination.endPart()
            }
        }
    }
}
