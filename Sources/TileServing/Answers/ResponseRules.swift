import HTTPTypes
import Hummingbird

/// What all answers have in common.
enum ResponseRules {
    static let methods = "GET, HEAD, OPTIONS"

    /// Headers of every answer, errors included. Any page may read them: what is served is public and needs no
    /// credentials.
    static func complete(_ response: inout Response) {
        response.headers[.accessControlAllowOrigin] = "*"
        response.headers[.accessControlExposeHeaders] = "ETag, Content-Length, Tuile-Provenance"
        response.headers[.xContentTypeOptions] = "nosniff"
        switch response.status {
        // RFC 9110 section 8.6: no length without a body that could have one.
        case .noContent, .notModified: response.headers[.contentLength] = nil
        default: break
        }
    }

    /// The answer to OPTIONS, a browser's preflight or not.
    static var options: Response {
        Response(
            status: .noContent,
            headers: [
                .allow: methods,
                .accessControlAllowMethods: methods,
                .accessControlAllowHeaders: "*",
                // A day; browsers cut it to what they like.
                .accessControlMaxAge: "86400",
            ])
    }

    static func notModified(_ tag: EntityTag, cacheControl: String, varies: Bool) -> Response {
        var headers: HTTPFields = [.eTag: tag.headerValue, .cacheControl: cacheControl]
        if varies { headers[.vary] = "Accept-Encoding" }
        return Response(status: .notModified, headers: headers)
    }
}
