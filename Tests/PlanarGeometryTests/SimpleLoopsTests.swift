import PlanarGeometry
import Testing

@Suite struct SimpleLoopsTests {
    private static func ring(_ points: [(UInt32, UInt32)]) -> [WorldPoint] {
        points.map { WorldPoint(x: $0.0, y: $0.1) }
    }

    @Test func aRingThatVisitsNoPointTwiceStaysWhole() {
        let square = Self.ring([(0, 0), (4, 0), (4, 4), (0, 4)])
        #expect(SimpleLoops.cut(square) == [square])
    }

    @Test func aFigureOfEightThroughAVertexIsTwoLoops() {
        let eight = Self.ring([(0, 0), (2, 2), (4, 0), (4, 4), (2, 2), (0, 4)])
        #expect(
            SimpleLoops.cut(eight)
                == [Self.ring([(2, 2), (4, 0), (4, 4)]), Self.ring([(0, 0), (2, 2), (0, 4)])])
    }

    @Test func wayOutAndBackIsNoLoop() {
        #expect(SimpleLoops.cut(Self.ring([(0, 0), (4, 0), (8, 0), (4, 0)])) == [])
    }
}
