import PlanarGeometry

/// The polygons of a closed way that meets itself.
///
/// The ring is cut where it comes back to a node: what lies between is a loop. A loop that an odd number of others holds is a
/// hole, as by the even-odd rule. Where loops cross themselves or each other the area is that of `WorldPolygonRepair`.
enum ClosedAreaRepair {
    /// `ring` has one part, the first point not repeated. Valid polygons on the grid; the closed line itself when it has
    /// no area. Cost: the square of the number of loops, beside the repair.
    static func polygons(of ring: Geometry) -> Geometry {
        let loops = SimpleLoops.cut(ring.points)
        let areas = loops.map { abs(RingArea.doubled($0, $0.indices)) }
        let holders = loops.indices.map { loop in
            loops.indices.filter { $0 != loop && areas[$0] >= areas[loop] && isMostlyInside(loops[loop], loops[$0]) }
        }
        var points: [WorldPoint] = []
        var ends: [Int] = []
        var isExterior: [Bool] = []
        for loop in loops.indices where holders[loop].count.isMultiple(of: 2) {
            points += loops[loop]
            ends.append(points.count)
            isExterior.append(true)
            for hole in loops.indices
            where holders[hole].contains(loop) && holders[hole].count == holders[loop].count + 1 {
                points += loops[hole]
                ends.append(points.count)
                isExterior.append(false)
            }
        }
        var scratch = WorldPolygonRepairScratch()
        var (_, geometry) = WorldPolygonRepair.repair(
            points: points, partEnds: ends, isExterior: isExterior, scratch: &scratch)
        if geometry.points.isEmpty {
            var line = ring
            line.type = .lines
            line.closeLine()
            return line
        }
        if !ring.exactCoordinates.isEmpty {
            var exact: [WorldPoint: GeoCoordinate] = [:]
            for found in ring.exactCoordinates { exact[ring.points[found.index]] = found.coordinate }
            for (index, point) in geometry.points.enumerated() {
                if let coordinate = exact[point] {
                    geometry.exactCoordinates.append(.init(index: index, coordinate: coordinate))
                }
            }
        }
        return geometry
    }

    /// Whether most of a loop's points that are not on the other loop lie inside it.
    private static func isMostlyInside(_ loop: [WorldPoint], _ other: [WorldPoint]) -> Bool {
        var balance = 0
        for point in loop {
            switch PointInPolygon.locate(point, inRing: other, other.indices) {
            case .inside: balance += 1
            case .outside: balance -= 1
            case .boundary: break
            }
        }
        return balance > 0
    }
}
