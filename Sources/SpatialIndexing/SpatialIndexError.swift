public import PlanarGeometry

/// Bytes that are no packed R-tree. Only the header and the size are judged; see `PackedRTree`.
public enum SpatialIndexError: Error, Equatable, Sendable {
    /// Fewer bytes than the header has.
    case headerTruncated(byteCount: Int)
    /// The bytes do not start with the format's mark.
    case notAnIndex(found: UInt32)
    /// A layout this program does not know.
    case unsupportedVersion(UInt32)
    /// More entries than 32-bit entry numbers can name.
    case tooManyEntries(UInt64)
    /// So many entries need another number of bytes.
    case sizeMismatch(entryCount: Int, expected: Int, found: Int)
    /// The box around everything has a side of negative length.
    case invertedBox(WorldBox)
}

extension SpatialIndexError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .headerTruncated(let byteCount):
            "spatial index is cut off: \(byteCount) bytes, the header alone has \(PackedRTreeLayout.headerByteCount)"
        case .notAnIndex(let found):
            "not a spatial index: starts with 0x\(String(found, radix: 16)), "
                + "expected 0x\(String(PackedRTreeLayout.mark, radix: 16))"
        case .unsupportedVersion(let version):
            "spatial index has version \(version), this program reads \(PackedRTreeLayout.version)"
        case .tooManyEntries(let count):
            "spatial index claims \(count) entries, at most \(PackedRTreeLayout.entryCountLimit) are possible"
        case .sizeMismatch(let entryCount, let expected, let found):
            "spatial index of \(entryCount) entries has \(found) bytes, expected \(expected)"
        case .invertedBox(let box):
            "spatial index has an impossible box: x \(box.minX) to \(box.maxX), y \(box.minY) to \(box.maxY)"
        }
    }
}
