import PlanarGeometry
import TestSupport
import Testing

@Suite("Polygon validity")
struct PolygonValidityTests {
    /// Rings as lists of x and y; the first exterior, the others as said.
    private func fault(_ rings: [[(UInt32, UInt32)]], exteriors: Set<Int> = [0]) -> RingContact? {
        var points: [WorldPoint] = []
        var ends: [Int] = []
        for ring in rings {
            points += ring.map { WorldPoint(x: $0.0 + 1000, y: $0.1 + 1000) }
            ends.append(points.count)
        }
        var scratch = WorldPolygonRepairScratch()
        return PolygonValidity.fault(
            points: points, partEnds: ends, isExterior: rings.indices.map { exteriors.contains($0) }, scratch: &scratch)
    }

    private func square(_ x: UInt32, _ y: UInt32, _ side: UInt32, hole: Bool = false) -> [(UInt32, UInt32)] {
        let ring = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
        return hole ? ring.reversed() : ring
    }

    @Test("OGC 06-103r4 6.1.11: what is valid")
    func valid() {
        #expect(fault([square(0, 0, 10)]) == nil)
        #expect(fault([square(0, 0, 10), square(2, 2, 3, hole: true)]) == nil)
        // A hole that touches the exterior in one point, and two polygons that touch in a corner.
        #expect(fault([square(0, 0, 10), [(0, 5), (3, 3), (3, 7)].reversed()]) == nil)
        #expect(fault([square(0, 0, 10), square(10, 10, 5)], exteriors: [0, 1]) == nil)
        // An island in a hole.
        #expect(fault([square(0, 0, 20), square(2, 2, 10, hole: true), square(4, 4, 3)], exteriors: [0, 2]) == nil)
    }

    @Test("OGC 06-103r4 6.1.11: what is not")
    func invalid() {
        #expect(fault([[(0, 0), (10, 10), (10, 0), (0, 10)]])?.kind == .crossing)
        // A hole that touches the exterior twice cuts the inside in two.
        #expect(fault([square(0, 0, 10), [(0, 5), (5, 3), (10, 5), (5, 7)].reversed()]) != nil)
        // A ring that touches itself.
        #expect(fault([[(0, 0), (10, 0), (5, 5), (10, 10), (0, 10), (5, 5)]]) != nil)
        #expect(fault([square(0, 0, 10), square(20, 20, 3, hole: true)])?.kind == .misplacedRing)
        #expect(fault([square(0, 0, 10), square(5, 5, 10)], exteriors: [0, 1]) != nil)
        #expect(fault([square(0, 0, 10), square(10, 2, 4)], exteriors: [0, 1])?.kind == .overlap)
        #expect(fault([square(0, 0, 10), square(2, 2, 4)], exteriors: [0, 1]) != nil)
        // Holes that touch each other in a circle cut a piece out.
        #expect(
            fault([
                square(0, 0, 30), [(5, 15), (15, 5), (12, 15)].reversed(), [(15, 5), (25, 15), (16, 12)].reversed(),
                [(5, 15), (16, 20), (25, 15), (15, 25)].reversed(),
            ]) != nil)
    }
}
