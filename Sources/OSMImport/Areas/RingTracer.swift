import PlanarGeometry

/// Walks closed segments into simple rings with the inside on the right: exterior rings get positive area in the y-down
/// plane, holes negative.
struct RingTracer {
    let segments: [RingSegment]
    let joints: SegmentJoints
    let strips: SegmentStrips

    /// `segments` ascend.
    init(segments: [RingSegment], joints: SegmentJoints) {
        self.segments = segments
        self.joints = joints
        strips = SegmentStrips(segments)
    }

    /// Segments between two points where more than two meet, or a whole ring; directed with the inside on the right.
    private struct Chain {
        var points: [WorldPoint]
        var firstJoint: Int
        var lastJoint: Int
    }

    func rings() -> [[WorldPoint]] {
        var isUsed = [Bool](repeating: false, count: segments.count)
        var rings: [[WorldPoint]] = []
        var chains: [Chain] = []
        // First the chains that start where several meet, then the rings that are left.
        for joint in 0..<joints.count where joints.segments(at: joint).count > 2 {
            for segment in joints.segments(at: joint) where !isUsed[segment] {
                chains.append(directed(walk(from: joint, along: segment, &isUsed)))
            }
        }
        for segment in segments.indices where !isUsed[segment] {
            let chain = directed(walk(from: joints.jointOfEnd[segment].first, along: segment, &isUsed))
            rings.append(Array(chain.points.dropLast()))
        }
        for ring in join(chains) { rings += SimpleLoops.cut(ring) }
        return rings
    }

    private func walk(from joint: Int, along segment: Int, _ isUsed: inout [Bool]) -> Chain {
        var chain = Chain(points: [], firstJoint: joint, lastJoint: joint)
        var current = segment
        while true {
            isUsed[current] = true
            let ends = joints.jointOfEnd[current]
            let isForward = ends.first == chain.lastJoint
            if chain.points.isEmpty {
                chain.points.append(isForward ? segments[current].first : segments[current].second)
            }
            chain.points.append(isForward ? segments[current].second : segments[current].first)
            chain.lastJoint = isForward ? ends.second : ends.first
            let meeting = joints.segments(at: chain.lastJoint)
            guard meeting.count == 2, let next = meeting.first(where: { !isUsed[$0] }) else { return chain }
            current = next
        }
    }

    /// Turns the chain so that the inside is on its right.
    private func directed(_ chain: Chain) -> Chain {
        // A ray straight up meets few segments; one to the left, for vertical ones, asks them all.
        let slanted = chain.points.indices.dropLast().first { chain.points[$0].x != chain.points[$0 + 1].x } ?? 0
        if hasInsideOnRight(chain.points[slanted], chain.points[slanted + 1]) { return chain }
        return Chain(
            points: chain.points.reversed(), firstJoint: chain.lastJoint, lastJoint: chain.firstJoint)
    }

    /// Counts the segments on a ray from the middle of a segment: an even number means that the ray's side is outside.
    private func hasInsideOnRight(_ from: WorldPoint, _ to: WorldPoint) -> Bool {
        let own = RingSegment(from, to)
        // Doubled coordinates make the middle an integer.
        let x = from.wideX + to.wideX
        let y = from.wideY + to.wideY
        var isOutside = true
        if from.x == to.x {
            for segment in segments where segment != own && RingTracer.isLeft(segment, doubledX: x, doubledY: y) {
                isOutside.toggle()
            }
            // The ray goes left, which is the left side of a segment that heads up.
            return (to.y < from.y) == isOutside
        }
        for number in strips.segments(atX: UInt32(x / 2)) {
            let segment = segments[Int(number)]
            if RingNesting.isAbove(segment, doubledX: x, doubledY: y), segment != own { isOutside.toggle() }
        }
        // The ray goes up, which is the left side of a segment that heads right.
        return (to.x > from.x) == isOutside
    }

    /// Whether a ray to the left from a point, given in doubled coordinates, meets the segment; of its ends the upper one
    /// counts.
    private static func isLeft(_ segment: RingSegment, doubledX x: Int64, doubledY y: Int64) -> Bool {
        let (a, b) = (segment.first, segment.second)
        guard y >= 2 * min(a.wideY, b.wideY), y < 2 * max(a.wideY, b.wideY) else { return false }
        let cross =
            Int128(b.wideX - a.wideX) * Int128(y - 2 * a.wideY)
            - Int128(b.wideY - a.wideY) * Int128(x - 2 * a.wideX)
        return b.y > a.y ? cross < 0 : cross > 0
    }

    /// Joins chains where several meet: the next chain is the first one counter-clockwise from the way back, since the inside
    /// lies between the two.
    private func join(_ chains: [Chain]) -> [[WorldPoint]] {
        var outgoing: [Int: [Int]] = [:]
        for (index, chain) in chains.enumerated() { outgoing[chain.firstJoint, default: []].append(index) }
        var isUsed = [Bool](repeating: false, count: chains.count)
        var rings: [[WorldPoint]] = []
        for start in chains.indices where !isUsed[start] {
            var ring: [WorldPoint] = []
            var current = start
            repeat {
                isUsed[current] = true
                ring += chains[current].points.dropLast()
                let points = chains[current].points
                let pivot = points[points.count - 1]
                let back = points[points.count - 2]
                let candidates = (outgoing[chains[current].lastJoint] ?? []).filter { !isUsed[$0] || $0 == start }
                guard
                    let next = candidates.min(by: {
                        comesFirst(chains[$0].points[1], chains[$1].points[1], around: pivot, from: back)
                    })
                else { break }
                current = next
            } while current != start
            rings.append(ring)
        }
        return rings
    }

    /// Whether, turning counter-clockwise (as seen, y down) around `pivot` from `back`, `left` is met before `right`.
    private func comesFirst(
        _ left: WorldPoint, _ right: WorldPoint, around pivot: WorldPoint, from back: WorldPoint
    ) -> Bool {
        let leftHalf = half(left, pivot, back)
        let rightHalf = half(right, pivot, back)
        if leftHalf != rightHalf { return leftHalf < rightHalf }
        // In the same half turn: left first when right lies counter-clockwise of it.
        return SegmentIntersection.orientation(pivot, left, right) < 0
    }

    /// 0 within the first half turn counter-clockwise from `back`, 1 straight on, 2 within the second, 3 back itself.
    private func half(_ point: WorldPoint, _ pivot: WorldPoint, _ back: WorldPoint) -> Int {
        let turn = SegmentIntersection.orientation(pivot, back, point)
        if turn != 0 { return turn < 0 ? 0 : 2 }
        let isSameWay =
            (point.wideX - pivot.wideX).signum() == (back.wideX - pivot.wideX).signum()
            && (point.wideY - pivot.wideY).signum() == (back.wideY - pivot.wideY).signum()
        return isSameWay ? 3 : 1
    }
}
