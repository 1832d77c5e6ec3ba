import PlanarGeometry
import TestSupport
import Testing

@testable import OSMImport

@Suite("Ring assembler")
struct RingAssemblerTests {
    static func points(_ pairs: (UInt32, UInt32)...) -> [WorldPoint] { pairs.map { WorldPoint(x: $0.0, y: $0.1) } }

    static func square(_ x: UInt32, _ y: UInt32, _ side: UInt32) -> [WorldPoint] {
        points((x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y))
    }

    static func assemble(_ ways: [[WorldPoint]]) throws -> Geometry {
        var assembler = RingAssembler()
        for way in ways { assembler.addWay(way) }
        return try assembler.assemble()
    }

    static func failure(_ ways: [[WorldPoint]]) -> RingAssembler.Failure? {
        var assembler = RingAssembler()
        for way in ways { assembler.addWay(way) }
        do throws(RingAssembler.Failure) { _ = try assembler.assemble() } catch { return error }
        return nil
    }

    @Test("A square is one exterior ring, from its smallest point on, with positive area, either way round")
    func square() throws {
        let ring = Self.square(10, 20, 5)
        for way in [ring, ring.reversed()] {
            let geometry = try Self.assemble([way])
            #expect(geometry.parts == [Self.points((10, 20), (15, 20), (15, 25), (10, 25))])
        }
    }

    @Test("A hole follows its exterior ring and runs the other way; an island in it is an exterior ring again")
    func nested() throws {
        let geometry = try Self.assemble([
            Self.square(0, 0, 100), Self.square(10, 10, 50), Self.square(20, 20, 10), Self.square(200, 0, 10),
        ])
        #expect(geometry.parts.map(\.[0].x) == [0, 10, 20, 200])
        #expect(
            geometry.partEnds.indices.map { RingArea.doubled(geometry.points, geometry.partRange($0)) > 0 } == [
                true, false, true, true,
            ])
        #expect(geometry.doubledArea == 2 * (10_000 - 2500 + 100 + 100))
    }

    @Test("A hole whose every corner an island inside it touches belongs to the ring around it, not to the island")
    func islandInAllCorners() throws {
        // The hole is a square; the island a star with its tips in the hole's corners.
        let star = Self.points(
            (20, 20), (50, 40), (80, 20), (60, 50), (80, 80), (50, 60), (20, 80), (40, 50), (20, 20))
        let geometry = try Self.assemble([Self.square(0, 0, 100), Self.square(20, 20, 60), star])
        #expect(geometry.polygonFault() == nil)
        let holes = geometry.partEnds.indices.filter { RingArea.doubled(geometry.points, geometry.partRange($0)) < 0 }
        #expect(holes == [1])
    }

    @Test("What cannot be an area says why")
    func failures() {
        let open = Self.points((0, 0), (10, 0), (10, 10))
        #expect(Self.failure([]) == .empty)
        #expect(Self.failure([Self.points((4, 4))]) == .empty)
        #expect(Self.failure([Self.square(0, 0, 10), Self.square(0, 0, 10)]) == .empty)
        #expect(Self.failure([open]) == .unclosedRing)
        #expect(Self.failure([Self.square(0, 0, 10), open]) == .unclosedRing)
        #expect(Self.failure([Self.square(0, 0, 10), Self.square(5, 5, 10)]) == .crossingRings)
        // A corner on another ring's edge, without a common node.
        #expect(
            Self.failure([Self.square(0, 0, 10), Self.points((10, 5), (20, 0), (20, 10), (10, 5))]) == .crossingRings)
        // Along a part of an edge.
        #expect(Self.failure([Self.square(0, 0, 10), Self.square(10, 2, 5)]) == .crossingRings)
        #expect(Self.failure([Self.points((0, 0), (10, 10), (10, 0), (0, 10), (0, 0))]) == .crossingRings)
    }

    @Test("Crossings are found between segments of any length and slope")
    func crossings() {
        var generator = SeededGenerator(seed: 4)
        for round in 0..<400 {
            let size: UInt32 = round.isMultiple(of: 2) ? 12 : 4_000_000_000
            var point: WorldPoint {
                WorldPoint(x: .random(in: 0...size, using: &generator), y: .random(in: 0...size, using: &generator))
            }
            let ring = (0..<Int.random(in: 3...7, using: &generator)).map { _ in point }
            let closed = ring + [ring[0]]
            var expected = false
            var segments: [(WorldPoint, WorldPoint)] = []
            var seen: [Set<WorldPoint>] = []
            for (from, to) in zip(closed, closed.dropFirst()) where from != to {
                if let same = seen.firstIndex(of: [from, to]) {
                    seen.remove(at: same)
                    segments.remove(at: same)
                } else {
                    seen.append([from, to])
                    segments.append((from, to))
                }
            }
            for (rank, left) in segments.enumerated() {
                for right in segments[(rank + 1)...] where shareMoreThanAnEnd(left, right) { expected = true }
            }
            let failure = Self.failure([closed])
            if segments.isEmpty {
                #expect(failure == .empty)
            } else {
                #expect((failure == .crossingRings) == expected, "round \(round): \(closed)")
            }
        }
    }

    /// Parameters and products in 128 bits, straight from the definition.
    private func shareMoreThanAnEnd(_ left: (WorldPoint, WorldPoint), _ right: (WorldPoint, WorldPoint)) -> Bool {
        func side(_ a: WorldPoint, _ b: WorldPoint, _ c: WorldPoint) -> Int {
            let value =
                (Int128(b.x) - Int128(a.x)) * (Int128(c.y) - Int128(a.y))
                - (Int128(b.y) - Int128(a.y)) * (Int128(c.x) - Int128(a.x))
            return Int(value.signum())
        }
        func isWithin(_ point: WorldPoint, _ segment: (WorldPoint, WorldPoint)) -> Bool {
            side(segment.0, segment.1, point) == 0 && point.x >= min(segment.0.x, segment.1.x)
                && point.x <= max(segment.0.x, segment.1.x) && point.y >= min(segment.0.y, segment.1.y)
                && point.y <= max(segment.0.y, segment.1.y)
        }
        let crosses =
            side(left.0, left.1, right.0) * side(left.0, left.1, right.1) < 0
            && side(right.0, right.1, left.0) * side(right.0, right.1, left.1) < 0
        let touches =
            [left.0, left.1].contains { $0 != right.0 && $0 != right.1 && isWithin($0, right) }
            || [right.0, right.1].contains { $0 != left.0 && $0 != left.1 && isWithin($0, left) }
        return crosses || touches
    }

    @Test("Cells of a raster, cut into ways at random, come back as their outline", arguments: 0..<40 as Range<UInt64>)
    func raster(seed: UInt64) throws {
        // Cells that touch in corners and along edges, holes, islands: each filled cell's border, cancelled in pairs.
        var generator = SeededGenerator(seed: seed)
        let side = Int.random(in: 1...9, using: &generator)
        var filled = Set<Int>()
        for cell in 0..<(side * side) where Bool.random(using: &generator) { filled.insert(cell) }
        if filled.isEmpty { filled = [0] }
        // Grid lines are bent, so that slopes differ; cells stay quadrilaterals that do not overlap.
        var corners: [Int: WorldPoint] = [:]
        for row in 0...side {
            for column in 0...side {
                corners[row * 100 + column] = WorldPoint(
                    x: 1000 + UInt32(column) * 1000 + .random(in: 0...400, using: &generator),
                    y: 1000 + UInt32(row) * 1000 + .random(in: 0...400, using: &generator))
            }
        }
        var cells: [[WorldPoint]] = []
        for cell in filled.sorted() {
            let (row, column) = (cell / side, cell % side)
            let ring = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
            cells.append(ring.compactMap { corners[$0.0 * 100 + $0.1] })
        }
        // As ways: each cell's ring in one to three pieces, some reversed, in any order.
        var ways: [[WorldPoint]] = []
        for cell in cells {
            let closed = cell + [cell[0]]
            var start = 0
            while start < 4 {
                let end = Int.random(in: (start + 1)...4, using: &generator)
                let piece = Array(closed[start...end])
                ways.append(Bool.random(using: &generator) ? piece : piece.reversed())
                start = end
            }
        }
        ways.shuffle(using: &generator)
        let geometry = try Self.assemble(ways)
        #expect(SegmentSet(geometry) == SegmentSet(rings: cells), "seed \(seed)")
        #expect(geometry.polygonFault() == nil, "seed \(seed)")
        let area = cells.reduce(Int128(0)) { $0 + abs(RingArea.doubled($1, $1.indices)) }
        #expect(geometry.doubledArea == area, "seed \(seed)")
        // The order and direction of the ways make no difference.
        let again = try Self.assemble(ways.reversed().map { $0.reversed() })
        #expect(again == geometry, "seed \(seed)")
    }
}
