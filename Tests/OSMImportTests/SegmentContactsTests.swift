import PlanarGeometry
import TestSupport
import Testing

@testable import OSMImport

@Suite("Contacts of segments")
struct SegmentContactsTests {
    struct Pair: Hashable {
        var ends: Set<[UInt64]>
    }

    @Test(
        "Every pair that shares more than an end is found, at any length and slope", arguments: 0..<300 as Range<UInt64>
    )
    func againstAllPairs(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let size: UInt32 = seed.isMultiple(of: 2) ? 12 : 4_000_000_000
        let count =
            seed.isMultiple(of: 5)
            ? Int.random(in: 30...120, using: &generator) : Int.random(in: 3...9, using: &generator)
        let ring = (0..<count).map { _ in
            WorldPoint(x: .random(in: 0...size, using: &generator), y: .random(in: 0...size, using: &generator))
        }
        var segments: [RingSegment] = []
        for (from, to) in zip(ring, ring.dropFirst() + ring.prefix(1)) where from != to {
            segments.append(RingSegment(from, to))
        }
        var expected: [Pair: Int] = [:]
        for (rank, left) in segments.enumerated() {
            for right in segments[(rank + 1)...] where Self.shareMoreThanAnEnd(left, right) {
                expected[Self.pair(left, right), default: 0] += 1
            }
        }
        var found: [Pair: Int] = [:]
        for contact in SegmentContacts(segments).found {
            found[Self.pair(contact.left, contact.right), default: 0] += 1
            // The place is on both, but for the rounding of a crossing.
            let place = contact.place
            for segment in [contact.left, contact.right] {
                #expect(Self.distance(place, segment) < 1.5, "\(contact)")
            }
        }
        #expect(found == expected)
    }

    private static func pair(_ left: RingSegment, _ right: RingSegment) -> Pair {
        Pair(ends: [[left.low, left.high], [right.low, right.high]])
    }

    private static func distance(_ point: WorldPoint, _ segment: RingSegment) -> Double {
        let (a, b) = (segment.first, segment.second)
        let (x, y) = (Double(b.wideX - a.wideX), Double(b.wideY - a.wideY))
        let (px, py) = (Double(point.wideX - a.wideX), Double(point.wideY - a.wideY))
        let along = max(0, min(1, (px * x + py * y) / (x * x + y * y)))
        let (dx, dy) = (px - along * x, py - along * y)
        return (dx * dx + dy * dy).squareRoot()
    }

    /// Products in 128 bits, straight from the definition.
    private static func shareMoreThanAnEnd(_ left: RingSegment, _ right: RingSegment) -> Bool {
        func side(_ a: WorldPoint, _ b: WorldPoint, _ c: WorldPoint) -> Int {
            let value =
                (Int128(b.x) - Int128(a.x)) * (Int128(c.y) - Int128(a.y))
                - (Int128(b.y) - Int128(a.y)) * (Int128(c.x) - Int128(a.x))
            return Int(value.signum())
        }
        func isWithin(_ point: WorldPoint, _ segment: RingSegment) -> Bool {
            let (a, b) = (segment.first, segment.second)
            return side(a, b, point) == 0 && point.x >= min(a.x, b.x) && point.x <= max(a.x, b.x)
                && point.y >= min(a.y, b.y) && point.y <= max(a.y, b.y)
        }
        if left == right { return true }
        let (a, b, c, d) = (left.first, left.second, right.first, right.second)
        let crosses = side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
        let touches =
            [a, b].contains { $0 != c && $0 != d && isWithin($0, right) }
            || [c, d].contains { $0 != a && $0 != b && isWithin($0, left) }
        return crosses || touches
    }

    @Test("A ring that comes back to a node has shared ends; one that does not has none")
    func sharedEnds() {
        func segments(_ points: [WorldPoint]) -> [RingSegment] {
            zip(points, points.dropFirst()).map { RingSegment($0, $1) }
        }
        for corners in 3...40 {
            let half = UInt32(corners)
            let ring =
                (0..<half).map { WorldPoint(x: $0 * 10, y: 1000 - $0 * $0 % 7) }
                + (0..<half).reversed().map { WorldPoint(x: $0 * 10, y: 2000) }
            #expect(!SegmentContacts(segments(ring + [ring[0]])).hasSharedEnds)
        }
        let eight = RingAssemblerTests.points((0, 0), (10, 10), (20, 0), (20, 20), (10, 10), (0, 20), (0, 0))
        let contacts = SegmentContacts(segments(eight))
        #expect(contacts.hasSharedEnds)
        #expect(contacts.found.isEmpty)
    }

    @Test("A contact has the same place from either side")
    func places() {
        let points = RingAssemblerTests.points
        let level = RingSegment(WorldPoint(x: 0, y: 10), WorldPoint(x: 20, y: 10))
        let cases: [(SegmentContact.Kind, RingSegment, [WorldPoint])] = [
            (.crossing, RingSegment(WorldPoint(x: 5, y: 0), WorldPoint(x: 5, y: 30)), points((5, 10))),
            (.touching, RingSegment(WorldPoint(x: 7, y: 10), WorldPoint(x: 9, y: 30)), points((7, 10))),
            (.overlapping, RingSegment(WorldPoint(x: 8, y: 10), WorldPoint(x: 30, y: 10)), points((8, 10))),
            (.overlapping, RingSegment(WorldPoint(x: 0, y: 10), WorldPoint(x: 9, y: 10)), points((0, 10))),
            (.same, level, points((0, 10))),
        ]
        for (kind, other, place) in cases {
            for pair in [[level, other], [other, level]] {
                let found = SegmentContacts(pair).found
                #expect(found.map(\.kind) == [kind])
                #expect(found.map(\.place) == place)
            }
        }
    }
}
