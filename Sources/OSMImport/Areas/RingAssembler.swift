import PlanarGeometry

/// What a member's role says of its place in an area.
enum RingMemberRole: Sendable {
    case outer
    case inner
    /// Empty, or something else.
    case unsaid
}

/// What became of the member ways of an area. Ways are numbered in the order in which they were added.
struct RingAssembly: Sendable {
    /// A place on a way.
    struct Place: Hashable, Sendable {
        var point: WorldPoint
        var way: Int
    }

    /// Type `polygons`, each exterior ring followed by its holes; `nil` when no area can be made.
    var geometry: Geometry?
    /// For each ring.
    var isExterior: [Bool] = []
    /// Points at which a ring is open, with a way that ends there; then there is no geometry.
    var openEnds: [Place] = []
    /// Where segments cross, touch without a common node, or overlap. `openEnds` being empty, the area was repaired.
    var crossings: [SegmentContact] = []
    /// Segments that are there twice, but for those of two inner ways, which cancel as they should.
    var duplicates: [SegmentContact] = []
    /// Ways whose role is not what their segments bound, with a point of each.
    var mismatches: [Place] = []
    /// Ways of which a segment is on an exterior ring, ascending.
    var exteriorWays: [Int] = []
}

/// Rings from the segments of a multipolygon's member ways, whatever their order, direction and roles.
///
/// The idea is libosmium's: equal segments cancel in pairs, so inner rings that touch along a line merge; the rest must
/// meet in every end point an even number of times. Which side of a segment is inside follows from the number of segments
/// beyond it (even-odd rule), and at a point where more than two segments meet a ring goes on along the edge of the same
/// piece of inside. Where segments cross, `CrossingRings` makes other segments of them first. All tests are exact on the
/// grid's integers; where the grid lies on the globe makes no difference.
///
/// Where pairs cancel to nothing or leave rings open, and segments counted once close, they count once (a way drawn again).
/// A closed way that is there again under another id does not count at all.
struct RingAssembler {
    private var segments: [RingSegment] = []
    /// For each way the index after its last segment.
    private var wayEnds: [Int] = []
    private(set) var roles: [RingMemberRole] = []

    init() {}

    /// Adds the next way. Points that repeat the one before are left out.
    mutating func addWay(_ points: [WorldPoint], role: RingMemberRole = .unsaid) {
        addWay(stretches: [points], role: role)
    }

    /// Adds the next way in stretches that need not meet.
    mutating func addWay(stretches: [[WorldPoint]], role: RingMemberRole) {
        let way = Int32(wayEnds.count)
        for points in stretches {
            for index in points.indices.dropFirst() where points[index] != points[index - 1] {
                segments.append(RingSegment(points[index - 1], points[index], way: way))
            }
        }
        wayEnds.append(segments.count)
        roles.append(role)
    }

    /// Cost: n log n in the segments, as a rule.
    func assemble() -> RingAssembly {
        var result = RingAssembly()
        let contacts = SegmentContacts(inNearbyOrder()).found
        let isRepeated = repeatedWays(contacts)
        var sorted = isRepeated.contains(true) ? segments.filter { !isRepeated[Int($0.way)] } : segments
        sorted.sort()
        let duplicates = contacts.filter { $0.kind == .same }
        result.duplicates = duplicates.filter {
            !isLegal($0) || isRepeated[Int($0.left.way)] || isRepeated[Int($0.right.way)]
        }
        var kept = duplicates.isEmpty ? sorted : sorted.cancellingPairs()
        var joints = SegmentJoints(kept)
        if !duplicates.isEmpty, kept.isEmpty || !joints.openJoints.isEmpty {
            let once = sorted.countedOnce()
            let onceJoints = SegmentJoints(once)
            if kept.isEmpty || onceJoints.openJoints.isEmpty { (kept, joints) = (once, onceJoints) }
        }
        result.crossings = contacts.filter {
            $0.kind != .same && (duplicates.isEmpty || kept.containsSorted($0.left) && kept.containsSorted($0.right))
        }
        if kept.isEmpty { return result }
        guard joints.openJoints.isEmpty else {
            result.openEnds = joints.openJoints.map { openEnd($0, kept, joints) }
            return result
        }
        guard contacts.count < SegmentContacts.limit else { return result }
        let members = kept
        if !result.crossings.isEmpty {
            guard let repaired = CrossingRings(kept, joints, roles).repaired(result.crossings) else { return result }
            kept = repaired
            joints = SegmentJoints(kept)
        }
        let nesting = RingNesting(RingTracer(segments: kept, joints: joints).rings())
        if nesting.geometry.points.isEmpty { return result }
        result.geometry = nesting.geometry
        result.isExterior = nesting.isExterior
        let sides = RingSides(members, nesting, roles)
        result.exteriorWays = sides.exteriorWays
        result.mismatches = sides.mismatches(among: sorted)
        return result
    }

    /// Segments in the order of their ways, ways that lie together next to each other.
    private func inNearbyOrder() -> [RingSegment] {
        if wayEnds.count <= 8 { return segments }
        var order: [(key: UInt64, way: Int)] = []
        for way in wayEnds.indices {
            let range = (way == 0 ? 0 : wayEnds[way - 1])..<wayEnds[way]
            guard let first = range.first else { continue }
            let middle = segments[(first + wayEnds[way]) / 2].first
            order.append((RingAssembler.interleaved(middle), way))
        }
        order.sort { $0 < $1 }
        var result: [RingSegment] = []
        result.reserveCapacity(segments.count)
        for (_, way) in order { result += segments[(way == 0 ? 0 : wayEnds[way - 1])..<wayEnds[way]] }
        return result
    }

    /// The bits of x and y in turns (Morton 1966): points that are near by have near numbers, mostly.
    private static func interleaved(_ point: WorldPoint) -> UInt64 {
        func spread(_ value: UInt32) -> UInt64 {
            var bits = UInt64(value)
            bits = (bits | bits << 16) & 0x0000_ffff_0000_ffff
            bits = (bits | bits << 8) & 0x00ff_00ff_00ff_00ff
            bits = (bits | bits << 4) & 0x0f0f_0f0f_0f0f_0f0f
            bits = (bits | bits << 2) & 0x3333_3333_3333_3333
            return (bits | bits << 1) & 0x5555_5555_5555_5555
        }
        return spread(point.x) | spread(point.y) << 1
    }

    /// Closed ways that have the same segments as another one, of a lower number. They do not count.
    private func repeatedWays(_ contacts: [SegmentContact]) -> [Bool] {
        struct Pair: Hashable {
            var left: Int32
            var right: Int32
        }
        var isRepeated = [Bool](repeating: false, count: wayEnds.count)
        var shared: [Pair: Int] = [:]
        for contact in contacts where contact.kind == .same && contact.left.way != contact.right.way {
            let ways = (contact.left.way, contact.right.way)
            shared[Pair(left: min(ways.0, ways.1), right: max(ways.0, ways.1)), default: 0] += 1
        }
        for (pair, count) in shared
        where count == segmentCount(pair.left) && count == segmentCount(pair.right) && isClosed(pair.left) {
            isRepeated[Int(pair.right)] = true
        }
        return isRepeated
    }

    private func segmentRange(_ way: Int32) -> Range<Int> { (way == 0 ? 0 : wayEnds[Int(way) - 1])..<wayEnds[Int(way)] }

    private func segmentCount(_ way: Int32) -> Int { segmentRange(way).count }

    /// Whether every point of a way is the end of an even number of its segments.
    private func isClosed(_ way: Int32) -> Bool {
        let range = segmentRange(way)
        return range.count >= 3 && SegmentJoints(Array(segments[range])).openJoints.isEmpty
    }

    /// Two inner rings may touch along a line (as in libosmium, by the roles of two different ways); every other segment that
    /// is there twice is a mistake.
    private func isLegal(_ contact: SegmentContact) -> Bool {
        contact.left.way != contact.right.way && roles[Int(contact.left.way)] == .inner
            && roles[Int(contact.right.way)] == .inner
    }

    /// The first way with an odd number of segments at a joint; as their total is odd, there is one.
    private func openEnd(_ joint: Int, _ kept: [RingSegment], _ joints: SegmentJoints) -> RingAssembly.Place {
        let ways = joints.segments(at: joint).map { Int(kept[$0].way) }.sorted()
        let way = ways.first { way in ways.count { $0 == way } % 2 == 1 } ?? ways[0]
        let segment = joints.segments(at: joint).first ?? 0
        let point = joints.jointOfEnd[segment].first == joint ? kept[segment].first : kept[segment].second
        return RingAssembly.Place(point: point, way: way)
    }
}
