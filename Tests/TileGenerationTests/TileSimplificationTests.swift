import PlanarGeometry
import TestSupport
import Testing

@testable import TileGeneration

@Suite("Simplification for tiles")
struct TileSimplificationTests {
    static func wandering(_ count: Int, _ generator: inout SeededGenerator) -> [TilePoint] {
        (0..<count).map { TilePoint(x: Int32($0) * 20, y: .random(in: -40...40, using: &generator)) }
    }

    @Test(
        "Every pinned point stays, and what lies between two is simplified as a line of its own",
        arguments: 0..<10 as Range<UInt64>)
    func pinnedLine(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let parts = (0..<3).map { _ in Self.wandering(.random(in: 2...200, using: &generator), &generator) }
        let path = TilePath(parts: parts)
        var pinned: [Int] = []
        for part in 0..<3 {
            pinned += path.partRange(part).dropFirst().filter { _ in Int.random(in: 0..<30, using: &generator) == 0 }
        }
        var scratch = SimplificationScratch()
        var result = TilePath()
        TileSimplification.lines(path, pinned: pinned, 24, into: &result, scratch: &scratch)

        var expected = TilePath()
        for part in 0..<3 {
            let range = path.partRange(part)
            var stretches = [range.lowerBound] + pinned.filter { range.contains($0) } + [range.upperBound - 1]
            stretches = stretches.enumerated().filter { $0.offset == 0 || $0.element > stretches[$0.offset - 1] }.map(
                \.element)
            expected.points.append(path.points[range.lowerBound])
            for (from, to) in zip(stretches, stretches.dropFirst()) {
                var line = TilePath()
                Simplification.simplifyLines(
                    TilePath(parts: [Array(path.points[from...to])]), tolerance: 24, into: &line, scratch: &scratch)
                expected.points += line.points.dropFirst()
            }
            expected.endPart()
        }
        // Nothing is pinned in some runs: then it is plain simplification, which is the same.
        #expect(result == expected, "seed \(seed)")
        for pin in pinned { #expect(result.points.contains(path.points[pin]), "seed \(seed)") }
    }

    @Test("A hole goes when its exterior ring does, and never becomes an exterior")
    func holes() {
        func square(_ side: Int32, at origin: Int32 = 0) -> [TilePoint] {
            [(0, 0), (side, 0), (side, side), (0, side)].map { TilePoint(x: origin + $0.0, y: origin + $0.1) }
        }
        let path = TilePolygonPath(polygons: [
            [square(4), square(1)], [square(1000), square(500, at: 100), square(2, at: 900)],
        ])
        var scratch = SimplificationScratch()
        for pinned in [[], [10]] {
            var result = TilePolygonPath()
            TileSimplification.rings(path, pinned: pinned, 24, into: &result, scratch: &scratch)
            #expect(result.roles == [.exterior, .interior], "pinned: \(pinned)")
            #expect(result.rings.points.count == 8, "pinned: \(pinned)")
        }
    }

    @Test("The tolerance halves for every zoom of finer detail and is never nothing")
    func tolerance() {
        #expect(TileSimplification.tolerance(finerByZooms: 0) == 24)
        #expect(TileSimplification.tolerance(finerByZooms: 2) == 6)
        #expect(TileSimplification.tolerance(finerByZooms: 40) == 1)
        #expect(TileSimplification.tolerance(finerByZooms: -3) == 24)
    }
}
