import PlanarGeometry
import TestSupport
import Testing

@testable import OSMImport

@Suite("Segment strips")
struct SegmentStripsTests {
    @Test("Every segment over or under a place is among those of its strip", arguments: 0..<8 as Range<UInt64>)
    func coverage(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        // Short ones, some that span everything, and in odd runs the whole width of the world.
        let width: UInt32 = seed.isMultiple(of: 2) ? 5000 : .max
        let segments = (0..<Int.random(in: 1...400, using: &generator)).map { number in
            let a = WorldPoint(x: .random(in: 0...width, using: &generator), y: .random(in: 0...9, using: &generator))
            let reach = number.isMultiple(of: 7) ? width : width / 100
            let x = UInt32(clamping: Int64(a.x) + .random(in: -Int64(reach)...Int64(reach), using: &generator))
            return RingSegment(a, WorldPoint(x: min(x, width), y: .random(in: 0...9, using: &generator)))
        }.sorted()
        let strips = SegmentStrips(segments)
        let first = segments[0].first.x
        let last = segments.map(\.second.x).max() ?? first
        for place in [first, last] + (0..<200).map({ _ in .random(in: first...last, using: &generator) }) {
            let found = Set(strips.segments(atX: place))
            for (number, segment) in segments.enumerated() where segment.first.x <= place && place <= segment.second.x {
                #expect(found.contains(Int32(number)), "seed \(seed), \(place)")
            }
        }
    }
}
