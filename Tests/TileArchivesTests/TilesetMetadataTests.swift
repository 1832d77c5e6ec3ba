import ByteCoding
import Foundation
import TestSupport
import Testing

@testable import TileArchives

@Suite struct TilesetMetadataTests {
    func sample() -> TilesetMetadata {
        var metadata = TilesetMetadata(
            name: "Town", minZoom: 2, maxZoom: 14, bounds: .init(west: 9.47, south: 47.05, east: 9.64, north: 47.27))
        metadata.description = "A \"small\" town\nby a river \u{1}"
        metadata.attribution = "© OpenStreetMap contributors"
        metadata.version = "1.2.0"
        metadata.kind = .baselayer
        metadata.center = .init(longitude: 9.5, latitude: 47.1, zoom: 12)
        metadata.vectorLayers = [
            .init(
                id: "streets", description: "Roads", minZoom: 5, maxZoom: 14,
                fields: [.init("name", .string), .init("bridge", .boolean), .init("width", .number)]),
            .init(id: "water"),
        ]
        metadata[.dataDate] = "2026-11-24T00:00:00Z"
        metadata[.licence] = "ODbL-1.0"
        return metadata
    }

    @Test("Archive metadata are written in one order, fields in theirs")
    func archiveJSON() {
        #expect(
            String(decoding: sample().archiveJSON(), as: UTF8.self)
                == #"{"attribution":"© OpenStreetMap contributors","data_date":"2026-11-24T00:00:00Z","#
                + #""description":"A \"small\" town\nby a river \u0001","license":"ODbL-1.0","name":"Town","#
                + #""type":"baselayer","vector_layers":[{"id":"streets","description":"Roads","minzoom":5,"maxzoom":14,"#
                + #""fields":{"name":"String","bridge":"Boolean","width":"Number"}},{"id":"water","fields":{}}],"#
                + #""version":"1.2.0"}"#)
    }

    @Test("Archive metadata come back; what archives keep elsewhere comes from there")
    func archiveRoundTrip() throws {
        let original = sample()
        var elsewhere = TilesetMetadata(minZoom: 2, maxZoom: 14, bounds: original.bounds)
        elsewhere.center = original.center
        #expect(try TilesetMetadata(parsing: original.archiveJSON().byteSpan, defaults: elsewhere) == original)
    }

    @Test("TileJSON has what version 3.0.0 requires, and no null")
    func tileJSON() throws {
        let bytes = sample().tileJSON(tileURLs: ["http://localhost:8080/town/{z}/{x}/{y}"])
        let document = try JSONValue(parsing: bytes.byteSpan)
        #expect(document["tilejson"] == .string("3.0.0"))
        #expect(document["tiles"] == .array([.string("http://localhost:8080/town/{z}/{x}/{y}")]))
        #expect(document["bounds"] == .array([.number(9.47), .number(47.05), .number(9.64), .number(47.27)]))
        #expect(document["center"] == .array([.number(9.5), .number(47.1), .number(12)]))
        #expect(document["minzoom"] == .number(2) && document["maxzoom"] == .number(14))
        #expect(document["vector_layers"]?.elements?.count == 2)
        #expect(document["data_date"] == .string("2026-11-24T00:00:00Z"))
        let bare = try JSONValue(parsing: TilesetMetadata().tileJSON(tileURLs: ["x"]).byteSpan)
        #expect(bare["vector_layers"] == .array([]))
        #expect(bare.members?.allSatisfy { $0.value != .null } == true)
        #expect(bare["name"] == nil)
        // JSON readers of others agree.
        #expect(try JSONSerialization.jsonObject(with: Data(bytes)) is [String: Any])
    }

    @Test("TileJSON comes back from its own reader")
    func tileJSONRoundTrip() throws {
        var original = sample()
        original.kind = nil
        #expect(try TilesetMetadata(parsing: original.tileJSON(tileURLs: ["x"]).byteSpan) == original)
    }

    @Test("Bounds across 180 degrees become all longitudes in TileJSON, which cannot wrap")
    func wrappedBounds() throws {
        let metadata = TilesetMetadata(bounds: .init(west: 170, south: -20, east: -170, north: -10))
        let document = try JSONValue(parsing: metadata.tileJSON(tileURLs: ["x"]).byteSpan)
        #expect(document["bounds"] == .array([.number(-180), .number(-20), .number(180), .number(-10)]))
    }

    @Test(
        "Versions become semantic versions in TileJSON, or are left out",
        arguments: [
            ("2", "2.0.0"), ("1.4", "1.4.0"), ("1.2.3", "1.2.3"), ("1.2.3-beta+5", "1.2.3-beta+5"), ("v2", nil),
            ("", nil), ("1.2.3.4", nil), ("1-beta", nil),
        ] as [(String, String?)])
    func versions(stated: String, expected: String?) throws {
        var metadata = TilesetMetadata()
        metadata.version = stated
        let document = try JSONValue(parsing: metadata.tileJSON(tileURLs: ["x"]).byteSpan)
        #expect(document["version"]?.text == expected)
    }

    @Test("Members that break their rule count as absent; texts that are numbers are numbers")
    func lenientReading() throws {
        let text = #"""
            {"name": 5, "minzoom": "3", "maxzoom": " 9 ", "bounds": "1,2,3,4", "center": [5, 6, 7.5], "version": 2,
             "type": "other", "format": "jpg", "vector_layers": [{"fields": {}}, {"id": "a", "fields": {"n": 1}}],
             "tilestats": {"layerCount": 1}, "empty": null}
            """#
        let metadata = try TilesetMetadata(parsing: Array(text.utf8).byteSpan)
        #expect(metadata.name == nil && metadata.kind == nil)
        #expect(metadata.minZoom == 3 && metadata.maxZoom == 9)
        #expect(metadata.bounds == .init(west: 1, south: 2, east: 3, north: 4))
        #expect(metadata.center == .init(longitude: 5, latitude: 6, zoom: 7))
        #expect(metadata.version == "2")
        #expect(metadata.format == .jpeg)
        #expect(metadata.vectorLayers?.map(\.id) == ["a"])
        #expect(metadata.vectorLayers?.first?.fields.first?.description == "String")
        #expect(metadata.extra.keys.sorted() == ["tilestats"])

        let nonsense = #"{"bounds": [1, 95, 3, 4], "minzoom": 9, "maxzoom": 2, "center": [500, 0]}"#
        let defaults = try TilesetMetadata(parsing: Array(nonsense.utf8).byteSpan)
        #expect(defaults == TilesetMetadata())
    }

    @Test("What is no JSON object is refused")
    func notAnObject() {
        for text in ["", "[]", "{", "\"x\""] {
            #expect(throws: TileArchiveError.self) { try TilesetMetadata(parsing: Array(text.utf8).byteSpan) }
        }
    }
}
