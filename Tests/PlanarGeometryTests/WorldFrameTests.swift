import PlanarGeometry
import TestSupport
import Testing

@Suite("Frames of the world")
struct WorldFrameTests {
    @Test("A box in the other frame is the same part of the world", arguments: 0..<3 as Range<UInt64>)
    func boxes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let columns = [
                UInt32.random(in: 0...(.max), using: &generator), .random(in: 0...(.max), using: &generator),
            ]
            let edges: [UInt32] = [0, 1 << 31 - 1, 1 << 31, .max]
            let all = (columns + edges).shuffled(using: &generator)
            let box = WorldBox(minX: min(all[0], all[1]), minY: 3, maxX: max(all[0], all[1]), maxY: 9)
            let turned = box.turned
            #expect(turned.reduce(UInt64(0)) { $0 + UInt64($1.maxX - $1.minX) + 1 } == UInt64(box.maxX - box.minX) + 1)
            for x in all {
                let point = WorldPoint(x: x, y: 5)
                #expect(box.contains(point) == turned.contains { $0.contains(point.turned) }, "seed \(seed)")
            }
        }
    }

    @Test("Crossings of the edges of either frame, by the short way round")
    func crossings() {
        func frame(_ columns: [UInt32], closing: Bool = false) -> WorldFrame? {
            let points = columns.map { WorldPoint(x: $0, y: 0) }
            return FrameCrossings(points, partEnds: [points.count], closing: closing).frame
        }
        #expect(frame([5]) == .standard)
        #expect(frame([0, 1 << 31]) == .standard)
        #expect(frame([0, 1 << 31 + 1]) == .turned)
        #expect(frame([.max, 0]) == .turned)
        #expect(frame([1 << 31 - 1, 1 << 31]) == .standard)
        #expect(frame([1 << 31 - 1, 1 << 31, .max, 0]) == nil)
        // Just half the world: which way it goes is as the grid has it.
        #expect(frame([.max, 0, 1 << 31]) == nil)
        #expect(frame([1 << 30, 3 << 30, .max]) == .standard)
        // Parts are apart from each other.
        let points = [WorldPoint(x: 0, y: 0), WorldPoint(x: .max, y: 0)]
        #expect(FrameCrossings(points, partEnds: [1, 2], closing: true).frame == .standard)
    }

    @Test(
        "Areas of rings over the grid's edge are those of the same rings elsewhere", arguments: 0..<3 as Range<UInt64>)
    func areas(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let ring = (0..<6).map { _ in
                WorldPoint(
                    x: .random(in: 1 << 30...3 << 30 - 1, using: &generator),
                    y: .random(in: 0...(.max), using: &generator))
            }
            let moved = ring.map(\.turned)
            #expect(RingArea.doubledRoundWorld(moved, 0..<6) == RingArea.doubled(ring, 0..<6), "seed \(seed)")
        }
    }
}
