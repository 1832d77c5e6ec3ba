import PlanarGeometry
import TestSupport
import Testing

@Suite struct ClippingTests {
    let box = TileBox(minX: 0, minY: 0, maxX: 100, maxY: 100)

    private func clipLine(_ points: [(Int32, Int32)], to box: TileBox) -> TilePath {
        var result = TilePath()
        Clipping.clipLines(TilePath(parts: [points.map { TilePoint(x: $0.0, y: $0.1) }]), to: box, into: &result)
        return result
    }

    private func clip(_ source: TilePolygonPath, to box: TileBox) -> TilePolygonPath {
        var result = TilePolygonPath()
        var scratch = ClippingScratch()
        Clipping.clipRings(source, to: box, into: &result, scratch: &scratch)
        return result
    }

    private func square(_ minX: Int32, _ minY: Int32, _ maxX: Int32, _ maxY: Int32) -> [TilePoint] {
        [
            TilePoint(x: minX, y: minY), TilePoint(x: maxX, y: minY), TilePoint(x: maxX, y: maxY),
            TilePoint(x: minX, y: maxY),
        ]
    }

    @Test func aLineThatLeavesAndReturnsMakesTwoParts() {
        let result = clipLine([(10, 10), (150, 10), (150, 50), (50, 50)], to: box)
        #expect(
            result
                == TilePath(parts: [
                    [TilePoint(x: 10, y: 10), TilePoint(x: 100, y: 10)],
                    [TilePoint(x: 100, y: 50), TilePoint(x: 50, y: 50)],
                ]))
    }

    @Test func aLineThroughTheBoxIsCutAtBothSides() {
        #expect(
            clipLine([(-50, 50), (150, 50)], to: box)
                == TilePath(parts: [[TilePoint(x: 0, y: 50), TilePoint(x: 100, y: 50)]]))
    }

    @Test func touchingACornerOrAnEdgeFromOutsideMakesNothing() {
        #expect(clipLine([(-10, 10), (10, -10)], to: box).partCount == 0)
        #expect(clipLine([(-50, 50), (0, 50), (-50, 60)], to: box).partCount == 0)
        #expect(clipLine([(50, 0), (50, -20)], to: box).partCount == 0)
    }

    @Test func aLineAlongTheEdgeStays() {
        #expect(clipLine([(-10, 0), (200, 0)], to: box).points == [TilePoint(x: 0, y: 0), TilePoint(x: 100, y: 0)])
    }

    @Test func repeatedPointsAndSinglePointsMakeNoLine() {
        #expect(clipLine([(5, 5), (5, 5)], to: box).partCount == 0)
        #expect(clipLine([(5, 5)], to: box).partCount == 0)
        #expect(clipLine([], to: box).partCount == 0)
    }

    @Test func theWholeRangeOfCoordinatesIsExact() {
        let far: Int32 = (1 << 30) - 1
        #expect(
            clipLine([(-far, -far), (far, far)], to: box).points
                == [TilePoint(x: 0, y: 0), TilePoint(x: 100, y: 100)])
    }

    @Test func neighboursMeetInTheSamePointsAndDirectionDoesNotMatter() {
        var generator = SeededGenerator(seed: 11)
        var (left, right, back) = (TilePath(), TilePath(), TilePath())
        for _ in 0..<2_000 {
            let line = (0..<6).map { _ in
                TilePoint(
                    x: Int32.random(in: -2_000...2_000, using: &generator),
                    y: Int32.random(in: -90...90, using: &generator))
            }
            // The right tile sees everything a tile's side further west.
            let moved = line.map { TilePoint(x: $0.x - 1_000, y: $0.y) }
            let tile = TileBox(minX: 0, minY: -100, maxX: 1_000, maxY: 100)
            Clipping.clipLines(TilePath(parts: [line]), to: tile, into: &left)
            Clipping.clipLines(TilePath(parts: [moved]), to: tile, into: &right)
            Clipping.clipLines(TilePath(parts: [line.reversed()]), to: tile, into: &back)
            let crossings = zip(line, line.dropFirst()).filter {
                ($0.x < 1_000) != ($1.x < 1_000) && $0.x != 1_000 && $1.x != 1_000
            }.count
            guard line.allSatisfy({ $0.x != 1_000 && $0.x != 0 && $0.x != 2_000 }) else { continue }
            let leftEdge = left.points.filter { $0.x == 1_000 }.map(\.y).sorted()
            let rightEdge = right.points.filter { $0.x == 0 }.map(\.y).sorted()
            #expect(leftEdge == rightEdge)
            #expect(leftEdge.count == crossings)
            #expect(Set(left.points) == Set(back.points))
        }
    }

    @Test func clippedLinesCoverWhatIsInTheBox() {
        var generator = SeededGenerator(seed: 12)
        var result = TilePath()
        for _ in 0..<400 {
            let line = (0..<5).map { _ in
                TilePoint(
                    x: Int32.random(in: -200...300, using: &generator),
                    y: Int32.random(in: -200...300, using: &generator))
            }
            Clipping.clipLines(TilePath(parts: [line]), to: box, into: &result)
            var expected = 0.0
            for (a, b) in zip(line, line.dropFirst()) { expected += slowLengthInside(a, b) }
            var length = 0.0
            for part in 0..<result.partCount {
                let range = result.partRange(part)
                #expect(range.count >= 2)
                for index in range.dropFirst() { length += distance(result.points[index - 1], result.points[index]) }
            }
            #expect(result.points.allSatisfy(box.contains))
            #expect(abs(length - expected) < 8)
        }
    }

    private func distance(_ a: TilePoint, _ b: TilePoint) -> Double {
        let (x, y) = (Double(a.x - b.x), Double(a.y - b.y))
        return (x * x + y * y).squareRoot()
    }

    private func slowLengthInside(_ a: TilePoint, _ b: TilePoint) -> Double {
        let steps = 400
        let inside = (0..<steps).filter { step in
            let t = (Double(step) + 0.5) / Double(steps)
            let x = Double(a.x) + t * Double(b.x - a.x)
            let y = Double(a.y) + t * Double(b.y - a.y)
            return x >= 0 && x <= 100 && y >= 0 && y <= 100
        }
        return distance(a, b) * Double(inside.count) / Double(steps)
    }

    @Test func ringsInsideComeBackUnchangedAndRingsOutsideGo() {
        let inside = TilePolygonPath(polygons: [[square(10, 10, 90, 90), square(20, 20, 30, 30)]])
        #expect(clip(inside, to: box) == inside)
        #expect(clip(TilePolygonPath(polygons: [[square(100, 0, 200, 50)]]), to: box).ringCount == 0)
    }

    @Test func aRingAroundTheBoxBecomesTheBox() {
        let result = clip(TilePolygonPath(polygons: [[square(-500, -500, 500, 500)]]), to: box)
        #expect(RingArea.doubled(result.rings.points, 0..<result.rings.points.count) == 20_000)
        #expect(Set(result.rings.points) == Set(square(0, 0, 100, 100)))
    }

    @Test func holesOfAVanishedExteriorVanish() {
        let source = TilePolygonPath(polygons: [
            [square(200, 200, 300, 300), square(10, 10, 20, 20)],
            [square(-10, -10, 50, 50), square(60, 0, 70, 9), square(1, 1, 9, 9)],
        ])
        let result = clip(source, to: TileBox(minX: 0, minY: 0, maxX: 59, maxY: 59))
        #expect(result.roles == [.exterior, .interior])
        #expect(result.rings.partCount == 2)
        #expect(result.rings.points.suffix(4) == square(1, 1, 9, 9)[...])
    }

    @Test func windingNumbersInTheBoxAreKept() {
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<2_000 {
            let ring = (0..<Int.random(in: 3...9, using: &generator)).map { _ in
                TilePoint(
                    x: 8 * Int32.random(in: -20...30, using: &generator),
                    y: 8 * Int32.random(in: -20...30, using: &generator))
            }
            let result = clip(TilePolygonPath(polygons: [[ring]]), to: box)
            #expect(result.rings.points.allSatisfy(box.contains))
            for _ in 0..<8 {
                let x = Double(Int.random(in: 0...99, using: &generator)) + 0.37
                let y = Double(Int.random(in: 0...99, using: &generator)) + 0.41
                // Rounding moves an edge by less than a unit.
                guard SlowGeometry.distance(x, y, toRing: ring) > 1.5 else { continue }
                let clipped = (0..<result.ringCount).reduce(0) { sum, part in
                    sum + SlowGeometry.winding(x, y, Array(result.rings.points[result.rings.partRange(part)]))
                }
                #expect(SlowGeometry.winding(x, y, ring) == clipped)
            }
        }
    }

    @Test func ringsOfNeighboursShareTheCutOnTheirEdge() {
        var generator = SeededGenerator(seed: 14)
        for _ in 0..<500 {
            let ring = (0..<7).map { _ in
                TilePoint(
                    x: Int32.random(in: -150...250, using: &generator),
                    y: Int32.random(in: -150...350, using: &generator))
            }
            guard ring.allSatisfy({ $0.y != 100 }) else { continue }
            let upper = clip(TilePolygonPath(polygons: [[ring]]), to: box)
            let moved = ring.map { TilePoint(x: $0.x, y: $0.y - 100) }
            let lower = clip(TilePolygonPath(polygons: [[moved]]), to: box)
            func cuts(_ path: TilePolygonPath, _ y: Int32) -> Set<Int32> {
                Set(path.rings.points.filter { $0.y == y }.map(\.x))
            }
            if upper.ringCount == 1, lower.ringCount == 1 { #expect(cuts(upper, 100) == cuts(lower, 0)) }
        }
    }

    @Test func pointsOutsideTheBoxAreDropped() {
        var result = TilePath()
        let points = TilePath(parts: [[TilePoint(x: 0, y: 0)], [TilePoint(x: 101, y: 5)], [TilePoint(x: 100, y: 100)]])
        Clipping.clipPoints(points, to: box, into: &result)
        #expect(result.partEnds == [1, 2])
    }
}
