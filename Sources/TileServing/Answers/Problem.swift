import FoundationEssentials
import HTTPTypes
import Hummingbird

/// A request that cannot be answered as asked, and the answer that says so (RFC 9457, problem+json).
struct Problem: Error {
    let status: HTTPResponse.Status
    /// What was wrong with this request, for a person.
    let detail: String
    /// Headers beside the usual ones.
    var headers: HTTPFields = [:]

    static func malformed(_ detail: String) -> Problem { Problem(status: .badRequest, detail: detail) }
    static func notFound(_ detail: String) -> Problem { Problem(status: .notFound, detail: detail) }

    static let methodNotAllowed = Problem(
        status: .methodNotAllowed, detail: "only GET, HEAD and OPTIONS are answered",
        headers: [.allow: ResponseRules.methods])

    static let overloaded = Problem(
        status: .serviceUnavailable, detail: "too many tiles are waiting to be made; try again in a moment",
        headers: [.retryAfter: "1"])

    /// A failure on our side. What failed is for the log, not for the client.
    static let failed = Problem(status: .internalServerError, detail: "the tile or document could not be made")

    private struct Document: Encodable {
        let type = "about:blank"
        let title: String
        let status: Int
        let detail: String
    }

    var response: Response {
        let document = Document(title: status.reasonPhrase, status: status.code, detail: detail)
        var headers = headers
        headers[.contentType] = "application/problem+json"
        headers[.cacheControl] = "no-store"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: jsonBuffer(document)))
    }
}

/// JSON with sorted keys, so that the same value always gives the same bytes.
func jsonBuffer(_ document: some Encodable) -> ByteBuffer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
        return ByteBuffer(bytes: try encoder.encode(document))
    } catch {
        // Only numbers that are not finite make encoding fail, and none of the documents has any.
        preconditionFailure("a document of strings and integers cannot be encoded: \(error)")
    }
}
