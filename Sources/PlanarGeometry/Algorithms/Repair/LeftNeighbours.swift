/// For points, the nearest segment to their left on their row.
///
/// Whoever knows it knows which face of a plane cut up by rings a point lies in: the one on the right of that segment.
/// Segments must not cross or overlap; they may share ends.
///
/// **Cost.** A binary search for each segment, and one comparison for each point on a row that it spans.
struct LeftNeighbours<Grid: RepairGrid>: Sendable {
    private struct Query: Sendable {
        var point: Grid.Point
        var number: Int32
        /// Segments of the same group are not seen.
        var group: Int32
        /// The nearest segment so far, -1 without one, and its ends of smaller and larger y.
        var segment: Int32
        var low: Grid.Point
        var high: Grid.Point
    }

    private var queries: [Query] = []
    /// Where queries are: their rows, and the largest x.
    private var firstRow = Int64.max
    private var lastRow = Int64.min
    private var lastColumn = Int64.min
    /// For each query, by the order in which they were added, the number of the segment; -1 without one.
    private(set) var found: [Int32] = []

    init() {}

    mutating func removeAll() {
        queries.removeAll(keepingCapacity: true)
        (firstRow, lastRow, lastColumn) = (.max, .min, .min)
    }

    /// Must come before all segments.
    mutating func addQuery(at point: Grid.Point, group: Int) {
        firstRow = min(firstRow, point.wideY)
        lastRow = max(lastRow, point.wideY)
        lastColumn = max(lastColumn, point.wideX)
        queries.append(
            Query(
                point: point, number: Int32(truncatingIfNeeded: queries.count),
                group: Int32(truncatingIfNeeded: group), segment: -1, low: point, high: point))
    }

    mutating func endQueries() {
        queries.sort { ($0.point.wideY, $0.number) < ($1.point.wideY, $1.number) }
    }

    /// A segment that ends on a point's row counts as if the row lay a little further along y, so that of two segments
    /// that go on from one another exactly one is met.
    @inline(__always)
    mutating func addSegment(_ a: Grid.Point, _ b: Grid.Point, number: Int, group: Int) {
        guard isBesideSome(a, b) else { return }
        if a.wideY < b.wideY { offer(a, b, number, group) } else { offer(b, a, number, group) }
    }

    /// Whether a segment could be the answer to some query, by the box around all queries.
    @inline(__always)
    func isBesideSome(_ a: Grid.Point, _ b: Grid.Point) -> Bool {
        min(a.wideY, b.wideY) <= lastRow && max(a.wideY, b.wideY) > firstRow && min(a.wideX, b.wideX) < lastColumn
    }

    private mutating func offer(_ low: Grid.Point, _ high: Grid.Point, _ number: Int, _ group: Int) {
        var first = 0
        var end = queries.count
        while first < end {
            let middle = (first &+ end) / 2
            if queries[middle].point.wideY < low.wideY { first = middle &+ 1 } else { end = middle }
        }
        while first < queries.count, queries[first].point.wideY < high.wideY {
            offer(low, high, number, group, to: first)
            first &+= 1
        }
    }

    private mutating func offer(
        _ low: Grid.Point, _ high: Grid.Point, _ number: Int, _ group: Int, to index: Int
    ) {
        let query = queries[index]
        guard Int(query.group) != group, min(low.wideX, high.wideX) < query.point.wideX,
            Grid.cross(low, high, query.point) < 0,
            query.segment < 0 || isRight(low, high, of: query.low, query.high)
        else { return }
        queries[index].segment = Int32(truncatingIfNeeded: number)
        queries[index].low = low
        queries[index].high = high
    }

    /// For two segments that span a common row; neither crosses the other's line within it.
    private func isRight(
        _ low: Grid.Point, _ high: Grid.Point, of otherLow: Grid.Point, _ otherHigh: Grid.Point
    ) -> Bool {
        if low.wideY >= otherLow.wideY {
            let side = Grid.cross(otherLow, otherHigh, low)
            return side != 0 ? side < 0 : Grid.cross(otherLow, otherHigh, high) < 0
        }
        let side = Grid.cross(low, high, otherLow)
        return side != 0 ? side > 0 : Grid.cross(low, high, otherHigh) > 0
    }

    mutating func endSegments() {
        found.removeAll(keepingCapacity: true)
        found.append(contentsOf: repeatElement(-1, count: queries.count))
        for query in queries { found[Int(query.number)] = query.segment }
    }
}
