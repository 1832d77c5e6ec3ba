import Foundation
import GRDB
import PlanarGeometry
import SystemIO
import TestSupport
import Testing

@testable import TileArchives

/// MBTiles 1.3, and archives as other programs write them.
@Suite("MBTiles")
struct MBTilesTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func database(_ name: String, _ statements: [String]) throws -> String {
        let path = folder.path(name)
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in for statement in statements { try db.execute(sql: statement) } }
        try queue.close()
        return path
    }

    private static let flat =
        "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)"

    @Test("Rows count from the south, and metadata say what the specification wants (MBTiles 1.3, Content)")
    func layout() throws {
        let path = folder.path("a.mbtiles")
        var writer = try MBTilesWriter(path: path)
        try writer.write(blob("x"), at: tile(11, 327, 791))
        var metadata = TilesetMetadata(name: "n", bounds: .init(west: -1, south: 2, east: 3.5, north: 4))
        metadata.vectorLayers = [.init(id: "l", fields: [.init("f", .boolean)])]
        _ = try writer.finish(metadata)
        let queue = try DatabaseQueue(path: path)
        let row = try queue.read { try Row.fetchOne($0, sql: "SELECT * FROM tiles") }
        #expect(row?["tile_row"] == 1256)
        #expect(row?["tile_column"] == 327)
        let rows = try queue.read { try Row.fetchAll($0, sql: "SELECT name, value FROM metadata") }
        let values = Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as String) })
        #expect(
            values == [
                "name": "n", "format": "pbf", "bounds": "-1,2,3.5,4", "center": "1.25,3,11", "minzoom": "11",
                "maxzoom": "11", "json": #"{"vector_layers":[{"id":"l","fields":{"f":"Boolean"}}]}"#,
            ])
        #expect(try queue.read { try Int.fetchOne($0, sql: "PRAGMA application_id") } == 0x4d50_4258)
    }

    @Test("A flat table without metadata, with tiles that are not packed, is read")
    func bare() throws {
        let path = try database(
            "a.mbtiles",
            [Self.flat, "INSERT INTO tiles VALUES (3, 1, 6, x'1a00'), (5, 0, 0, x'1f8b08'), (5, 1, 0, NULL)"])
        let reader = try MBTilesReader(path: path)
        #expect(reader.metadata.minZoom == 3)
        #expect(reader.metadata.maxZoom == 5)
        #expect(reader.metadata.format == .vector)
        #expect(try reader.tile(at: tile(3, 1, 1)) == EncodedTile(bytes: [0x1a, 0], compression: .none))
        #expect(try reader.tile(at: tile(5, 0, 31))?.compression == .gzip)
        #expect(try reader.tile(at: tile(5, 1, 31)) == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["a.mbtiles"])
    }

    @Test("Pictures are told by their bytes where nothing says so, and names with odd characters open")
    func pictures() throws {
        let path = try database(
            "ä%41?#b.mbtiles", [Self.flat, "INSERT INTO tiles VALUES (0, 0, 0, x'89504e470d0a')"])
        #expect(try MBTilesReader(path: path).metadata.format == .png)
    }

    @Test("Tables that are missing, rows that cannot be, and other files are refused with the reason")
    func refused() throws {
        let none = try database("a", ["CREATE TABLE x (y)"])
        #expect(throws: TileArchiveError.self) { _ = try MBTilesReader(path: none) }
        let outside = try database("b", [Self.flat, "INSERT INTO tiles VALUES (2, 4, 0, x'00')"])
        #expect(throws: TileArchiveError.self) { try MBTilesReader(path: outside).forEachRun { _, _, _ in } }
        #expect(throws: SystemError.self) { _ = try MBTilesReader(path: folder.path("not there")) }
        #expect(!FileStatus.exists(folder.path("not there")))
        let text = try folder.write(Array("hello".utf8), to: "text")
        #expect(throws: TileArchiveError.formatNotRecognised(path: text)) {
            _ = try TileArchiveFormat.open(text)
        }
    }

    @Test("A run of many tiles is one blob")
    func runs() throws {
        var writer = try MBTilesWriter(path: folder.path("a"))
        try writer.write(blob("sea"), from: tile(8, 0, 0), count: 65_536)
        let report = try writer.finish(TilesetMetadata())
        #expect(report.contents == 1)
        #expect(report.addressedTiles == 65_536)
        #expect(report.fileBytes < 1_300_000)
        var runs: [Int] = []
        try MBTilesReader(path: folder.path("a")).forEachRun { _, count, _ in runs.append(count) }
        #expect(runs == [65_536])
    }
}
