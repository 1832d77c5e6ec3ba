import Foundation
import HTTPTypes
import Testing

@testable import TileServing

@Suite struct DocumentRoutesTests {
    private func object(_ answer: Answer) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
    }

    @Test func healthIsNeverKept() async throws {
        let answer = try await makeServer([]).ask("/health")
        #expect(answer.status == 200)
        #expect(answer.text == #"{"status":"ok"}"#)
        #expect(answer.headers[.cacheControl] == "no-store")
    }

    @Test func tileJSONNamesTilesByTheAddressTheClientUsed() async throws {
        let server = try makeServer([FakeTileSource("Zürich")]) { $0.publicURL = "https://maps.example/x" }
        let local = try await server.ask("/Z%C3%BCrich.json", host: "127.0.0.1:99")
        #expect(local.status == 200)
        #expect(local.headers[.contentType] == "application/json")
        #expect(try object(local)["tilejson"] as? String == "3.0.0")
        #expect(try object(local)["tiles"] as? [String] == ["http://127.0.0.1:99/Z%C3%BCrich/{z}/{x}/{y}.mvt"])
        let foreign = try await server.ask("/Z%C3%BCrich.json", host: "evil.example")
        #expect(try object(foreign)["tiles"] as? [String] == ["https://maps.example/x/Z%C3%BCrich/{z}/{x}/{y}.mvt"])
        #expect(local.headers[.eTag] != foreign.headers[.eTag])
    }

    @Test func tileJSONIsConfirmedByItsTag() async throws {
        let server = try makeServer([FakeTileSource()])
        let tag = try #require(try await server.ask("/town.json").headers[.eTag])
        let again = try await server.ask("/town.json", headers: [.ifNoneMatch: tag])
        #expect(again.status == 304)
        #expect(again.headers[.eTag] == tag)
        #expect(again.headers[.cacheControl] == "no-cache")
    }

    @Test func tileJSONOfAnUnknownSourceIs404() async throws {
        #expect(try await makeServer([]).ask("/none.json").status == 404)
    }

    @Test func theCatalogListsAllSourcesInTheirOrder() async throws {
        let server = try makeServer([FakeTileSource("b", zooms: 2...9), FakeTileSource("a b")])
        let sources = try #require(try object(try await server.ask("/catalog.json"))["sources"] as? [[String: Any]])
        #expect(sources.compactMap { $0["name"] as? String } == ["b", "a b"])
        #expect(sources.last?["tilejson"] as? String == "http://localhost:8080/a%20b.json")
        #expect(sources.first?["minzoom"] as? Int == 2)
        #expect(sources.first?["maxzoom"] as? Int == 9)
    }

    @Test func thePageGetsAddressesWithoutAHost() async throws {
        let answer = try await makeServer([FakeTileSource("a b")]).ask("/map/sources.json", host: "evil.example")
        #expect(answer.text == #"[{"name":"a b","tilejson":"/a%20b.json"}]"#)
    }
}
