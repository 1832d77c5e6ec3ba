import PlanarGeometry

/// Puts each hole behind the exterior ring that holds it.
enum RingNesting {
    private struct Ring {
        var points: [WorldPoint]
        var doubledArea: Int128
        var box: WorldBox
    }

    /// Rings with positive area are exteriors, those with negative area holes; they touch at most in points. Exteriors come
    /// in the order of their smallest points, holes likewise behind the smallest exterior around them.
    static func geometry(from rings: [[WorldPoint]]) -> Geometry {
        var exteriors: [Ring] = []
        var holes: [Ring] = []
        for points in rings {
            let area = RingArea.doubled(points, points.indices)
            guard area != 0, let box = WorldBox(around: points) else { continue }
            let ring = Ring(points: startingAtSmallest(points), doubledArea: area, box: box)
            if area > 0 { exteriors.append(ring) } else { holes.append(ring) }
        }
        exteriors.sort { precedes($0.points[0], $1.points[0]) }
        holes.sort { precedes($0.points[0], $1.points[0]) }
        var holesOfExterior = [[Int]](repeating: [], count: exteriors.count)
        for (index, hole) in holes.enumerated() {
            let around = exteriors.indices.filter { exteriors[$0].box.contains(hole.box) && contains(exteriors[$0], hole) }
            if let smallest = around.min(by: { exteriors[$0].doubledArea < exteriors[$1].doubledArea }) {
                holesOfExterior[smallest].append(index)
            }
        }
        var geometry = Geometry(type: .polygons)
        for (index, exterior) in exteriors.enumerated() {
            geometry.points += exterior.points
            geometry.endPart()
            for hole in holesOfExterior[index] {
                geometry.points += holes[hole].points
                geometry.endPart()
            }
        }
        return geometry
    }

    private static func precedes(_ left: WorldPoint, _ right: WorldPoint) -> Bool { (left.x, left.y) < (right.x, right.y) }

    private static func startingAtSmallest(_ points: [WorldPoint]) -> [WorldPoint] {
        guard let smallest = points.indices.min(by: { precedes(points[$0], points[$1]) }) else { return points }
        return Array(points[smallest...] + points[..<smallest])
    }

    /// A hole's points may lie on the exterior; the first that does not decides.
    private static func contains(_ exterior: Ring, _ hole: Ring) -> Bool {
        for point in hole.points {
            switch PointInPolygon.locate(point, inRing: exterior.points, exterior.points.indices) {
            case .inside: return true
            case .outside: return false
            case .boundary: continue
            }
        }
        // All points touch the ring from within: rings do not cross, and the boxes nest.
        return true
    }
}
