import PlanarGeometry
import TestSupport
import Testing

@Suite struct PolygonRepairTests {
    private func repair(_ source: TilePolygonPath) -> (path: TilePath, outcome: PolygonRepairOutcome) {
        var result = TilePath()
        var scratch = PolygonRepairScratch()
        let outcome = PolygonRepair.repair(source, into: &result, scratch: &scratch)
        return (result, outcome)
    }

    private func ring(_ points: [(Int32, Int32)]) -> [TilePoint] { points.map { TilePoint(x: $0.0, y: $0.1) } }

    private func square(_ low: Int32, _ high: Int32) -> [TilePoint] {
        ring([(low, low), (high, low), (high, high), (low, high)])
    }

    private func area(_ path: TilePath) -> Int64 {
        (0..<path.partCount).reduce(0) { $0 + RingArea.doubled(path.points, path.partRange($1)) }
    }

    @Test func validPolygonsComeBackUnchanged() {
        let hole = Array(square(20, 30).reversed())
        let source = TilePolygonPath(polygons: [[square(0, 100), hole], [square(22, 28)], [square(200, 300)]])
        let (path, outcome) = repair(source)
        #expect(outcome == .valid)
        #expect(path == source.rings)
    }

    @Test("MVT 2.1 section 4.3.4.4: exterior rings have positive area, interior rings negative")
    func orientationIsSet() {
        let turned = TilePolygonPath(polygons: [[Array(square(0, 100).reversed()), square(20, 30)]])
        let (path, outcome) = repair(turned)
        #expect(outcome == .valid)
        #expect(RingArea.doubled(path.points, path.partRange(0)) == 20_000)
        #expect(RingArea.doubled(path.points, path.partRange(1)) == -200)
        #expect(path.points[0] == TilePoint(x: 0, y: 100))
    }

    @Test("MVT 2.1 section 4.3.4.4: rings without area are dropped, and holes with their exterior")
    func ringsWithoutAreaGo() {
        let flat = ring([(0, 0), (5, 5), (9, 9)])
        let (path, outcome) = repair(TilePolygonPath(polygons: [[flat, square(1, 2)], [square(0, 9), flat], []]))
        #expect(outcome == .valid)
        #expect(path == TilePath(parts: [square(0, 9)]))
        #expect(repair(TilePolygonPath(polygons: [[flat, square(1, 2)]])).outcome == .empty)
        #expect(repair(TilePolygonPath()).outcome == .empty)
    }

    @Test func repeatedPointsAndSpikesGo() {
        let spiky = ring([
            (0, 0), (0, 0), (10, 0), (20, 0), (10, 0), (10, 10), (0, 10), (0, 15), (0, 0), (0, -9), (0, 0),
        ])
        let (path, outcome) = repair(TilePolygonPath(polygons: [[spiky]]))
        #expect(outcome == .valid)
        #expect(Set(path.points) == Set(square(0, 10)))
    }

    @Test func aBowTieBecomesTwoTriangles() {
        let (path, outcome) = repair(TilePolygonPath(polygons: [[ring([(0, 0), (10, 10), (10, 0), (0, 10)])]]))
        #expect(outcome == .rebuilt)
        #expect(path.partCount == 2)
        #expect(area(path) == 100)
    }

    @Test func aLobeWoundTheOtherWayStays() {
        // A signed sum would drop the part of winding number -1, even-odd the part of 2.
        let twice = ring([(0, 0), (10, 0), (10, 10), (0, 10), (0, 0), (10, 0), (10, 10), (0, 10)])
        #expect(area(repair(TilePolygonPath(polygons: [[twice]])).path) == 200)
    }

    @Test func aHoleThatTouchesItsShellOncePassesAsAHole() {
        let source = TilePolygonPath(polygons: [[square(0, 10), ring([(0, 5), (5, 7), (5, 3)])]])
        let (path, _) = repair(source)
        #expect(path.partCount == 2)
        #expect(area(path) == 200 - 20)
        #expect(SlowGeometry.fault(path) == nil)
    }

    @Test func aRingThatTouchesItselfBecomesShellAndHole() {
        // The outline runs in to (5, 5) and around a hole.
        let pinched = ring([(0, 0), (10, 0), (10, 10), (0, 10), (0, 5), (3, 7), (6, 5), (3, 3), (0, 5)])
        let (path, _) = repair(TilePolygonPath(polygons: [[pinched]]))
        #expect(path.partCount == 2)
        #expect(area(path) == 200 - 24)
        #expect(SlowGeometry.fault(path) == nil)
    }

    @Test func aHoleThatCutsThroughMakesTwoPolygons() {
        let source = TilePolygonPath(polygons: [[square(0, 10), ring([(4, -1), (6, -1), (6, 11), (4, 11)])]])
        let (path, _) = repair(source)
        #expect(path.partCount == 2)
        #expect(area(path) == 160)
    }

    @Test func holesThatTouchEachOtherInARingMakeAnIsland() {
        // Four triangles around the middle of the square, corner to corner.
        let holes = [
            ring([(5, 1), (9, 5), (9, 1)]), ring([(9, 5), (5, 9), (9, 9)]), ring([(5, 9), (1, 5), (1, 9)]),
            ring([(1, 5), (5, 1), (1, 1)]),
        ]
        let (path, _) = repair(TilePolygonPath(polygons: [[square(0, 10)] + holes]))
        #expect(SlowGeometry.fault(path) == nil)
        #expect(area(path) == 200 - 4 * 16)
    }

    @Test func overlappingPolygonsAreUnitedAndNestedOnesAbsorbed() {
        #expect(area(repair(TilePolygonPath(polygons: [[square(0, 10)], [square(5, 15)]])).path) == 2 * 175)
        let (nested, _) = repair(TilePolygonPath(polygons: [[square(0, 10)], [square(2, 5)]]))
        #expect(nested.partCount == 1)
        #expect(Set(nested.points) == Set(square(0, 10)))
    }

    @Test func neighboursWithACommonEdgeAreUnited() {
        let right = ring([(10, 0), (20, 0), (20, 10), (10, 10)])
        let (path, _) = repair(TilePolygonPath(polygons: [[square(0, 10)], [right]]))
        #expect(path.partCount == 1)
        #expect(path.points.count == 4)
    }

    @Test func coordinatesOutOfRangeAreClamped() {
        let (path, _) = repair(
            TilePolygonPath(polygons: [[ring([(.min, .min), (.max, .min), (.max, .max), (.min, .max)])]]))
        #expect(path == TilePath(parts: [square(-32767, 32767)]))
    }

    @Test func interiorsWithoutExteriorAreIgnored() {
        var source = TilePolygonPath()
        source.rings.points = square(0, 5)
        source.endRing(.interior)
        #expect(repair(source).outcome == .empty)
    }

    @Test(arguments: RandomPolygons.Kind.allCases)
    func randomPolygonsBecomeValidAndKeepTheirArea(_ kind: RandomPolygons.Kind) {
        var scratch = PolygonRepairScratch()
        var result = TilePath()
        var again = TilePath()
        for seed in UInt64(0)..<120 {
            var generator = SeededGenerator(seed: seed)
            let source = RandomPolygons.make(kind, &generator)
            PolygonRepair.repair(source, into: &result, scratch: &scratch)
            #expect(SlowGeometry.fault(result) == nil, "seed \(seed)")
            let rings = (0..<source.ringCount).map { Array(source.rings.points[source.rings.partRange($0)]) }
            guard let box = Bounds.box(of: source.rings.points, source.rings.points.indices) else { continue }
            for _ in 0..<12 {
                // A place on no edge of small-grid input, and at least half a diagonal away from all edges.
                let x = Double(Int32.random(in: box.minX...box.maxX, using: &generator)) + 0.501
                let y = Double(Int32.random(in: box.minY...box.maxY, using: &generator)) + 0.4973
                let isFar = rings.allSatisfy { SlowGeometry.distance(x, y, toRing: $0) > 0.7072 }
                guard isFar || kind == .rectilinear || kind == .overlapping else { continue }
                let winding = (0..<result.partCount).reduce(0) { sum, part in
                    sum + SlowGeometry.winding(x, y, Array(result.points[result.partRange(part)]))
                }
                #expect((winding == 1) == SlowGeometry.covers(source, x, y), "seed \(seed) at \(x) \(y)")
            }
            // What was repaired is valid: a second time gives the same area.
            PolygonRepair.repair(TilePolygonPath(orientedRings: result), into: &again, scratch: &scratch)
            #expect(area(again) == area(result), "seed \(seed)")
        }
    }

    @Test func manyRingsInOneSweepAgreeWithFew() {
        // Above the limit for comparing each with each.
        var polygons: [[[TilePoint]]] = []
        for column in Int32(0)..<12 {
            for row in Int32(0)..<12 {
                let (x, y) = (column * 20, row * 20)
                polygons.append([
                    ring([(x, y), (x + 15, y), (x + 15, y + 15), (x, y + 15)]),
                    ring([(x + 4, y + 4), (x + 4, y + 9), (x + 9, y + 9)]),
                ])
            }
        }
        let (path, outcome) = repair(TilePolygonPath(polygons: polygons))
        #expect(outcome == .valid)
        #expect(path.partCount == 288)
        polygons.append([ring([(-5, -5), (300, -5), (300, 7)])])
        let rebuilt = repair(TilePolygonPath(polygons: polygons))
        #expect(rebuilt.outcome == .rebuilt)
        #expect(SlowGeometry.fault(rebuilt.path) == nil)
    }
}
