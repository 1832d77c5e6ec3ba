import PlanarGeometry
import TestSupport
import Testing

@Suite("The union of a tile's polygons")
struct PolygonUnionTests {
    /// As many convex and other polygons as that, of all sizes, everywhere in a field; some with a hole.
    private static func polygons(_ count: Int, side: Int32, _ random: inout some RandomNumberGenerator)
        -> TilePolygonPath
    {
        var path = TilePolygonPath()
        for _ in 0..<count {
            let size = Int32.random(in: 1...60, using: &random)
            let (x, y) = (Int32.random(in: 0...side, using: &random), Int32.random(in: 0...side, using: &random))
            for _ in 0..<Int.random(in: 3...8, using: &random) {
                path.rings.points.append(
                    TilePoint(
                        x: x + Int32.random(in: 0...size, using: &random),
                        y: y + Int32.random(in: 0...size, using: &random)))
            }
            path.endRing(.exterior)
            if Bool.random(using: &random) {
                let (a, b) = (x + size / 4, y + size / 4)
                path.rings.points += [
                    TilePoint(x: a, y: b), TilePoint(x: a, y: b + size / 3),
                    TilePoint(x: a + size / 3, y: b + size / 3),
                ]
                path.endRing(.interior)
            }
        }
        return path
    }

    /// How often the rings go round a place.
    private static func winding(_ path: TilePath, _ x: Double, _ y: Double) -> Int {
        (0..<path.partCount).reduce(0) { $0 + SlowGeometry.winding(x, y, Array(path.points[path.partRange($1)])) }
    }

    @Test("Is valid, and covers what some polygon covers", arguments: [2, 6, 30], [80, 900])
    func sameArea(count: Int, side: Int) {
        var random = SeededGenerator(seed: UInt64(count * 10_000 + side))
        var union = PolygonUnion()
        var joined = TilePath()
        for round in 0..<6 {
            let source = Self.polygons(count, side: Int32(side), &random)
            joined.removeAll()
            union.unite(source, into: &joined)
            #expect(SlowGeometry.fault(joined) == nil, "round \(round)")
            let rings = (0..<source.ringCount).map { Array(source.rings.points[source.rings.partRange($0)]) }
            for _ in 0..<40 {
                let around = source.rings.points.randomElement(using: &random) ?? TilePoint(x: 0, y: 0)
                let x = Double(around.x + Int32.random(in: -20...20, using: &random)) + 0.501
                let y = Double(around.y + Int32.random(in: -20...20, using: &random)) + 0.4973
                // Nearer to an edge, snapping may have moved it across.
                guard rings.allSatisfy({ SlowGeometry.distance(x, y, toRing: $0) > 0.7072 }) else { continue }
                #expect(
                    Self.winding(joined, x, y) == (SlowGeometry.covers(source, x, y) ? 1 : 0),
                    "round \(round) at \(x) \(y)")
            }
        }
    }

    @Test("Plots in a row are one, by way of those between them")
    func chain() {
        let plots = (Int32(0)..<30).map { number in
            let x = (number * 7 % 30) * 10
            return [
                TilePoint(x: x, y: 0), TilePoint(x: x + 10, y: 0), TilePoint(x: x + 10, y: 10), TilePoint(x: x, y: 10),
            ]
        }
        var joined = TilePath()
        var union = PolygonUnion()
        union.unite(TilePolygonPath(polygons: plots.map { [$0] }), into: &joined)
        #expect(joined.partCount == 1)
        #expect(RingArea.doubled(joined.points, joined.points.indices) == 2 * 300 * 10)
    }

    @Test("Polygons apart come back point for point, in their order")
    func apart() {
        let source = TilePolygonPath(polygons: [
            [[TilePoint(x: 50, y: 0), TilePoint(x: 60, y: 0), TilePoint(x: 60, y: 10)]],
            [[TilePoint(x: 0, y: 0), TilePoint(x: 10, y: 0), TilePoint(x: 10, y: 10)]],
        ])
        var joined = TilePath()
        var union = PolygonUnion()
        union.unite(source, into: &joined)
        #expect(joined == source.rings)
    }

    @Test("Interiors before the first exterior cover nothing, and nothing gives nothing")
    func onlyInteriors() {
        var source = TilePolygonPath()
        var joined = TilePath()
        var union = PolygonUnion()
        union.unite(source, into: &joined)
        source.rings.points = [TilePoint(x: 0, y: 0), TilePoint(x: 0, y: 9), TilePoint(x: 9, y: 9)]
        source.endRing(.interior)
        union.unite(source, into: &joined)
        #expect(joined.partCount == 0)
    }
}
