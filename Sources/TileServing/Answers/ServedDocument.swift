import ByteCoding
import HTTPTypes
import Hummingbird
import SystemIO

/// Bytes that are known before they are asked for: files of the page, or a JSON text made for one request.
struct ServedDocument: Sendable {
    private let contentType: String
    private let plain: ByteBuffer
    private let plainTag: EntityTag
    /// `nil` when packing does not pay.
    private let packed: (bytes: ByteBuffer, tag: EntityTag)?
    private let contentSecurityPolicy: String?

    /// Documents are asked about each time, which costs a few bytes: what changes is seen at once.
    static let cacheControl = "no-cache"

    init(_ bytes: [UInt8], contentType: String, packing: Bool, contentSecurityPolicy: String? = nil) {
        self.contentType = contentType
        self.contentSecurityPolicy = contentSecurityPolicy
        plain = ByteBuffer(bytes: bytes)
        let opaque = hexadecimal(sha256(bytes.byteSpan).prefix(12))
        plainTag = EntityTag(opaque: opaque)
        let gzip = packing ? Compressor(level: 9).gzip(bytes.byteSpan) : bytes
        packed =
            gzip.count < bytes.count ? (ByteBuffer(bytes: gzip), EntityTag(opaque: opaque + "-gzip")) : nil
    }

    func response(to request: Request) -> Response {
        var body = plain
        var tag = plainTag
        var headers: HTTPFields = [:]
        if let packed {
            headers[.vary] = "Accept-Encoding"
            if ContentEncoding(accepting: request.headers[.acceptEncoding]) == .gzip {
                body = packed.bytes
                tag = packed.tag
                headers[.contentEncoding] = "gzip"
            }
        }
        let condition = IfNoneMatch(request.headers[.ifNoneMatch])
        if condition == .any || condition.names(tag) {
            return ResponseRules.notModified(tag, cacheControl: Self.cacheControl, varies: packed != nil)
        }
        headers[.eTag] = tag.headerValue
        headers[.cacheControl] = Self.cacheControl
        headers[.contentType] = contentType
        headers[.contentSecurityPolicy] = contentSecurityPolicy
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
