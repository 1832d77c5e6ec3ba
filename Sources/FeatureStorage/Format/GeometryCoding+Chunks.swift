import ByteCoding
import PlanarGeometry

extension GeometryCoding {
    /// Decodes as much of a chunked geometry as the selection needs.
    static func decodeChunked(
        _ layout: Layout, _ cursor: inout ByteCursor, _ selection: GeometrySelection, into buffer: inout GeometryBuffer
    ) throws(ByteCodingError) {
        try cursor.skip(GeometrySummary.byteCount)
        let overviewSize = try cursor.varint()
        guard overviewSize <= UInt64(cursor.remaining) else {
            throw .truncated(offset: cursor.offset, count: 0, available: cursor.remaining)
        }
        let overview = try cursor.span(Int(overviewSize))
        if selection.rank < VertexRank.finest { buffer.onlyForRank = selection.rank }
        if selection.rank <= GeometryOverview.rank, overview.byteCount > 0 {
            try GeometryOverview.decode(overview, rank: selection.rank, into: &buffer)
            return
        }
        try decodeChunkedBody(layout, &cursor, selection, into: &buffer)
    }

    /// The same behind summary and overview.
    static func decodeChunkedBody(
        _ layout: Layout, _ cursor: inout ByteCursor, _ selection: GeometrySelection, into buffer: inout GeometryBuffer
    ) throws(ByteCodingError) {
        let partCount = try pointCount(cursor.varint(), cursor)
        var parts = cursor
        var count = 0
        var chunkCount = 0
        for _ in 0..<partCount {
            let points = try pointCount(cursor.varint() >> 1, cursor)
            count += points
            chunkCount += (points + chunkSize - 1) / chunkSize
            guard chunkCount <= cursor.remaining / chunkEntrySize else {
                throw .truncated(offset: cursor.offset, count: chunkCount, available: cursor.remaining)
            }
        }
        let isRanked = RankCoding.isRanked(layout.shape, isDrawn: layout.isDrawn, pointCount: count)
        var reader = try ChunkReader(&cursor, chunkCount: chunkCount, rankCount: isRanked ? count : 0, selection)
        for _ in 0..<partCount {
            let header = try parts.varint()
            try reader.decodePart(Int(header >> 1), isRing: layout.shape.hasRings, into: &buffer)
            buffer.endPart(isExterior: header & 1 == 1)
        }
    }
}

/// Reads the parts of a chunked geometry one after another, each as far as a window and a rank need it.
///
/// A chunk whose box misses the window, grown by what simplification may move, is *far*: all of it lies beyond one side.
/// Of a run of far chunks only a path is read on which the way from the last vertex before it to the first one behind stays on
/// the same sides: the first vertex that is kept, the first points of chunks, the last vertex that is kept. What comes
/// out is, inside the window, the line or ring of all kept vertices.
struct ChunkReader: ~Escapable {
    private struct Chunk {
        var isFar: Bool
        var first: WorldPoint
        /// Where its differences are.
        var offset: Int
        /// Numbers of its points in the whole geometry.
        var points: Range<Int>
    }

    private var directory: ByteCursor
    private var differences: ByteCursor
    private let differencesStart: Int
    /// Empty when every vertex is kept.
    private let ranks: RawSpan
    private let rank: UInt8
    private let window: WorldBox?
    private var nextPoint = 0
    private var chunks: [Chunk] = []

    /// The cursor is at the directory of all chunks.
    @_lifetime(copy cursor)
    init(
        _ cursor: inout ByteCursor, chunkCount: Int, rankCount: Int, _ selection: GeometrySelection
    ) throws(ByteCodingError) {
        directory = cursor
        try cursor.skip(chunkCount * GeometryCoding.chunkEntrySize)
        differences = cursor
        differencesStart = cursor.offset
        ranks = try RankCoding.ranks(rankCount, at: cursor)
        rank = rankCount == 0 ? VertexRank.finest : selection.rank
        window = selection.window?.grown(by: VertexRank.deviation(rank))
    }

    /// Appends the next part, which has `count` points.
    @_lifetime(self: copy self)
    mutating func decodePart(_ count: Int, isRing: Bool, into buffer: inout GeometryBuffer) throws(ByteCodingError) {
        try readDirectory(count)
        guard let firstNear = chunks.firstIndex(where: { !$0.isFar }) else {
            // A ring may still go around the window, on all four sides.
            if isRing, chunks.count >= 4 { for chunk in chunks { buffer.points.append(chunk.first) } }
            return
        }
        if !chunks.contains(where: \.isFar) {
            for index in chunks.indices { try appendKept(chunks[index], into: &buffer) }
            return
        }
        if isRing {
            // Starting where a run of far chunks ends, no run goes over the ring's end.
            var start = firstNear
            if start == 0, chunks[chunks.count - 1].isFar == false {
                start = (chunks.lastIndex { $0.isFar } ?? 0) + 1
            }
            try walk(from: start, isRing: true, into: &buffer)
        } else {
            try walk(from: 0, isRing: false, into: &buffer)
        }
    }

    @_lifetime(self: copy self)
    private mutating func readDirectory(_ count: Int) throws(ByteCodingError) {
        chunks.removeAll(keepingCapacity: true)
        for start in stride(from: 0, to: count, by: GeometryCoding.chunkSize) {
            let box = WorldBox(
                minX: try directory.uint32(), minY: try directory.uint32(), maxX: try directory.uint32(),
                maxY: try directory.uint32())
            let first = WorldPoint(x: try directory.uint32(), y: try directory.uint32())
            let offset = try directory.uint64()
            guard offset <= UInt64(differences.byteCount - differencesStart) else {
                throw .truncated(offset: directory.offset, count: 8, available: 0)
            }
            let end = min(start + GeometryCoding.chunkSize, count)
            chunks.append(
                Chunk(
                    isFar: window.map { !box.intersects($0) } ?? false, first: first,
                    offset: differencesStart + Int(offset), points: (nextPoint + start)..<(nextPoint + end)))
        }
        nextPoint += count
    }

    /// All chunks once, from one on and around the end.
    @_lifetime(self: copy self)
    private mutating func walk(from start: Int, isRing: Bool, into buffer: inout GeometryBuffer) throws(ByteCodingError)
    {
        var done = 0
        while done < chunks.count {
            let index = (start + done) % chunks.count
            if !chunks[index].isFar {
                try appendKept(chunks[index], into: &buffer)
                done += 1
                continue
            }
            var length = 1
            while done + length < chunks.count, chunks[(start + done + length) % chunks.count].isFar { length += 1 }
            try appendFar(
                index, length, hasBefore: isRing || done > 0, hasAfter: isRing || done + length < chunks.count,
                into: &buffer)
            done += length
        }
    }

    /// Appends what stands for a run of far chunks between near ones.
    @_lifetime(self: copy self)
    private mutating func appendFar(
        _ first: Int, _ length: Int, hasBefore: Bool, hasAfter: Bool, into buffer: inout GeometryBuffer
    ) throws(ByteCodingError) {
        let count = chunks.count
        var entry: (chunk: Int, point: Int)?
        for step in 0..<length where entry == nil {
            if let point = firstKept(chunks[(first + step) % count].points) { entry = (step, point) }
        }
        guard let entry else { return }
        // A near chunk whose first point is kept needs no vertex before it: the way there is in the last far chunk's box.
        let next = chunks[(first + length) % count]
        let needsExit = hasAfter && !isKept(next.points.lowerBound)
        var exit: (chunk: Int, point: Int)?
        if needsExit {
            for step in (0..<length).reversed() where exit == nil {
                if let point = lastKept(chunks[(first + step) % count].points) { exit = (step, point) }
            }
        }
        if hasBefore { buffer.points.append(try point(entry.point, of: chunks[(first + entry.chunk) % count])) }
        if hasBefore, hasAfter {
            let last = exit?.chunk ?? length - 1
            for step in (entry.chunk + 1)..<max(entry.chunk + 1, last + 1) {
                buffer.points.append(chunks[(first + step) % count].first)
            }
        }
        if let exit, !hasBefore || exit.point != entry.point {
            let chunk = chunks[(first + exit.chunk) % count]
            // The first point of its chunk is there already.
            if !hasBefore || exit.chunk == entry.chunk || exit.point != chunk.points.lowerBound {
                buffer.points.append(try point(exit.point, of: chunk))
            }
        }
    }

    private func isKept(_ point: Int) -> Bool {
        rank == VertexRank.finest || RankCoding.rank(point, ranks) <= rank
    }

    private func firstKept(_ points: Range<Int>) -> Int? {
        for point in points where isKept(point) { return point }
        return nil
    }

    private func lastKept(_ points: Range<Int>) -> Int? {
        for point in points.reversed() where isKept(point) { return point }
        return nil
    }

    /// One point of a chunk.
    @_lifetime(self: copy self)
    private mutating func point(_ number: Int, of chunk: Chunk) throws(ByteCodingError) -> WorldPoint {
        differences.offset = chunk.offset
        var point = chunk.first
        for _ in chunk.points.lowerBound..<number {
            point.x = point.x &+ UInt32(truncatingIfNeeded: try differences.zigzag())
            point.y = point.y &+ UInt32(truncatingIfNeeded: try differences.zigzag())
        }
        return point
    }

    /// Appends the vertices of a chunk that are kept.
    @_lifetime(self: copy self)
    private mutating func appendKept(_ chunk: Chunk, into buffer: inout GeometryBuffer) throws(ByteCodingError) {
        differences.offset = chunk.offset
        if rank == VertexRank.finest {
            buffer.points.append(chunk.first)
            try GeometryCoding.decodePoints(chunk.points.count - 1, from: chunk.first, &differences, into: &buffer)
            return
        }
        var point = chunk.first
        for number in chunk.points {
            if number > chunk.points.lowerBound {
                point.x = point.x &+ UInt32(truncatingIfNeeded: try differences.zigzag())
                point.y = point.y &+ UInt32(truncatingIfNeeded: try differences.zigzag())
            }
            if isKept(number) { buffer.points.append(point) }
        }
    }
}
