import ByteCoding
import SystemIO

/// Remembers the tiles stored so far by the first 128 bits of their SHA-256, and where they are.
///
/// Two different tiles with one digest would need some 2^64 tiles to be likely, so the bytes need not be kept or compared.
struct TileDeduplicator: Sendable {
    struct Digest: Hashable, Sendable {
        private let high: UInt64
        private let low: UInt64

        init(_ bytes: RawSpan) {
            let digest = sha256(bytes)
            func word(_ range: Range<Int>) -> UInt64 { digest[range].reduce(0) { $0 << 8 | UInt64($1) } }
            high = word(0..<8)
            low = word(8..<16)
        }
    }

    private var offsets: [Digest: UInt64] = [:]

    /// Different tiles so far.
    var count: Int { offsets.count }

    /// Where a tile with these bytes is; if it is new, remembers that it will be at `newOffset` and gives `nil`.
    mutating func offset(of bytes: RawSpan, orRemember newOffset: UInt64) -> UInt64? {
        let digest = Digest(bytes)
        if let known = offsets[digest] { return known }
        offsets[digest] = newOffset
        return nil
    }
}
