import ByteCoding
import PlanarGeometry
import SpatialIndexing
import TestSupport
import Testing

@Suite struct PackedRTreeSearchTests {
    @Test(arguments: BoxSamples.Kind.allCases)
    func candidatesAreTheEntriesWhoseCellsMeetTheWindow(_ kind: BoxSamples.Kind) throws {
        for seed: UInt64 in 10..<12 {
            var random = SeededGenerator(seed: seed)
            for count in BoxSamples.counts {
                let boxes = BoxSamples.boxes(kind, count: count, using: &random)
                let bytes = BoxSamples.tree(of: boxes)
                let tree = try PackedRTree(bytes.byteSpan)
                let entries = ReferenceTree(bytes).entries
                for window in BoxSamples.windows(around: boxes, using: &random) {
                    var found: [Int] = []
                    tree.forEachCandidate(in: window) { found.append($0) }
                    #expect(
                        found == entries.indices.filter { entries[$0].intersects(window) },
                        "seed \(seed), \(count) boxes, \(window)")
                }
            }
        }
    }

    @Test(arguments: BoxSamples.Kind.allCases)
    func theExactTestLeavesWhatALinearScanFinds(_ kind: BoxSamples.Kind) throws {
        for seed: UInt64 in 20...20 {
            var random = SeededGenerator(seed: seed)
            for count in BoxSamples.counts {
                let boxes = BoxSamples.boxes(kind, count: count, using: &random)
                let bytes = BoxSamples.tree(of: boxes)
                let tree = try PackedRTree(bytes.byteSpan)
                for window in BoxSamples.windows(around: boxes, using: &random) {
                    var found: [Int] = []
                    tree.forEachCandidate(in: window) { if boxes[$0].intersects(window) { found.append($0) } }
                    #expect(
                        found == boxes.indices.filter { boxes[$0].intersects(window) },
                        "seed \(seed), \(count) boxes, \(window)")
                }
            }
        }
    }

    @Test func neighboursWithin32767UnitsAreFoundExactly() throws {
        var random = SeededGenerator(seed: 30)
        let boxes = BoxSamples.boxes(.clustered, count: 1000, using: &random)
        let bytes = BoxSamples.tree(of: boxes)
        let tree = try PackedRTree(bytes.byteSpan)
        for window in BoxSamples.windows(around: boxes, using: &random) {
            var found: [Int] = []
            tree.forEachCandidate(in: window) { found.append($0) }
            #expect(found == boxes.indices.filter { boxes[$0].intersects(window) })
        }
    }

    @Test func anyOrderOfEntriesIsSearchedCorrectly() throws {
        var random = SeededGenerator(seed: 31)
        let boxes = BoxSamples.boxes(.mixed, count: 700, using: &random).shuffled(using: &random)
        let bytes = BoxSamples.tree(of: boxes)
        let tree = try PackedRTree(bytes.byteSpan)
        for window in BoxSamples.windows(around: boxes, using: &random) {
            var found: [Int] = []
            tree.forEachCandidate(in: window) { if boxes[$0].intersects(window) { found.append($0) } }
            #expect(found == boxes.indices.filter { boxes[$0].intersects(window) })
        }
    }

    @Test func fourLevelsOfNodesAreSearchedCorrectly() throws {
        var random = SeededGenerator(seed: 32)
        let boxes = BoxSamples.boxes(.points, count: 5000, using: &random)
        let bytes = BoxSamples.tree(of: boxes)
        let tree = try PackedRTree(bytes.byteSpan)
        for _ in 0..<50 {
            let window = BoxSamples.anywhere(sideBits: 24...31, using: &random)
            var found: [Int] = []
            tree.forEachCandidate(in: window) { if boxes[$0].intersects(window) { found.append($0) } }
            #expect(found == boxes.indices.filter { boxes[$0].intersects(window) })
        }
    }

    @Test func appendedCandidatesAreTheSameAndComeAfterWhatWasThere() throws {
        var random = SeededGenerator(seed: 33)
        let boxes = BoxSamples.boxes(.mixed, count: 1000, using: &random)
        let bytes = BoxSamples.tree(of: boxes)
        let tree = try PackedRTree(bytes.byteSpan)
        for window in BoxSamples.windows(around: boxes, using: &random) {
            var expected: [UInt32] = [7]
            tree.forEachCandidate(in: window) { expected.append(UInt32($0)) }
            var found: [UInt32] = [7]
            tree.appendCandidates(in: window, to: &found)
            #expect(found == expected)
        }
    }

    @Test func anErrorOfTheBodyEndsTheSearch() throws {
        struct Enough: Error {}
        let bytes = BoxSamples.tree(of: Array(repeating: WorldBox.world, count: 100))
        let tree = try PackedRTree(bytes.byteSpan)
        for window in [WorldBox.world, WorldBox(WorldPoint(x: 5, y: 5))] {
            var found: [Int] = []
            do throws(Enough) {
                try tree.forEachCandidate(in: window) { (entry: Int) throws(Enough) in
                    found.append(entry)
                    if found.count == 20 { throw Enough() }
                }
                Issue.record("the error was lost")
            } catch {}
            #expect(found == Array(0..<20))
        }
    }
}
