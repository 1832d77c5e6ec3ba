import Foundation
import PlanarGeometry
import SystemIO
import TestSupport
import Testing

@testable import TileArchives

@Suite("Folders of tiles")
struct TileDirectoryTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func put(_ text: String, _ name: String) throws {
        let url = folder.url.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    @Test("One of another program is read: its metadata, endings, and files that are no tiles")
    func foreign() throws {
        try put(
            """
            {"name": "n", "minzoom": 1, "maxzoom": "2", "bounds": "1,2,3,4", "format": "pbf",
             "json": "{\\"vector_layers\\": [{\\"id\\": \\"l\\", \\"fields\\": {}}]}"}
            """, "t/metadata.json")
        try put("a", "t/1/0/1.mvt")
        try put("b", "t/2/3/0.mvt")
        for name in ["t/2/3/.hidden", "t/2/3/00.mvt", "t/2/3/1.txt", "t/notes", "t/02/0/0.mvt", "t/2/x/0.mvt"] {
            try put("no tile", name)
        }
        let reader = try TileDirectoryReader(path: folder.path("t") + "//")
        #expect(reader.metadata.name == "n")
        #expect(reader.metadata.bounds == .init(west: 1, south: 2, east: 3, north: 4))
        #expect(reader.metadata.vectorLayers?.map(\.id) == ["l"])
        #expect(reader.metadata.maxZoom == 2)
        var found: [String] = []
        try reader.forEachRun { first, count, tile in
            found.append("\(first) \(count) \(String(decoding: tile.bytes, as: UTF8.self))")
        }
        #expect(found == ["1/0/1 1 a", "2/3/0 1 b"])
        #expect(try reader.structureFaults() == [])
        #expect(!TileDirectoryReader.holdsNothingElse(folder.path("t")))
    }

    @Test("Without metadata the folders and endings say what they can, and verification tells")
    func withoutMetadata() throws {
        try put("\u{89}PNG", "t/3/1/2.png")
        let reader = try TileDirectoryReader(path: folder.path("t"))
        #expect(reader.metadata.format == .png)
        #expect(reader.metadata.minZoom == 3 && reader.metadata.maxZoom == 3)
        #expect(try reader.structureFaults() == ["there is no metadata.json"])
        #expect(TileDirectoryReader.holdsNothingElse(folder.path("t")))
    }

    @Test("A tile twice, and one outside its zoom, are told")
    func faults() throws {
        try put("a", "t/1/0/1.mvt")
        try put("b", "t/1/0/1.pbf")
        let reader = try TileDirectoryReader(path: folder.path("t"))
        #expect(try reader.structureFaults().contains("the tile 1/0/1 is there twice, with two endings"))
        try put("c", "t/1/2/0.pbf")
        #expect(throws: TileArchiveError.self) { try reader.forEachRun { _, _, _ in } }
    }

    @Test("A folder without tiles is no archive")
    func empty() throws {
        try put("x", "t/readme")
        #expect(throws: TileArchiveError.formatNotRecognised(path: folder.path("t"))) {
            _ = try TileArchiveFormat.open(folder.path("t"))
        }
    }

    @Test("Metadata that are no JSON are an error that names the file")
    func brokenMetadata() throws {
        try put("a", "t/1/0/1.mvt")
        try put("{\"name\": ", "t/metadata.json")
        let file = folder.path("t/metadata.json")
        #expect {
            _ = try TileDirectoryReader(path: folder.path("t"))
        } throws: {
            "\($0)".hasPrefix(file)
        }
    }

    @Test("Equal tiles are one file with several names")
    func links() throws {
        var writer = try TileDirectoryWriter(path: folder.path("t"))
        let tile = EncodedTile(bytes: [1, 2, 3], compression: .none)
        let first = try #require(TileCoordinate(zoom: 3, x: 0, y: 0))
        try writer.write(tile, from: first, count: 64)
        let report = try writer.finish(TilesetMetadata())
        #expect(report.addressedTiles == 64 && report.contents == 1 && report.tileBytes == 3)
        #expect(FileStatus.isSameFile(folder.path("t/3/0/0.pbf"), folder.path("t/3/7/7.pbf")))
    }

    @Test("A folder that is replaced is gone as a whole, and a writer that gives up leaves nothing")
    func replacing() throws {
        func write(_ zoom: UInt8, finishing: Bool = true) throws {
            var writer = try TileDirectoryWriter(path: folder.path("t"))
            let first = try #require(TileCoordinate(zoom: zoom, x: 0, y: 0))
            try writer.write(EncodedTile(bytes: [zoom], compression: .none), from: first, count: 1)
            if finishing { _ = try writer.finish(TilesetMetadata()) }
        }
        try write(3)
        try write(2, finishing: false)
        #expect(FileStatus.exists(folder.path("t/3/0/0.pbf")))
        try write(2)
        #expect(!FileStatus.exists(folder.path("t/3")))
        #expect(FileStatus.exists(folder.path("t/2/0/0.pbf")))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["t"])
    }

    @Test("A leftover of a writer that is gone is removed")
    func leftover() throws {
        try put("x", ".t.tuile-1.tmp/3/0/0.pbf")
        var writer = try TileDirectoryWriter(path: folder.path("t"))
        let first = try #require(TileCoordinate(zoom: 0, x: 0, y: 0))
        try writer.write(EncodedTile(bytes: [1], compression: .none), from: first, count: 1)
        _ = try writer.finish(TilesetMetadata())
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["t"])
    }
}
