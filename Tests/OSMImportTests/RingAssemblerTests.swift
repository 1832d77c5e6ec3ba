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

    static func assembly(_ ways: [[WorldPoint]], _ roles: [RingMemberRole] = []) -> RingAssembly {
        var assembler = RingAssembler()
        for (index, way) in ways.enumerated() {
            assembler.addWay(way, role: index < roles.count ? roles[index] : .unsaid)
        }
        return assembler.assemble()
    }

    static func assemble(_ ways: [[WorldPoint]], _ roles: [RingMemberRole] = []) throws -> Geometry {
        try #require(assembly(ways, roles).geometry)
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

    @Test("Open ends are told with their places and the ways that end there, and make no area")
    func openEnds() {
        let open = Self.points((0, 0), (10, 0), (10, 10))
        #expect(Self.assembly([]).geometry == nil)
        #expect(Self.assembly([Self.points((4, 4))]).geometry == nil)
        for ways in [[open], [Self.square(100, 100, 10), open], [open, Self.square(100, 100, 10)]] {
            let assembly = Self.assembly(ways)
            #expect(assembly.geometry == nil)
            #expect(assembly.openEnds.map(\.point) == Self.points((0, 0), (10, 10)))
            #expect(assembly.openEnds.allSatisfy { ways[$0.way] == open })
        }
    }

    @Test("A stretch that two ways have counts once when only so the ring closes, and is told")
    func countedOnce() throws {
        let assembly = Self.assembly([
            Self.points((0, 0), (0, 10), (10, 10)), Self.points((0, 10), (10, 10), (10, 0), (0, 0)),
        ])
        #expect(try #require(assembly.geometry).doubledArea == 200)
        #expect(assembly.duplicates.map(\.place) == Self.points((0, 10)))
        #expect(assembly.crossings.isEmpty)
    }

    @Test("A closed way that is there again under other ids counts once, whatever lies around it")
    func drawnAgain() throws {
        let square = Self.square(10, 10, 10)
        for copies in 1...4 {
            let again = [[WorldPoint]](repeating: square, count: copies)
            #expect(try Self.assemble(again).doubledArea == 200)
            #expect(try Self.assemble(again + [Self.square(0, 0, 100)]).doubledArea == 2 * (10_000 - 100))
            let turned = Self.points((20, 20), (10, 20), (10, 10), (20, 10), (20, 20))
            #expect(try Self.assemble(again + [turned]).doubledArea == 200)
        }
    }

    @Test("Inner rings that touch along a line merge without a word; other segments that are there twice are told")
    func duplicates() throws {
        let ways = [Self.square(0, 0, 100), Self.square(10, 10, 10), Self.square(20, 10, 10)]
        let legal = Self.assembly(ways, [.outer, .inner, .inner])
        #expect(try #require(legal.geometry).partCount == 2)
        #expect(legal.duplicates.isEmpty)
        // The same hole drawn as two ways is no such case, and stays a hole.
        let twice = Self.assembly([ways[0], ways[1], ways[1]], [.outer, .inner, .inner])
        #expect(twice.geometry?.partCount == 2)
        #expect(twice.duplicates.count == 4)
        let other = Self.assembly(ways, [.outer, .inner, .unsaid])
        #expect(other.geometry == legal.geometry)
        #expect(other.duplicates.map(\.place) == Self.points((20, 10)))
        let spike = Self.assembly([Self.points((0, 0), (10, 0), (20, 0), (10, 0), (10, 10), (0, 0))], [.outer])
        #expect(spike.geometry?.parts == [Self.points((0, 0), (10, 0), (10, 10))])
        #expect(spike.duplicates.map(\.place) == Self.points((10, 0)))
    }

    @Test("A role is wrong where it is not what the way bounds; roles that say nothing never are")
    func mismatches() {
        let outer = Self.square(0, 0, 100)
        let inner = Self.square(10, 10, 10)
        func wrong(_ ways: [[WorldPoint]], _ roles: [RingMemberRole]) -> [Int] {
            Self.assembly(ways, roles).mismatches.map(\.way)
        }
        #expect(wrong([outer, inner], [.outer, .inner]) == [])
        #expect(wrong([outer, inner], [.unsaid, .unsaid]) == [])
        #expect(wrong([outer, inner], [.inner, .outer]) == [0, 1])
        #expect(wrong([outer, inner], [.outer, .outer]) == [1])
        #expect(wrong([outer], [.inner]) == [0])
        #expect(wrong([outer, Self.square(200, 0, 10)], [.outer, .inner]) == [1])
        // One piece of the exterior ring has the wrong role.
        let halves = [Self.points((0, 0), (100, 0), (100, 100)), Self.points((100, 100), (0, 100), (0, 0))]
        #expect(wrong(halves + [inner], [.outer, .inner, .inner]) == [1])
        #expect(wrong(halves, [.unsaid, .inner]) == [1])
        // An inner ring from the outer one's corner to the opposite corner bounds two exterior rings, and is right.
        let across = Self.points((0, 0), (60, 40), (100, 100), (40, 60), (0, 0))
        #expect(wrong([outer, across], [.outer, .inner]) == [])
        // An inner ring that shares a stretch with the outer one is told as such only.
        let notch = Self.points((0, 0), (100, 0), (100, 40), (100, 60), (100, 100), (0, 100), (0, 0))
        let cut = Self.points((100, 40), (80, 40), (80, 60), (100, 60), (100, 40))
        #expect(wrong([notch, cut], [.outer, .inner]) == [])
    }

    @Test("The cost of a large archipelago grows with its size, not with the square")
    func scaling() {
        func cost(_ side: Int) -> (contacts: Int, nesting: Int) {
            var segments: [RingSegment] = []
            var rings: [[WorldPoint]] = []
            for row in 0..<side {
                for column in 0..<side {
                    let (x, y) = (UInt32(column) * 100 + UInt32(row) % 7, UInt32(row) * 100 + UInt32(column) % 5)
                    let island = Self.square(x, y, 80)
                    let lake = Array(Self.square(x + 10, y + 10, 30).reversed())
                    for ring in [island, lake] {
                        for (from, to) in zip(ring, ring.dropFirst()) { segments.append(RingSegment(from, to)) }
                        rings.append(Array(ring.dropLast()))
                    }
                }
            }
            return (SegmentContacts(segments).testCount, RingNesting(rings).testCount)
        }
        let small = cost(16)
        let large = cost(64)
        #expect(large.contacts < 24 * small.contacts)
        #expect(large.nesting < 100 * small.nesting)
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
