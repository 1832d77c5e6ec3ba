import PlanarGeometry
import TestSupport
import Testing

@Suite("Ranks of vertices")
struct VertexRankingTests {
    static func line(_ points: [WorldPoint]) -> [UInt8] {
        var ranking = VertexRanking()
        var ranks: [UInt8] = []
        ranking.appendLine(points, points.indices, to: &ranks)
        return ranks
    }

    static func ring(_ points: [WorldPoint]) -> [UInt8] {
        var ranking = VertexRanking()
        var ranks: [UInt8] = []
        ranking.appendRing(points, points.indices, to: &ranks)
        return ranks
    }

    /// The recursion of Douglas and Peucker as the textbooks have it: the indexes that stay.
    static func slow(_ points: [WorldPoint], _ range: ClosedRange<Int>, _ tolerance: Double) -> [Int] {
        let (first, last) = (points[range.lowerBound], points[range.upperBound])
        let inner = range.dropFirst().dropLast()
        guard !inner.isEmpty else { return range.lowerBound == range.upperBound ? [range.lowerBound] : Array(range) }
        func distance(_ index: Int) -> Double {
            let (dx, dy) = (Double(last.x) - Double(first.x), Double(last.y) - Double(first.y))
            let (x, y) = (Double(points[index].x) - Double(first.x), Double(points[index].y) - Double(first.y))
            let length = dx * dx + dy * dy
            let share = length > 0 ? min(max((x * dx + y * dy) / length, 0), 1) : 0
            return ((x - share * dx) * (x - share * dx) + (y - share * dy) * (y - share * dy)).squareRoot()
        }
        guard let farthest = inner.max(by: { distance($0) < distance($1) }), distance(farthest) > tolerance else {
            return [range.lowerBound, range.upperBound]
        }
        return slow(points, range.lowerBound...farthest, tolerance).dropLast()
            + slow(points, farthest...range.upperBound, tolerance)
    }

    static func wandering(_ count: Int, step: Int, _ generator: inout SeededGenerator) -> [WorldPoint] {
        var (x, y) = (1 << 31, 1 << 31)
        return (0..<count).map { _ in
            x += .random(in: -step...step, using: &generator)
            y += .random(in: -step...step, using: &generator)
            return WorldPoint(x: UInt32(truncatingIfNeeded: x), y: UInt32(truncatingIfNeeded: y))
        }
    }

    @Test("The vertices up to a rank are those that the textbook keeps at its tolerance")
    func textbook() {
        var generator = SeededGenerator(seed: 21)
        // With larger steps hardly two vertices are equally far; then the textbook does not say which to take.
        for bits in 10...26 {
            for _ in 0..<12 {
                let count = Int.random(in: 1...60, using: &generator)
                let points = Self.wandering(count, step: 1 << bits, &generator)
                let ranks = Self.line(points)
                #expect(ranks.count == count)
                for rank in 0...14 as ClosedRange<UInt8> {
                    let kept = points.indices.filter { ranks[$0] <= rank }
                    let expected = Self.slow(points, 0...(count - 1), Double(VertexRank.tolerance(rank)))
                    #expect(kept == expected, "step 2^\(bits), rank \(rank)")
                }
            }
        }
    }

    @Test("A line has the same ranks in either direction, with all its ties")
    func direction() {
        var generator = SeededGenerator(seed: 22)
        for _ in 0..<2_000 {
            let points = (0..<Int.random(in: 0...14, using: &generator)).map { _ in
                WorldPoint(x: .random(in: 0...4, using: &generator) * 90, y: .random(in: 0...4, using: &generator) * 90)
            }
            // A line that reads the same both ways has no direction.
            if points == points.reversed() { continue }
            #expect(Self.line(points) == Self.line(points.reversed()).reversed())
        }
    }

    @Test("A ring has the same ranks from any start and in either direction")
    func start() {
        var generator = SeededGenerator(seed: 23)
        for _ in 0..<2_000 {
            let count = Int.random(in: 3...14, using: &generator)
            var seen: Set<WorldPoint> = []
            let points = (0..<count).map { _ in
                WorldPoint(x: .random(in: 0...5, using: &generator) * 90, y: .random(in: 0...5, using: &generator) * 90)
            }.filter { seen.insert($0).inserted }
            let expected = Dictionary(uniqueKeysWithValues: zip(points, Self.ring(points)))
            let turn = Int.random(in: 0..<points.count, using: &generator)
            let turned = Array(points[turn...] + points[..<turn])
            #expect(Dictionary(uniqueKeysWithValues: zip(turned, Self.ring(turned))) == expected)
            let reversed = Array(turned.reversed())
            #expect(Dictionary(uniqueKeysWithValues: zip(reversed, Self.ring(reversed))) == expected)
        }
    }

    @Test("Ends are always kept, and so is a ring's smallest point")
    func ends() {
        var generator = SeededGenerator(seed: 24)
        let points = Self.wandering(40, step: 50, &generator)
        let ranks = Self.line(points)
        #expect(ranks.first == VertexRank.always && ranks.last == VertexRank.always)
        let smallest = points.indices.min { (points[$0].x, points[$0].y) < (points[$1].x, points[$1].y) }
        #expect(smallest.map { Self.ring(points)[$0] } == VertexRank.always)
        #expect(Self.line([]) == [] && Self.ring([]) == [])
        #expect(Self.line([points[0]]) == [0] && Self.ring([points[0]]) == [0])
        #expect(Self.line([points[0], points[0], points[0]]) == [0, VertexRank.finest, 0])
    }

    @Test("Distances across the whole world do not overflow")
    func world() {
        let corner = WorldPoint(x: .max, y: .max)
        let points = [WorldPoint(x: 0, y: 0), WorldPoint(x: .max, y: 0), corner, WorldPoint(x: 0, y: .max)]
        #expect(Self.ring(points) == [0, 0, 0, 0])
        #expect(Self.line(points) == [0, 0, 0, 0])
    }

    @Test("A ring can be seen from the zoom on at which it covers four pixels")
    func rings() {
        // At zoom 10 a pixel is 2^14 units wide.
        let fourPixels = Int128(4) << 28
        #expect(VertexRank.ofRing(doubledArea: 2 * fourPixels) == 10)
        #expect(VertexRank.ofRing(doubledArea: -2 * fourPixels) == 10)
        #expect(VertexRank.ofRing(doubledArea: 2 * fourPixels - 1) == 11)
        #expect(VertexRank.ofRing(doubledArea: 0) == VertexRank.finest)
        #expect(VertexRank.ofRing(doubledArea: Int128(1) << 65) == 0)
    }

    @Test("A zoom's tolerance is a tenth of a pixel, 1.5 of 4096 units to the tile")
    func tolerance() {
        for zoom in 0...14 as ClosedRange<UInt8> {
            #expect(Double(VertexRank.tolerance(zoom)) == 1.5 * Double(TileCoordinate.side(zoom: zoom)) / 4096)
        }
        #expect(VertexRank.tolerance(VertexRank.finest) == 0)
    }
}
