import ByteCoding
import SystemIO

extension TileSchema {
    /// Identifies the schema's content: 16 hexadecimal digits of the SHA-256 of its canonical text. A store's zoom bands hold
    /// for the schema with this hash.
    public var contentHash: String {
        let text = Array(canonicalText.utf8)
        return String(hexadecimal(sha256(text.byteSpan)).prefix(16))
    }
}
