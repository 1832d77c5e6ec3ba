import HTTPTypes
import Testing

@testable import TileServing

@Suite struct StyleDocumentTests {
    private func server(_ sources: [any TileSource]) throws -> TileServer {
        let style = Array(#"{"sources":{"a":{"url":"/tuile.json"}},"note":"/tuile.jsonx"}"#.utf8)
        return try makeServer(
            sources, files: [EmbeddedFile(address: "/styles/light.json", contentType: "application/json", bytes: style)]
        )
    }

    @Test func aStyleDrawsTheFirstSourceOrTheOneAskedFor() async throws {
        let server = try server([FakeTileSource("a b"), FakeTileSource("c")])
        let first = try await server.ask("/styles/light.json")
        #expect(
            first.text == #"{"sources":{"a":{"url":"http://localhost:8080/a%20b.json"}},"note":"/tuile.jsonx"}"#)
        #expect(first.headers[.contentType] == "application/json")
        let second = try await server.ask("/styles/light.json?source=c", host: "127.0.0.1:1")
        #expect(second.text.contains(#""url":"http://127.0.0.1:1/c.json""#))
    }

    @Test func withoutItsSourceAStyleIs404() async throws {
        #expect(try await server([]).ask("/styles/light.json").status == 404)
        #expect(try await server([FakeTileSource()]).ask("/styles/light.json?source=none").status == 404)
    }
}
