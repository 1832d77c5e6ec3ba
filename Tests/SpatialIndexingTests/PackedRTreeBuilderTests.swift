import ByteCoding
import PlanarGeometry
import SpatialIndexing
import TestSupport
import Testing

@Suite struct PackedRTreeBuilderTests {
    @Test(arguments: BoxSamples.Kind.allCases)
    func slotsCoverTheirBoxesByLessThanOneCell(_ kind: BoxSamples.Kind) {
        var random = SeededGenerator(seed: 1)
        for count in BoxSamples.counts {
            let boxes = BoxSamples.boxes(kind, count: count, using: &random)
            let entries = ReferenceTree(BoxSamples.tree(of: boxes)).entries
            #expect(entries.count == count)
            for (box, entry) in zip(boxes, entries) {
                let before = [Int(box.minX) - entry.minX, Int(box.minY) - entry.minY]
                let after = [entry.maxX - Int(box.maxX), entry.maxY - Int(box.maxY)]
                #expect((0..<entry.cellX).contains(before[0]) && (0..<entry.cellX).contains(after[0]))
                #expect((0..<entry.cellY).contains(before[1]) && (0..<entry.cellY).contains(after[1]))
            }
        }
    }

    @Test func leavesBelow32768UnitsWideKeepBoxesExactly() {
        var random = SeededGenerator(seed: 2)
        let boxes = BoxSamples.boxes(.clustered, count: 1000, using: &random)
        let entries = ReferenceTree(BoxSamples.tree(of: boxes)).entries
        #expect(entries.allSatisfy { $0.cellX == 1 && $0.cellY == 1 })
    }

    @Test func theWorldIsCutIntoCellsOf131072Units() {
        let entries = ReferenceTree(BoxSamples.tree(of: [.world])).entries
        #expect(entries.map(\.cellX) == [1 << 17])
        #expect(entries.map(\.maxX) == [Int(UInt32.max)])
    }

    @Test func slotsWithoutAnItemAreMarkedSoThatNoWindowMeetsThem() {
        var random = SeededGenerator(seed: 3)
        let tree = ReferenceTree(BoxSamples.tree(of: BoxSamples.boxes(.scattered, count: 257, using: &random)))
        // 257 entries: 17 leaves of which the last holds one, two nodes above, of which the last holds one, and a root.
        #expect(tree.emptySlots.count == 15 + 15 + 14)
        #expect(tree.emptySlots.allSatisfy { $0 == [32767, 32767, -1, -1] })
    }

    @Test(arguments: [(0, 0), (1, 1), (16, 1), (17, 3), (256, 17), (257, 20), (4096, 273)])
    func theSizeFollowsFromTheCount(_ entryCount: Int, _ nodeCount: Int) {
        let bytes = BoxSamples.tree(of: Array(repeating: .world, count: entryCount))
        #expect(bytes.count == 64 + 128 * nodeCount)
    }

    @Test func theSameBoxesGiveTheSameBytes() {
        var random = SeededGenerator(seed: 4)
        let boxes = BoxSamples.boxes(.mixed, count: 500, using: &random)
        #expect(BoxSamples.tree(of: boxes) == BoxSamples.tree(of: boxes))
    }

    @Test func entriesAreNumberedAsTheyAreAdded() {
        var builder = PackedRTreeBuilder()
        #expect(builder.entryCount == 0)
        builder.add(.world)
        builder.add(.world)
        #expect(builder.entryCount == 2)
    }

    @Test func anInvertedBoxIsTheCallersMistake() async {
        await #expect(processExitsWith: .failure) {
            var builder = PackedRTreeBuilder()
            builder.add(WorldBox(minX: 2, minY: 0, maxX: 1, maxY: 0))
        }
    }
}
