import PlanarGeometry
import TestSupport
import Testing

@Suite struct LabelPointTests {
    private func label(_ geometry: Geometry) -> WorldPoint? {
        var scratch = LabelPointScratch()
        return LabelPoint.pointOnSurface(of: geometry, scratch: &scratch)
    }

    private func polygon(_ rings: [[(UInt32, UInt32)]]) -> Geometry {
        var geometry = Geometry(type: .polygons)
        for ring in rings {
            geometry.points += ring.map { WorldPoint(x: $0.0, y: $0.1) }
            geometry.endPart()
        }
        return geometry
    }

    @Test func aSquareIsLabelledInItsMiddle() {
        #expect(label(polygon([[(0, 0), (100, 0), (100, 100), (0, 100)]])) == WorldPoint(x: 50, y: 50))
        let far = UInt32.max
        #expect(
            label(polygon([[(far - 100, far - 100), (far, far - 100), (far, far), (far - 100, far)]]))
                == WorldPoint(x: far - 50, y: far - 50))
    }

    @Test func theLargestPolygonIsTaken() {
        let small: [(UInt32, UInt32)] = [(0, 0), (10, 0), (10, 10), (0, 10)]
        let large: [(UInt32, UInt32)] = [(1_000, 0), (1_100, 0), (1_100, 100), (1_000, 100)]
        #expect(label(polygon([small, large]))?.x == 1_050)
        #expect(label(polygon([large, small]))?.x == 1_050)
    }

    @Test func holesAreAvoided() throws {
        let ring = polygon([
            [(0, 0), (1_000, 0), (1_000, 1_000), (0, 1_000)], [(100, 100), (100, 900), (700, 900), (700, 100)],
        ])
        let point = try #require(label(ring))
        #expect(point.x > 800)
        #expect(PointInPolygon.locate(point, in: ring) == .inside)
    }

    @Test func withoutAreaItIsTheFirstVertexAndWithoutPointsNothing() {
        #expect(label(polygon([[(5, 6), (10, 6), (20, 6)]])) == WorldPoint(x: 5, y: 6))
        #expect(label(polygon([])) == nil)
        #expect(label(Geometry(type: .points, points: [WorldPoint(x: 1, y: 1)], partEnds: [1])) == nil)
    }

    /// Stars and thin winding bands: inside, and nearly as far inside as the best point of a fine raster.
    @Test func randomShapesAreLabelledWellInside() throws {
        var generator = SeededGenerator(seed: 71)
        var scratch = LabelPointScratch()
        for _ in 0..<50 {
            let count = Int.random(in: 3...30, using: &generator)
            var ring: [TilePoint] = []
            var x: Int32 = 0
            for _ in 0..<count {
                x += Int32.random(in: 1...400, using: &generator)
                ring.append(TilePoint(x: x, y: Int32.random(in: 0...3_000, using: &generator)))
            }
            // Back below the way there, at a distance: a simple polygon.
            let width = Int32.random(in: 10...2_000, using: &generator)
            ring += ring.reversed().map { TilePoint(x: $0.x, y: $0.y + width) }
            let geometry = Geometry(
                type: .polygons,
                points: ring.map { WorldPoint(x: 7_000_000 + UInt32($0.x), y: 9_000_000 + UInt32($0.y)) },
                partEnds: [ring.count])
            let point = try #require(LabelPoint.pointOnSurface(of: geometry, scratch: &scratch))
            #expect(PointInPolygon.locate(point, in: geometry) == .inside)
            let box = try #require(Bounds.box(of: ring, ring.indices))
            var best = 0.0
            for column in 1..<30 {
                for row in 1..<30 {
                    let gridX = Double(box.minX) + Double(box.maxX - box.minX) * Double(column) / 30
                    let gridY = Double(box.minY) + Double(box.maxY - box.minY) * Double(row) / 30
                    if SlowGeometry.winding(gridX, gridY, ring) != 0 {
                        best = max(best, SlowGeometry.distance(gridX, gridY, toRing: ring))
                    }
                }
            }
            let distance = SlowGeometry.distance(Double(point.x) - 7_000_000, Double(point.y) - 9_000_000, toRing: ring)
            let precision = 0.05 * Double(min(box.maxX - box.minX, box.maxY - box.minY))
            #expect(distance >= best - precision - 1.5)
        }
    }

    @Test func manyVerticesAreSampledAndTheResultIsStillInside() throws {
        // A comb of 3,000 teeth around a thin spine.
        var ring: [WorldPoint] = []
        for tooth in UInt32(0)..<3_000 {
            ring.append(WorldPoint(x: tooth * 10, y: 100_000))
            ring.append(WorldPoint(x: tooth * 10 + 5, y: 1_000))
        }
        ring.append(WorldPoint(x: 30_000, y: 100_400))
        ring.append(WorldPoint(x: 0, y: 100_400))
        let geometry = Geometry(type: .polygons, points: ring, partEnds: [ring.count])
        let point = try #require(label(geometry))
        #expect(PointInPolygon.locate(point, in: geometry) == .inside)
    }
}
