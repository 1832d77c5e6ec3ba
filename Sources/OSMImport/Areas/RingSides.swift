import PlanarGeometry

/// What the member ways' segments bound in the finished area.
struct RingSides {
    private enum Side: UInt8 {
        /// Not on any ring: cancelled, or changed by a repair.
        case none
        case exterior
        case hole
    }

    /// Ascending.
    private let segments: [RingSegment]
    /// For each segment.
    private var sides: [Side]
    /// For each segment the ring it is on; -1 without one.
    private var rings: [Int32]
    private let roles: [RingMemberRole]
    private let ringCount: Int
    private let hasHoles: Bool

    /// `segments` ascend, without those that cancelled; `roles` are by way.
    init(_ segments: [RingSegment], _ nesting: RingNesting, _ roles: [RingMemberRole]) {
        self.segments = segments
        self.roles = roles
        sides = []
        rings = []
        let geometry = nesting.geometry
        ringCount = geometry.partCount
        hasHoles = nesting.isExterior.contains(false)
        // Without holes and inner ways everything is as it should be, and nothing need be looked up.
        guard hasHoles || roles.contains(.inner) || geometry.points.count != segments.count else { return }
        sides = [Side](repeating: .none, count: segments.count)
        rings = [Int32](repeating: -1, count: segments.count)
        for part in geometry.partEnds.indices {
            let range = geometry.partRange(part)
            var previous = geometry.points[range.upperBound - 1]
            for point in geometry.points[range] {
                let index = segments.lowerBound(RingSegment(previous, point))
                if index < segments.count, segments[index] == RingSegment(previous, point) {
                    sides[index] = nesting.isExterior[part] ? .exterior : .hole
                    rings[index] = Int32(part)
                }
                previous = point
            }
        }
    }

    /// The ways of which a segment is on an exterior ring, ascending.
    var exteriorWays: [Int] {
        var isOn = [Bool](repeating: false, count: roles.count)
        for (index, segment) in segments.enumerated() where sides.isEmpty || sides[index] == .exterior {
            isOn[Int(segment.way)] = true
        }
        return isOn.indices.filter { isOn[$0] }
    }

    /// Ways whose role is wrong: `inner` on exterior rings, or `outer` on holes, and on nothing else. `members` are all segments,
    /// ascending, those that cancelled too.
    ///
    /// An inner ring that touches the outer one in two nodes becomes a part of exterior rings and is right all the same. So a
    /// ring is held against its ways' roles only where all that say something say the same; or else against a way that is not
    /// closed, when those of the same role do not close where it ends.
    func mismatches(among members: [RingSegment]) -> [RingAssembly.Place] {
        if sides.isEmpty || !roles.contains(.inner) && !(hasHoles && roles.contains(.outer)) { return [] }
        var hasOuter = [Bool](repeating: false, count: ringCount)
        var hasInner = [Bool](repeating: false, count: ringCount)
        for (index, segment) in segments.enumerated() where rings[index] >= 0 {
            switch roles[Int(segment.way)] {
            case .outer: hasOuter[Int(rings[index])] = true
            case .inner: hasInner[Int(rings[index])] = true
            case .unsaid: break
            }
        }
        var place = [WorldPoint?](repeating: nil, count: roles.count)
        var isDoubtful = [Bool](repeating: false, count: roles.count)
        var hasRightSide = [Bool](repeating: false, count: roles.count)
        for (index, segment) in segments.enumerated() where rings[index] >= 0 {
            let way = Int(segment.way)
            guard roles[way] == (sides[index] == .exterior ? .inner : .outer) else {
                hasRightSide[way] = true
                continue
            }
            if place[way] == nil { place[way] = segment.first }
            if hasOuter[Int(rings[index])], hasInner[Int(rings[index])] { isDoubtful[way] = true }
        }
        let openWays = isDoubtful.contains(true) ? openWays(among: members) : []
        return place.indices.compactMap { way in
            guard let point = place[way], !hasRightSide[way], !isDoubtful[way] || openWays.contains(way) else {
                return nil
            }
            return RingAssembly.Place(point: point, way: way)
        }
    }

    /// Ways that end where the segments of their own role do not close.
    private func openWays(among members: [RingSegment]) -> Set<Int> {
        var open: Set<Int> = []
        for role in [RingMemberRole.outer, .inner] {
            let own = members.filter { roles[Int($0.way)] == role }
            let joints = SegmentJoints(own)
            for joint in joints.openJoints {
                for segment in joints.segments(at: joint) { open.insert(Int(own[segment].way)) }
            }
        }
        return open
    }
}
