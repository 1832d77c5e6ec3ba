/// A file served from memory at a fixed address.
public struct EmbeddedFile: Sendable {
    /// With the slash in front: `/map/main.js`.
    public let address: String
    public let contentType: String
    public let bytes: [UInt8]

    public init(address: String, contentType: String, bytes: [UInt8]) {
        self.address = address
        self.contentType = contentType
        self.bytes = bytes
    }

    /// What the page may load: its own files and nothing from anywhere else, no inline script or style.
    static let contentSecurityPolicy = "default-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'"

    var document: ServedDocument {
        let isPage = contentType.hasPrefix("text/html")
        return ServedDocument(
            bytes, contentType: contentType, packing: true,
            contentSecurityPolicy: isPage ? Self.contentSecurityPolicy : nil)
    }
}
