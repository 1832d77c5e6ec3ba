import ByteCoding
import PlanarGeometry

/// The few points of a large geometry that low zooms need, in front of it, so that a tile of a country reads kilobytes.
///
/// Varint byte count, 0 without an overview; then varint part count, for each part varint (point count * 2 + exterior);
/// zigzag varint differences of all points, each from the point before, the first from 0, 0; and their ranks (`RankCoding`).
enum GeometryOverview {
    /// It has the vertices up to this rank.
    static let rank: UInt8 = 8

    /// Appends the overview of a whole geometry with ranks; none where it would not be much smaller than that.
    static func append(_ geometry: GeometryBuffer, to bytes: inout [UInt8]) {
        let count = geometry.ranks.count { $0 <= rank }
        if geometry.ranks.isEmpty || count * 2 > geometry.points.count {
            bytes.appendVarint(0)
            return
        }
        var head: [UInt8] = []
        var differences: [UInt8] = []
        var ranks: [UInt8] = []
        var previous = WorldPoint(x: 0, y: 0)
        head.appendVarint(geometry.partEnds.count)
        var start = 0
        for (part, end) in geometry.partEnds.enumerated() {
            let first = ranks.count
            for index in start..<end where geometry.ranks[index] <= rank {
                GeometryCoding.appendDifference(geometry.points[index], previous, &differences)
                previous = geometry.points[index]
                ranks.append(geometry.ranks[index])
            }
            head.appendVarint((ranks.count - first) * 2 + (geometry.isExterior[part] ? 1 : 0))
            start = end
        }
        RankCoding.append(ranks, to: &differences)
        bytes.appendVarint(head.count + differences.count)
        bytes += head
        bytes += differences
    }

    /// Reads the points up to a rank from an overview's bytes.
    static func decode(
        _ overview: RawSpan, rank: UInt8, into buffer: inout GeometryBuffer
    ) throws(ByteCodingError) {
        var cursor = ByteCursor(overview)
        var parts = cursor
        let partCount = try GeometryCoding.pointCount(parts.varint(), parts)
        cursor = parts
        var pointCount = 0
        for _ in 0..<partCount { pointCount += try GeometryCoding.pointCount(cursor.varint() >> 1, cursor) }
        let ranks = try RankCoding.ranks(pointCount, at: cursor)
        var point = WorldPoint(x: 0, y: 0)
        var index = 0
        for _ in 0..<partCount {
            let header = try parts.varint()
            for _ in 0..<Int(header >> 1) {
                point.x = point.x &+ UInt32(truncatingIfNeeded: try cursor.zigzag())
                point.y = point.y &+ UInt32(truncatingIfNeeded: try cursor.zigzag())
                if RankCoding.rank(index, ranks) <= rank { buffer.points.append(point) }
                index += 1
            }
            buffer.endPart(isExterior: header & 1 == 1)
        }
    }
}
