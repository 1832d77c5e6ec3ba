import ByteCoding
import SystemIO
import TestSupport
import Testing

@testable import TileArchives

@Suite struct PMTilesDirectoryTests {
    func random(_ count: Int, seed: UInt64) -> [PMTilesEntry] {
        var random = SeededGenerator(seed: seed)
        var id: UInt64 = 0
        var end: UInt64 = 0
        return (0..<count).map { _ in
            id += UInt64.random(in: 0...3, using: &random)
            let run = UInt32.random(in: 1...4, using: &random)
            let length = UInt32.random(in: 1...9000, using: &random)
            let isNew = end == 0 || Int.random(in: 0..<4, using: &random) > 0
            let offset = isNew ? end : UInt64.random(in: 0..<end, using: &random)
            if isNew { end += UInt64(length) }
            defer { id += UInt64(run) }
            return PMTilesEntry(tileID: id, offset: offset, length: length, runLength: run)
        }
    }

    @Test("Random directories come back", arguments: [1, 2, 50, 3000])
    func roundTrip(count: Int) throws {
        let entries = random(count, seed: UInt64(count))
        let bytes = PMTilesDirectory.encode(entries[...])
        #expect(try PMTilesDirectory(decoding: bytes.byteSpan).entries == entries)
    }

    @Test("Columns: count, id differences, run lengths, lengths, offsets plus one or 0 when next to the one before")
    func layout() {
        let entries = [
            PMTilesEntry(tileID: 5, offset: 0, length: 10, runLength: 1),
            PMTilesEntry(tileID: 7, offset: 10, length: 300, runLength: 2),
            PMTilesEntry(tileID: 9, offset: 0, length: 10, runLength: 1),
        ]
        #expect(
            PMTilesDirectory.encode(entries[...]) == [3, 5, 2, 2, 1, 2, 1, 10, 0xac, 2, 10, 1, 0, 1])
    }

    @Test("An id is found where a look at every entry finds it")
    func findAgreesWithScan() {
        let directory = PMTilesDirectory(entries: random(300, seed: 4))
        for id in 0..<(directory.entries.last?.end ?? 0) + 5 {
            let expected = directory.entries.first { $0.tileID <= id && id < $0.end }
            #expect(directory.find(id) == expected)
        }
        #expect(PMTilesDirectory(entries: []).find(0) == nil)
    }

    @Test("A leaf directory stands for all ids up to the next entry")
    func leavesAreOpenEnded() {
        let directory = PMTilesDirectory(entries: [
            PMTilesEntry(tileID: 10, offset: 0, length: 1, runLength: 0),
            PMTilesEntry(tileID: 100, offset: 1, length: 1, runLength: 0),
        ])
        #expect(directory.find(9) == nil)
        #expect(directory.find(99)?.tileID == 10)
        #expect(directory.find(100_000)?.tileID == 100)
    }

    @Test("No entries at all are read as an empty directory, as real archives have it")
    func empty() throws { #expect(try PMTilesDirectory(decoding: [UInt8]([0]).byteSpan).entries.isEmpty) }

    @Test(
        "What breaks the format is refused",
        arguments: [
            ("no bytes", []),
            ("a count that cannot be", [0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0]),
            ("length 0", [1, 0, 1, 0, 1]),
            ("no first offset", [1, 0, 1, 5, 0]),
            ("the same id twice", [2, 4, 0, 1, 1, 5, 5, 1, 0]),
            ("a run into the next entry", [2, 4, 1, 2, 1, 5, 5, 1, 0]),
            ("an id behind zoom 31", [1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 1, 5, 1]),
            ("a length of 33 bits", [1, 0, 1, 0x80, 0x80, 0x80, 0x80, 0x10, 1]),
            ("an end too early", [1, 0, 1, 5]),
        ] as [(String, [UInt8])])
    func refused(name: String, bytes: [UInt8]) {
        #expect(throws: PMTilesDirectory.Fault.self) { try PMTilesDirectory(decoding: bytes.byteSpan) }
    }

    @Test("A large archive gets leaves, and its root fits into a reader's first request")
    func leavesKeepTheRootSmall() throws {
        let entries = random(60_000, seed: 8)
        let directories = PMTilesDirectories(packing: entries, with: Compressor(level: 9))
        #expect(directories.root.count <= 16_257)
        let unpacker = Decompressor()
        let rootBytes = try unpacker.gzip(directories.root.byteSpan, limit: 1 << 24)
        let root = try PMTilesDirectory(decoding: rootBytes.byteSpan)
        var found: [PMTilesEntry] = []
        for pointer in root.entries {
            #expect(pointer.isLeaf)
            let packed = Array(directories.leaves[Int(pointer.offset)...].prefix(Int(pointer.length)))
            let leaf = try unpacker.gzip(packed.byteSpan, limit: 1 << 24)
            found += try PMTilesDirectory(decoding: leaf.byteSpan).entries
        }
        #expect(found == entries)
    }

    @Test("A small archive has no leaves")
    func smallArchivesHaveNoLeaves() {
        let directories = PMTilesDirectories(packing: random(500, seed: 1), with: Compressor(level: 9))
        #expect(directories.leaves.isEmpty)
    }
}
