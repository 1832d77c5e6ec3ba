import PlanarGeometry

/// Puts each hole behind the exterior ring that holds it.
struct RingNesting {
    private struct Ring {
        var points: [WorldPoint]
        var doubledArea: Int128
        var box: WorldBox
    }

    private var exteriors: [Ring] = []
    private var holes: [Ring] = []
    /// Box and segment tests that were made, for tests of the cost.
    private(set) var testCount = 0
    private(set) var geometry = Geometry(type: .polygons)
    /// For each part of the geometry.
    private(set) var isExterior: [Bool] = []

    /// Rings with positive area are exteriors, those with negative area holes; they touch at most in points. Exteriors come
    /// in the order of their smallest points, holes likewise behind the smallest exterior around them.
    init(_ rings: [[WorldPoint]]) {
        for points in rings {
            let area = RingArea.doubled(points, points.indices)
            guard area != 0, let box = WorldBox(around: points) else { continue }
            let ring = Ring(points: RingNesting.startingAtSmallest(points), doubledArea: area, box: box)
            if area > 0 { exteriors.append(ring) } else { holes.append(ring) }
        }
        exteriors.sort { RingNesting.precedes($0.points[0], $1.points[0]) }
        holes.sort { RingNesting.precedes($0.points[0], $1.points[0]) }
        let parents = parents()
        // By counting, so that holes stay in their order behind each exterior.
        var starts = [Int](repeating: 0, count: exteriors.count + 1)
        for parent in parents where parent >= 0 { starts[parent + 1] += 1 }
        for exterior in exteriors.indices { starts[exterior + 1] += starts[exterior] }
        var order = [Int](repeating: 0, count: starts[exteriors.count])
        var next = starts
        for (hole, parent) in parents.enumerated() where parent >= 0 {
            order[next[parent]] = hole
            next[parent] += 1
        }
        for (index, exterior) in exteriors.enumerated() {
            add(exterior, isExterior: true)
            for place in starts[index]..<starts[index + 1] { add(holes[order[place]], isExterior: false) }
        }
    }

    private mutating func add(_ ring: Ring, isExterior: Bool) {
        geometry.points += ring.points
        geometry.endPart()
        self.isExterior.append(isExterior)
    }

    /// For each hole the exterior around it; -1 without any, which closed rings that do not cross never give.
    private mutating func parents() -> [Int] {
        if exteriors.count <= 1 { return [Int](repeating: exteriors.count - 1, count: holes.count) }
        if holes.isEmpty { return [] }
        // One ray for each hole counts how often it meets every exterior: those met an odd number of times are around it.
        var edges: [RingSegment] = []
        for (number, exterior) in exteriors.enumerated() {
            var previous = exterior.points[exterior.points.count - 1]
            for point in exterior.points {
                edges.append(RingSegment(previous, point, way: Int32(number)))
                previous = point
            }
        }
        edges.sort()
        let strips = SegmentStrips(edges)
        var isOdd = [Bool](repeating: false, count: exteriors.count)
        return holes.map { hole in
            var met: [Int] = []
            // The middle of an edge never lies on another ring, and an edge that is not vertical is there: the hole has area.
            let (from, to) = RingNesting.slantedEdge(hole.points)
            let (x, y) = (from.wideX + to.wideX, from.wideY + to.wideY)
            for number in strips.segments(atX: UInt32(x / 2)) {
                testCount += 1
                let edge = edges[Int(number)]
                guard RingNesting.isAbove(edge, doubledX: x, doubledY: y) else { continue }
                isOdd[Int(edge.way)].toggle()
                met.append(Int(edge.way))
            }
            var smallest = -1
            for exterior in met where isOdd[exterior] {
                isOdd[exterior] = false
                if smallest < 0 || exteriors[exterior].doubledArea < exteriors[smallest].doubledArea {
                    smallest = exterior
                }
            }
            return smallest
        }
    }

    /// Whether a ray straight up from a point, given in doubled coordinates, meets the segment; of its ends the left one
    /// counts.
    static func isAbove(_ segment: RingSegment, doubledX x: Int64, doubledY y: Int64) -> Bool {
        let (a, b) = (segment.first, segment.second)
        guard x >= 2 * a.wideX, x < 2 * b.wideX else { return false }
        // Wholly above, or not at all: no need to multiply.
        if 2 * max(a.wideY, b.wideY) < y { return true }
        if 2 * min(a.wideY, b.wideY) >= y { return false }
        return Int128(b.wideX - a.wideX) * Int128(y - 2 * a.wideY)
            - Int128(b.wideY - a.wideY) * Int128(x - 2 * a.wideX) > 0
    }

    private static func slantedEdge(_ ring: [WorldPoint]) -> (WorldPoint, WorldPoint) {
        var previous = ring[ring.count - 1]
        for point in ring {
            if point.x != previous.x { return (previous, point) }
            previous = point
        }
        return (previous, previous)
    }

    private static func precedes(_ left: WorldPoint, _ right: WorldPoint) -> Bool {
        (left.x, left.y) < (right.x, right.y)
    }

    private static func startingAtSmallest(_ points: [WorldPoint]) -> [WorldPoint] {
        guard let smallest = points.indices.min(by: { precedes(points[$0], points[$1]) }) else { return points }
        return Array(points[smallest...] + points[..<smallest])
    }
}
