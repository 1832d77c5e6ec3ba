import Foundation
import HTTPTypes
import PlanarGeometry
import TestSupport
import Testing
import TileArchives

@testable import TileServing

@Suite struct ArchiveTileSourceTests {
    private struct OneTile: TileArchiveReader {
        let metadata = TilesetMetadata(name: "one", minZoom: 3, maxZoom: 3)

        func tile(at coordinate: TileCoordinate) throws -> EncodedTile? {
            coordinate.x == 1 ? FakeTileSource.packed("kept") : nil
        }

        func structureFaults() -> [String] { [] }

        func counts() -> TileArchiveCounts { TileArchiveCounts(addressedTiles: 1, entries: 1, contents: 1) }

        func forEachRun(_ body: (TileCoordinate, Int, EncodedTile) throws -> Void) throws {}
    }

    @Test func givesTheArchivesTilesAndMetadata() async throws {
        let source = ArchiveTileSource(name: "a", origin: "a.pmtiles", versionTag: "7", reader: OneTile())
        #expect(source.metadata.name == "one")
        let server = try makeServer([source])
        #expect(try await server.ask("/a/3/1/2").text == "kept")
        #expect(try await server.ask("/a/3/1/2").headers[.eTag] == #""7/3/1/2""#)
        #expect(try await server.ask("/a/3/2/2").status == 204)
        #expect(try await server.ask("/a/2/0/0").status == 404)
    }

    @Test func theVersionTagChangesWhenTheFileIsReplaced() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a")
        #expect(ArchiveTileSource.versionTag(ofFile: path) == nil)
        try Data("1".utf8).write(to: URL(filePath: path))
        let first = try #require(ArchiveTileSource.versionTag(ofFile: path))
        #expect(first == ArchiveTileSource.versionTag(ofFile: path))
        try Data("2".utf8).write(to: URL(filePath: path), options: .atomic)
        #expect(ArchiveTileSource.versionTag(ofFile: path) != first)
    }
}
