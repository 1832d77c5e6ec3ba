import ByteCoding

/// What a file's first bytes say that it is.
enum FileSignature: Equatable {
    case empty, pbf, xml, gzip
    /// Known, with its name and article, but not read here.
    case other(String)
    case unknown

    init(_ bytes: RawSpan) {
        guard bytes.byteCount > 0 else {
            self = .empty
            return
        }
        if let known = FileSignature.signatures.first(where: { FileSignature.begins(bytes, with: $0.bytes) }) {
            self = known.signature
        } else if FileSignature.beginsAsPBF(bytes) {
            self = .pbf
        } else if FileSignature.beginsAsXML(bytes) {
            self = .xml
        } else {
            self = .unknown
        }
    }

    private static let signatures: [(bytes: [UInt8], signature: FileSignature)] = [
        ([0x1f, 0x8b], .gzip),
        (Array("BZh".utf8), .other("a bzip2 file")),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], .other("an xz file")),
        ([0x5d, 0x00, 0x00], .other("an lzma file")),
        ([0x28, 0xb5, 0x2f, 0xfd], .other("a zstd file")),
        ([0x04, 0x22, 0x4d, 0x18], .other("an lz4 file")),
        (Array("PK\u{3}\u{4}".utf8), .other("a zip file")),
        // Reset, then a header of four bytes.
        ([0xff, 0xe0, 0x04] + Array("o5".utf8), .other("an o5m file")),
        (Array("PMTiles".utf8), .other("a PMTiles archive")),
        (Array("SQLite format 3".utf8), .other("a SQLite database")),
        // UTF-16 in either byte order; the parser tells the rest.
        ([0xff, 0xfe], .xml),
        ([0xfe, 0xff], .xml),
    ]

    private static func begins(_ bytes: RawSpan, with start: [UInt8]) -> Bool {
        bytes.byteCount >= start.count && start.indices.allSatisfy { bytes.byte($0) == start[$0] }
    }

    /// A big-endian length below 64 KiB comes first, so two zero bytes do.
    private static func beginsAsPBF(_ bytes: RawSpan) -> Bool {
        bytes.byte(0) == 0 && (bytes.byteCount < 2 || bytes.byte(1) == 0)
    }

    /// A `<`, perhaps after a byte order mark and blanks.
    private static func beginsAsXML(_ bytes: RawSpan) -> Bool {
        var index = begins(bytes, with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        while index < bytes.byteCount {
            switch bytes.byte(index) {
            case UInt8(ascii: "<"): return true
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): index += 1
            default: return false
            }
        }
        return false
    }
}
