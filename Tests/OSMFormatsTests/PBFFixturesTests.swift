import Foundation
import OSMFormats
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

/// Files of other projects with their full decodes, in the folder of specification notes beside the test data;
/// `TUILE_SPEC_FIXTURES` names another.
struct PBFFixturesTests {
    static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["TUILE_SPEC_FIXTURES"].map { URL(filePath: $0) }
        let beside = TestData.folder?.deletingLastPathComponent().appending(path: "spec/fixtures")
        guard let folder = (named ?? beside)?.appending(path: "osm-pbf"),
            FileManager.default.fileExists(atPath: folder.path)
        else { return nil }
        return folder
    }()

    static let absent = "specification fixtures are absent: name their folder with TUILE_SPEC_FIXTURES"

    func path(_ name: String) -> String { Self.folder?.appending(path: name).path ?? name }

    @Test(
        .enabled(if: folder != nil, "\(absent)"),
        arguments: [
            ("SimpleFileBlock1-none.osm.pbf", "SimpleFileBlock1-deflate"),
            ("SimpleFileBlock1-deflate.osm.pbf", "SimpleFileBlock1-deflate"),
            ("GranFileBlock1-none.osm.pbf", "GranFileBlock1-deflate"),
            ("GranFileBlock1-deflate.osm.pbf", "GranFileBlock1-deflate"),
            ("sample.osm.pbf", "sample"),
            ("libosmium/data_pbf_version-1.osm.pbf", "data_pbf_version-1"),
            ("libosmium/data_pbf_version-1-densenodes.osm.pbf", "data_pbf_version-1-densenodes"),
        ])
    func decodesAsExpected(file: String, expected: String) async throws {
        let url = URL(filePath: path("expected/\(expected).json"))
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
        let elements = expectedElements(json?["elements"] ?? [])
        let found = try await readFile(path(file))
        #expect(!elements.isEmpty)
        for kind in ElementKind.allCases {
            #expect(found.elements(kind) == elements.filter { $0.id.kind == kind })
        }
        let header = json?["header"] as? [String: Any]
        #expect(found.header.writingProgram == header?["writingprogram"] as? String)
        if let box = header?["bbox_nano"] as? [String: Int64] {
            let bounds = try #require(found.header.bounds)
            #expect(Int64(bounds.southWest.longitude) == (box["left"] ?? 0) / 100)
            #expect(Int64(bounds.southWest.latitude) == (box["bottom"] ?? 0) / 100)
            #expect(Int64(bounds.northEast.longitude) == (box["right"] ?? 0) / 100)
            #expect(Int64(bounds.northEast.latitude) == (box["top"] ?? 0) / 100)
        }
    }

    @Test(
        .enabled(if: folder != nil, "\(absent)"),
        arguments: [
            ("monaco-latest.lz4.osm.pbf", "lz4"), ("libosmium/deleted_nodes.osh.pbf", "HistoricalInformation"),
            ("libosmium/deleted_nodes.osh", "history"), ("libosmium/data.osm.bz2", "bzip2"),
        ])
    func refusesByName(file: String, word: String) async throws {
        let error = await #expect(throws: OSMFormatError.self) { _ = try await readFile(path(file)) }
        #expect("\(try #require(error))".contains(word))
    }

    @Test(.enabled(if: folder != nil, "\(absent)"))
    func xmlAndItsGzipAreTheSame() async throws {
        let plain = try await readFile(path("libosmium/data.osm"))
        let packed = try await readFile(path("libosmium/data.osm.gz"))
        #expect(!plain.elements.isEmpty)
        #expect(plain.elements == packed.elements)
    }

    @Test(
        .enabled(if: folder != nil, "\(absent)"),
        arguments: ["data-n0w1r3", "data-n5w0r3", "data-n5w1r0", "data-n5w1r3"])
    func xmlCountsAreInTheName(name: String) async throws {
        let digits = name.compactMap(\.wholeNumberValue)
        #expect(try await countElements(path("libosmium/\(name).osm")) == digits)
    }
}
