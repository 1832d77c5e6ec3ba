import PlanarGeometry
import TestSupport
import Testing

@Suite struct SegmentIntersectionTests {
    private func point(_ x: Int32, _ y: Int32) -> TilePoint { TilePoint(x: x, y: y) }

    @Test func kindsOfMeeting() {
        let (a, b) = (point(0, 0), point(4, 4))
        #expect(SegmentIntersection.relation(a, b, point(0, 4), point(4, 0)) == .crossing)
        #expect(SegmentIntersection.relation(a, b, point(2, 2), point(9, 0)) == .touching)
        #expect(SegmentIntersection.relation(a, b, b, point(9, 9)) == .touching)
        #expect(SegmentIntersection.relation(a, b, point(3, 3), point(9, 9)) == .overlapping)
        #expect(SegmentIntersection.relation(a, b, b, a) == .overlapping)
        #expect(SegmentIntersection.relation(a, b, point(5, 5), point(9, 9)) == .disjoint)
        #expect(SegmentIntersection.relation(a, b, point(1, 0), point(5, 4)) == .disjoint)
        #expect(SegmentIntersection.relation(point(0, 0), point(0, 5), point(0, 3), point(0, 9)) == .overlapping)
        #expect(SegmentIntersection.relation(a, a, a, a) == .touching)
    }

    @Test func agreesWithSharedPointsOnAFineGrid() {
        // Ends on a grid of 0...3: all meeting points are multiples of 1/n with n up to 18, so parametric solving works.
        var generator = SeededGenerator(seed: 31)
        for _ in 0..<5_000 {
            let p = (0..<4).map { _ in
                point(Int32.random(in: 0...3, using: &generator), Int32.random(in: 0...3, using: &generator))
            }
            let (d1x, d1y) = (Int(p[1].x - p[0].x), Int(p[1].y - p[0].y))
            let (d2x, d2y) = (Int(p[3].x - p[2].x), Int(p[3].y - p[2].y))
            let determinant = d1x * d2y - d1y * d2x
            guard determinant != 0 else { continue }
            let (ex, ey) = (Int(p[2].x - p[0].x), Int(p[2].y - p[0].y))
            let t = (ex * d2y - ey * d2x) * determinant.signum()
            let u = (ex * d1y - ey * d1x) * determinant.signum()
            let whole = abs(determinant)
            let expected: SegmentRelation =
                t < 0 || u < 0 || t > whole || u > whole
                ? .disjoint : t > 0 && u > 0 && t < whole && u < whole ? .crossing : .touching
            #expect(SegmentIntersection.relation(p[0], p[1], p[2], p[3]) == expected)
        }
    }

    @Test func orientationIsExactOverTheWholeWorld() {
        let a = WorldPoint(x: 0, y: 0)
        let b = WorldPoint(x: .max, y: .max)
        #expect(SegmentIntersection.orientation(a, b, WorldPoint(x: .max - 1, y: .max - 1)) == 0)
        #expect(SegmentIntersection.orientation(a, b, WorldPoint(x: .max - 1, y: .max)) == 1)
        #expect(SegmentIntersection.orientation(a, b, WorldPoint(x: .max, y: .max - 1)) == -1)
    }

    @Test func segmentsAndBoxes() {
        var generator = SeededGenerator(seed: 32)
        let box = WorldBox(minX: 10, minY: 10, maxX: 14, maxY: 13)
        let corners = [
            WorldPoint(x: 10, y: 10), WorldPoint(x: 14, y: 10), WorldPoint(x: 14, y: 13), WorldPoint(x: 10, y: 13),
        ]
        for _ in 0..<5_000 {
            let p = (0..<2).map { _ in
                WorldPoint(
                    x: UInt32.random(in: 5...20, using: &generator), y: UInt32.random(in: 5...20, using: &generator))
            }
            let expected =
                box.contains(p[0])
                || corners.indices.contains {
                    SegmentIntersection.relation(p[0], p[1], corners[$0], corners[($0 + 1) % 4]) != .disjoint
                }
            #expect(SegmentIntersection.intersects(p[0], p[1], box) == expected)
        }
        #expect(SegmentIntersection.intersects(WorldPoint(x: 0, y: .max), WorldPoint(x: .max, y: 0), .world))
        let offDiagonal = WorldBox(minX: 1, minY: 0, maxX: 1, maxY: 0)
        #expect(!SegmentIntersection.intersects(WorldPoint(x: 0, y: 0), WorldPoint(x: .max, y: .max), offDiagonal))
    }
}
