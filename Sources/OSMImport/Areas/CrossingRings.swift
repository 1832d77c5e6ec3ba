import PlanarGeometry

/// Turns closed segments that cross, overlap or touch without a common node into segments that do not, so that an area is
/// not lost for one small mistake.
///
/// 1. *Loops*: the rings that were drawn (`MemberLoops`).
/// 2. *Groups*: loops that have a contact or a common node. Groups without a contact stay as they are, node for node.
/// 3. Each group is repaired by itself, from west to east: the union of its solid loops, each without the hollow ones that do
///    not hold it (`WorldPolygonRepair`, the structure method). Solid are those whose role says so; loops whose role says
///    nothing are solid when an even number of the group's loops is around them. A group that lies in a hole of an area is
///    turned around: its inner loops are the solid ones.
/// 4. The borders of the groups join the other segments. By the even-odd rule a group adds an area where there is none
///    and cuts a hole where there is one, whatever its role.
///
/// Where an end only touches the middle of another segment, that one gets a node there, and nothing else changes. Rounding new
/// points to the grid may make groups touch that did not; then it is all done once more.
struct CrossingRings {
    private static let attempts = 4

    private var segments: [RingSegment]
    private var joints: SegmentJoints
    private let roles: [RingMemberRole]
    private var scratch = WorldPolygonRepairScratch()

    /// `segments` ascend, without pairs of equal ones; `joints` are theirs, none open. `roles` are by way.
    init(_ segments: [RingSegment], _ joints: SegmentJoints, _ roles: [RingMemberRole]) {
        self.segments = segments
        self.joints = joints
        // Segments that a repair made belong to no way.
        self.roles = roles + [.unsaid]
    }

    /// Segments that meet in common ends only, ascending and closed; `nil` when nothing is left or the crossings are too
    /// many to be worked out. `contacts` are all those among the segments.
    consuming func repaired(_ contacts: [SegmentContact]) -> [RingSegment]? {
        var contacts = contacts
        for _ in 0..<CrossingRings.attempts {
            if contacts.allSatisfy({ $0.kind == .touching }) {
                addNodes(contacts)
            } else if !repair(contacts) {
                return nil
            }
            if segments.isEmpty { return nil }
            joints = SegmentJoints(segments)
            contacts = SegmentContacts(segments).found
            if contacts.isEmpty { return joints.openJoints.isEmpty ? segments : nil }
        }
        return nil
    }

    /// Cuts segments where ends of others touch them.
    private mutating func addNodes(_ contacts: [SegmentContact]) {
        // For each segment with its number: where it is cut. Along a segment points ascend, as its ends do.
        var cuts: [(segment: Int, point: UInt64)] = []
        for contact in contacts {
            let point = RingSegment.key(contact.place)
            let touched = contact.left.low == point || contact.left.high == point ? contact.right : contact.left
            cuts.append((segments.lowerBound(touched), point))
        }
        cuts.sort { $0 < $1 }
        var rank = 0
        while rank < cuts.count {
            let number = cuts[rank].segment
            let whole = segments[number]
            var from = whole.low
            var pieces: [RingSegment] = []
            while rank < cuts.count, cuts[rank].segment == number {
                if cuts[rank].point != from {
                    pieces.append(
                        RingSegment(RingSegment.point(from), RingSegment.point(cuts[rank].point), way: whole.way))
                }
                from = cuts[rank].point
                rank += 1
            }
            segments[number] = RingSegment(RingSegment.point(from), whole.second, way: whole.way)
            segments += pieces
        }
        segments.sort()
        segments = segments.cancellingPairs()
    }

    private mutating func repair(_ contacts: [SegmentContact]) -> Bool {
        let loops = MemberLoops(segments, joints, roles)
        let groups = groups(loops, contacts)
        let made = Int32(roles.count - 1)
        var isRepaired = [Bool](repeating: false, count: loops.count)
        for group in groups { for loop in group { isRepaired[loop] = true } }
        var result = segments.indices.filter { !isRepaired[loops.loopOfSegment[$0]] }.map { segments[$0] }
        let untouched = result
        let strips = SegmentStrips(untouched)
        var border: [RingSegment] = []
        for group in groups {
            guard let west = westernmost(group, loops) else { continue }
            let isInside = CrossingRings.isInside(west.point, untouched, strips, border)
            guard let geometry = union(group, loops, isInHole: isInside, west: west.loop) else { return false }
            for part in geometry.partEnds.indices {
                let range = geometry.partRange(part)
                var previous = geometry.points[range.upperBound - 1]
                for point in geometry.points[range] {
                    border.append(RingSegment(previous, point, way: made))
                    previous = point
                }
            }
        }
        result += border
        result.sort()
        segments = result.cancellingPairs()
        return true
    }

    /// Groups of loops with a contact, from west to east; loops ascend.
    private func groups(_ loops: MemberLoops, _ contacts: [SegmentContact]) -> [[Int]] {
        var parent = Array(0..<loops.count)
        func root(_ loop: Int) -> Int {
            var loop = loop
            while parent[loop] != loop {
                parent[loop] = parent[parent[loop]]
                loop = parent[loop]
            }
            return loop
        }
        func join(_ left: Int, _ right: Int) {
            let (a, b) = (root(left), root(right))
            parent[max(a, b)] = min(a, b)
        }
        var hasContact = [Bool](repeating: false, count: loops.count)
        for contact in contacts {
            let left = loops.loopOfSegment[segments.lowerBound(contact.left)]
            let right = loops.loopOfSegment[segments.lowerBound(contact.right)]
            hasContact[left] = true
            join(left, right)
        }
        if joints.hasBranches {
            for joint in 0..<joints.count {
                let meeting = joints.segments(at: joint)
                guard meeting.count > 2, let first = meeting.first else { continue }
                for segment in meeting { join(loops.loopOfSegment[first], loops.loopOfSegment[segment]) }
            }
        }
        var numberOfRoot: [Int: Int] = [:]
        var groups: [[Int]] = []
        for loop in 0..<loops.count where hasContact[loop] && numberOfRoot[root(loop)] == nil {
            numberOfRoot[root(loop)] = groups.count
            groups.append([])
        }
        for loop in 0..<loops.count {
            if let number = numberOfRoot[root(loop)] { groups[number].append(loop) }
        }
        return groups.map { ($0, westernmost($0, loops)) }
            .sorted { left, right in
                guard let a = left.1, let b = right.1 else { return left.1 != nil }
                return (a.point.x, a.point.y, a.loop) < (b.point.x, b.point.y, b.loop)
            }
            .map(\.0)
    }

    private func westernmost(_ group: [Int], _ loops: MemberLoops) -> (point: WorldPoint, loop: Int)? {
        var best: (point: WorldPoint, loop: Int)?
        for loop in group {
            for point in loops.points[loops.range(loop)] {
                guard let found = best?.point, (point.x, point.y) >= (found.x, found.y) else {
                    best = (point, loop)
                    continue
                }
            }
        }
        return best
    }

    /// Even-odd, by a ray straight up. The point is on none of the segments.
    private static func isInside(
        _ point: WorldPoint, _ untouched: [RingSegment], _ strips: SegmentStrips, _ border: [RingSegment]
    ) -> Bool {
        var isInside = false
        let (x, y) = (2 * point.wideX, 2 * point.wideY)
        for number in strips.segments(atX: point.x)
        where RingNesting.isAbove(untouched[Int(number)], doubledX: x, doubledY: y) {
            isInside.toggle()
        }
        for segment in border where RingNesting.isAbove(segment, doubledX: x, doubledY: y) { isInside.toggle() }
        return isInside
    }

    private mutating func union(_ group: [Int], _ loops: MemberLoops, isInHole: Bool, west: Int) -> Geometry? {
        let solid = solidLoops(group, loops, isInHole: isInHole, west: west)
        var points: [WorldPoint] = []
        var ends: [Int] = []
        var isExterior: [Bool] = []
        func add(_ loop: Int, _ exterior: Bool) {
            points += loops.points[loops.range(loop)]
            ends.append(points.count)
            isExterior.append(exterior)
        }
        for (index, loop) in group.enumerated() where solid[index] {
            add(loop, true)
            for (other, hollow) in group.enumerated()
            where !solid[other] && loops.boxes[hollow].intersects(loops.boxes[loop])
                && !loops.isMostlyInside(loop, hollow)
            {
                add(hollow, false)
            }
        }
        let (outcome, geometry) = WorldPolygonRepair.repair(
            points: points, partEnds: ends, isExterior: isExterior, scratch: &scratch)
        return outcome == .tooTangled ? nil : geometry
    }

    /// For each loop of a group. The loop with the group's westernmost point is certainly solid: if the roles say
    /// otherwise, they are wrong, and nesting alone counts.
    private func solidLoops(_ group: [Int], _ loops: MemberLoops, isInHole: Bool, west: Int) -> [Bool] {
        let solidRole = isInHole ? RingMemberRole.inner : .outer
        func byNesting(_ loop: Int) -> Bool {
            group.count { $0 != loop && loops.isMostlyInside(loop, $0) }.isMultiple(of: 2)
        }
        let byRole = group.map { loop in
            loops.roles[loop] == .unsaid ? byNesting(loop) : loops.roles[loop] == solidRole
        }
        guard let rank = group.firstIndex(of: west), !byRole[rank] else { return byRole }
        return group.map(byNesting)
    }
}
