import ByteCoding
import HTTPTypes
import SystemIO
import Testing

@testable import TileServing

@Suite struct EmbeddedFileTests {
    private let script = Array(String(repeating: "export const x = 1;\n", count: 50).utf8)

    private func server() throws -> TileServer {
        try makeServer(
            [],
            files: [
                EmbeddedFile(
                    address: "/", contentType: "text/html; charset=utf-8", bytes: Array("<!doctype html>".utf8)),
                EmbeddedFile(address: "/map/main.js", contentType: "text/javascript", bytes: script),
            ])
    }

    @Test func thePageMayLoadOnlyItsOwnFiles() async throws {
        let answer = try await server().ask("/")
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'self';") == true)
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        #expect(answer.text == "<!doctype html>")
    }

    @Test func filesGoPackedToThoseWhoAcceptIt() async throws {
        let server = try server()
        let packed = try await server.ask("/map/main.js", headers: [.acceptEncoding: "gzip"])
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(try Decompressor().gzip(packed.body.byteSpan, limit: 10_000) == script)
        let plain = try await server.ask("/map/main.js")
        #expect(plain.headers[.contentEncoding] == nil)
        #expect(plain.body == script)
        #expect(plain.headers[.vary] == "Accept-Encoding")
        #expect(plain.headers[.eTag] != packed.headers[.eTag])
    }

    @Test func filesAreConfirmedByTheirTag() async throws {
        let server = try server()
        let tag = try #require(try await server.ask("/map/main.js").headers[.eTag])
        #expect(try await server.ask("/map/main.js", headers: [.ifNoneMatch: "\"a\", \(tag)"]).status == 304)
        let head = try await server.ask("/map/main.js", method: .head)
        #expect(head.headers[.contentLength] == "\(script.count)")
        #expect(head.body.isEmpty)
    }
}
