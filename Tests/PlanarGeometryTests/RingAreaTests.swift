import PlanarGeometry
import TestSupport
import Testing

@Suite struct RingAreaTests {
    @Test("MVT 2.1 section 4.3.4.4: an exterior ring, clockwise on the screen, has positive area")
    func sign() {
        let square = [(0, 0), (10, 0), (10, 10), (0, 10)].map { TilePoint(x: $0.0, y: $0.1) }
        #expect(RingArea.doubled(square, 0..<4) == 200)
        #expect(RingArea.doubled(square.reversed(), 0..<4) == -200)
        #expect(RingArea.doubled(square, 1..<4) == 100)
        #expect(RingArea.doubled(square, 1..<3) == 0)
        #expect(RingArea.doubled(square, 2..<2) == 0)
    }

    @Test func agreesWithThePlainFormula() {
        var generator = SeededGenerator(seed: 41)
        for _ in 0..<300 {
            let ring = (0..<Int.random(in: 3...20, using: &generator)).map { _ in
                TilePoint(
                    x: Int32.random(in: -70_000...70_000, using: &generator),
                    y: Int32.random(in: -70_000...70_000, using: &generator))
            }
            var expected: Int64 = 0
            for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
                expected += Int64(a.x) * Int64(b.y) - Int64(b.x) * Int64(a.y)
            }
            #expect(RingArea.doubled(ring, 0..<ring.count) == expected)
            let world = ring.map { WorldPoint(x: UInt32($0.x + 70_000), y: UInt32($0.y + 70_000)) }
            #expect(RingArea.doubled(world, 0..<world.count) == Int128(expected))
        }
    }

    @Test("Small and large rings on the world grid alike are exact", arguments: 0..<40 as Range<UInt64>)
    func world(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let reach = UInt32(1) << UInt32.random(in: 20...31, using: &generator)
        let count = seed == 0 ? 20_000 : Int.random(in: 3...20, using: &generator)
        let ring = (0..<count).map { _ in
            WorldPoint(x: .random(in: 0...reach, using: &generator), y: .random(in: 0...reach, using: &generator))
        }
        var expected: Int128 = 0
        for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
            expected += Int128(a.x) * Int128(b.y) - Int128(b.x) * Int128(a.y)
        }
        #expect(RingArea.doubled(ring, 0..<count) == expected)
        #expect(RingArea.number(expected) == Double(expected))
    }

    @Test func theWholeWorldFits() {
        let world = [
            WorldPoint(x: 0, y: 0), WorldPoint(x: .max, y: 0), WorldPoint(x: .max, y: .max), WorldPoint(x: 0, y: .max),
        ]
        #expect(RingArea.doubled(world, 0..<4) == 2 * Int128(UInt32.max) * Int128(UInt32.max))
        let far: Int32 = (1 << 30) - 1
        let wide = [(-far, -far), (far, -far), (far, far), (-far, far)].map { TilePoint(x: $0.0, y: $0.1) }
        #expect(RingArea.doubled(wide, 0..<4) == 8 * Int64(far) * Int64(far))
    }

    @Test func rolesComeFromOrientation() {
        let square = [(0, 0), (10, 0), (10, 10), (0, 10)].map { TilePoint(x: $0.0, y: $0.1) }
        let path = TilePath(parts: [square, square.reversed()])
        #expect(TilePolygonPath(orientedRings: path).roles == [.exterior, .interior])
    }
}
