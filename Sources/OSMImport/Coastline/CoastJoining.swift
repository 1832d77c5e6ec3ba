import PlanarGeometry

/// Joins segments end to start where they meet in a point, whatever the ids of the nodes there; never end to end, which would
/// put the water on the other side. n log n.
struct CoastJoining {
    private let segments: [CoastSegment]
    /// For each segment the one that goes on from its end, or -1.
    private var next: [Int32]
    private var hasPrevious: [Bool]

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
            match(ending[end..<endLimit].map { Int($0.segment) }, starting[start..<startLimit].map { Int($0.segment) })
            start = startLimit
            end = endLimit
        }
    }

    /// Where several lines meet, each goes on along the edge of the same piece of land: the first segment clockwise from the
    /// way back.
    private mutating func match(_ arriving: [Int], _ leaving: [Int]) {
        var free = leaving
        for segment in arriving where !free.isEmpty {
            var best = 0
            for candidate in free.indices.dropFirst() {
                let pivot = segments[segment].to
                let isFirst = Turn.comesFirstClockwise(
                    segments[free[candidate]].to, segments[free[best]].to, around: pivot, from: segments[segment].from)
                if isFirst { best = candidate }
            }
            next[segment] = Int32(free[best])
            hasPrevious[free[best]] = true
            free.remove(at: best)
        }
    }

    /// All lines: first the open ones, then the rings, each in the order of its first segment.
    func lines() -> CoastLines {
        var lines = CoastLines()
        var isUsed = [Bool](repeating: false, count: segments.count)
        for start in segments.indices where !hasPrevious[start] { walk(start, &isUsed, &lines, isClosed: false) }
        for start in segments.indices where !isUsed[start] { walk(start, &isUsed, &lines, isClosed: true) }
        return lines
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
