import ByteCoding
import PlanarGeometry
import SpatialIndexing
import TestSupport
import Testing

@Suite struct PackedRTreeTests {
    @Test func anEmptyTreeHasNoBoxAndNoCandidates() throws {
        let bytes = BoxSamples.tree(of: [])
        let tree = try PackedRTree(bytes.byteSpan)
        #expect(tree.entryCount == 0)
        #expect(tree.box == nil)
        var found: [Int] = []
        tree.forEachCandidate(in: .world) { found.append($0) }
        #expect(found.isEmpty)
        var nearest = NearestNeighbours<Int>(limit: 3)
        tree.collectNearest(into: &nearest, lowerBound: { _ in 0 }, distance: { (0, $0) })
        #expect(nearest.sorted().isEmpty)
    }

    @Test(arguments: BoxSamples.Kind.allCases)
    func theBoxAroundAllEntriesIsExact(_ kind: BoxSamples.Kind) throws {
        var random = SeededGenerator(seed: 5)
        for count in BoxSamples.counts where count > 0 {
            let boxes = BoxSamples.boxes(kind, count: count, using: &random)
            var expected = boxes[0]
            for box in boxes { expected.extend(by: box) }
            let bytes = BoxSamples.tree(of: boxes)
            let tree = try PackedRTree(bytes.byteSpan)
            #expect(tree.entryCount == count)
            #expect(tree.box == expected)
        }
    }

    @Test func everyTruncationIsRefused() {
        var random = SeededGenerator(seed: 6)
        let bytes = BoxSamples.tree(of: BoxSamples.boxes(.scattered, count: 40, using: &random))
        for count in 0..<bytes.count {
            let expected: SpatialIndexError =
                count < 64
                ? .headerTruncated(byteCount: count)
                : .sizeMismatch(entryCount: 40, expected: bytes.count, found: count)
            #expect(error(opening: Array(bytes[..<count])) == expected)
        }
        #expect(
            error(opening: bytes + [0]) == .sizeMismatch(entryCount: 40, expected: bytes.count, found: bytes.count + 1))
    }

    @Test func aWrongHeaderIsRefusedByName() {
        let good = BoxSamples.tree(of: [WorldBox(minX: 1, minY: 2, maxX: 3, maxY: 4)])
        var bytes = good
        bytes[0] = 0
        #expect(error(opening: bytes) == .notAnIndex(found: 0x5452_7500))
        bytes = good
        bytes[4] = 2
        #expect(error(opening: bytes) == .unsupportedVersion(2))
        bytes = good
        bytes[15] = 0xff
        #expect(error(opening: bytes) == .tooManyEntries(0xff00_0000_0000_0001))
        bytes = good
        bytes[16] = 9
        #expect(error(opening: bytes) == .invertedBox(WorldBox(minX: 9, minY: 2, maxX: 3, maxY: 4)))
        bytes = good
        bytes[8] = 17
        #expect(error(opening: bytes) == .sizeMismatch(entryCount: 17, expected: 64 + 3 * 128, found: 64 + 128))
    }

    @Test func errorsSayWhatWasFoundAndWhatWasExpected() {
        let errors: [(SpatialIndexError, String)] = [
            (.headerTruncated(byteCount: 5), "spatial index is cut off: 5 bytes, the header alone has 64"),
            (.notAnIndex(found: 0x1234), "not a spatial index: starts with 0x1234, expected 0x54527554"),
            (.unsupportedVersion(7), "spatial index has version 7, this program reads 1"),
            (.tooManyEntries(1 << 40), "spatial index claims 1099511627776 entries, at most 4294967296 are possible"),
            (
                .sizeMismatch(entryCount: 3, expected: 192, found: 100),
                "spatial index of 3 entries has 100 bytes, expected 192"
            ),
            (
                .invertedBox(WorldBox(minX: 9, minY: 2, maxX: 3, maxY: 4)),
                "spatial index has an impossible box: x 9 to 3, y 2 to 4"
            ),
        ]
        for (error, text) in errors { #expect("\(error)" == text) }
    }

    /// Damage past the header goes unnoticed by design. It must stay harmless: entries in range, ascending, each once,
    /// boxes never inverted.
    @Test func flippedBitsNeverLeadOutsideTheTree() {
        var random = SeededGenerator(seed: 7)
        let boxes = BoxSamples.boxes(.mixed, count: 300, using: &random)
        let bytes = BoxSamples.tree(of: boxes)
        for round in 0..<2000 {
            var damaged = bytes
            for _ in 0..<(round % 5 == 0 ? 200 : 1) {
                let bit = random.next(upperBound: UInt(damaged.count * 8))
                damaged[Int(bit / 8)] ^= 1 << (bit % 8)
            }
            search(damaged, [.world, boxes[round % 300], BoxSamples.anywhere(sideBits: 20...31, using: &random)])
        }
    }

    @Test func everyFlippedBitOfTheHeaderIsRefusedOrHarmless() {
        var random = SeededGenerator(seed: 9)
        let boxes = BoxSamples.boxes(.scattered, count: 40, using: &random)
        let bytes = BoxSamples.tree(of: boxes)
        for bit in 0..<512 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << (bit % 8)
            search(damaged, [.world, boxes[bit % 40]])
        }
    }

    @Test func nodesOfNoiseNeverLeadOutsideTheTree() {
        var random = SeededGenerator(seed: 8)
        let bytes = BoxSamples.tree(of: Array(repeating: .world, count: 300))
        for _ in 0..<300 {
            let noise = bytes[..<64] + bytes[64...].map { _ in UInt8.random(in: 0...255, using: &random) }
            let window = BoxSamples.anywhere(sideBits: 20...31, using: &random)
            search(Array(noise), [window])
        }
    }

    private func error(opening bytes: [UInt8]) -> SpatialIndexError? {
        do {
            _ = try PackedRTree(bytes.byteSpan)
            return nil
        } catch {
            return error
        }
    }

    /// Asks everything of the tree, or returns if its header is refused.
    private func search(_ bytes: [UInt8], _ windows: [WorldBox]) {
        do throws(SpatialIndexError) {
            let tree = try PackedRTree(bytes.byteSpan)
            for window in windows {
                var last = -1
                tree.forEachCandidate(in: window) { entry in
                    if entry <= last { Issue.record("entry \(entry) after \(last)") }
                    last = entry
                }
                #expect(last < tree.entryCount)
            }
            var seen = Array(repeating: false, count: tree.entryCount)
            var nearest = NearestNeighbours<Int>(limit: 400)
            tree.collectNearest(
                into: &nearest,
                lowerBound: { box in
                    if box.minX > box.maxX || box.minY > box.maxY { Issue.record("inverted: \(box)") }
                    return PlanarDistance.squared(from: windows[0].center, to: box)
                },
                distance: { entry in
                    if seen[entry] { Issue.record("entry \(entry) came twice") }
                    seen[entry] = true
                    return (Double(entry), entry)
                })
        } catch {
            #expect("\(error)".contains("spatial index"))
        }
    }
}
