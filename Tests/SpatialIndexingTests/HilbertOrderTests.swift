import PlanarGeometry
import SpatialIndexing
import TestSupport
import Testing

@Suite struct HilbertOrderTests {
    @Test func aBoxStandsWhereItsCentreDoes() {
        let box = WorldBox(minX: 10, minY: 20, maxX: 31, maxY: 60)
        #expect(HilbertOrder.key(of: box) == HilbertCurve.index(x: 20, y: 40, order: 32))
        #expect(HilbertOrder.key(of: WorldBox(WorldPoint(x: 20, y: 40))) == HilbertOrder.key(of: box))
    }

    @Test func theCurveBeginsInTheNorthWestAndEndsInTheNorthEast() {
        #expect(HilbertOrder.key(of: WorldBox(WorldPoint(x: 0, y: 0))) == 0)
        #expect(HilbertOrder.key(of: WorldBox(WorldPoint(x: .max, y: 0))) == .max)
    }

    @Test func theKeyIsTheCurvesIndexAtOrder32() {
        var random = SeededGenerator(seed: 70)
        for round in 0..<20_000 {
            // Coordinates of every magnitude, and near the edges of every power of two.
            let shifts = (UInt32(round % 33), UInt32(round / 33 % 33))
            var point = WorldPoint(x: random.next() >> shifts.0, y: random.next() >> shifts.1)
            if round % 3 == 0 { point.x = ~point.x }
            if round % 5 == 0 { point.y = ~point.y }
            let key = HilbertOrder.key(of: WorldBox(point))
            if key != HilbertCurve.index(x: point.x, y: point.y, order: 32) { Issue.record("\(point): \(key)") }
        }
    }
}
