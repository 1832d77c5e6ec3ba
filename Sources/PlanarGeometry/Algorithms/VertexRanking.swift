/// Ranks of vertices (`VertexRank`) for all zooms in one go: the tree of Douglas and Peucker (1973) down to the finest
/// tolerance, each vertex with the greatest tolerance that still keeps it and all vertices above it in the tree. The vertices
/// up to a rank are those that the textbook's recursion keeps at that rank's tolerance.
///
/// Distances are to the segment, not to its line. The same line gets the same ranks in either direction, and the same ring
/// from any start: both are turned into one order first, in which the first of equally far vertices counts. Cost
/// n log n as a rule, n^2 at worst. A value of this type is memory that is reused.
public struct VertexRanking: Sendable {
    /// Where a vertex lies from the first one, in grid units, exact.
    private var x: [Double] = []
    private var y: [Double] = []
    private var ranks: [UInt8] = []
    /// Stretches whose inner vertices have no rank yet, with the rank of the vertex above them.
    private var stretches: [(low: Int, high: Int, rank: UInt8)] = []
    /// Places where a ring visits its smallest point.
    private var starts: [Int] = []

    public init() {}

    /// Appends the rank of each vertex of a line; its ends are always kept.
    public mutating func appendLine(_ points: [WorldPoint], _ range: Range<Int>, to output: inout [UInt8]) {
        if range.count <= 2 {
            output.append(contentsOf: repeatElement(VertexRank.always, count: range.count))
            return
        }
        var low = range.lowerBound
        var high = range.upperBound - 1
        while low < high, points[low] == points[high] {
            low += 1
            high -= 1
        }
        let isReversed = isBefore(points[high], points[low])
        load(points, from: isReversed ? range.upperBound - 1 : range.lowerBound, step: isReversed ? -1 : 1, in: range)
        rankLoaded()
        if isReversed { output.append(contentsOf: ranks.reversed()) } else { output.append(contentsOf: ranks) }
    }

    /// Appends the rank of each vertex of a ring, whose first point is not repeated. The smallest point (by x, then y) is
    /// always kept.
    public mutating func appendRing(_ points: [WorldPoint], _ range: Range<Int>, to output: inout [UInt8]) {
        if range.isEmpty { return }
        let (start, step) = canonicalStart(points, range)
        load(points, from: start, step: step, in: range)
        x.append(0)
        y.append(0)
        rankLoaded()
        let base = output.count
        output.append(contentsOf: repeatElement(VertexRank.always, count: range.count))
        var place = start - range.lowerBound
        for index in 0..<range.count {
            output[base &+ place] = ranks[index]
            place &+= step
            if place >= range.count { place = 0 } else if place < 0 { place = range.count &- 1 }
        }
    }

    /// Loads a part from a vertex on, around its end, relative to that vertex.
    private mutating func load(_ points: [WorldPoint], from start: Int, step: Int, in range: Range<Int>) {
        x.removeAll(keepingCapacity: true)
        y.removeAll(keepingCapacity: true)
        let originX = Int64(points[start].x)
        let originY = Int64(points[start].y)
        var index = start
        for _ in 0..<range.count {
            x.append(Double(Int64(points[index].x) &- originX))
            y.append(Double(Int64(points[index].y) &- originY))
            index &+= step
            if index >= range.upperBound {
                index = range.lowerBound
            } else if index < range.lowerBound {
                index = range.upperBound &- 1
            }
        }
    }

    /// Fills `ranks` for what is loaded.
    private mutating func rankLoaded() {
        ranks.removeAll(keepingCapacity: true)
        ranks.append(contentsOf: repeatElement(VertexRank.finest, count: x.count))
        ranks[0] = VertexRank.always
        ranks[x.count - 1] = VertexRank.always
        stretches.removeAll(keepingCapacity: true)
        stretches.append((0, x.count - 1, VertexRank.always))
        while let stretch = stretches.popLast() {
            if stretch.high &- stretch.low < 2 { continue }
            let (vertex, distance, scale) = farthest(stretch.low, stretch.high)
            var rank = stretch.rank
            while rank < VertexRank.finest {
                let tolerance = Double(VertexRank.tolerance(rank))
                if distance > tolerance * tolerance * scale { break }
                rank &+= 1
            }
            // Everything in between is as near or nearer.
            if rank == VertexRank.finest { continue }
            ranks[vertex] = rank
            stretches.append((stretch.low, vertex, rank))
            stretches.append((vertex, stretch.high, rank))
        }
    }

    /// The first inner vertex farthest from the segment between the ends of a stretch, with its squared distance times `scale`.
    private func farthest(_ low: Int, _ high: Int) -> (vertex: Int, distance: Double, scale: Double) {
        let startX = x[low]
        let startY = y[low]
        let deltaX = x[high] - startX
        let deltaY = y[high] - startY
        let length = deltaX * deltaX + deltaY * deltaY
        let scale = max(length, 1)
        var vertex = low &+ 1
        var greatest = -1.0
        for index in (low &+ 1)..<high {
            let fromX = x[index] - startX
            let fromY = y[index] - startY
            let along = deltaX * fromX + deltaY * fromY
            var distance: Double
            if along <= 0 {
                distance = (fromX * fromX + fromY * fromY) * scale
            } else if along >= length {
                let beyondX = fromX - deltaX
                let beyondY = fromY - deltaY
                distance = (beyondX * beyondX + beyondY * beyondY) * scale
            } else {
                let across = deltaX * fromY - deltaY * fromX
                distance = across * across
            }
            if distance > greatest {
                greatest = distance
                vertex = index
            }
        }
        return (vertex, greatest, scale)
    }

    /// Where the ring's smallest point is, and the direction whose sequence of points is smaller.
    private mutating func canonicalStart(_ points: [WorldPoint], _ range: Range<Int>) -> (start: Int, step: Int) {
        let count = range.count
        starts.removeAll(keepingCapacity: true)
        var smallest = points[range.lowerBound]
        for index in range {
            if isBefore(points[index], smallest) {
                smallest = points[index]
                starts.removeAll(keepingCapacity: true)
            }
            if points[index] == smallest { starts.append(index &- range.lowerBound) }
        }
        @inline(__always)
        func point(_ start: Int, _ step: Int, _ offset: Int) -> WorldPoint {
            var index = start &+ step &* offset
            if index >= count { index &-= count } else if index < 0 { index &+= count }
            return points[range.lowerBound &+ index]
        }
        var (start, step) = (starts[0], 1)
        // A ring rarely passes its smallest point twice; two readings rarely agree for long.
        for candidate in starts.prefix(64) {
            for direction in [1, -1] where candidate != start || direction != step {
                for offset in 1..<max(count, 1) {
                    let mine = point(start, step, offset)
                    let other = point(candidate, direction, offset)
                    if mine == other { continue }
                    if isBefore(other, mine) { (start, step) = (candidate, direction) }
                    break
                }
            }
        }
        return (range.lowerBound + start, step)
    }

    /// Order by x, then y.
    @inline(__always)
    private func isBefore(_ a: WorldPoint, _ b: WorldPoint) -> Bool { a.x != b.x ? a.x < b.x : a.y < b.y }
}
