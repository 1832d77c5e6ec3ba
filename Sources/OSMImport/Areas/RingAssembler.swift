import PlanarGeometry

/// Rings from the segments of a multipolygon's member ways, whatever their order, direction and roles.
///
/// The idea is libosmium's: equal segments cancel in pairs, so inner rings that touch along a line merge; the rest must
/// meet in every end point an even number of times and cross nowhere. Which side of a segment is inside follows from the
/// number of segments beyond it (even-odd rule), and at a point where more than two segments meet a ring goes on along
/// the edge of the same piece of inside. All tests are exact on the grid's integers.
struct RingAssembler {
    enum Failure: Error {
        /// Nothing is left after equal segments have cancelled.
        case empty
        case unclosedRing
        case crossingRings
    }

    struct Segment: Comparable {
        /// The smaller end, by x, then y.
        var first: WorldPoint
        var second: WorldPoint

        init(_ a: WorldPoint, _ b: WorldPoint) {
            let isOrdered = (a.x, a.y) < (b.x, b.y)
            first = isOrdered ? a : b
            second = isOrdered ? b : a
        }

        static func < (left: Segment, right: Segment) -> Bool {
            (left.first.x, left.first.y, left.second.x, left.second.y)
                < (right.first.x, right.first.y, right.second.x, right.second.y)
        }
    }

    private(set) var segments: [Segment] = []

    init() {}

    mutating func addWay(_ points: [WorldPoint]) {
        for index in points.indices.dropFirst() where points[index] != points[index - 1] {
            segments.append(Segment(points[index - 1], points[index]))
        }
    }

    /// A multipolygon: type `polygons`, each exterior ring followed by its holes. Cost: n log n in the segments, times the number
    /// of rings for finding the inside.
    mutating func assemble() throws(Failure) -> Geometry {
        cancelPairs()
        if segments.isEmpty { throw .empty }
        if hasCrossings() { throw .crossingRings }
        guard let joints = SegmentJoints(segments) else { throw .unclosedRing }
        let rings = RingTracer(segments: segments, joints: joints).rings()
        return RingNesting.geometry(from: rings)
    }

    private mutating func cancelPairs() {
        segments.sort()
        var kept: [Segment] = []
        for segment in segments {
            if kept.last == segment { kept.removeLast() } else { kept.append(segment) }
        }
        segments = kept
    }

    /// Whether two segments share more than a common end point. Compares within horizontal strips, left to right.
    private func hasCrossings() -> Bool {
        guard let box = WorldBox(around: segments.lazy.flatMap { [$0.first, $0.second] }) else { return false }
        // So many strips that a segment lies in five on average at most, or tall segments would take memory by the square.
        let heights = segments.reduce(0.0) { $0 + abs(Double($1.first.y) - Double($1.second.y)) }
        let affordable = 4 * Double(segments.count) * Double(box.maxY - box.minY) / max(heights, 1)
        let stripCount = max(1, min(segments.count / 16, 4096, Int(min(affordable, 4096))))
        let stripHeight = max(1, (UInt64(box.maxY - box.minY) + UInt64(stripCount)) / UInt64(stripCount))
        func strip(_ y: UInt32) -> Int { Int(UInt64(y - box.minY) / stripHeight) }
        var strips = [[Int32]](repeating: [], count: stripCount + 1)
        for (index, segment) in segments.enumerated() {
            let low = strip(min(segment.first.y, segment.second.y))
            for number in low...strip(max(segment.first.y, segment.second.y)) { strips[number].append(Int32(index)) }
        }
        return strips.contains(where: hasCrossing)
    }

    private func hasCrossing(inStrip strip: [Int32]) -> Bool {
        for (rank, index) in strip.enumerated() {
            let left = segments[Int(index)]
            for other in strip[(rank + 1)...] {
                let right = segments[Int(other)]
                if right.first.x > left.second.x { break }
                if min(left.first.y, left.second.y) > max(right.first.y, right.second.y)
                    || min(right.first.y, right.second.y) > max(left.first.y, left.second.y)
                {
                    continue
                }
                if overlaps(left, right) { return true }
            }
        }
        return false
    }

    private func overlaps(_ left: Segment, _ right: Segment) -> Bool {
        let shared: WorldPoint? =
            left.first == right.first || left.first == right.second
            ? left.first : left.second == right.first || left.second == right.second ? left.second : nil
        guard let shared else {
            return SegmentIntersection.relation(left.first, left.second, right.first, right.second) != .disjoint
        }
        // With a common end, more is shared only when one runs along the other.
        let leftEnd = left.first == shared ? left.second : left.first
        let rightEnd = right.first == shared ? right.second : right.first
        guard SegmentIntersection.orientation(shared, leftEnd, rightEnd) == 0 else { return false }
        let along =
            (leftEnd.wideX - shared.wideX).signum() == (rightEnd.wideX - shared.wideX).signum()
            && (leftEnd.wideY - shared.wideY).signum() == (rightEnd.wideY - shared.wideY).signum()
        return along
    }
}

/// Which segments meet in a point.
struct SegmentJoints {
    /// For each segment the joint of its first and of its second end.
    private(set) var jointOfEnd: [(first: Int, second: Int)]
    /// For each joint where its segments begin in `segmentsByJoint`.
    private var starts: [Int] = []
    private var segmentsByJoint: [Int] = []

    var count: Int { starts.count }

    /// `nil` when an odd number of segments meets somewhere: a ring is open.
    init?(_ segments: [RingAssembler.Segment]) {
        var ends: [(point: WorldPoint, segment: Int, isSecond: Bool)] = []
        ends.reserveCapacity(segments.count * 2)
        for (index, segment) in segments.enumerated() {
            ends.append((segment.first, index, false))
            ends.append((segment.second, index, true))
        }
        ends.sort { ($0.point.x, $0.point.y, $0.segment) < ($1.point.x, $1.point.y, $1.segment) }
        jointOfEnd = [(first: Int, second: Int)](repeating: (0, 0), count: segments.count)
        var start = 0
        while start < ends.count {
            var end = start
            while end < ends.count, ends[end].point == ends[start].point {
                if ends[end].isSecond {
                    jointOfEnd[ends[end].segment].second = starts.count
                } else {
                    jointOfEnd[ends[end].segment].first = starts.count
                }
                segmentsByJoint.append(ends[end].segment)
                end += 1
            }
            if (end - start) % 2 != 0 { return nil }
            starts.append(start)
            start = end
        }
    }

    func segments(at joint: Int) -> ArraySlice<Int> {
        segmentsByJoint[starts[joint]..<(joint + 1 < starts.count ? starts[joint + 1] : segmentsByJoint.count)]
    }
}
