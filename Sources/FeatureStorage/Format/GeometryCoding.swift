import ByteCoding
public import PlanarGeometry

/// How points are stored: zigzag varint differences on the world grid, each from the point before, the very first from a
/// base that the group of features shares.
///
/// Plain layout: `line`, `closedLine`, `closedArea`: varint point count, points. `lines`, `area`: varint part count, then for each part its
/// varint (point count * 2 + 1 for an exterior ring) and points.
///
/// Chunked layout, for more than `chunkThreshold` points, so that a tile reads only what crosses it: a `GeometrySummary`; varint part count, for
/// each part varint (point count * 2 + exterior); then for each chunk of `chunkSize` segments, parts in order, 32 bytes (u32
/// minX, minY, maxX, maxY of its points and the next chunk's first, u32 x, y of its first point, u64 where its
/// differences start, from the end of this directory); then the differences of each chunk's other points.
public enum GeometryCoding {
    static let chunkSize = 64
    static let chunkThreshold = 256
    static let chunkEntrySize = 32

    /// A geometry ready to be stored.
    public struct Encoded: Sendable {
        /// Everything after the first point.
        public var bytes: [UInt8] = []
        public var first = WorldPoint(x: 0, y: 0)
        public var isChunked = false

        public init() {}
    }

    /// Encodes a geometry. For `area` a ring is exterior when its part's flag says so; other shapes ignore the flags.
    /// The first point is kept apart: whoever writes the record knows the base.
    public static func encode(
        _ shape: StoredShape, points: [WorldPoint], partEnds: [Int], isExterior: [Bool] = []
    ) -> Encoded {
        var encoded = Encoded()
        guard let first = points.first else { return encoded }
        encoded.first = first
        if points.count > chunkThreshold, shape != .point {
            encoded.isChunked = true
            var buffer = GeometryBuffer()
            buffer.points = points
            buffer.partEnds = partEnds
            var scratch = LabelPointScratch()
            GeometrySummary(shape, buffer, scratch: &scratch).append(to: &encoded.bytes)
            encodeChunks(shape, points, partEnds, isExterior, &encoded.bytes)
            return encoded
        }
        var previous = first
        var start = 0
        if shape == .lines || shape == .area { encoded.bytes.appendVarint(partEnds.count) }
        for (part, end) in partEnds.enumerated() {
            switch shape {
            case .point: break
            case .area: encoded.bytes.appendVarint((end - start) * 2 + (isExterior[part] ? 1 : 0))
            case .lines: encoded.bytes.appendVarint((end - start) * 2)
            default: encoded.bytes.appendVarint(end - start)
            }
            for index in start..<end where index > 0 {
                appendDifference(points[index], previous, &encoded.bytes)
                previous = points[index]
            }
            start = end
        }
        return encoded
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
