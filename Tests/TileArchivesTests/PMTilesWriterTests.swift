import ByteCoding
import Foundation
import PlanarGeometry
import SystemIO
import TestSupport
import Testing

@testable import TileArchives

@Suite struct PMTilesWriterTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("Tiles come back as written, and absent ones are absent")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 21)
        var expected: [TileCoordinate: EncodedTile] = [:]
        let (path, report) = try makeArchive(in: folder) { writer in
            for id in 0..<PMTilesTileID.first(zoom: 6) where Int.random(in: 0..<3, using: &random) > 0 {
                guard let coordinate = PMTilesTileID.coordinate(id) else { continue }
                let tile = blob("tile \(Int.random(in: 0..<200, using: &random))")
                expected[coordinate] = tile
                try writer.write(tile, at: coordinate)
            }
        }
        let reader = try PMTilesReader(path: path)
        for id in 0..<PMTilesTileID.first(zoom: 7) {
            guard let coordinate = PMTilesTileID.coordinate(id) else { continue }
            #expect(try reader.tile(at: coordinate) == expected[coordinate])
        }
        var walked: [TileCoordinate: EncodedTile] = [:]
        try reader.forEachTile { coordinate, tile in walked[coordinate] = tile }
        #expect(walked == expected)
        #expect(report.addressedTiles == expected.count)
        #expect(report.contents == Set(expected.values.map(\.bytes)).count)
        #expect(report.fileBytes == FileStatus.identity(path)?.byteCount)
        #expect(reader.header.addressedTiles == UInt64(report.addressedTiles))
        #expect(reader.header.entries == UInt64(report.entries))
        #expect(reader.header.contents == UInt64(report.contents))
    }

    @Test("Equal tiles are stored once, and neighbours along the curve are one entry")
    func deduplication() throws {
        let (path, report) = try makeArchive(in: folder) { writer in
            try writer.write(blob("sea"), at: tile(1, 0, 0))
            try writer.write(blob("sea"), at: tile(1, 0, 1))
            try writer.write(blob("land"), at: tile(1, 1, 1))
            try writer.write(blob("sea"), at: tile(1, 1, 0))
        }
        #expect(
            report
                == TileArchiveReport(
                    addressedTiles: 4, entries: 3, contents: 2, tileBytes: 7, fileBytes: report.fileBytes))
        let reader = try PMTilesReader(path: path)
        #expect(try reader.tile(at: tile(1, 1, 0)) == blob("sea"))
        var runs: [Int] = []
        try reader.forEachRun { _, count, _ in runs.append(count) }
        #expect(runs == [2, 1, 1])
    }

    @Test("A run stands for all its positions and joins the entry before it")
    func runs() throws {
        let (path, report) = try makeArchive(in: folder) { writer in
            try writer.write(blob("sea"), from: tile(3, 0, 0), count: 40)
            let next = try #require(PMTilesTileID.coordinate(PMTilesTileID.first(zoom: 3) + 40))
            try writer.write(blob("sea"), from: next, count: 24)
        }
        #expect(report.entries == 1 && report.contents == 1 && report.addressedTiles == 64)
        let reader = try PMTilesReader(path: path)
        for x in 0..<8 as Range<UInt32> {
            for y in 0..<8 as Range<UInt32> { #expect(try reader.tile(at: tile(3, x, y)) == blob("sea")) }
        }
        #expect(try reader.tile(at: tile(2, 0, 0)) == nil)
        #expect(try reader.tile(at: tile(4, 0, 0)) == nil)
    }

    @Test("Runs longer than 32 bits are several entries")
    func enormousRuns() throws {
        let (path, report) = try makeArchive(in: folder) { writer in
            try writer.write(blob("sea"), from: tile(17, 0, 0), count: 1 << 34)
        }
        #expect(report.addressedTiles == 1 << 34)
        #expect(report.entries == 5)
        let reader = try PMTilesReader(path: path)
        #expect(try reader.tile(at: tile(17, 131_071, 0)) == blob("sea"))
    }

    @Test("An entry does not go on into the next zoom, so that the last entry tells the highest zoom")
    func zoomsAreApart() throws {
        let (path, report) = try makeArchive(in: folder) { writer in
            for id in 0..<5 as Range<UInt64> {
                try writer.write(blob("x"), at: try #require(PMTilesTileID.coordinate(id)))
            }
        }
        #expect(report.entries == 2)
        let header = try PMTilesReader(path: path).header
        #expect(header.minZoom == 0 && header.maxZoom == 1)
    }

    @Test("Tiles out of order, twice, of another compression or without bytes are refused and change nothing")
    func refusals() throws {
        let (path, report) = try makeArchive(in: folder) { writer in
            try writer.write(blob("a"), at: tile(1, 1, 1))
            #expect(throws: TileArchiveError.self) { try writer.write(blob("b"), at: tile(1, 1, 1)) }
            #expect(throws: TileArchiveError.self) { try writer.write(blob("b"), at: tile(1, 0, 0)) }
            #expect(throws: TileArchiveError.self) { try writer.write(blob(""), at: tile(2, 0, 0)) }
            #expect(throws: TileArchiveError.self) {
                try writer.write(EncodedTile(bytes: [1], compression: .none), at: tile(2, 0, 0))
            }
            #expect(throws: TileArchiveError.self) { try writer.write(blob("b"), from: tile(2, 0, 0), count: 17) }
            #expect(throws: TileArchiveError.self) { try writer.write(blob("b"), from: tile(2, 0, 0), count: 0) }
            try writer.write(blob("c"), at: tile(1, 1, 0))
        }
        #expect(report.addressedTiles == 2 && report.contents == 2)
        #expect(try PMTilesReader(path: path).tile(at: tile(1, 1, 0)) == blob("c"))
    }

    @Test("An archive without tiles is refused and leaves no file")
    func noTiles() throws {
        #expect(throws: TileArchiveError.self) { try makeArchive(in: folder) { _ in } }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test("A writer that is dropped leaves the file that was there, and nothing else")
    func droppedWriter() throws {
        let path = try folder.write([1, 2, 3], to: "a.pmtiles")
        do {
            var writer = try PMTilesWriter(path: path)
            try writer.write(blob("x"), at: tile(0, 0, 0))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["a.pmtiles"])
        #expect(try Data(contentsOf: URL(filePath: path)) == Data([1, 2, 3]))
    }

    @Test("An existing file is replaced only when that is wanted")
    func existingFile() throws {
        let path = try folder.write([1], to: "a.pmtiles")
        var careful = try PMTilesWriter(path: path)
        try careful.write(blob("x"), at: tile(0, 0, 0))
        do {
            _ = try careful.finish(TilesetMetadata(), replacing: false)
            Issue.record("it was replaced")
        } catch { #expect(error is SystemError) }
        #expect(try Data(contentsOf: URL(filePath: path)) == Data([1]))
        var writer = try PMTilesWriter(path: path)
        try writer.write(blob("x"), at: tile(0, 0, 0))
        _ = try writer.finish(TilesetMetadata())
        #expect(try PMTilesReader(path: path).tile(at: tile(0, 0, 0)) == blob("x"))
    }

    @Test("The same tiles give the same bytes")
    func deterministic() throws {
        func make(_ name: String) throws -> Data {
            var metadata = TilesetMetadata(name: "town")
            for key in TilesetMetadata.Key.allCases { metadata[key] = key.rawValue }
            let (path, _) = try makeArchive(in: folder, name, metadata: metadata) { writer in
                for x in 0..<4 as Range<UInt32> {
                    try writer.write(blob("\(x)"), at: tile(x == 0 ? 0 : UInt8(x), 0, 0))
                }
            }
            return try Data(contentsOf: URL(filePath: path))
        }
        #expect(try make("a") == make("b"))
    }

    @Test("Sections lie one behind another in the order header, root, metadata, leaves, tiles, none at offset 0")
    func layout() throws {
        let (path, _) = try makeArchive(in: folder) { writer in try writer.write(blob("x"), at: tile(0, 0, 0)) }
        let header = try PMTilesReader(path: path).header
        #expect(header.root.offset == 127)
        #expect(header.metadata.offset == header.root.end)
        #expect(header.leaves == PMTilesHeader.Section(offset: header.metadata.end, length: 0))
        #expect(header.tileData.offset == header.leaves.end)
        #expect(header.tileData.end == FileStatus.identity(path).map { UInt64($0.byteCount) })
        #expect(header.isClustered)
        #expect(header.internalCompression == .gzip && header.tileCompression == .gzip && header.format == .vector)
    }

    @Test("Bounds around one point get an area, and the centre's zoom lies within the archive's")
    func placeIsUsable() throws {
        var metadata = TilesetMetadata(bounds: .init(west: 180, south: 12, east: 180, north: 12))
        metadata.center = .init(longitude: 9.5, latitude: -47.25, zoom: 20)
        let (path, _) = try makeArchive(in: folder, metadata: metadata) { writer in
            try writer.write(blob("x"), at: tile(3, 0, 0))
        }
        let header = try PMTilesReader(path: path).header
        #expect(header.bounds[0] < header.bounds[2] && header.bounds[1] < header.bounds[3])
        #expect(header.center == SIMD2(95_000_000, -472_500_000))
        #expect(header.centerZoom == 3)
    }

    @Test("More than 16384 entries go into leaves, and every tile is found")
    func manyEntries() throws {
        let first = PMTilesTileID.first(zoom: 8)
        let count: UInt64 = 40_000
        let (path, report) = try makeArchive(in: folder) { writer in
            for step in 0..<count {
                let coordinate = try #require(PMTilesTileID.coordinate(first + step))
                try writer.write(blob("t\(step % 30_000)"), at: coordinate)
            }
        }
        #expect(report.entries == 40_000 && report.contents == 30_000)
        let reader = try PMTilesReader(path: path)
        #expect(reader.header.leaves.length > 0 && reader.header.root.length <= 16_257)
        for step in stride(from: 0, to: count, by: 97) {
            let coordinate = try #require(PMTilesTileID.coordinate(first + step))
            #expect(try reader.tile(at: coordinate) == blob("t\(step % 30_000)"))
        }
        var walked: UInt64 = 0
        try reader.forEachTile { coordinate, _ in
            #expect(PMTilesTileID.id(coordinate) == first + walked)
            walked += 1
        }
        #expect(walked == count)
    }

    @Test("Data larger than the spool's buffer come through whole")
    func largeTiles() throws {
        var random = SeededGenerator(seed: 2)
        let tiles = (0..<5).map { number in
            EncodedTile(
                bytes: (0..<(700_000 * (number % 3 + 1))).map { _ in UInt8(truncatingIfNeeded: random.next()) },
                compression: .gzip)
        }
        let (path, _) = try makeArchive(in: folder) { writer in
            for (zoom, content) in tiles.enumerated() { try writer.write(content, at: tile(UInt8(zoom), 0, 0)) }
        }
        let reader = try PMTilesReader(path: path)
        for (zoom, content) in tiles.enumerated() {
            let found = try reader.tile(at: tile(UInt8(zoom), 0, 0))
            #expect(found?.bytes == content.bytes)
        }
    }

}
