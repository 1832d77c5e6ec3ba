import Glibc
import PlanarGeometry
import TestSupport

/// Obvious, slow versions on the world grid, for comparison, and random polygons there.
enum SlowWorldGeometry {
    enum Kind: CaseIterable {
        /// Random points over the whole grid; the same in a small window; on a few rows and columns at the edges of
        /// the grid; shells with holes.
        case wide, window, extremes, holes
    }

    static func make(_ kind: Kind, _ generator: inout SeededGenerator) -> [[[WorldPoint]]] {
        func points(_ count: Int, _ point: () -> WorldPoint) -> [WorldPoint] { (0..<count).map { _ in point() } }
        func random(_ range: ClosedRange<UInt32>) -> UInt32 { .random(in: range, using: &generator) }
        switch kind {
        case .wide:
            return [
                [
                    points(Int(random(3...25))) { WorldPoint(x: random(0 ... .max), y: random(0 ... .max)) },
                    points(Int(random(3...9))) { WorldPoint(x: random(0 ... .max), y: random(0 ... .max)) },
                ]
            ]
        case .window:
            let (x, y) = (random(0...4_294_000_000), random(0...4_294_000_000))
            let side = random(1...60)
            return (0..<random(1...3)).map { _ in
                (0..<random(1...3)).map { _ in
                    points(Int(random(3...14))) { WorldPoint(x: x + random(0...side), y: y + random(0...side)) }
                }
            }
        case .extremes:
            func edge() -> UInt32 {
                let near = random(0...3)
                return random(0...1) == 0 ? near : .max - near
            }
            return (0..<random(1...2)).map { _ in
                (0..<random(1...2)).map { _ in points(Int(random(3...12))) { WorldPoint(x: edge(), y: edge()) } }
            }
        case .holes:
            let (x, y) = (Double(random(1 << 30...3 << 30)), Double(random(1 << 30...3 << 30)))
            func star(_ radius: Double, _ count: Int, _ dx: Double, _ dy: Double) -> [WorldPoint] {
                (0..<count).map { index in
                    let angle = Double(index) / Double(count) * 2 * Double.pi
                    let length = radius * Double(random(60...100)) / 100
                    return WorldPoint(x: UInt32(x + dx + cos(angle) * length), y: UInt32(y + dy + sin(angle) * length))
                }
            }
            let scale = Double(random(1...1000)) * 1000
            let shell = star(scale * 10, Int(random(5...20)), 0, 0)
            return [
                [shell]
                    + (0..<random(1...5)).map { _ in
                        star(scale * 3, 7, scale * Double(random(0...8)), scale * Double(random(0...8)))
                    }
            ]
        }
    }

    /// What is wrong with a geometry of polygons; `nil` if it is valid by OGC 06-103r4. As `SlowGeometry.fault`.
    static func fault(_ geometry: Geometry) -> String? {
        var edges: [(ring: Int, a: WorldPoint, b: WorldPoint)] = []
        var parent: [Int] = []
        for part in 0..<geometry.partCount {
            let ring = Array(geometry.points[geometry.partRange(part)])
            if ring.count < 3 { return "short ring" }
            if Set(ring).count != ring.count { return "repeated point" }
            let area = RingArea.doubled(ring, ring.indices)
            if area == 0 { return "ring without area" }
            if area < 0, parent.isEmpty { return "starts with a hole" }
            parent.append(area > 0 ? part : parent[part - 1])
            for index in ring.indices { edges.append((part, ring[index], ring[(index + 1) % ring.count])) }
        }
        var touches = Set<[Int]>()
        var places: [WorldPoint: Int] = [:]
        for i in edges.indices {
            for j in edges.indices where j > i {
                let (p, q) = (edges[i], edges[j])
                let relation = SegmentIntersection.relation(p.a, p.b, q.a, q.b)
                if relation == .disjoint { continue }
                if relation != .touching { return "edges \(relation)" }
                if p.ring == q.ring {
                    if p.b != q.a, q.b != p.a { return "ring touches itself" }
                } else if parent[p.ring] == parent[q.ring] {
                    for (point, a, b) in [(p.a, q.a, q.b), (p.b, q.a, q.b), (q.a, p.a, p.b), (q.b, p.a, p.b)]
                    where SegmentIntersection.relation(point, point, a, b) == .touching {
                        let place = places[point, default: places.count]
                        places[point] = place
                        touches.insert([parent[p.ring], p.ring, place])
                        touches.insert([parent[p.ring], q.ring, place])
                    }
                }
            }
        }
        // The inside of a polygon is connected if rings and the places where they touch make no cycle.
        var leader = Array(0..<parent.count + places.count * max(parent.count, 1))
        func root(_ node: Int) -> Int { leader[node] == node ? node : root(leader[node]) }
        for touch in touches.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let (first, second) = (root(touch[1]), root(parent.count + touch[2] * parent.count + touch[0]))
            if first == second { return "interior not connected" }
            leader[first] = second
        }
        return nestingFault(geometry, parent)
    }

    /// For rings that meet in points only: some vertex of one inside another lies strictly inside it.
    private static func nestingFault(_ geometry: Geometry, _ parent: [Int]) -> String? {
        func isInside(_ inner: Int, _ outer: Int) -> Bool {
            for point in geometry.points[geometry.partRange(inner)] {
                switch PointInPolygon.locate(point, inRing: geometry.points, geometry.partRange(outer)) {
                case .inside: return true
                case .outside: return false
                case .boundary: continue
                }
            }
            // With all vertices on the other ring, the middle of an edge that runs beside it decides.
            let range = geometry.partRange(inner)
            for index in range {
                let (a, b) = (
                    geometry.points[index], geometry.points[index + 1 < range.upperBound ? index + 1 : range.lowerBound]
                )
                let middle = WorldPoint(x: a.x / 2 + b.x / 2, y: a.y / 2 + b.y / 2)
                switch PointInPolygon.locate(middle, inRing: geometry.points, geometry.partRange(outer)) {
                case .inside: return true
                case .outside: return false
                case .boundary: continue
                }
            }
            return false
        }
        for first in parent.indices {
            let isHole = parent[first] != first
            let isAllBoundary = geometry.points[geometry.partRange(first)].allSatisfy {
                PointInPolygon.locate($0, inRing: geometry.points, geometry.partRange(parent[first])) == .boundary
            }
            if isHole, !isInside(first, parent[first]), !isAllBoundary { return "hole outside" }
            for second in parent.indices where second != first {
                if isHole, parent[second] == parent[first], second != parent[second], isInside(first, second) {
                    return "hole in hole"
                }
                if !isHole, parent[second] == second, isInside(first, second),
                    !parent.indices.contains(where: { $0 != second && parent[$0] == second && isInside(first, $0) })
                {
                    return "polygon in polygon"
                }
            }
        }
        return nil
    }

    private static func rings(_ points: [WorldPoint], _ ends: [Int]) -> [[WorldPoint]] {
        zip([0] + ends, ends).map { Array(points[$0..<$1]) }
    }

    /// Grid points nearest to where edges of different lines cross between their ends.
    static func crossings(_ points: [WorldPoint], _ ends: [Int], _ roles: [Bool]) -> Set<WorldPoint> {
        var edges: [(a: WorldPoint, b: WorldPoint)] = []
        var hasExterior = false
        for (number, ring) in rings(points, ends).enumerated() {
            let isFlat = ring.count < 3 || isOnOneLine(ring)
            if roles[number] { hasExterior = !isFlat }
            if !hasExterior || isFlat { continue }
            for index in ring.indices { edges.append((ring[index], ring[(index + 1) % ring.count])) }
        }
        var found = Set<WorldPoint>()
        for i in edges.indices {
            for j in edges.indices where j > i {
                let (p, q) = (edges[i], edges[j])
                guard SegmentIntersection.relation(p.a, p.b, q.a, q.b) == .crossing else { continue }
                let (px, py) = (Int128(p.b.x) - Int128(p.a.x), Int128(p.b.y) - Int128(p.a.y))
                let (qx, qy) = (Int128(q.b.x) - Int128(q.a.x), Int128(q.b.y) - Int128(q.a.y))
                var whole = px * qy - py * qx
                var share = (Int128(q.a.x) - Int128(p.a.x)) * qy - (Int128(q.a.y) - Int128(p.a.y)) * qx
                if whole < 0 { (whole, share) = (-whole, -share) }
                func rounded(_ start: UInt32, _ delta: Int128) -> UInt32 {
                    // Floor of start + share * delta / whole + 1/2, above 0.
                    UInt32((2 * (Int128(start) * whole + share * delta) + whole) / (2 * whole))
                }
                found.insert(WorldPoint(x: rounded(p.a.x, px), y: rounded(p.a.y, py)))
            }
        }
        return found
    }

    private static func isOnOneLine(_ ring: [WorldPoint]) -> Bool {
        guard let other = ring.first(where: { $0 != ring[0] }) else { return true }
        return ring.allSatisfy { SegmentIntersection.orientation(ring[0], other, $0) == 0 }
    }

    /// Whether some ring goes out and back on one line.
    static func hasSpike(_ points: [WorldPoint], _ ends: [Int]) -> Bool {
        rings(points, ends).contains { ring in
            var distinct: [WorldPoint] = []
            for point in ring where distinct.last != point { distinct.append(point) }
            while distinct.count > 1, distinct.first == distinct.last { distinct.removeLast() }
            let count = distinct.count
            return distinct.indices.contains { index in
                let (a, b, c) = (distinct[(index + count - 1) % count], distinct[index], distinct[(index + 1) % count])
                if count < 3 || SegmentIntersection.orientation(a, b, c) != 0 { return count < 3 }
                let along =
                    (Int128(b.x) - Int128(a.x)) * (Int128(c.x) - Int128(b.x))
                    + (Int128(b.y) - Int128(a.y)) * (Int128(c.y) - Int128(b.y))
                return along < 0
            }
        }
    }

    /// From a point to the nearest edge, in coordinates relative to the point.
    static func distance(_ point: WorldPoint, _ points: [WorldPoint], _ ends: [Int]) -> Double {
        var smallest = Double.infinity
        for ring in rings(points, ends) {
            for index in ring.indices {
                let (a, b) = (ring[index], ring[(index + 1) % ring.count])
                let (ax, ay) = (Double(a.x) - Double(point.x), Double(a.y) - Double(point.y))
                let (dx, dy) = (Double(b.x) - Double(a.x), Double(b.y) - Double(a.y))
                let length = dx * dx + dy * dy
                let along = length > 0 ? min(max(-(ax * dx + ay * dy) / length, 0), 1) : 0
                let toEnds = min(hypot(ax, ay), hypot(ax + dx, ay + dy))
                let isBetween = along > 0 && along < 1
                // Exact numerator: the difference of two products of 33 bits each.
                let cross =
                    (Int128(b.x) - Int128(a.x)) * (Int128(point.y) - Int128(a.y))
                    - (Int128(b.y) - Int128(a.y)) * (Int128(point.x) - Int128(a.x))
                smallest = min(smallest, isBetween ? abs(Double(cross)) / length.squareRoot() : toEnds)
            }
        }
        return smallest
    }

    /// Whether a point on no edge is in the area that the repair promises.
    static func covers(_ point: WorldPoint, _ points: [WorldPoint], _ ends: [Int], _ roles: [Bool]) -> Bool {
        var (isInExterior, isInHole, isCovered) = (false, false, false)
        for (number, ring) in rings(points, ends).enumerated() {
            var winding = 0
            for index in ring.indices {
                let (a, b) = (ring[index], ring[(index + 1) % ring.count])
                let side = SegmentIntersection.orientation(a, b, point)
                if a.y <= point.y, b.y > point.y, side > 0 { winding += 1 }
                if a.y > point.y, b.y <= point.y, side < 0 { winding -= 1 }
            }
            if roles[number] {
                isCovered = isCovered || (isInExterior && !isInHole)
                (isInExterior, isInHole) = (winding != 0, false)
            } else {
                isInHole = isInHole || winding != 0
            }
        }
        return isCovered || (isInExterior && !isInHole)
    }
}
