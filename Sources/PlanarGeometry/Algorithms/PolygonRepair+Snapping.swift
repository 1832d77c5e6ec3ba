/// Step 3 of `PolygonRepair`: snap rounding. Every vertex and every crossing makes the unit square around its nearest
/// grid point hot, and an edge is led through the middle of each hot square that it passes, in order. The pieces meet
/// in their ends only (Guibas and Marimont 1998).
extension PolygonRepairScratch {
    /// False if there are too many crossings.
    mutating func makeFragments() -> Bool {
        hotPixels.removeAll(keepingCapacity: true)
        guard collectCrossings() else { return false }
        hasCrossings = !hotPixels.isEmpty
        for ring in rings {
            for index in ring.start..<ring.end { hotPixels.append(PolygonRepairScratch.gridKey(points[index])) }
        }
        hotPixels.sort()
        removeRepeatedPixels()
        fragments.removeAll(keepingCapacity: true)
        for index in edges.indices { appendFragments(of: edges[index]) }
        return true
    }

    private mutating func removeRepeatedPixels() {
        var kept = 1
        for index in 1..<hotPixels.count where hotPixels[index] != hotPixels[kept &- 1] {
            hotPixels[kept] = hotPixels[index]
            kept &+= 1
        }
        hotPixels.removeLast(hotPixels.count - kept)
    }

    private mutating func appendFragments(of edge: Edge) {
        collectPassedPixels(edge)
        let from = PolygonRepairScratch.gridKey(edge.a)
        let to = PolygonRepairScratch.gridKey(edge.b)
        var previous = from
        // An edge runs one way in x and one way in y, and so do the squares it passes: their order is by the sum of
        // both distances from its start.
        if passedPixels.count > 1 { passedPixels.sort() }
        for pixel in passedPixels {
            let key = UInt32(truncatingIfNeeded: pixel)
            appendFragment(previous, key, edge.ring)
            previous = key
        }
        appendFragment(previous, to, edge.ring)
    }

    private mutating func appendFragment(_ from: UInt32, _ to: UInt32, _ ring: Int32) {
        let isRising = from < to
        let ends = isRising ? UInt64(from) &<< 32 | UInt64(to) : UInt64(to) &<< 32 | UInt64(from)
        fragments.append(Fragment(ends: ends, ring: ring, direction: isRising ? 1 : -1))
    }

    /// The hot squares between the ends of an edge, each with its distance from the start in the upper half.
    private mutating func collectPassedPixels(_ edge: Edge) {
        passedPixels.removeAll(keepingCapacity: true)
        let (a, b) = (edge.a, edge.b)
        let (low, high) = (min(a.y, b.y), max(a.y, b.y))
        let last = PolygonRepairScratch.gridKey(TilePoint(x: max(a.x, b.x), y: high))
        var index = firstPixel(from: PolygonRepairScratch.gridKey(TilePoint(x: min(a.x, b.x), y: low)))
        while index < hotPixels.count, hotPixels[index] <= last {
            let center = PolygonRepairScratch.gridPoint(hotPixels[index])
            if center.y >= low, center.y <= high, center != a, center != b, isOnWay(edge, center) {
                let distance = (center.x &- a.x).magnitude &+ (center.y &- a.y).magnitude
                passedPixels.append(UInt64(distance) &<< 32 | UInt64(hotPixels[index]))
            }
            index &+= 1
        }
    }

    /// Without crossings nothing has to be rounded: an edge is cut at the vertices exactly on it, and nothing moves.
    @inline(__always)
    private func isOnWay(_ edge: Edge, _ center: TilePoint) -> Bool {
        hasCrossings ? passes(edge, center) : PolygonRepairScratch.cross(edge.a, edge.b, center) == 0
    }

    private func firstPixel(from key: UInt32) -> Int {
        var low = 0
        var high = hotPixels.count
        while low < high {
            let middle = (low &+ high) / 2
            if hotPixels[middle] < key { low = middle &+ 1 } else { high = middle }
        }
        return low
    }

    /// Whether an edge meets the half-open unit square around a grid point inside the edge's box.
    ///
    /// Separating axes again: the boxes meet, so what remains is whether the two corners farthest from the edge's line
    /// lie on both sides of it. Of the corners only the one of smallest x and y belongs to the square; the line has to
    /// pass strictly inside the others.
    @inline(__always)
    private func passes(_ edge: Edge, _ center: TilePoint) -> Bool {
        let isForward = edge.a.x < edge.b.x
        let (p, q) = isForward ? (edge.a, edge.b) : (edge.b, edge.a)
        let deltaX = Int64(q.x &- p.x)
        let deltaY = Int64(q.y &- p.y)
        if deltaX == 0 || deltaY == 0 { return true }
        // Twice the side of the centre; a corner is half a unit away in both directions.
        let side = 2 &* (deltaX &* Int64(center.y &- p.y) &- deltaY &* Int64(center.x &- p.x))
        if deltaY > 0 {
            // Corners (min x, max y) and (max x, min y).
            return side &+ deltaX &+ deltaY > 0 && side &- deltaX &- deltaY < 0
        }
        // Corners (max x, max y) and (min x, min y).
        return side &+ deltaX &- deltaY > 0 && side &- deltaX &+ deltaY <= 0
    }
}
