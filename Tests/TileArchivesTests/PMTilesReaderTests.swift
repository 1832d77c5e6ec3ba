import ByteCoding
import Foundation
import PlanarGeometry
import SystemIO
import TestSupport
import Testing

@testable import TileArchives

@Suite struct PMTilesReaderTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    // MARK: Archives of other programs

    @Test(
        "Files that are no version 3 archive are refused",
        .enabled(if: ArchiveFixtures.isPresent, "\(ArchiveFixtures.absent)"),
        arguments: ["empty", "invalid", "invalid_v4", "single_tile_brotli"])
    func refusedFiles(name: String) throws {
        #expect(throws: TileArchiveError.self) { try PMTilesReader(path: ArchiveFixtures.path("\(name).pmtiles")) }
    }

    @Test(
        "Refusals say what is wrong", .enabled(if: ArchiveFixtures.isPresent, "\(ArchiveFixtures.absent)"))
    func refusalsExplain() throws {
        let later = ArchiveFixtures.path("invalid_v4.pmtiles")
        #expect(throws: TileArchiveError.versionUnsupported(path: later, version: 4)) { try PMTilesReader(path: later) }
        let packed = ArchiveFixtures.path("single_tile_brotli.pmtiles")
        #expect(
            throws: TileArchiveError.compressionUnsupported(
                path: packed, part: "root directory", compression: .brotli)
        ) { try PMTilesReader(path: packed) }
    }

    @Test("Versions 1 and 2 are another format and named so")
    func earlyVersions() throws {
        for version in [1, 2] as [UInt8] {
            let path = try folder.write([0x50, 0x4d, version, 0, 0, 0, 0, 0], to: "early.pmtiles")
            #expect(throws: TileArchiveError.versionUnsupported(path: path, version: Int(version))) {
                try PMTilesReader(path: path)
            }
        }
    }

    @Test("Small archives of other programs", .enabled(if: ArchiveFixtures.isPresent, "\(ArchiveFixtures.absent)"))
    func smallArchives() throws {
        let first = try PMTilesReader(path: ArchiveFixtures.path("test_fixture_1.pmtiles"))
        #expect(first.header.root == .init(offset: 127, length: 25))
        #expect(first.header.metadata == .init(offset: 152, length: 247))
        #expect(first.header.tileData == .init(offset: 399, length: 69))
        #expect(!first.header.isClustered)
        #expect(first.metadata.bounds.east == 0.999_999_9 && first.metadata.bounds.north == 1)
        let content = try #require(try first.tile(at: tile(0, 0, 0)))
        #expect(content.compression == .gzip && content.bytes.count == 69)
        #expect(try first.tile(at: tile(1, 0, 0)) == nil)

        let second = try PMTilesReader(path: ArchiveFixtures.path("test_fixture_2.pmtiles"))
        #expect(second.header.tileData.length == 67)

        // A directory without entries, which the format forbids, is an empty archive.
        let mapLibre = try PMTilesReader(path: ArchiveFixtures.path("test_fixture_mlt.pmtiles"))
        #expect(mapLibre.metadata.format == .mapLibre)
        #expect(try mapLibre.tile(at: tile(0, 0, 0)) == nil)
        try mapLibre.forEachRun { _, _, _ in Issue.record("a tile in an empty archive") }

        let unclustered = try PMTilesReader(path: ArchiveFixtures.path("unclustered.pmtiles"))
        #expect(unclustered.metadata.format == .png)
        let whole = try ArchiveFixtures.bytes("unclustered.pmtiles")
        let start = Int(unclustered.header.tileData.offset)
        #expect(try unclustered.tile(at: tile(1, 0, 0))?.bytes == Array(whole[(start + 70)...].prefix(70)))
        #expect(try unclustered.tile(at: tile(1, 0, 1))?.bytes == Array(whole[start...].prefix(70)))
        #expect(try unclustered.tile(at: tile(1, 0, 1))?.compression == TileCompression.none)

        let box = try PMTilesReader(path: ArchiveFixtures.path("box1degree.pmtiles"))
        #expect(try box.tile(at: tile(0, 0, 0)) != nil)
    }

    @Test(
        "Tiles behind a leaf directory are found", .enabled(if: ArchiveFixtures.isPresent, "\(ArchiveFixtures.absent)"))
    func leaf() throws {
        let reader = try PMTilesReader(path: ArchiveFixtures.path("leaf.pmtiles"))
        var sizes: [Int] = []
        try reader.forEachTile { coordinate, content in
            sizes.append(content.bytes.count)
            let found = try reader.tile(at: coordinate)
            #expect(found == content)
        }
        #expect(sizes == [1, 1, 1, 1, 1])
    }

    @Test(
        "Counts of large archives agree with their headers",
        .enabled(if: ArchiveFixtures.isPresent, "\(ArchiveFixtures.absent)"),
        arguments: [
            ("protomaps_vector_ODbL_firenze", 108, 108, 106), ("stamen_toner_raster_CC-BY_ODbL_z3", 85, 84, 80),
            ("leaves_z0-8", 70_997, 54_614, 54_288),
        ])
    func counts(name: String, addressed: Int, entries: Int, contents: Int) throws {
        let reader = try PMTilesReader(path: ArchiveFixtures.path("\(name).pmtiles"))
        var tiles = 0
        var runs = 0
        try reader.forEachRun { _, count, _ in
            tiles += count
            runs += 1
        }
        #expect(tiles == addressed && runs == entries)
        #expect(reader.header.contents == UInt64(contents))
    }

    @Test("Raster tiles are their pictures", .enabled(if: ArchiveFixtures.isPresent, "\(ArchiveFixtures.absent)"))
    func rasterTiles() throws {
        let reader = try PMTilesReader(path: ArchiveFixtures.path("stamen_toner_raster_CC-BY_ODbL_z3.pmtiles"))
        #expect(reader.metadata.format == .png)
        for (name, coordinate) in [
            ("stamen_0_0_0", tile(0, 0, 0)), ("stamen_2_2_2", tile(2, 2, 2)), ("stamen_3_4_5", tile(3, 4, 5)),
        ] {
            #expect(try reader.tile(at: coordinate)?.bytes == ArchiveFixtures.bytes("\(name).png"))
        }
    }

    @Test(
        "Every tile of an archive with 14 leaves has the content that its maker gave it",
        .enabled(if: ArchiveFixtures.isPresent, "\(ArchiveFixtures.absent)"))
    func leaves() throws {
        let reader = try PMTilesReader(path: ArchiveFixtures.path("leaves_z0-8.pmtiles"))
        let ocean = Array("OCEAN".utf8)
        var random = SeededGenerator(seed: 6)
        for _ in 0..<3000 {
            let zoom = UInt8.random(in: 0...8, using: &random)
            let side = UInt32(1) << UInt32(zoom)
            let x = UInt32.random(in: 0..<side, using: &random)
            let y = UInt32.random(in: 0..<side, using: &random)
            var expected: [UInt8]? = ocean
            if zoom < 8 || x >= 128 || y >= 128 {
                let digest = sha256(Array("\(zoom)/\(x)/\(y)".utf8).byteSpan)
                expected = zoom == 8 && x >= 128 && y >= 128 ? nil : Array(digest.prefix(2 + Int(digest[31] % 8)))
            }
            #expect(try reader.tile(at: tile(zoom, x, y))?.bytes == expected)
        }
    }

    // MARK: Damage

    /// Reads everything that can be read; errors are what is wanted.
    private func exhaust(_ bytes: [UInt8], _ name: String) throws {
        let path = try folder.write(bytes, to: name)
        guard let reader = try? PMTilesReader(path: path) else { return }
        for id in 0..<30 as Range<UInt64> {
            if let coordinate = PMTilesTileID.coordinate(id) { _ = try? reader.tile(at: coordinate) }
        }
        try? reader.forEachRun { _, _, _ in }
    }

    private func sample() throws -> [UInt8] {
        let (path, _) = try makeArchive(in: folder, "sample.pmtiles") { writer in
            for id in 0..<12 as Range<UInt64> {
                try writer.write(blob("tile \(id / 2)"), at: try #require(PMTilesTileID.coordinate(id)))
            }
        }
        return [UInt8](try Data(contentsOf: URL(filePath: path)))
    }

    @Test("A file cut anywhere is refused or read in part, and nothing traps")
    func truncation() throws {
        let bytes = try sample()
        for end in 0..<bytes.count {
            let path = try folder.write(Array(bytes[..<end]), to: "cut.pmtiles")
            #expect(throws: TileArchiveError.self) { try PMTilesReader(path: path) }
        }
    }

    @Test("No flipped bit traps or hangs")
    func flippedBits() throws {
        var bytes = try sample()
        for index in bytes.indices {
            for bit in 0..<8 as Range<UInt8> {
                bytes[index] ^= 1 << bit
                try exhaust(bytes, "flipped.pmtiles")
                bytes[index] ^= 1 << bit
            }
        }
    }

    /// An archive without compression, so that directories can be written by hand.
    private func raw(root: [PMTilesEntry], leaves: [[PMTilesEntry]], data: [UInt8]) throws -> String {
        var header = PMTilesHeader()
        let rootBytes = PMTilesDirectory.encode(root[...])
        let leafBytes = leaves.flatMap { PMTilesDirectory.encode($0[...]) }
        header.root = .init(offset: 127, length: UInt64(rootBytes.count))
        header.metadata = .init(offset: header.root.end, length: 2)
        header.leaves = .init(offset: header.metadata.end, length: UInt64(leafBytes.count))
        header.tileData = .init(offset: header.leaves.end, length: UInt64(data.count))
        header.internalCompression = .none
        header.tileCompression = .none
        return try folder.write(
            header.encoded() + rootBytes + Array("{}".utf8) + leafBytes + data, to: "raw.pmtiles")
    }

    @Test("Directories that lead to themselves end with an error")
    func circles() throws {
        // 1 count, 1 id, 1 run length, 1 length, 1 offset: the leaf is five bytes and points to itself.
        let circle = PMTilesEntry(tileID: 0, offset: 0, length: 5, runLength: 0)
        let path = try raw(root: [circle], leaves: [[circle]], data: [1])
        let reader = try PMTilesReader(path: path)
        #expect(throws: TileArchiveError.directoriesTooDeep(path: path, limit: 4)) {
            try reader.tile(at: tile(3, 1, 1))
        }
        #expect(throws: TileArchiveError.self) { try reader.forEachRun { _, _, _ in } }
    }

    @Test("Directories that share a leaf are refused when walked, so that a small file cannot keep a reader busy")
    func sharedLeaves() throws {
        let leaf = [PMTilesEntry(tileID: 0, offset: 0, length: 1, runLength: 1)]
        let size = UInt32(PMTilesDirectory.encode(leaf[...]).count)
        let path = try raw(
            root: [
                PMTilesEntry(tileID: 0, offset: 0, length: size, runLength: 0),
                PMTilesEntry(tileID: 9, offset: 0, length: size, runLength: 0),
            ], leaves: [leaf], data: [1])
        let reader = try PMTilesReader(path: path)
        #expect(try reader.tile(at: tile(0, 0, 0))?.bytes == [1])
        #expect(throws: TileArchiveError.self) { try reader.forEachRun { _, _, _ in } }
    }

    @Test("A tile outside the tile data is refused, the others are read")
    func tileOutside() throws {
        let path = try raw(
            root: [
                PMTilesEntry(tileID: 0, offset: 0, length: 2, runLength: 1),
                PMTilesEntry(tileID: 1, offset: 1, length: 2, runLength: 1),
                PMTilesEntry(tileID: 2, offset: .max - 5, length: 2, runLength: 1),
            ], leaves: [], data: [7, 8])
        let reader = try PMTilesReader(path: path)
        #expect(try reader.tile(at: tile(0, 0, 0))?.bytes == [7, 8])
        #expect(throws: TileArchiveError.self) { try reader.tile(at: tile(1, 0, 0)) }
        #expect(throws: TileArchiveError.self) { try reader.tile(at: tile(1, 0, 1)) }
    }

    @Test("A run that goes on into the next zoom is handed out zoom by zoom")
    func runsAcrossZooms() throws {
        let path = try raw(
            root: [PMTilesEntry(tileID: 3, offset: 0, length: 1, runLength: 4)], leaves: [], data: [7])
        var tiles: [TileCoordinate] = []
        try PMTilesReader(path: path).forEachTile { coordinate, _ in tiles.append(coordinate) }
        #expect(tiles == [tile(1, 1, 1), tile(1, 1, 0), tile(2, 0, 0), tile(2, 1, 0)])
    }

    @Test("Many threads read one archive")
    func sharedReader() async throws {
        let (path, _) = try makeArchive(in: folder) { writer in
            for id in 0..<20_000 as Range<UInt64> {
                try writer.write(blob("t\(id)"), at: try #require(PMTilesTileID.coordinate(id)))
            }
        }
        let reader = try PMTilesReader(path: path)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for worker in 0..<4 as Range<UInt64> {
                group.addTask {
                    for id in stride(from: worker, to: 20_000, by: 37) {
                        guard let coordinate = PMTilesTileID.coordinate(id) else { return false }
                        if try reader.tile(at: coordinate) != blob("t\(id)") { return false }
                    }
                    return true
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
