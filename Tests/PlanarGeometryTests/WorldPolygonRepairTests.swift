import PlanarGeometry
import TestSupport
import Testing

@Suite struct WorldPolygonRepairTests {
    private typealias Ring = [(x: UInt32, y: UInt32)]

    private func repair(_ polygons: [[[WorldPoint]]]) -> (outcome: PolygonRepairOutcome, geometry: Geometry) {
        let (points, ends, roles) = flat(polygons)
        var scratch = WorldPolygonRepairScratch()
        return WorldPolygonRepair.repair(points: points, partEnds: ends, isExterior: roles, scratch: &scratch)
    }

    private func contacts(_ polygons: [[[WorldPoint]]], limit: Int = 10) -> [RingContact] {
        let (points, ends, roles) = flat(polygons)
        var scratch = WorldPolygonRepairScratch()
        return WorldPolygonRepair.contacts(
            points: points, partEnds: ends, isExterior: roles, limit: limit, scratch: &scratch)
    }

    private func flat(_ polygons: [[[WorldPoint]]]) -> ([WorldPoint], [Int], [Bool]) {
        var (points, ends, roles): ([WorldPoint], [Int], [Bool]) = ([], [], [])
        for polygon in polygons {
            for (index, ring) in polygon.enumerated() {
                points += ring
                ends.append(points.count)
                roles.append(index == 0)
            }
        }
        return (points, ends, roles)
    }

    private func ring(_ points: Ring) -> [WorldPoint] { points.map { WorldPoint(x: $0.x, y: $0.y) } }

    private func square(_ low: UInt32, _ high: UInt32) -> [WorldPoint] {
        ring([(low, low), (high, low), (high, high), (low, high)])
    }

    private func area(_ geometry: Geometry) -> Int128 {
        (0..<geometry.partCount).reduce(0) { $0 + RingArea.doubled(geometry.points, geometry.partRange($1)) }
    }

    private let last = UInt32.max

    @Test func validPolygonsComeBackUnchanged() {
        let hole = Array(square(20, 30).reversed())
        let polygons = [[square(0, 100), hole], [square(22, 28)], [square(200, .max)]]
        let (outcome, geometry) = repair(polygons)
        #expect(outcome == .valid)
        #expect(geometry == Geometry(type: .polygons, points: flat(polygons).0, partEnds: flat(polygons).1))
        #expect(contacts(polygons).isEmpty)
    }

    @Test func firstPointsRepeatedAtTheEndAreLeftOut() {
        let closed = square(0, 10) + [WorldPoint(x: 0, y: 0)]
        #expect(repair([[closed]]).outcome == .valid)
        #expect(repair([[closed]]).geometry.points == square(0, 10))
        #expect(contacts([[closed]]).isEmpty)
    }

    @Test func theWholeWorldIsAPolygon() {
        let hole = ring([(1, 1), (last - 1, 2), (5, last - 1)])
        let (outcome, geometry) = repair([[square(0, last), hole]])
        #expect(outcome == .valid)
        #expect(area(geometry) > Int128(last) * Int128(last) * 9 / 10)
        #expect(repair([[square(0, last), square(0, last)]]).outcome == .empty)
    }

    @Test func aBowTieOverTheWorldCrossesInItsMiddle() {
        let polygons = [[ring([(0, 0), (last, last), (last, 0), (0, last)])]]
        let (outcome, geometry) = repair(polygons)
        #expect(outcome == .rebuilt)
        #expect(geometry.partCount == 2)
        // The middle of the grid is no grid point; half is rounded up.
        let middle = WorldPoint(x: 1 << 31, y: 1 << 31)
        #expect(geometry.points.filter { $0 == middle }.count == 2)
        #expect(contacts(polygons) == [RingContact(kind: .crossing, point: middle, firstRing: 0, secondRing: 0)])
        #expect(SlowWorldGeometry.fault(geometry) == nil)
    }

    @Test func interiorsWithoutExteriorAreIgnored() {
        var scratch = WorldPolygonRepairScratch()
        let (outcome, geometry) = WorldPolygonRepair.repair(
            points: square(0, 5), partEnds: [4], isExterior: [false], scratch: &scratch)
        #expect(outcome == .empty)
        #expect(geometry.points.isEmpty)
    }

    @Test func noPointsMakeNoArea() {
        #expect(repair([]).outcome == .empty)
        #expect(repair([[[]]]).outcome == .empty)
        #expect(contacts([]).isEmpty)
        #expect(contacts([[[]]]).isEmpty)
    }

    @Test func aTouchInAVertexIsToldFromACrossing() {
        let pinched = ring([(0, 0), (10, 0), (5, 5), (10, 10), (0, 10), (5, 5)])
        let five = WorldPoint(x: 5, y: 5)
        #expect(contacts([[pinched]]) == [RingContact(kind: .sharedVertex, point: five, firstRing: 0, secondRing: 0)])
        let onEdge = ring([(0, 0), (10, 0), (10, 10), (5, 0), (0, 10)])
        let below = WorldPoint(x: 5, y: 0)
        #expect(contacts([[onEdge]]) == [RingContact(kind: .vertexOnEdge, point: below, firstRing: 0, secondRing: 0)])
        let crossed = ring([(0, 0), (10, 7), (10, 0), (0, 8)])
        #expect(
            contacts([[crossed]])
                == [RingContact(kind: .crossing, point: WorldPoint(x: 5, y: 4), firstRing: 0, secondRing: 0)])
    }

    @Test func stretchesInCommonAreListedOnce() {
        let polygons = [[square(0, 10)], [ring([(10, 2), (20, 2), (20, 8), (10, 8)])]]
        #expect(
            contacts(polygons)
                == [RingContact(kind: .overlap, point: WorldPoint(x: 10, y: 2), firstRing: 0, secondRing: 1)])
    }

    @Test func spikesAndCollapsedRingsAreListed() {
        let spiky = ring([(0, 0), (10, 0), (20, 0), (10, 0), (10, 10), (0, 10)])
        #expect(
            contacts([[spiky]])
                == [RingContact(kind: .spike, point: WorldPoint(x: 20, y: 0), firstRing: 0, secondRing: 0)])
        let flat = [[square(0, 10)], [ring([(30, 30), (40, 40), (50, 50)])]]
        #expect(contacts(flat).contains { $0.kind == .collapsedRing && $0.firstRing == 1 })
    }

    @Test func ringsInTheWrongPlaceAreListed() {
        let outside = [[square(0, 10), square(20, 30)]]
        #expect(
            contacts(outside)
                == [RingContact(kind: .misplacedRing, point: WorldPoint(x: 20, y: 20), firstRing: 1, secondRing: 1)])
        #expect(contacts([[square(0, 100), square(10, 50), square(20, 30)]]).map(\.firstRing) == [2])
        #expect(contacts([[square(0, 100)], [square(10, 50)]]).map(\.secondRing) == [0])
        #expect(contacts([[square(0, 100), square(10, 50)], [square(20, 30), square(22, 24)]]).isEmpty)
    }

    @Test func theNumberOfContactsIsBounded() {
        // A fence of crossings.
        var fence: [WorldPoint] = []
        for column in UInt32(0)..<100 { fence.append(WorldPoint(x: 10 * column, y: column % 2 * 100)) }
        for column in (UInt32(0)..<100).reversed() {
            fence.append(WorldPoint(x: 10 * column + 3, y: 100 - column % 2 * 100))
        }
        for limit in [0, 1, 3, 50] {
            let found = contacts([[fence]], limit: limit)
            #expect(found.count == limit)
            #expect(found == contacts([[fence]], limit: limit))
        }
        let all = contacts([[fence]], limit: 10_000)
        #expect(Set(all.map(\.point)) == SlowWorldGeometry.crossings(fence, [fence.count], [true]))
        #expect(all.count > 50)
        #expect(all.allSatisfy { $0.kind == RingContact.Kind.crossing })
    }

    /// Enough edges above each other for the sweep to divide itself into strips, for the search for pixels to change
    /// its way, and for several strips to find the same pair.
    @Test func tallCoastsAreSweptInStrips() {
        for seed in UInt64(0)..<3 {
            var generator = SeededGenerator(seed: seed)
            // South along a noisy line and north along another, with some swapped points.
            var coast: [WorldPoint] = []
            for row in UInt32(0)..<700 {
                coast.append(WorldPoint(x: 1000 + .random(in: 0...400, using: &generator), y: 5 * row))
            }
            for row in (UInt32(0)..<700).reversed() {
                coast.append(WorldPoint(x: 1401 + .random(in: 0...400, using: &generator), y: 5 * row))
            }
            #expect(repair([[coast]]).outcome == .valid)
            #expect(contacts([[coast]]).isEmpty)
            for _ in 0..<20 {
                let index = Int.random(in: 0..<coast.count - 9, using: &generator)
                coast.swapAt(index, index + Int.random(in: 1...9, using: &generator))
            }
            let found = contacts([[coast]], limit: 1 << 20).filter { $0.kind == .crossing }
            #expect(Set(found.map(\.point)) == SlowWorldGeometry.crossings(coast, [coast.count], [true]))
            let (outcome, geometry) = repair([[coast]])
            #expect(outcome == .rebuilt)
            #expect(SlowWorldGeometry.fault(geometry) == nil)
        }
    }

    @Test func manyRingsInEachOtherAreNestedRight() {
        var polygons: [[[WorldPoint]]] = [[square(0, 100_000)]]
        for column in UInt32(0)..<20 {
            for row in UInt32(0)..<20 {
                let (x, y) = (100 + 100 * column, 100 + 100 * row)
                polygons[0].append(ring([(x, y), (x, y + 50), (x + 50, y + 50), (x + 50, y)]))
                polygons.append([ring([(x + 10, y + 10), (x + 40, y + 10), (x + 40, y + 40)])])
            }
        }
        #expect(repair(polygons).outcome == .valid)
        #expect(contacts(polygons).isEmpty)
        // One crossing far away: the same rings, found anew.
        polygons.append([ring([(200_000, 0), (200_010, 10), (200_010, 0), (200_000, 10)])])
        let (outcome, geometry) = repair(polygons)
        #expect(outcome == .rebuilt)
        #expect(geometry.partCount == 1 + 400 + 400 + 2)
        #expect(area(geometry) == 2 * (10_000_000_000 - 400 * 2500 + 400 * 450 + 50))
        // An island beside its hole is no polygon of its own.
        polygons.removeLast()
        polygons.append([square(50_000, 50_100)])
        #expect(contacts(polygons).map(\.kind) == [.misplacedRing])
    }

    @Test(arguments: RandomPolygons.Kind.allCases)
    func tilePolygonsLiftedToTheWorldGiveTheSameResult(_ kind: RandomPolygons.Kind) {
        var tileScratch = PolygonRepairScratch()
        var worldScratch = WorldPolygonRepairScratch()
        var tileResult = TilePath()
        for seed in UInt64(0)..<60 {
            var generator = SeededGenerator(seed: 1000 + seed)
            let source = RandomPolygons.make(kind, &generator)
            let outcome = PolygonRepair.repair(source, into: &tileResult, scratch: &tileScratch)
            // The corners of the grid among them.
            let offsets: [UInt32] = [32768, .max - 32767, .random(in: 32768 ... .max - 32767, using: &generator)]
            for (dx, dy) in [(offsets[0], offsets[1]), (offsets[1], offsets[0]), (offsets[2], offsets[2])] {
                func lifted(_ points: [TilePoint]) -> [WorldPoint] {
                    points.map {
                        WorldPoint(x: UInt32(Int64(dx) + Int64($0.x)), y: UInt32(Int64(dy) + Int64($0.y)))
                    }
                }
                let lift = WorldPolygonRepair.repair(
                    points: lifted(source.rings.points), partEnds: source.rings.partEnds,
                    isExterior: source.roles.map { $0 == .exterior }, scratch: &worldScratch)
                #expect(lift.outcome == outcome, "seed \(seed)")
                #expect(lift.geometry.points == lifted(tileResult.points), "seed \(seed)")
                #expect(lift.geometry.partEnds == tileResult.partEnds, "seed \(seed)")
            }
        }
    }

    @Test(arguments: SlowWorldGeometry.Kind.allCases)
    func randomPolygonsBecomeValidAndKeepTheirArea(_ kind: SlowWorldGeometry.Kind) {
        var scratch = WorldPolygonRepairScratch()
        for seed in UInt64(0)..<60 {
            var generator = SeededGenerator(seed: seed)
            let (points, ends, roles) = flat(SlowWorldGeometry.make(kind, &generator))
            let (outcome, result) = WorldPolygonRepair.repair(
                points: points, partEnds: ends, isExterior: roles, scratch: &scratch)
            #expect(SlowWorldGeometry.fault(result) == nil, "seed \(seed)")
            let found = WorldPolygonRepair.contacts(
                points: points, partEnds: ends, isExterior: roles, limit: 1 << 20, scratch: &scratch)
            // Not asked of `found`, where a worse contact may hide a spike in the same place.
            let isTidy = !SlowWorldGeometry.hasSpike(points, ends)
            let isValid = found.allSatisfy { $0.kind == .spike || $0.kind == .collapsedRing }
            #expect(isValid == (outcome == .valid || (outcome == .empty && isValid)), "seed \(seed)")
            let crossings = Set(found.filter { $0.kind == .crossing }.map(\.point))
            let slowCrossings = SlowWorldGeometry.crossings(points, ends, roles)
            // What crosses only a spike is gone with it.
            #expect(isTidy ? crossings == slowCrossings : crossings.isSubset(of: slowCrossings), "seed \(seed)")
            for _ in 0..<20 {
                guard let box = result.box else { break }
                let place = WorldPoint(
                    x: .random(in: box.minX...box.maxX, using: &generator),
                    y: .random(in: box.minY...box.maxY, using: &generator))
                // Nothing moves by more than 0.7072, and the slow distance is good to about 1e-6.
                guard SlowWorldGeometry.distance(place, points, ends) > 0.708 else { continue }
                let isInside = PointInPolygon.locate(place, in: result) == .inside
                #expect(isInside == SlowWorldGeometry.covers(place, points, ends, roles), "seed \(seed) at \(place)")
            }
            let again = WorldPolygonRepair.repair(
                points: result.points, partEnds: result.partEnds,
                isExterior: (0..<result.partCount).map { RingArea.doubled(result.points, result.partRange($0)) > 0 },
                scratch: &scratch)
            #expect(again.geometry.points.count == result.points.count, "seed \(seed)")
            #expect(Set(again.geometry.points) == Set(result.points), "seed \(seed)")
            #expect(area(again.geometry) == area(result), "seed \(seed)")
        }
    }
}
