import Foundation
import HTTPTypes
import Testing

@testable import TileServing

@Suite struct RequestResponderTests {
    @Test(arguments: [HTTPRequest.Method.post, .put, .delete, .patch, .trace], ["/town/0/0/0", "/", "/none"])
    func otherMethodsAre405WithAllow(_ method: HTTPRequest.Method, _ path: String) async throws {
        let answer = try await makeServer([FakeTileSource()]).ask(path, method: method)
        #expect(answer.status == 405)
        #expect(answer.headers[.allow] == "GET, HEAD, OPTIONS")
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(answer.headers[.accessControlAllowOrigin] == "*")
    }

    @Test(arguments: ["/town/3/1/2", "/none", "*"])
    func preflightIs204WithWhatIsAllowed(_ path: String) async throws {
        let answer = try await makeServer([FakeTileSource()]).ask(
            path, method: .options, headers: [.origin: "https://a.example", .accessControlRequestMethod: "GET"])
        #expect(answer.status == 204)
        #expect(answer.headers[.accessControlAllowOrigin] == "*")
        #expect(answer.headers[.accessControlAllowMethods] == "GET, HEAD, OPTIONS")
        #expect(answer.headers[.accessControlAllowHeaders] == "*")
        #expect(answer.headers[.accessControlMaxAge] != nil)
        #expect(answer.headers[.contentLength] == nil)
        #expect(answer.body.isEmpty)
    }

    @Test func problemsAreDocumentsOfRFC9457() async throws {
        let answer = try await makeServer([]).ask("/none")
        #expect(answer.status == 404)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
        #expect(document["type"] as? String == "about:blank")
        #expect(document["title"] as? String == "Not Found")
        #expect(document["status"] as? Int == 404)
        #expect(document["detail"] as? String == "there is nothing at this address")
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        #expect(answer.headers[.contentLength] == "\(answer.body.count)")
    }

    @Test func pathsThatClimbAre400() async throws {
        let server = try makeServer([FakeTileSource()])
        for path in ["/../etc/passwd", "/map/%2e%2e/x", "/%zz"] {
            #expect(try await server.ask(path).status == 400)
        }
    }
}
