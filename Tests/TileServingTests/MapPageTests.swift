import HTTPTypes
import Testing

@testable import TileServing

@Suite struct MapPageTests {
    @Test func everyEmbeddedFileIsServedAtItsAddress() async throws {
        #expect(MapPage.files.contains { $0.address == "/" && $0.contentType.hasPrefix("text/html") })
        let server = try TileServer(configuration: ServerConfiguration(), sources: [FakeTileSource()])
        for file in MapPage.files {
            let answer = try await server.ask(file.address)
            #expect(answer.status == 200, "\(file.address)")
            #expect(answer.headers[.contentType] == file.contentType)
            if !file.address.hasPrefix("/styles/") { #expect(answer.body == file.bytes, "\(file.address)") }
        }
    }

    @Test func thePageLoadsNothingFromElsewhereNorInline() throws {
        let page = try #require(MapPage.files.first { $0.address == "/" })
        let text = String(decoding: page.bytes, as: UTF8.self)
        #expect(!text.contains("src=\"http") && !text.contains("<style") && !text.contains(" style="))
        for script in text.ranges(of: "<script") { #expect(text[script.upperBound...].prefix(80).contains("src=")) }
    }

    @Test func stylesNameTheSourceThatIsServed() async throws {
        let server = try TileServer(configuration: ServerConfiguration(), sources: [FakeTileSource()])
        for file in MapPage.files where file.address.hasPrefix("/styles/") {
            let text = try await server.ask(file.address).text
            #expect(text.contains(#""http://localhost:8080/town.json""#) && !text.contains("/tuile.json\""))
        }
    }
}
