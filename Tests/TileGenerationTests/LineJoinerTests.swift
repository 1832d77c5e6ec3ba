import PlanarGeometry
import TestSupport
import Testing
import VectorTiles

@testable import TileGeneration

@Suite("Line joiner")
struct LineJoinerTests {
    static func points(_ pairs: (Int32, Int32)...) -> [TilePoint] { pairs.map { TilePoint(x: $0.0, y: $0.1) } }

    static func joined(_ parts: [[TilePoint]]) -> [[TilePoint]] {
        var path = TilePath(parts: parts)
        LineJoiner.join(&path)
        return (0..<path.partCount).map { Array(path.points[path.partRange($0)]) }
    }

    @Test("Two lines that meet become one, whichever way they run")
    func pair() {
        let (a, b) = (Self.points((0, 0), (1, 0)), Self.points((1, 0), (2, 1)))
        let whole = Self.points((0, 0), (1, 0), (2, 1))
        for first in [a, a.reversed()] {
            for second in [b, b.reversed()] {
                let result = Self.joined([first, second])
                #expect(result == [whole] || result == [whole.reversed()])
            }
        }
    }

    @Test("Where three meet, or a line ends at another's middle, nothing is joined")
    func junction() {
        let star = [Self.points((0, 0), (5, 5)), Self.points((5, 5), (9, 0)), Self.points((5, 9), (5, 5))]
        #expect(Self.joined(star) == star)
        let side = [Self.points((0, 0), (5, 5), (9, 9)), Self.points((5, 5), (9, 0))]
        #expect(Self.joined(side) == side)
    }

    @Test("A ring of several lines becomes one closed line, a ring of one stays as it is")
    func rings() {
        let ring = Self.joined([Self.points((0, 0), (1, 0)), Self.points((1, 1), (1, 0)), Self.points((1, 1), (0, 0))])
        #expect(ring.count == 1)
        #expect(ring[0].first == ring[0].last)
        #expect(ring[0].count == 4)
        let single = [Self.points((0, 0), (1, 0), (1, 1), (0, 0)), Self.points((5, 5), (6, 6))]
        #expect(Self.joined(single) == single)
    }

    @Test(
        "All segments stay, and no point is left where exactly two ends of different lines meet",
        arguments: 0..<60 as Range<UInt64>)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let parts = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
            (0..<Int.random(in: 2...4, using: &generator)).map { _ in
                TilePoint(x: .random(in: 0...6, using: &generator), y: .random(in: 0...6, using: &generator))
            }
        }
        let result = Self.joined(parts)
        func segments(_ lines: [[TilePoint]]) -> [String] {
            lines.flatMap { line in
                zip(line, line.dropFirst()).map { a, b in
                    (a.x, a.y) < (b.x, b.y) ? "\(a.x) \(a.y) \(b.x) \(b.y)" : "\(b.x) \(b.y) \(a.x) \(a.y)"
                }
            }.sorted()
        }
        #expect(segments(result) == segments(parts), "seed \(seed)")
        func meeting(_ lines: [[TilePoint]]) -> [TilePoint: [Int]] {
            var ends: [TilePoint: [Int]] = [:]
            for (number, line) in lines.enumerated() {
                ends[line[0], default: []].append(number)
                ends[line[line.count - 1], default: []].append(number)
            }
            return ends
        }
        let junctions = meeting(parts).filter { $0.value.count != 2 }
        for (point, lines) in meeting(result) {
            if lines.count == 2 { #expect(lines[0] == lines[1], "seed \(seed), \(point)") }
            // Junctions and open ends are where they were.
            if lines.count != 2 { #expect(junctions[point]?.count == lines.count, "seed \(seed), \(point)") }
        }
    }

    @Test(
        "Below the zoom of joining, the ways of a kind are one feature without an id; one way alone keeps its id"
    )
    func inTiles() async throws {
        var builder = OSMBuilder()
        let place = TileCoordinate(13, 4300, 2850)
        let nodes = builder.addNodes(1, in: place, (0..<6).map { (100 + Double($0) * 100, 500) })
        for way in 0..<4 { builder.addWay(Int64(way + 1), Array(nodes[way...(way + 1)]), [("road", "major")]) }
        builder.addWay(5, Array(nodes[4...5].reversed()), [("road", "major")])
        builder.addWay(6, Array(nodes[0...1]), [("road", "minor")])
        let imported = try await ImportedStore(builder, schema: .plain)
        let joined = try imported.tile(place).features("road")
        #expect(joined.map(\.id) == [62, nil])
        #expect(joined.map(\.attributes) == [["kind": .string("minor")], ["kind": .string("major")]])
        // One straight line; the points between stay, since simplification came before.
        #expect(joined.last?.path.partCount == 1)
        #expect(
            Set(joined.last.map { [$0.path.points[0].x, $0.path.points[$0.path.points.count - 1].x] } ?? []) == [
                100, 600,
            ])
        let deeper = try imported.tile(TileCoordinate(14, 8600, 5700)).features("road")
        #expect(deeper.compactMap(\.id).sorted() == [12, 22, 32, 42, 52, 62])
    }
}
