import PlanarGeometry
import TestSupport
import Testing

@Suite("Parts of the world that tiles are chosen by")
struct WorldRegionTests {
    /// How often a ring goes round a point that lies on no edge, by angles.
    private static func slowWinding(_ ring: [WorldPoint], _ x: Double, _ y: Double) -> Int {
        var turns = 0
        for (index, a) in ring.enumerated() {
            let b = ring[(index + 1) % ring.count]
            let (ay, by) = (Double(a.y), Double(b.y))
            guard (ay <= y) != (by <= y) else { continue }
            let crossing = Double(a.x) + (y - ay) / (by - ay) * (Double(b.x) - Double(a.x))
            if crossing < x { turns += by < ay ? 1 : -1 }
        }
        return turns
    }

    private static func random(_ count: Int, _ side: UInt32, _ random: inout SeededGenerator) -> [WorldPoint] {
        (0..<count).map { _ in
            WorldPoint(x: UInt32.random(in: 0...side, using: &random), y: UInt32.random(in: 0...side, using: &random))
        }
    }

    @Test("A box is outside, covered or neither, as its points say", arguments: [30, 400])
    func boxesAndRings(side: UInt32) {
        var random = SeededGenerator(seed: UInt64(side))
        var seen: [WorldRegion.Relation: Int] = [:]
        for _ in 0..<300 {
            let rings = (0..<Int.random(in: 1...3, using: &random)).map { number in
                WorldRegion.Ring(
                    points: Self.random(Int.random(in: 3...50, using: &random), side, &random),
                    isHole: number > 0 && Bool.random(using: &random))
            }
            let region = WorldRegion(rings: rings)
            for _ in 0..<10 {
                let low = Self.random(1, side, &random)[0]
                let box = WorldBox(
                    minX: low.x, minY: low.y, maxX: low.x + UInt32.random(in: 0...side / 8, using: &random),
                    maxY: low.y + UInt32.random(in: 0...side / 8, using: &random))
                let meetsEdge = rings.contains { ring in
                    ring.points.indices.contains {
                        SegmentIntersection.intersects(ring.points[$0], ring.points[($0 + 1) % ring.points.count], box)
                    }
                }
                let turns = rings.reduce(0) { sum, ring in
                    let isPositive = RingArea.doubled(ring.points, ring.points.indices) > 0
                    let own = Self.slowWinding(ring.points, Double(box.minX), Double(box.minY))
                    return sum + (isPositive == ring.isHole ? -own : own)
                }
                let expected: WorldRegion.Relation = meetsEdge ? .partly : turns > 0 ? .covered : .outside
                #expect(region.relation(of: box) == expected)
                seen[expected, default: 0] += 1
            }
        }
        #expect(seen.count == 3)
    }

    @Test("A hole is no part of it, and an island in the hole is, whatever way the rings run")
    func holes() {
        func square(_ low: UInt32, _ high: UInt32) -> [WorldPoint] {
            [
                WorldPoint(x: low, y: low), WorldPoint(x: high, y: low), WorldPoint(x: high, y: high),
                WorldPoint(x: low, y: high),
            ]
        }
        for isTurned in [false, true] {
            let rings = [(0, 100, false), (10, 90, true), (40, 60, false)].map { low, high, isHole in
                let points = square(UInt32(low), UInt32(high))
                return WorldRegion.Ring(points: isTurned ? points.reversed() : points, isHole: isHole)
            }
            let region = WorldRegion(rings: rings)
            func relation(_ low: UInt32, _ high: UInt32) -> WorldRegion.Relation {
                region.relation(of: WorldBox(minX: low, minY: low, maxX: high, maxY: high))
            }
            #expect(relation(2, 8) == .covered)
            #expect(relation(20, 30) == .outside)
            #expect(relation(45, 55) == .covered)
            #expect(relation(8, 12) == .partly)
            #expect(relation(100, 110) == .partly)
            #expect(relation(101, 110) == .outside)
        }
    }

    @Test("Of boxes one must hold all of a box that is covered")
    func boxes() {
        let region = WorldRegion(boxes: [
            WorldBox(minX: 0, minY: 0, maxX: 10, maxY: 10), WorldBox(minX: 20, minY: 0, maxX: 30, maxY: 10),
        ])
        #expect(region.relation(of: WorldBox(minX: 21, minY: 1, maxX: 30, maxY: 2)) == .covered)
        #expect(region.relation(of: WorldBox(minX: 9, minY: 1, maxX: 21, maxY: 2)) == .partly)
        #expect(region.relation(of: WorldBox(minX: 11, minY: 1, maxX: 19, maxY: 2)) == .outside)
        #expect(WorldRegion(boxes: []).relation(of: .world) == .outside)
    }
}
