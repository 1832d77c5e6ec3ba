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
            let around = exteriors.indices.filter {
                exteriors[$0].box.contains(hole.box) && contains(exteriors[$0], hole)
            }
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

    private static func precedes(_ left: WorldPoint, _ right: WorldPoint) -> Bool {
        (left.x, left.y) < (right.x, right.y)
    }

    private static func startingAtSmallest(_ points: [WorldPoint]) -> [WorldPoint] {
        guard let smallest = points.indices.min(by: { precedes(points[$0], points[$1]) }) else { return points }
        return Array(points[smallest...] + points[..<smallest])
    }

    /// A hole's points may lie on the exterior; the first that does not decides. With all of them there, the middle of an
    /// edge does: rings that touch in points only share no such middle.
    private static func contains(_ exterior: Ring, _ hole: Ring) -> Bool {
        for point in hole.points {
            switch PointInPolygon.locate(point, inRing: exterior.points, exterior.points.indices) {
            case .inside: return true
            case .outside: return false
            case .boundary: continue
            }
        }
        return containsMiddle(exterior.points, hole.points[0], hole.points[1])
    }

    /// Even-odd rule for the middle of a segment, on doubled coordinates, where it is an integer.
    private static func containsMiddle(_ ring: [WorldPoint], _ from: WorldPoint, _ to: WorldPoint) -> Bool {
        let x = from.wideX + to.wideX
        let y = from.wideY + to.wideY
        var isInside = false
        var a = ring[ring.count - 1]
        for b in ring {
            if (2 * a.wideY > y) != (2 * b.wideY > y) {
                let side =
                    Int128(b.wideX - a.wideX) * Int128(y - 2 * a.wideY)
                    - Int128(b.wideY - a.wideY) * Int128(x - 2 * a.wideX)
                if (side > 0) == (b.y > a.y) { isInside.toggle() }
            }
            a = b
        }
        return isInside
    }
}
