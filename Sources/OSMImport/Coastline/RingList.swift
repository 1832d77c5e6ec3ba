import PlanarGeometry

/// Rings on the world grid, flat; the first point of a ring is not repeated. As an area: one exterior and its holes.
struct RingList: Sendable {
    private(set) var points: [WorldPoint] = []
    private(set) var ends: [Int] = []

    var count: Int { ends.count }
    var isEmpty: Bool { ends.isEmpty }

    func range(_ ring: Int) -> Range<Int> { (ring == 0 ? 0 : ends[ring - 1])..<ends[ring] }

    /// Without repeated points; a ring without area is left out.
    mutating func add(_ ring: some Sequence<WorldPoint>) {
        let start = points.count
        for point in ring where points.count == start || points[points.count - 1] != point { points.append(point) }
        while points.count - start > 1, points[points.count - 1] == points[start] { points.removeLast() }
        if points.count - start < 3 || RingArea.doubled(points, start..<points.count) == 0 {
            points.removeLast(points.count - start)
        } else {
            ends.append(points.count)
        }
    }

    var box: WorldBox? { WorldBox(around: points) }

    /// Twice the area, holes taken off when they run the other way round.
    var doubledArea: Int128 { ends.indices.reduce(0) { $0 + RingArea.doubled(points, range($1)) } }

    func mapped(_ transform: (WorldPoint) -> WorldPoint) -> RingList {
        var result = RingList()
        for ring in ends.indices { result.add(points[range(ring)].lazy.map(transform)) }
        return result
    }

    /// The rings inside a box. A ring that comes back into the box has doubled edges along the box between its visits, as
    /// after `Clipping.clipRings`. Linear in the number of points.
    ///
    /// After Sutherland and Hodgman 1974, with the point on an edge computed from the segment's ends in an order of their
    /// own, so that two boxes that share an edge get the same one.
    func clipped(to box: WorldBox) -> RingList {
        var result = RingList()
        var strip: [WorldPoint] = []
        var cut: [WorldPoint] = []
        for ring in ends.indices {
            let range = range(ring)
            guard let bounds = WorldBox(around: points[range]), bounds.intersects(box) else { continue }
            if box.contains(bounds) {
                result.add(points[range])
                continue
            }
            strip.removeAll(keepingCapacity: true)
            RingList.cut(points[range], from: box.minX, to: box.maxX, alongX: true, into: &strip)
            cut.removeAll(keepingCapacity: true)
            RingList.cut(strip[...], from: box.minY, to: box.maxY, alongX: false, into: &cut)
            result.add(cut)
        }
        return result
    }

    private static func cut(
        _ ring: ArraySlice<WorldPoint>, from low: UInt32, to high: UInt32, alongX: Bool,
        into output: inout [WorldPoint]
    ) {
        guard var previous = ring.last else { return }
        for current in ring {
            let from = alongX ? previous.x : previous.y
            let to = alongX ? current.x : current.y
            if from < low, to > low { output.append(crossing(previous, current, at: low, alongX)) }
            if from > high, to < high { output.append(crossing(previous, current, at: high, alongX)) }
            if to >= low, to <= high {
                output.append(current)
            } else if to > high, from < high {
                output.append(crossing(previous, current, at: high, alongX))
            } else if to < low, from > low {
                output.append(crossing(previous, current, at: low, alongX))
            }
            previous = current
        }
    }

    /// Where a segment meets the line x = `position` (or y), which lies strictly between its ends; to the nearest unit.
    private static func crossing(_ a: WorldPoint, _ b: WorldPoint, at position: UInt32, _ alongX: Bool) -> WorldPoint {
        let isOrdered = alongX ? a.x < b.x : a.y < b.y
        let (p, q) = isOrdered ? (a, b) : (b, a)
        let (start, length, part, whole) =
            alongX
            ? (p.wideY, q.wideY - p.wideY, Int64(position) - p.wideX, q.wideX - p.wideX)
            : (p.wideX, q.wideX - p.wideX, Int64(position) - p.wideY, q.wideY - p.wideY)
        let value = UInt32(start + ExactFraction.rounded(Int128(length) * Int128(part), Int128(whole)))
        return alongX ? WorldPoint(x: position, y: value) : WorldPoint(x: value, y: position)
    }
}

/// A fraction of integers with a positive denominator, compared exactly.
struct ExactFraction: Comparable {
    var numerator: Int128
    var denominator: Int128

    init(_ numerator: Int128, _ denominator: Int128) {
        self.numerator = denominator < 0 ? -numerator : numerator
        self.denominator = denominator < 0 ? -denominator : denominator
    }

    static func < (left: ExactFraction, right: ExactFraction) -> Bool {
        let a = left.numerator.multipliedFullWidth(by: right.denominator)
        let b = right.numerator.multipliedFullWidth(by: left.denominator)
        return (a.high, a.low) < (b.high, b.low)
    }

    static func == (left: ExactFraction, right: ExactFraction) -> Bool {
        let a = left.numerator.multipliedFullWidth(by: right.denominator)
        let b = right.numerator.multipliedFullWidth(by: left.denominator)
        return a.high == b.high && a.low == b.low
    }

    /// The nearest integer, halves up; the denominator is positive.
    static func rounded(_ numerator: Int128, _ denominator: Int128) -> Int64 {
        let doubled = 2 * numerator + denominator
        var quotient = doubled / (2 * denominator)
        if doubled % (2 * denominator) < 0 { quotient -= 1 }
        return Int64(quotient)
    }
}
