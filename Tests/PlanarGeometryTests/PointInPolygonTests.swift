import PlanarGeometry
import TestSupport
import Testing

@Suite struct PointInPolygonTests {
    @Test func agreesWithBoundaryScanAndWindingParity() {
        var generator = SeededGenerator(seed: 61)
        for _ in 0..<400 {
            let ring = (0..<Int.random(in: 1...8, using: &generator)).map { _ in
                TilePoint(x: Int32.random(in: 0...6, using: &generator), y: Int32.random(in: 0...6, using: &generator))
            }
            for x in Int32(-1)...7 {
                for y in Int32(-1)...7 {
                    let point = TilePoint(x: x, y: y)
                    let isOnEdge = ring.indices.contains {
                        SegmentIntersection.relation(point, point, ring[$0], ring[($0 + 1) % ring.count]) != .disjoint
                    }
                    let expected: PointLocation =
                        isOnEdge
                        ? .boundary : SlowGeometry.winding(Double(x), Double(y), ring) & 1 == 1 ? .inside : .outside
                    #expect(PointInPolygon.locate(point, inRing: ring, ring.indices) == expected, "\(point) \(ring)")
                    let world = ring.map { WorldPoint(x: UInt32($0.x + 1), y: UInt32($0.y + 1)) }
                    let inWorld = WorldPoint(x: UInt32(x + 1), y: UInt32(y + 1))
                    #expect(PointInPolygon.locate(inWorld, inRing: world, world.indices) == expected)
                }
            }
        }
    }

    @Test func holesAreOutsideAndTheirEdgesBoundary() {
        func square(_ low: UInt32, _ high: UInt32) -> [WorldPoint] {
            [
                WorldPoint(x: low, y: low), WorldPoint(x: high, y: low), WorldPoint(x: high, y: high),
                WorldPoint(x: low, y: high),
            ]
        }
        let geometry = Geometry(type: .polygons, points: square(0, .max) + square(10, 20).reversed(), partEnds: [4, 8])
        #expect(PointInPolygon.locate(WorldPoint(x: 15, y: 15), in: geometry) == .outside)
        #expect(PointInPolygon.locate(WorldPoint(x: 20, y: 15), in: geometry) == .boundary)
        #expect(PointInPolygon.locate(WorldPoint(x: 21, y: 15), in: geometry) == .inside)
        #expect(PointInPolygon.locate(WorldPoint(x: .max, y: .max), in: geometry) == .boundary)
        #expect(PointInPolygon.locate(WorldPoint(x: 5, y: 5), in: Geometry(type: .lines)) == .outside)
    }
}
