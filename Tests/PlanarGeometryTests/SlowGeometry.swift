import PlanarGeometry

/// Obvious, slow versions of what the library does, for comparison.
enum SlowGeometry {
    /// Winding number of a ring around a point on no edge.
    static func winding(_ x: Double, _ y: Double, _ ring: [TilePoint]) -> Int {
        var winding = 0
        for index in ring.indices {
            let a = ring[index]
            let b = ring[(index + 1) % ring.count]
            let (ax, ay, bx, by) = (Double(a.x), Double(a.y), Double(b.x), Double(b.y))
            let side = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            if ay <= y, by > y, side > 0 { winding += 1 }
            if ay > y, by <= y, side < 0 { winding -= 1 }
        }
        return winding
    }

    static func distance(_ x: Double, _ y: Double, toRing ring: [TilePoint]) -> Double {
        ring.indices.map { distance(x, y, ring[$0], ring[($0 + 1) % ring.count]) }.min() ?? .infinity
    }

    static func distance(_ x: Double, _ y: Double, _ a: TilePoint, _ b: TilePoint) -> Double {
        let (dx, dy) = (Double(b.x) - Double(a.x), Double(b.y) - Double(a.y))
        let length = dx * dx + dy * dy
        let along = length > 0 ? ((x - Double(a.x)) * dx + (y - Double(a.y)) * dy) / length : 0
        let t = min(max(along, 0), 1)
        let (px, py) = (x - Double(a.x) - t * dx, y - Double(a.y) - t * dy)
        return (px * px + py * py).squareRoot()
    }

    /// Whether a point on no edge is in the area that `PolygonRepair` promises.
    static func covers(_ polygons: TilePolygonPath, _ x: Double, _ y: Double) -> Bool {
        var isInExterior = false
        var isInHole = false
        for ring in 0..<polygons.ringCount {
            let points = Array(polygons.rings.points[polygons.rings.partRange(ring)])
            let isIn = !points.isEmpty && winding(x, y, points) != 0
            if polygons.roles[ring] == .exterior {
                if isInExterior, !isInHole { return true }
                (isInExterior, isInHole) = (isIn, false)
            } else {
                isInHole = isInHole || isIn
            }
        }
        return isInExterior && !isInHole
    }

    /// What is wrong with a multipolygon in MVT form; `nil` if it is valid by OGC 06-103r4 and MVT 2.1 4.3.4.4.
    ///
    /// Besides the rings' own tests: the interior of a polygon is connected if the graph of rings and of the points
    /// where they touch has no cycle.
    static func fault(_ path: TilePath) -> String? {
        let rings = (0..<path.partCount).map { Array(path.points[path.partRange($0)]) }
        var polygons: [[Int]] = []
        for (number, ring) in rings.enumerated() {
            if ring.count < 3 { return "short ring" }
            let area = RingArea.doubled(ring, 0..<ring.count)
            if area == 0 { return "ring without area" }
            if area > 0 {
                polygons.append([number])
            } else if polygons.isEmpty {
                return "starts with a hole"
            } else {
                polygons[polygons.count - 1].append(number)
            }
            if Set(ring).count != ring.count { return "repeated point" }
        }
        let edges = rings.enumerated().flatMap { number, ring in
            ring.indices.map { (ring: number, index: $0, a: ring[$0], b: ring[($0 + 1) % ring.count]) }
        }
        var touches: [(Int, Int, TilePoint)] = []
        for i in edges.indices {
            for j in edges.indices where j > i {
                let (p, q) = (edges[i], edges[j])
                let relation = SegmentIntersection.relation(p.a, p.b, q.a, q.b)
                if relation == .disjoint { continue }
                if relation != .touching { return "edges \(relation)" }
                if p.ring == q.ring {
                    if p.b != q.a, q.b != p.a { return "ring touches itself" }
                } else {
                    for point in [p.a, p.b] where SegmentIntersection.relation(point, point, q.a, q.b) == .touching {
                        touches.append((p.ring, q.ring, point))
                    }
                    for point in [q.a, q.b] where SegmentIntersection.relation(point, point, p.a, p.b) == .touching {
                        touches.append((p.ring, q.ring, point))
                    }
                }
            }
        }
        // Half the polygon's rings and points must be trees.
        for polygon in polygons {
            var pairs = Set<[Int]>()
            var points: [TilePoint: Int] = [:]
            for (first, second, point) in touches where polygon.contains(first) && polygon.contains(second) {
                let node = points[point] ?? points.count
                points[point] = node
                pairs.insert([first, node])
                pairs.insert([second, node])
            }
            var parent = Array(0..<rings.count + points.count)
            func root(_ node: Int) -> Int { parent[node] == node ? node : root(parent[node]) }
            for pair in pairs {
                let (a, b) = (root(pair[0]), root(rings.count + pair[1]))
                if a == b { return "interior not connected" }
                parent[a] = b
            }
        }
        func isInside(_ inner: Int, _ outer: Int) -> Bool {
            // Vertices and edge middles, doubled to stay on a grid; some point is off the other ring.
            let doubled = rings[outer].map { TilePoint(x: $0.x * 2, y: $0.y * 2) }
            for index in rings[inner].indices {
                let a = rings[inner][index]
                let b = rings[inner][(index + 1) % rings[inner].count]
                for point in [TilePoint(x: a.x * 2, y: a.y * 2), TilePoint(x: a.x + b.x, y: a.y + b.y)] {
                    switch PointInPolygon.locate(point, inRing: doubled, doubled.indices) {
                    case .inside: return true
                    case .outside: return false
                    case .boundary: continue
                    }
                }
            }
            return false
        }
        for (number, polygon) in polygons.enumerated() {
            for hole in polygon.dropFirst() where !isInside(hole, polygon[0]) { return "hole outside" }
            for first in polygon.dropFirst() {
                for second in polygon.dropFirst() where first != second && isInside(first, second) {
                    return "hole in hole"
                }
            }
            for (other, second) in polygons.enumerated() where other != number && isInside(second[0], polygon[0]) {
                if !polygon.dropFirst().contains(where: { isInside(second[0], $0) }) { return "polygon in polygon" }
            }
        }
        return nil
    }
}
