import ByteCoding
import PlanarGeometry

/// How points are stored: zigzag varint differences on the world grid, each from the point before, the very first from a
/// base that the group of features shares.
///
/// Plain layout: `line`, `closedLine`, `closedArea`: varint point count, points. `lines`, `area`: varint part count, then for each part its
/// varint (point count * 2 + 1 for an exterior ring) and points.
///
/// Chunked layout, for more than `chunkThreshold` points, so that a tile reads only what crosses it: a `GeometrySummary`; a
/// `GeometryOverview`; varint part count, for each part varint (point count * 2 + exterior); then for each chunk of `chunkSize`
/// segments, parts in order, 32 bytes (u32 minX, minY, maxX, maxY of its points and the next chunk's first, u32 x, y of its
/// first point, u64 where its differences start, from the end of this directory); then the differences of each chunk's
/// other points.
///
/// Either way the ranks of all points are last, see `RankCoding`.
enum GeometryCoding {
    static let chunkSize = 64
    static let chunkThreshold = 256
    static let chunkEntrySize = 32

    /// A geometry ready to be stored.
    struct Encoded {
        /// Everything after the first point; of a chunked geometry without summary and overview, for ranks may still change.
        var bytes: [UInt8] = []
        var first = WorldPoint(x: 0, y: 0)
        var isChunked = false
        var summary: GeometrySummary?
    }

    /// Encodes a geometry. For `area` a ring is exterior when its part's flag says so; other shapes ignore the flags.
    /// The first point is kept apart: whoever writes the record knows the base.
    static func encode(_ shape: StoredShape, _ geometry: GeometryBuffer) -> Encoded {
        var encoded = Encoded()
        guard let first = geometry.points.first else { return encoded }
        encoded.first = first
        if geometry.points.count > chunkThreshold, shape != .point {
            encoded.isChunked = true
            var scratch = LabelPointScratch()
            encoded.summary = GeometrySummary(shape, geometry, scratch: &scratch)
            encodeChunks(shape, geometry.points, geometry.partEnds, geometry.isExterior, &encoded.bytes)
        } else {
            encodePlain(shape, geometry, &encoded.bytes)
        }
        RankCoding.append(geometry.ranks, to: &encoded.bytes)
        return encoded
    }

    private static func encodePlain(_ shape: StoredShape, _ geometry: GeometryBuffer, _ bytes: inout [UInt8]) {
        guard var previous = geometry.points.first else { return }
        var start = 0
        if shape == .lines || shape == .area { bytes.appendVarint(geometry.partEnds.count) }
        for (part, end) in geometry.partEnds.enumerated() {
            switch shape {
            case .point: break
            case .area: bytes.appendVarint((end - start) * 2 + (geometry.isExterior[part] ? 1 : 0))
            case .lines: bytes.appendVarint((end - start) * 2)
            default: bytes.appendVarint(end - start)
            }
            for index in start..<end where index > 0 {
                appendDifference(geometry.points[index], previous, &bytes)
                previous = geometry.points[index]
            }
            start = end
        }
    }

    @inline(__always)
    static func appendDifference(_ point: WorldPoint, _ previous: WorldPoint, _ bytes: inout [UInt8]) {
        bytes.appendZigzag(Int64(point.x) - Int64(previous.x))
        bytes.appendZigzag(Int64(point.y) - Int64(previous.y))
    }

    private static func encodeChunks(
        _ shape: StoredShape, _ points: [WorldPoint], _ partEnds: [Int], _ isExterior: [Bool], _ bytes: inout [UInt8]
    ) {
        let isClosed = shape.isClosedWay || shape == .area
        bytes.appendVarint(partEnds.count)
        var start = 0
        for (part, end) in partEnds.enumerated() {
            bytes.appendVarint((end - start) * 2 + (shape == .area && isExterior[part] ? 1 : 0))
            start = end
        }
        var directory: [UInt8] = []
        var differences: [UInt8] = []
        start = 0
        for end in partEnds {
            for chunkStart in stride(from: start, to: end, by: chunkSize) {
                let chunkEnd = min(chunkStart + chunkSize, end)
                var box = WorldBox(points[chunkStart])
                let offset = differences.count
                var previous = points[chunkStart]
                for index in (chunkStart + 1)..<max(chunkEnd, chunkStart + 1) {
                    box.extend(by: points[index])
                    appendDifference(points[index], previous, &differences)
                    previous = points[index]
                }
                // The segment to the next chunk belongs to this one.
                if chunkEnd < end {
                    box.extend(by: points[chunkEnd])
                } else if isClosed {
                    box.extend(by: points[start])
                }
                for value in [box.minX, box.minY, box.maxX, box.maxY, points[chunkStart].x, points[chunkStart].y] {
                    directory.appendLittleEndian(value)
                }
                directory.appendLittleEndian(UInt64(offset))
            }
            start = end
        }
        bytes.append(contentsOf: directory)
        bytes.append(contentsOf: differences)
    }
}
