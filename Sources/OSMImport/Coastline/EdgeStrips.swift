import PlanarGeometry

/// Segments by vertical strips of the plane, so that a question about a column meets only those of one strip. Edges keep
/// their numbers.
struct EdgeStrips {
    /// A segment from west to east, or from north to south.
    struct Edge {
        var west: WorldPoint
        var east: WorldPoint
        /// Whether it was given from east to west.
        var isReversed: Bool

        init(_ from: WorldPoint, _ to: WorldPoint) {
            isReversed = (from.x, from.y) > (to.x, to.y)
            west = isReversed ? to : from
            east = isReversed ? from : to
        }
    }

    let edges: [Edge]
    private let left: UInt32
    private let right: UInt32
    private let width: UInt64
    /// Where each strip starts in `numbers`, and one more at the end.
    private let starts: [Int]
    private let numbers: [Int32]

    /// Strips are made wider until there are four entries an edge at most. n log n.
    init(_ edges: [Edge]) {
        self.edges = edges
        let left = edges.reduce(UInt32.max) { min($0, $1.west.x) }
        let right = edges.reduce(0) { max($0, $1.east.x) }
        self.left = left
        self.right = right
        let span = edges.isEmpty ? 1 : UInt64(right - left) + 1
        var count = UInt64(max(1, min(edges.count / 4, 1 << 16)))
        var width = (span + count - 1) / count
        func strips(_ edge: Edge) -> ClosedRange<Int> {
            Int(UInt64(edge.west.x - left) / width)...Int(UInt64(edge.east.x - left) / width)
        }
        while count > 1, edges.reduce(0, { $0 + strips($1).count }) > 4 * edges.count {
            count /= 2
            width = (span + count - 1) / count
        }
        self.width = width
        var starts = [Int](repeating: 0, count: Int(count) + 1)
        for edge in edges { for strip in strips(edge) { starts[strip + 1] += 1 } }
        for strip in 0..<Int(count) { starts[strip + 1] += starts[strip] }
        var numbers = [Int32](repeating: 0, count: starts[Int(count)])
        var next = starts
        for (number, edge) in edges.enumerated() {
            for strip in strips(edge) {
                numbers[next[strip]] = Int32(number)
                next[strip] += 1
            }
        }
        self.starts = starts
        self.numbers = numbers
    }

    var stripCount: Int { starts.count - 1 }

    func edges(inStrip strip: Int) -> ArraySlice<Int32> { numbers[starts[strip]..<starts[strip + 1]] }

    /// Calls `body` for every edge that may span the column.
    func forEachEdge(atX x: UInt32, _ body: (Int) -> Void) {
        if edges.isEmpty || x < left || x > right { return }
        for number in edges(inStrip: Int(UInt64(x - left) / width)) { body(Int(number)) }
    }

    /// Every edge that may reach into these columns, each once, ascending.
    func edges(fromX low: UInt32, toX high: UInt32) -> [Int] {
        if edges.isEmpty || high < left || low > right { return [] }
        let first = Int(UInt64(max(low, left) - left) / width)
        let last = Int(UInt64(min(high, right) - left) / width)
        var found: [Int] = []
        for strip in first...last { for number in edges(inStrip: strip) { found.append(Int(number)) } }
        if first == last { return found }
        found.sort()
        var previous = -1
        return found.filter { number in
            defer { previous = number }
            return number != previous
        }
    }
}
