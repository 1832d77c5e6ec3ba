import PlanarGeometry

/// Closed walks through segments that may cross each other: one loop for each ring that somebody drew, as far as that can be
/// told. Where more than two segments meet a walk goes on along the same way, else along one of the same role; and whenever
/// it comes back to a point, what lies between is a loop.
struct MemberLoops {
    /// Loops one after another; the first point is not repeated.
    private(set) var points: [WorldPoint] = []
    private(set) var ends: [Int] = []
    /// What the roles of most of a loop's segments say; `unsaid` where none says anything, or as many the one as the other.
    private(set) var roles: [RingMemberRole] = []
    private(set) var boxes: [WorldBox] = []
    /// For each segment.
    private(set) var loopOfSegment: [Int]

    var count: Int { ends.count }

    func range(_ loop: Int) -> Range<Int> { (loop == 0 ? 0 : ends[loop - 1])..<ends[loop] }

    /// `joints` are those of `segments`, none of them open; `wayRoles` are by way.
    init(_ segments: [RingSegment], _ joints: SegmentJoints, _ wayRoles: [RingMemberRole]) {
        loopOfSegment = [Int](repeating: 0, count: segments.count)
        var isUsed = [Bool](repeating: false, count: segments.count)
        /// The walk: joints, and the segment that leads to each from the one before.
        var path: [(joint: Int, segment: Int)] = []
        var placeOfJoint = [Int32](repeating: -1, count: joints.count)
        for start in segments.indices where !isUsed[start] {
            path.append((joints.jointOfEnd[start].first, -1))
            placeOfJoint[joints.jointOfEnd[start].first] = 0
            var next: Int? = start
            while let segment = next {
                isUsed[segment] = true
                let from = path[path.count - 1].joint
                let ends = joints.jointOfEnd[segment]
                let to = ends.first == from ? ends.second : ends.first
                path.append((to, segment))
                if placeOfJoint[to] >= 0 {
                    let place = Int(placeOfJoint[to])
                    addLoop(path[(place + 1)...], segments, joints, wayRoles)
                    for passed in path[(place + 1)...].dropLast() { placeOfJoint[passed.joint] = -1 }
                    path.removeSubrange((place + 1)...)
                } else {
                    placeOfJoint[to] = Int32(path.count - 1)
                }
                let free = joints.segments(at: path[path.count - 1].joint).filter { !isUsed[$0] }
                next = MemberLoops.choice(among: free, after: segment, segments, wayRoles)
                // Back at the start of the walk, other segments there begin walks of their own.
                if path.count == 1 { next = nil }
            }
            for passed in path { placeOfJoint[passed.joint] = -1 }
            path.removeAll(keepingCapacity: true)
        }
    }

    private static func choice(
        among free: [Int], after segment: Int, _ segments: [RingSegment], _ roles: [RingMemberRole]
    ) -> Int? {
        let way = segments[segment].way
        var best: (rank: Int, segment: Int)?
        for candidate in free {
            let other = segments[candidate].way
            let rank = other == way ? 0 : roles[Int(other)] == roles[Int(way)] ? 1 : 2
            if best.map({ (rank, candidate) < ($0.rank, $0.segment) }) ?? true { best = (rank, candidate) }
        }
        return best?.segment
    }

    private mutating func addLoop(
        _ path: ArraySlice<(joint: Int, segment: Int)>, _ segments: [RingSegment], _ joints: SegmentJoints,
        _ wayRoles: [RingMemberRole]
    ) {
        var outer = 0
        var inner = 0
        let start = points.count
        for (joint, segment) in path {
            let isAtFirst = joints.jointOfEnd[segment].first == joint
            points.append(isAtFirst ? segments[segment].first : segments[segment].second)
            loopOfSegment[segment] = ends.count
            switch wayRoles[Int(segments[segment].way)] {
            case .outer: outer += 1
            case .inner: inner += 1
            case .unsaid: break
            }
        }
        var box = WorldBox(points[start])
        for point in points[start...] { box.extend(by: point) }
        boxes.append(box)
        ends.append(points.count)
        roles.append(outer == inner ? .unsaid : outer > inner ? .outer : .inner)
    }

    /// Whether most of a loop's points that are not on the other loop lie inside it. Looks at 64 points at most.
    func isMostlyInside(_ loop: Int, _ other: Int) -> Bool {
        guard boxes[loop].intersects(boxes[other]) else { return false }
        let range = range(loop)
        var balance = 0
        for index in stride(from: range.lowerBound, to: range.upperBound, by: max(1, range.count / 64)) {
            switch PointInPolygon.locate(points[index], inRing: points, self.range(other)) {
            case .inside: balance += 1
            case .outside: balance -= 1
            case .boundary: break
            }
        }
        // With every point on the other loop, the smaller one is inside.
        if balance == 0 {
            return abs(RingArea.doubled(points, range)) < abs(RingArea.doubled(points, self.range(other)))
        }
        return balance > 0
    }
}
