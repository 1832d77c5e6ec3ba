import PlanarGeometry
import TestSupport
import Testing

@Suite struct SimplificationTests {
    private func line(_ points: [TilePoint], _ tolerance: Int32) -> [TilePoint] {
        var result = TilePath()
        var scratch = SimplificationScratch()
        Simplification.simplifyLines(TilePath(parts: [points]), tolerance: tolerance, into: &result, scratch: &scratch)
        return result.points
    }

    private func ring(_ points: [TilePoint], _ tolerance: Int32) -> [TilePoint] {
        var result = TilePolygonPath()
        var scratch = SimplificationScratch()
        Simplification.simplifyRings(
            TilePolygonPath(polygons: [[points]]), tolerance: tolerance, into: &result, scratch: &scratch)
        return result.rings.points
    }

    /// The textbook recursion with floating-point distances.
    private func slow(_ points: ArraySlice<TilePoint>, _ tolerance: Double) -> [TilePoint] {
        guard points.count > 2, let first = points.first, let last = points.last else { return Array(points) }
        let inner = points.indices.dropFirst().dropLast()
        func distance(_ index: Int) -> Double {
            SlowGeometry.distance(Double(points[index].x), Double(points[index].y), first, last)
        }
        var farthest = inner.lowerBound
        for index in inner where distance(index) > distance(farthest) { farthest = index }
        if distance(farthest) <= tolerance { return [first, last] }
        return slow(points[...farthest], tolerance).dropLast() + slow(points[farthest...], tolerance)
    }

    private func randomPoints(_ count: Int, _ generator: inout SeededGenerator) -> [TilePoint] {
        (0..<count).map { _ in
            TilePoint(
                x: Int32.random(in: -9_999...9_999, using: &generator),
                y: Int32.random(in: -9_999...9_999, using: &generator))
        }
    }

    @Test func agreesWithTheTextbook() {
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<500 {
            let points = randomPoints(Int.random(in: 1...40, using: &generator), &generator)
            #expect(line(points, 3_000) == slow(points[...], 3_000))
        }
    }

    @Test func directionDoesNotMatter() {
        var generator = SeededGenerator(seed: 22)
        for _ in 0..<1_000 {
            let points = (0..<Int.random(in: 0...14, using: &generator)).map { _ in
                TilePoint(x: Int32.random(in: 0...4, using: &generator), y: Int32.random(in: 0...4, using: &generator))
            }
            #expect(line(points, 1) == line(points.reversed(), 1).reversed())
        }
    }

    @Test func startAndDirectionOfARingDoNotMatter() {
        var generator = SeededGenerator(seed: 23)
        for _ in 0..<1_000 {
            let count = Int.random(in: 4...14, using: &generator)
            let points = (0..<count).map { _ in
                TilePoint(x: Int32.random(in: 0...5, using: &generator), y: Int32.random(in: 0...5, using: &generator))
            }
            let turn = Int.random(in: 0..<count, using: &generator)
            let expected = ring(points, 1)
            #expect(ring(Array(points[turn...] + points[..<turn]), 1) == expected)
            let reversed = ring(points.reversed(), 1)
            #expect(reversed.isEmpty == expected.isEmpty)
            // A ring that reads the same both ways has no direction; it comes out one way.
            if let first = reversed.first {
                #expect([first] + reversed.dropFirst().reversed() == expected || reversed == expected)
            }
        }
    }

    @Test func aRingKeepsItsShapeAndOrientation() {
        let square = [(0, 0), (5, 0), (10, 0), (10, 10), (5, 10), (0, 10), (0, 4)].map { TilePoint(x: $0.0, y: $0.1) }
        let corners = [(0, 0), (10, 0), (10, 10), (0, 10)].map { TilePoint(x: $0.0, y: $0.1) }
        #expect(ring(square, 0) == corners)
        #expect(ring(square.reversed(), 0) == [corners[0], corners[3], corners[2], corners[1]])
    }

    @Test func flatRingsGoAndTheirHolesWithThem() {
        let flat = [(0, 0), (50, 1), (100, 0), (50, -1)].map { TilePoint(x: $0.0, y: $0.1) }
        let hole = [(48, 0), (52, 0), (50, 1)].map { TilePoint(x: $0.0, y: $0.1) }
        var result = TilePolygonPath()
        var scratch = SimplificationScratch()
        Simplification.simplifyRings(
            TilePolygonPath(polygons: [[flat, hole]]), tolerance: 2, into: &result, scratch: &scratch)
        #expect(result == TilePolygonPath())
    }

    @Test func shortLinesAndTrianglesAreLeftAlone() {
        let two = [TilePoint(x: 0, y: 0), TilePoint(x: 1, y: 0)]
        #expect(line(two, 100) == two)
        #expect(line([], 100).isEmpty)
        let triangle = two + [TilePoint(x: 0, y: 1)]
        #expect(ring(triangle, 100) == triangle)
        #expect(ring(two, 100).isEmpty)
    }

    @Test func comparisonsAreExactAtTheEndsOfTheRange() {
        let far: Int32 = (1 << 30) - 1
        let points = [TilePoint(x: -far, y: -far), TilePoint(x: 0, y: 1), TilePoint(x: far, y: far)]
        #expect(line(points, 0).count == 3)
        #expect(line(points, 1).count == 2)
        #expect(line([points[0], TilePoint(x: -far, y: far), points[2]], .max).count == 2)
    }
}
