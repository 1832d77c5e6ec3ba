import ByteCoding
import PlanarGeometry

/// Ranks of vertices, at the very end of a geometry: four bits each, the first in the low half of a byte.
///
/// They are there for whatever tiles draw with more than two points, see `isRanked`.
enum RankCoding {
    /// Whether a record's geometry has ranks.
    static func isRanked(_ shape: StoredShape, isDrawn: Bool, pointCount: Int) -> Bool {
        switch shape {
        case .none, .point, .members: false
        case .line, .closedLine, .lines, .area, .closedArea: isDrawn && pointCount > 2
        }
    }

    static func byteCount(_ count: Int) -> Int { (count + 1) / 2 }

    static func append(_ ranks: [UInt8], to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: byteCount(ranks.count)))
        replace(ranks, at: start, in: &bytes)
    }

    /// Writes ranks over others.
    static func replace(_ ranks: [UInt8], at start: Int, in bytes: inout [UInt8]) {
        for index in stride(from: 0, to: ranks.count, by: 2) {
            let second = index + 1 < ranks.count ? ranks[index + 1] : 0
            bytes[start + index / 2] = ranks[index] | second << 4
        }
    }

    /// The rank of a vertex; `bytes` are those of all ranks.
    @inline(__always)
    static func rank(_ index: Int, _ bytes: RawSpan) -> UInt8 {
        let byte = bytes.unsafeByte(index / 2)
        return index & 1 == 0 ? byte & 15 : byte >> 4
    }

    /// Appends the ranks of `count` vertices.
    static func decode(_ count: Int, _ bytes: RawSpan, into ranks: inout [UInt8]) {
        ranks.reserveCapacity(ranks.count + count)
        for index in 0..<count { ranks.append(rank(index, bytes)) }
    }

    /// Where the ranks of `count` vertices are in a geometry that `cursor` reads to its end.
    @_lifetime(copy cursor)
    static func ranks(_ count: Int, at cursor: borrowing ByteCursor) throws(ByteCodingError) -> RawSpan {
        var end = copy cursor
        let size = byteCount(count)
        guard size <= cursor.remaining else {
            throw .truncated(offset: cursor.offset, count: size, available: cursor.remaining)
        }
        end.offset = cursor.byteCount - size
        return try end.span(size)
    }
}

extension RawSpan {
    @inline(__always)
    fileprivate func unsafeByte(_ offset: Int) -> UInt8 {
        // Checked: `unsafeLoad(fromByteOffset:)` traps outside.
        unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
}
