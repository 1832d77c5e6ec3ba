import PlanarGeometry

/// Joins segments end to start where they meet in a point, whatever the ids of the nodes there; never end to end, which would
/// put the water on the other side. Lines never cross where they meet. n log n.
struct CoastJoining {
    private let segments: [CoastSegment]
    /// For each segment the one that goes on from its end, or -1.
    private var next: [Int32]
    private var hasPrevious: [Bool]
    /// Segments whose end, or whose start, would go on as a copy of a segment that is there only once.
    private var surplusEnds: Set<Int> = []
    private var surplusStarts: Set<Int> = []

    /// A segment at a point where it ends, or starts.
    private struct Meeting {
        var segment: Int
        var isArriving: Bool
    }

    init(_ segments: [CoastSegment]) {
        self.segments = segments
        next = [Int32](repeating: -1, count: segments.count)
        hasPrevious = [Bool](repeating: false, count: segments.count)
        func key(_ point: WorldPoint) -> UInt64 { UInt64(point.x) << 32 | UInt64(point.y) }
        let starting = segments.indices.map { (key: key(segments[$0].from), segment: Int32($0)) }
            .sorted { ($0.key, $0.segment) < ($1.key, $1.segment) }
        let ending = segments.indices.map { (key: key(segments[$0].to), segment: Int32($0)) }
            .sorted { ($0.key, $0.segment) < ($1.key, $1.segment) }
        var start = 0
        var end = 0
        while start < starting.count, end < ending.count {
            let point = starting[start].key
            if point != ending[end].key {
                if point < ending[end].key { start += 1 } else { end += 1 }
                continue
            }
            var startLimit = start
            while startLimit < starting.count, starting[startLimit].key == point { startLimit += 1 }
            var endLimit = end
            while endLimit < ending.count, ending[endLimit].key == point { endLimit += 1 }
            if endLimit - end == 1, startLimit - start == 1 {
                join(Int(ending[end].segment), Int(starting[start].segment))
            } else {
                match(
                    ending[end..<endLimit].map { Int($0.segment) }, starting[start..<startLimit].map { Int($0.segment) }
                )
            }
            start = startLimit
            end = endLimit
        }
    }

    private mutating func join(_ arriving: Int, _ leaving: Int) {
        next[arriving] = Int32(leaving)
        hasPrevious[leaving] = true
    }

    /// Where several lines meet, each goes on along the edge of the same piece of land. Land is on the left of what arrives,
    /// that is clockwise from it, up to what leaves: like brackets, which nest, so that no line crosses another.
    ///
    ///          ^              arriving from the west and the south, leaving to the north and the east:
    ///     land |              west goes on to the north, and south, around both, to the east
    ///     -----+---->
    ///          |   water
    ///
    /// Copies are brackets too, but one segment belongs to one line: the outermost pair keeps it, which leaves as land what
    /// lies between the lines.
    private mutating func match(_ arriving: [Int], _ leaving: [Int]) {
        var stack: [Int] = []
        var pairs: [(arriving: Int, leaving: Int)] = []
        let meetings = balanced(arriving, leaving)
        var free: [Int: Int] = [:]
        for meeting in meetings { free[meeting.segment] = segments[meeting.segment].copies }
        // Twice around: what leaves at the beginning may belong to what arrives at the end.
        for round in 0..<2 {
            for meeting in meetings {
                if meeting.isArriving {
                    if round > 0 { continue }
                    stack += [Int](repeating: meeting.segment, count: segments[meeting.segment].copies)
                } else {
                    while free[meeting.segment, default: 0] > 0, let top = stack.popLast() {
                        pairs.append((top, meeting.segment))
                        free[meeting.segment, default: 0] -= 1
                    }
                }
            }
        }
        for pair in pairs.reversed() where next[pair.arriving] < 0 && !hasPrevious[pair.leaving] {
            join(pair.arriving, pair.leaving)
        }
        for pair in pairs {
            if next[pair.arriving] < 0 { surplusEnds.insert(pair.arriving) }
            if !hasPrevious[pair.leaving] { surplusStarts.insert(pair.leaving) }
        }
    }

    /// What meets in a point, clockwise as seen. Where more arrives than leaves, or less, a way that only ends there, or only
    /// starts, has to stand back before one that goes through.
    private func balanced(_ arriving: [Int], _ leaving: [Int]) -> [Meeting] {
        func copies(_ list: [Int]) -> Int { list.reduce(0) { $0 + segments[$1].copies } }
        func thinned(_ list: [Int], _ other: [Int]) -> [Int] {
            var excess = copies(list) - copies(other)
            let kept = list.reversed().filter { segment in
                let goesThrough = other.contains { segments[$0].way == segments[segment].way }
                if goesThrough || excess < segments[segment].copies { return true }
                excess -= segments[segment].copies
                return false
            }
            return kept.reversed()
        }
        let meetings =
            thinned(arriving, leaving).map { Meeting(segment: $0, isArriving: true) }
            + thinned(leaving, arriving).map { Meeting(segment: $0, isArriving: false) }
        guard let first = meetings.first else { return [] }
        let pivot = segments[arriving[0]].to
        let reference = far(first)
        return meetings.sorted { left, right in
            if Turn.comesFirstClockwise(far(left), far(right), around: pivot, from: reference) { return true }
            if Turn.comesFirstClockwise(far(right), far(left), around: pivot, from: reference) { return false }
            return (left.isArriving ? 1 : 0, left.segment) < (right.isArriving ? 1 : 0, right.segment)
        }
    }

    /// The other end of a segment.
    private func far(_ meeting: Meeting) -> WorldPoint {
        meeting.isArriving ? segments[meeting.segment].from : segments[meeting.segment].to
    }

    /// All lines: first the open ones, then the rings, each in the order of its first segment. An open line between two
    /// places where a copy is missing lies within land or within the sea and is left out.
    func lines() -> CoastLines {
        var lines = CoastLines()
        var isUsed = [Bool](repeating: false, count: segments.count)
        for start in segments.indices where !hasPrevious[start] {
            if surplusStarts.contains(start), surplusEnds.contains(last(from: start)) {
                var current = start
                while current >= 0 {
                    isUsed[current] = true
                    current = Int(next[current])
                }
                continue
            }
            walk(start, &isUsed, &lines, isClosed: false)
        }
        for start in segments.indices where !isUsed[start] { walk(start, &isUsed, &lines, isClosed: true) }
        return lines
    }

    private func last(from start: Int) -> Int {
        var current = start
        while next[current] >= 0 { current = Int(next[current]) }
        return current
    }

    private func walk(_ start: Int, _ isUsed: inout [Bool], _ lines: inout CoastLines, isClosed: Bool) {
        var current = start
        while true {
            isUsed[current] = true
            lines.append(segments[current].from, way: segments[current].way)
            let following = Int(next[current])
            if following < 0 || isUsed[following] { break }
            current = following
        }
        if !isClosed { lines.append(segments[current].to, way: segments[current].way) }
        lines.endLine(isClosed: isClosed)
    }
}

/// Directions around a point.
enum Turn {
    /// Whether, turning clockwise as seen (y down) around `pivot` from `back`, `left` is met before `right`.
    static func comesFirstClockwise(
        _ left: WorldPoint, _ right: WorldPoint, around pivot: WorldPoint, from back: WorldPoint
    ) -> Bool {
        let leftHalf = half(left, pivot, back)
        let rightHalf = half(right, pivot, back)
        if leftHalf != rightHalf { return leftHalf < rightHalf }
        return SegmentIntersection.orientation(pivot, left, right) > 0
    }

    /// 0 within the first half turn clockwise from `back`, 1 straight on, 2 within the second, 3 back itself.
    private static func half(_ point: WorldPoint, _ pivot: WorldPoint, _ back: WorldPoint) -> Int {
        let turn = SegmentIntersection.orientation(pivot, back, point)
        if turn != 0 { return turn > 0 ? 0 : 2 }
        let isSameWay =
            (point.wideX - pivot.wideX).signum() == (back.wideX - pivot.wideX).signum()
            && (point.wideY - pivot.wideY).signum() == (back.wideY - pivot.wideY).signum()
        return isSameWay ? 3 : 1
    }
}
