import ByteCoding
import PlanarGeometry

extension GeometryCoding {
    /// What a record says about its geometry.
    struct Layout {
        var shape: StoredShape
        var isChunked: Bool
        /// Whether tiles draw it: then it has ranks.
        var isDrawn: Bool
        var base: WorldPoint
    }

    /// Decodes the geometry at the cursor, which goes to the end of the cursor's bytes, into `buffer`, which is emptied first.
    ///
    /// A chunked geometry is read as far as the selection needs it. Any other is read whole, with its ranks if a rank is selected.
    static func decode(
        _ layout: Layout, _ cursor: inout ByteCursor, _ selection: GeometrySelection, into buffer: inout GeometryBuffer
    ) throws(ByteCodingError) {
        buffer.removeAll()
        if layout.isChunked {
            try decodeChunked(layout, &cursor, selection, into: &buffer)
            return
        }
        if layout.shape == .none || layout.shape == .members { return }
        var layout = layout
        layout.base.x &+= UInt32(truncatingIfNeeded: try cursor.zigzag())
        layout.base.y &+= UInt32(truncatingIfNeeded: try cursor.zigzag())
        try decodePlainBody(layout, &cursor, into: &buffer)
        let count = buffer.points.count
        if RankCoding.isRanked(layout.shape, isDrawn: layout.isDrawn, pointCount: count) {
            let ranks = try RankCoding.ranks(count, at: cursor)
            if selection.rank < VertexRank.finest { RankCoding.decode(count, ranks, into: &buffer.ranks) }
        }
    }

    /// Decodes a geometry that is not chunked, behind its first point, which is the layout's base.
    static func decodePlainBody(
        _ layout: Layout, _ cursor: inout ByteCursor, into buffer: inout GeometryBuffer
    ) throws(ByteCodingError) {
        let first = layout.base
        buffer.points.append(first)
        switch layout.shape {
        case .none, .members, .point: buffer.endPart(isExterior: true)
        case .line, .closedLine, .closedArea:
            let count = try pointCount(cursor.varint(), cursor)
            try decodePoints(count - 1, from: first, &cursor, into: &buffer)
            buffer.endPart(isExterior: true)
        case .lines, .area:
            let parts = try pointCount(cursor.varint(), cursor)
            var previous = first
            for part in 0..<parts {
                let header = try cursor.varint()
                let count = try pointCount(header >> 1, cursor)
                try decodePoints(part == 0 ? count - 1 : count, from: previous, &cursor, into: &buffer)
                previous = buffer.points.last ?? first
                buffer.endPart(isExterior: layout.shape == .lines || header & 1 == 1)
            }
        }
    }

    /// Refuses counts that cannot be: every point but the first takes at least two bytes.
    static func pointCount(_ stored: UInt64, _ cursor: borrowing ByteCursor) throws(ByteCodingError) -> Int {
        guard stored <= UInt64(cursor.remaining) + 1 else {
            throw .truncated(
                offset: cursor.offset, count: Int(truncatingIfNeeded: stored), available: cursor.remaining)
        }
        return Int(stored)
    }

    static func decodePoints(
        _ count: Int, from start: WorldPoint, _ cursor: inout ByteCursor, into buffer: inout GeometryBuffer
    ) throws(ByteCodingError) {
        var x = start.x
        var y = start.y
        if count <= 0 { return }
        buffer.points.reserveCapacity(buffer.points.count + count)
        for _ in 0..<count {
            x = x &+ UInt32(truncatingIfNeeded: try cursor.zigzag())
            y = y &+ UInt32(truncatingIfNeeded: try cursor.zigzag())
            buffer.points.append(WorldPoint(x: x, y: y))
        }
    }
}
