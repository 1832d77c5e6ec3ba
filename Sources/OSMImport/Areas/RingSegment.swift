import PlanarGeometry

/// A segment of a member way, without direction.
struct RingSegment: Comparable, Sendable {
    /// The smaller end, by x, then y: x in the upper half.
    var low: UInt64
    var high: UInt64
    /// Number of the way in the order in which ways were added. Takes no part in comparisons.
    var way: Int32

    /// Ends differ.
    init(_ a: WorldPoint, _ b: WorldPoint, way: Int32 = 0) {
        let (first, second) = (RingSegment.key(a), RingSegment.key(b))
        low = min(first, second)
        high = max(first, second)
        self.way = way
    }

    var first: WorldPoint { RingSegment.point(low) }
    var second: WorldPoint { RingSegment.point(high) }

    @inline(__always)
    static func key(_ point: WorldPoint) -> UInt64 { UInt64(point.x) << 32 | UInt64(point.y) }

    @inline(__always)
    static func point(_ key: UInt64) -> WorldPoint {
        WorldPoint(x: UInt32(truncatingIfNeeded: key >> 32), y: UInt32(truncatingIfNeeded: key))
    }

    @inline(__always)
    static func < (left: RingSegment, right: RingSegment) -> Bool {
        left.low == right.low ? left.high < right.high : left.low < right.low
    }

    @inline(__always)
    static func == (left: RingSegment, right: RingSegment) -> Bool { left.low == right.low && left.high == right.high }
}

extension [RingSegment] {
    /// Index of the first segment that is not less; the array ascends.
    func lowerBound(_ segment: RingSegment) -> Int { indices.partitioningIndex { !(self[$0] < segment) } }

    /// Whether an ascending array has this segment, of whatever way.
    func containsSorted(_ segment: RingSegment) -> Bool {
        let index = lowerBound(segment)
        return index < count && self[index] == segment
    }

    /// An ascending array without pairs of equal segments: of three, one stays.
    func cancellingPairs() -> [RingSegment] {
        var kept: [RingSegment] = []
        kept.reserveCapacity(count)
        for segment in self {
            if kept.last == segment { kept.removeLast() } else { kept.append(segment) }
        }
        return kept
    }

    /// An ascending array with one of each group of equal segments.
    func countedOnce() -> [RingSegment] {
        var kept: [RingSegment] = []
        for segment in self where kept.last != segment { kept.append(segment) }
        return kept
    }
}
