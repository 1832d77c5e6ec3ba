import HTTPTypes
import PlanarGeometry
import Testing
import TileArchives

@testable import TileServing

@Suite struct ProvenanceTests {
    @Test func namesWhatIsKnownAndNothingThatCouldBeTakenForMore() {
        var metadata = TilesetMetadata()
        #expect(metadata.provenance == nil)
        metadata[.sourceSHA256] = "abc"
        metadata[.dataDate] = "2026-01-02T03:04:05Z"
        metadata[.schemaName] = "shortbread"
        metadata[.schemaHash] = "0123"
        metadata[.licence] = "ODbL-1.0"
        #expect(
            metadata.provenance
                == "source=abc; date=2026-01-02T03:04:05Z; schema=shortbread/0123; license=ODbL-1.0")
        for odd in ["a; source=x", "a\r\nSet-Cookie: b", "é", "", String(repeating: "x", count: 500)] {
            metadata[.licence] = odd
            #expect(metadata.provenance == "source=abc; date=2026-01-02T03:04:05Z; schema=shortbread/0123")
        }
    }

    @Test func goesOutWithEveryTile() async throws {
        let name = try #require(HTTPField.Name.provenance)
        let source = FakeTileSource()
        let answer = try await makeServer([source]).ask("/town/3/1/2")
        #expect(answer.headers[name] == source.metadata.provenance)
        #expect(answer.headers[name] != nil)
    }
}
