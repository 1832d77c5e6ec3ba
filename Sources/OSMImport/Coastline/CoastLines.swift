import PlanarGeometry

/// Lines of coast, flat, each running with the land on its left.
struct CoastLines {
    private(set) var points: [WorldPoint] = []
    /// For each point the way of the segment that starts there; at the end of an open line that of the one before.
    private(set) var ways: [Int64] = []
    private(set) var ends: [Int] = []
    /// A closed line does not repeat its first point.
    private(set) var isClosed: [Bool] = []

    var count: Int { ends.count }

    func range(_ line: Int) -> Range<Int> { (line == 0 ? 0 : ends[line - 1])..<ends[line] }

    func first(_ line: Int) -> WorldPoint { points[range(line).lowerBound] }

    func last(_ line: Int) -> WorldPoint { points[ends[line] - 1] }

    /// Adds a point to the line that is being built, unless it repeats the one before.
    mutating func append(_ point: WorldPoint, way: Int64) {
        if points.count > (ends.last ?? 0), points[points.count - 1] == point {
            ways[points.count - 1] = way
            return
        }
        points.append(point)
        ways.append(way)
    }

    /// Ends the line that is being built. One without two points, or closed without three, is taken back.
    @discardableResult
    mutating func endLine(isClosed closed: Bool) -> Bool {
        let start = ends.last ?? 0
        if closed, points.count - start > 1, points[start] == points[points.count - 1] {
            points.removeLast()
            ways.removeLast()
        }
        guard points.count - start >= (closed ? 3 : 2) else {
            points.removeLast(points.count - start)
            ways.removeLast(ways.count - start)
            return false
        }
        ends.append(points.count)
        isClosed.append(closed)
        return true
    }

    /// Length of a line as the sum of its segments' extents.
    func extent(_ line: Int) -> Int64 {
        let range = range(line)
        var sum: Int64 = 0
        for index in range.dropFirst() { sum += CoastLines.extent(points[index - 1], points[index]) }
        if isClosed[line] { sum += CoastLines.extent(points[range.upperBound - 1], points[range.lowerBound]) }
        return sum
    }

    static func extent(_ a: WorldPoint, _ b: WorldPoint) -> Int64 {
        max(abs(b.wideX - a.wideX), abs(b.wideY - a.wideY))
    }
}
