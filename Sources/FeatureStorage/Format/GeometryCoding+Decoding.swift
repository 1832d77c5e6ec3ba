import ByteCoding
public import PlanarGeometry

/// Points of one feature while they are read, with memory that is reused.
public struct GeometryBuffer: Sendable {
    public var points: [WorldPoint] = []
    /// For each part the index after its last point.
    public var partEnds: [Int] = []
    /// For each part whether it is an exterior ring; true for lines and points.
    public var isExterior: [Bool] = []
    /// Indexes where a stretch that may be simplified on its own starts, beside the parts' starts; ascending.
    public var pinned: [Int] = []

    public init() {}

    public mutating func removeAll() {
        points.removeAll(keepingCapacity: true)
        partEnds.removeAll(keepingCapacity: true)
        isExterior.removeAll(keepingCapacity: true)
        pinned.removeAll(keepingCapacity: true)
    }
}

extension GeometryCoding {
    /// Decodes the geometry at the cursor into `buffer`, which is emptied first.
    ///
    /// With `window`, chunks whose box misses it are replaced by their chord, which changes nothing inside the window:
    /// such a chunk lies wholly beyond one of its sides, and so does the chord.
    static func decode(
        _ shape: StoredShape, isChunked: Bool, base: WorldPoint, _ cursor: inout ByteCursor,
        window: WorldBox?, into buffer: inout GeometryBuffer
    ) throws(ByteCodingError) {
        buffer.removeAll()
        if isChunked {
            try cursor.skip(GeometrySummary.byteCount)
            try decodeChunks(&cursor, window: window, into: &buffer)
            return
        }
        if shape == .none || shape == .members { return }
        let first = WorldPoint(
            x: base.x &+ UInt32(truncatingIfNeeded: try cursor.zigzag()),
            y: base.y &+ UInt32(truncatingIfNeeded: try cursor.zigzag()))
        buffer.points.append(first)
        switch shape {
        case .none, .members, .point:
            buffer.partEnds.append(1)
            buffer.isExterior.append(true)
        case .line, .closedLine, .closedArea:
            let count = try pointCount(cursor.varint(), cursor)
            try decodePoints(count - 1, from: first, &cursor, into: &buffer)
            buffer.partEnds.append(buffer.points.count)
            buffer.isExterior.append(true)
        case .lines, .area:
            let parts = try pointCount(cursor.varint(), cursor)
            var previous = first
            for part in 0..<parts {
                let header = try cursor.varint()
                let count = try pointCount(header >> 1, cursor)
                try decodePoints(part == 0 ? count - 1 : count, from: previous, &cursor, into: &buffer)
                previous = buffer.points.last ?? first
                buffer.partEnds.append(buffer.points.count)
                buffer.isExterior.append(shape == .lines || header & 1 == 1)
            }
        }
    }

    /// Refuses counts that cannot be: every point but the first takes at least two bytes.
    private static func pointCount(_ stored: UInt64, _ cursor: borrowing ByteCursor) throws(ByteCodingError) -> Int {
        guard stored <= UInt64(cursor.remaining) + 1 else {
            throw .truncated(
                offset: cursor.offset, count: Int(truncatingIfNeeded: stored), available: cursor.remaining)
        }
        return Int(stored)
    }

    private static func decodePoints(
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

    private static func decodeChunks(
        _ cursor: inout ByteCursor, window: WorldBox?, into buffer: inout GeometryBuffer
    ) throws(ByteCodingError) {
        let partCount = try pointCount(cursor.varint(), cursor)
        var pointCounts: [Int] = []
        var chunkCount = 0
        for _ in 0..<partCount {
            let header = try cursor.varint()
            let count = try pointCount(header >> 1, cursor)
            pointCounts.append(count)
            buffer.isExterior.append(header & 1 == 1)
            chunkCount += (count + chunkSize - 1) / chunkSize
            guard chunkCount <= cursor.remaining / chunkEntrySize else {
                throw .truncated(offset: cursor.offset, count: chunkCount, available: cursor.remaining)
            }
        }
        let directoryStart = cursor.offset
        try cursor.skip(chunkCount * chunkEntrySize)
        let differencesStart = cursor.offset
        var entry = cursor
        entry.offset = directoryStart
        for count in pointCounts {
            for chunkStart in stride(from: 0, to: count, by: chunkSize) {
                let box = WorldBox(
                    minX: try entry.uint32(), minY: try entry.uint32(), maxX: try entry.uint32(),
                    maxY: try entry.uint32())
                let first = WorldPoint(x: try entry.uint32(), y: try entry.uint32())
                let offset = try entry.uint64()
                if chunkStart > 0 { buffer.pinned.append(buffer.points.count) }
                buffer.points.append(first)
                if let window, !box.intersects(window) { continue }
                guard offset <= UInt64(cursor.byteCount - differencesStart) else {
                    throw .truncated(offset: entry.offset, count: 8, available: 0)
                }
                cursor.offset = differencesStart + Int(offset)
                try decodePoints(min(chunkSize, count - chunkStart) - 1, from: first, &cursor, into: &buffer)
            }
            buffer.partEnds.append(buffer.points.count)
        }
    }
}
