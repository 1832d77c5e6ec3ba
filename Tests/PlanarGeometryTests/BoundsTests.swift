import PlanarGeometry
import TestSupport
import Testing

@Suite struct BoundsTests {
    @Test func agreesWithTheSmallestAndLargest() {
        var generator = SeededGenerator(seed: 51)
        let points = (0..<100).map { _ in
            TilePoint(
                x: Int32.random(in: .min ... .max, using: &generator),
                y: Int32.random(in: .min ... .max, using: &generator))
        }
        let world = points.map { WorldPoint(x: UInt32(bitPattern: $0.x), y: UInt32(bitPattern: $0.y)) }
        for start in 0..<30 {
            let range = start..<Int.random(in: start...100, using: &generator)
            let box = Bounds.box(of: points, range)
            #expect(box?.minX == points[range].map(\.x).min())
            #expect(box?.maxX == points[range].map(\.x).max())
            #expect(box?.minY == points[range].map(\.y).min())
            #expect(box?.maxY == points[range].map(\.y).max())
            #expect(Bounds.box(of: world, range) == WorldBox(around: world[range]))
        }
        #expect(Bounds.box(of: points, 5..<5) == nil)
    }
}
