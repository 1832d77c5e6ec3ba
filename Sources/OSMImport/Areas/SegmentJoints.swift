import PlanarGeometry

/// Which segments meet in a point.
struct SegmentJoints {
    /// For each segment the joint of its lower and of its higher end.
    private(set) var jointOfEnd: [(first: Int, second: Int)]
    /// For each joint where its segments begin in `segmentsByJoint`, and one more at the end.
    private var starts: [Int] = []
    private var segmentsByJoint: [Int] = []
    /// Joints where an odd number of segments meets: a ring is open there. In the order of their points.
    private(set) var openJoints: [Int] = []
    /// Whether more than two segments meet somewhere.
    private(set) var hasBranches = false

    var count: Int { starts.count - 1 }

    init(_ segments: [RingSegment]) {
        struct End {
            var point: UInt64
            /// Twice the segment, and one more for its higher end.
            var number: Int
        }
        var ends: [End] = []
        ends.reserveCapacity(segments.count * 2)
        for (index, segment) in segments.enumerated() {
            ends.append(End(point: segment.low, number: index * 2))
            ends.append(End(point: segment.high, number: index * 2 + 1))
        }
        ends.sort { $0.point == $1.point ? $0.number < $1.number : $0.point < $1.point }
        jointOfEnd = [(first: Int, second: Int)](repeating: (0, 0), count: segments.count)
        segmentsByJoint.reserveCapacity(ends.count)
        var start = 0
        while start < ends.count {
            var end = start
            while end < ends.count, ends[end].point == ends[start].point {
                let segment = ends[end].number / 2
                if ends[end].number % 2 == 1 {
                    jointOfEnd[segment].second = starts.count
                } else {
                    jointOfEnd[segment].first = starts.count
                }
                segmentsByJoint.append(segment)
                end += 1
            }
            if (end - start) % 2 != 0 { openJoints.append(starts.count) }
            if end - start > 2 { hasBranches = true }
            starts.append(start)
            start = end
        }
        starts.append(ends.count)
    }

    func segments(at joint: Int) -> ArraySlice<Int> { segmentsByJoint[starts[joint]..<starts[joint + 1]] }
}
