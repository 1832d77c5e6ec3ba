import PlanarGeometry

/// Where two segments share more than rings may.
struct SegmentContact: Sendable {
    enum Kind: UInt8, Sendable {
        /// The same two ends.
        case same
        /// One point inside both.
        case crossing
        /// An end of one inside the other.
        case touching
        /// A stretch of a line.
        case overlapping
    }

    var kind: Kind
    var left: RingSegment
    var right: RingSegment

    /// Where they meet, or where the shared stretch begins; a crossing is rounded to the grid. Ties aside, a contact that is
    /// found from either side has the same place.
    var place: WorldPoint {
        switch kind {
        case .same, .overlapping: return RingSegment.point(max(left.low, right.low))
        case .touching:
            for (end, segment) in [(left.low, right), (left.high, right), (right.low, left), (right.high, left)] {
                let point = RingSegment.point(end)
                if segment.low <= end, end <= segment.high,
                    SegmentIntersection.orientation(segment.first, segment.second, point) == 0
                {
                    return point
                }
            }
            return left.first
        case .crossing: return SegmentContact.crossing(min(left, right), max(left, right))
        }
    }

    private static func crossing(_ left: RingSegment, _ right: RingSegment) -> WorldPoint {
        let (a, b, c, d) = (left.first, left.second, right.first, right.second)
        let (width, height) = (Double(b.wideX - a.wideX), Double(b.wideY - a.wideY))
        let (otherWidth, otherHeight) = (Double(d.wideX - c.wideX), Double(d.wideY - c.wideY))
        let across = width * otherHeight - height * otherWidth
        if across == 0 { return a }
        let along = (Double(c.wideX - a.wideX) * otherHeight - Double(c.wideY - a.wideY) * otherWidth) / across
        func clamped(_ value: Double) -> UInt32 { UInt32(min(max(value + 0.5, 0), Double(UInt32.max))) }
        return WorldPoint(x: clamped(Double(a.x) + along * width), y: clamped(Double(a.y) + along * height))
    }
}

/// Finds all contacts among segments, exactly: segments that follow each other lie together, so boxes around eight of them,
/// four of those and so on rule most pairs out. About linear for the rings people draw; the order of the segments is the
/// caller's, and neighbours in it should lie close together.
struct SegmentContacts {
    /// More contacts than this are not looked for.
    static let limit = 1 << 20
    private static let leafSize = 8
    private static let fanOut = 4

    private(set) var found: [SegmentContact] = []
    /// Two segments that do not follow each other, with the last followed by the first, have a common end.
    private(set) var hasSharedEnds = false
    /// Box and segment tests that were made, for tests of the cost.
    private(set) var testCount = 0

    private let segments: [RingSegment]
    /// Boxes of all levels, leaves first.
    private var boxes: [WorldBox] = []
    private var levelStarts: [Int] = []

    init(_ segments: [RingSegment]) {
        self.segments = segments
        if segments.count < 2 { return }
        makeBoxes()
        let top = levelStarts.count - 1
        visit(level: top, 0)
    }

    private mutating func makeBoxes() {
        var start = 0
        levelStarts.append(0)
        for leaf in stride(from: 0, to: segments.count, by: SegmentContacts.leafSize) {
            var box = WorldBox(segments[leaf].first)
            for index in leaf..<min(leaf + SegmentContacts.leafSize, segments.count) {
                box.extend(by: segments[index].first)
                box.extend(by: segments[index].second)
            }
            boxes.append(box)
        }
        while boxes.count - start > 1 {
            let end = boxes.count
            levelStarts.append(end)
            for child in stride(from: start, to: end, by: SegmentContacts.fanOut) {
                var box = boxes[child]
                for index in child..<min(child + SegmentContacts.fanOut, end) { box.extend(by: boxes[index]) }
                boxes.append(box)
            }
            start = end
        }
    }

    private func children(level: Int, _ number: Int) -> Range<Int> {
        let first = number * SegmentContacts.fanOut
        return first..<min(first + SegmentContacts.fanOut, levelStarts[level] - levelStarts[level - 1])
    }

    private func leafRange(_ number: Int) -> Range<Int> {
        let first = number * SegmentContacts.leafSize
        return first..<min(first + SegmentContacts.leafSize, segments.count)
    }

    /// Pairs within one node.
    private mutating func visit(level: Int, _ number: Int) {
        if level == 0 {
            let range = leafRange(number)
            for left in range { for right in (left + 1)..<max(range.upperBound, left + 1) { test(left, right) } }
            return
        }
        let children = children(level: level, number)
        for left in children {
            visit(level: level - 1, left)
            for right in (left + 1)..<max(children.upperBound, left + 1) { visit(level: level - 1, left, right) }
        }
    }

    /// Pairs of one node with another of the same level.
    private mutating func visit(level: Int, _ left: Int, _ right: Int) {
        testCount += 1
        let (leftBox, rightBox) = (boxes[levelStarts[level] + left], boxes[levelStarts[level] + right])
        guard leftBox.intersects(rightBox), found.count < SegmentContacts.limit else { return }
        if level == 0 {
            // Of leaves that follow each other only the segments at their seam are near each other.
            var near: UInt8 = 0
            let others = leafRange(right)
            for other in others where leftBox.intersects(box(segments[other])) {
                near |= 1 << (other - others.lowerBound)
            }
            if near == 0 { return }
            for index in leafRange(left) where rightBox.intersects(box(segments[index])) {
                for other in others where near & 1 << (other - others.lowerBound) != 0 { test(index, other) }
            }
            return
        }
        let others = children(level: level, right)
        for child in children(level: level, left) {
            for other in others { visit(level: level - 1, child, other) }
        }
    }

    @inline(__always)
    private func box(_ segment: RingSegment) -> WorldBox {
        let (first, second) = (segment.first, segment.second)
        return WorldBox(
            minX: first.x, minY: min(first.y, second.y), maxX: second.x, maxY: max(first.y, second.y))
    }

    @inline(__always)
    private mutating func test(_ leftIndex: Int, _ rightIndex: Int) {
        testCount += 1
        let (left, right) = (segments[leftIndex], segments[rightIndex])
        // Ends ascend by x, so the upper halves are the boxes' sides.
        if left.low >> 32 > right.high >> 32 || right.low >> 32 > left.high >> 32 { return }
        let (a, b, c, d) = (left.first, left.second, right.first, right.second)
        if min(a.y, b.y) > max(c.y, d.y) || min(c.y, d.y) > max(a.y, b.y) { return }
        guard let kind = kind(left, right, leftIndex, rightIndex) else { return }
        if found.count < SegmentContacts.limit { found.append(SegmentContact(kind: kind, left: left, right: right)) }
    }

    private mutating func kind(
        _ left: RingSegment, _ right: RingSegment, _ leftIndex: Int, _ rightIndex: Int
    ) -> SegmentContact.Kind? {
        if left == right { return .same }
        let shared: UInt64? =
            left.low == right.low || left.low == right.high
            ? left.low : left.high == right.low || left.high == right.high ? left.high : nil
        guard let shared else {
            switch SegmentIntersection.relation(left.first, left.second, right.first, right.second) {
            case .disjoint: return nil
            case .crossing: return .crossing
            case .touching: return .touching
            case .overlapping: return .overlapping
            }
        }
        if rightIndex - leftIndex != 1, leftIndex != 0 || rightIndex != segments.count - 1 { hasSharedEnds = true }
        // With a common end, more is shared only when one runs along the other.
        let pivot = RingSegment.point(shared)
        let leftEnd = RingSegment.point(left.low == shared ? left.high : left.low)
        let rightEnd = RingSegment.point(right.low == shared ? right.high : right.low)
        guard SegmentIntersection.orientation(pivot, leftEnd, rightEnd) == 0 else { return nil }
        let isAlong =
            (leftEnd.wideX - pivot.wideX).signum() == (rightEnd.wideX - pivot.wideX).signum()
            && (leftEnd.wideY - pivot.wideY).signum() == (rightEnd.wideY - pivot.wideY).signum()
        return isAlong ? .overlapping : nil
    }
}
