/// Step 3: snap rounding. Every vertex and every crossing makes the unit square around its nearest grid point hot, and
/// an edge is led through the middle of each hot square that it passes, in order. The pieces meet in their ends only
/// (Guibas and Marimont 1998).
extension RingRepair {
    /// More pieces than this, not counting one for each edge, are refused: a bound for memory, beside that of crossings.
    private static var passageLimit: Int { 4 * PolygonRepair.crossingLimit }

    /// False if there are too many crossings.
    mutating func makeFragments() -> Bool {
        hotPixels.removeAll(keepingCapacity: true)
        guard collectCrossings() else { return false }
        hasCrossings = !hotPixels.isEmpty
        for ring in rings {
            for index in ring.start..<ring.end { hotPixels.append(Grid.key(points[index])) }
        }
        hotPixels.sort()
        removeRepeatedPixels()
        fragments.removeAll(keepingCapacity: true)
        let limit = edges.count + Self.passageLimit
        // Each edge looks at all hot pixels in its range of x. Where these are too many, a sweep finds those in its box.
        var number = 0
        var allowance = 1 << 16
        while number < edges.count, allowance > 0 {
            allowance &+= 256 &- collectPassedPixels(edges[number])
            appendFragments(of: edges[number])
            if fragments.count > limit { return false }
            number &+= 1
        }
        return number == edges.count || sweepPassedPixels(from: number, limit: limit)
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
        // An edge runs one way in x and one way in y, and so do the squares it passes: their order is by the sum of
        // both distances from its start.
        if passedPixels.count > 1 { passedPixels.sort() }
        var previous = Grid.key(edge.a)
        for pixel in passedPixels {
            let key = Grid.lower(pixel)
            appendFragment(previous, key, edge.ring)
            previous = key
        }
        appendFragment(previous, Grid.key(edge.b), edge.ring)
    }

    private mutating func appendFragment(_ from: Grid.Key, _ to: Grid.Key, _ ring: Int32) {
        let isRising = from < to
        fragments.append(
            Fragment(
                ends: isRising ? Grid.pair(from, to) : Grid.pair(to, from), ring: ring, direction: isRising ? 1 : -1))
    }

    /// The hot squares between the ends of an edge, each with its distance from the start in the upper half. Returns
    /// how many were looked at.
    private mutating func collectPassedPixels(_ edge: Edge) -> Int {
        passedPixels.removeAll(keepingCapacity: true)
        let (a, b) = (edge.a, edge.b)
        let (north, south) = a.wideY < b.wideY ? (a, b) : (b, a)
        let (west, east) = a.wideX < b.wideX ? (a, b) : (b, a)
        let (northRow, southRow) = (Grid.row(Grid.key(north)), Grid.row(Grid.key(south)))
        let last = Grid.key(xOf: east, yOf: south)
        let first = firstPixel(from: Grid.key(xOf: west, yOf: north))
        var index = first
        while index < hotPixels.count, hotPixels[index] <= last {
            let pixel = hotPixels[index]
            if Grid.row(pixel) >= northRow, Grid.row(pixel) <= southRow {
                let center = Grid.point(pixel)
                if center != a, center != b, Self.isOnWay(edge, center, hasCrossings) {
                    passedPixels.append(Self.place(of: pixel, on: edge))
                }
            }
            index &+= 1
        }
        return index &- first
    }

    /// The same for all edges from one on, at the cost of a sweep over edges and pixels.
    private mutating func sweepPassedPixels(from start: Int, limit: Int) -> Bool {
        sweep.removeAll()
        let (edges, hotPixels, hasCrossings) = (edges, hotPixels, hasCrossings)
        sweep.append(start..<edges.count) { (edges[$0].a, edges[$0].b) }
        sweep.append(edges.count..<edges.count + hotPixels.count) {
            let center = Grid.point(hotPixels[$0 &- edges.count])
            return (center, center)
        }
        var found: [Passage] = []
        swap(&found, &passages)
        found.removeAll(keepingCapacity: true)
        let isTooMuch = sweep.forEachOverlap { first, second in
            let (number, pixel) = (min(first, second), max(first, second) &- edges.count)
            guard number < edges.count, pixel >= 0 else { return false }
            let edge = edges[number]
            let center = Grid.point(hotPixels[pixel])
            guard center != edge.a, center != edge.b, Self.isOnWay(edge, center, hasCrossings) else { return false }
            found.append(
                Passage(
                    edge: Int32(truncatingIfNeeded: number), place: Self.place(of: hotPixels[pixel], on: edge)))
            return found.count > limit
        }
        swap(&found, &passages)
        if isTooMuch { return false }
        passages.sort { $0.edge != $1.edge ? $0.edge < $1.edge : $0.place < $1.place }
        var index = 0
        for number in start..<edges.count {
            passedPixels.removeAll(keepingCapacity: true)
            while index < passages.count, Int(passages[index].edge) == number {
                passedPixels.append(passages[index].place)
                index &+= 1
            }
            appendFragments(of: edges[number])
        }
        return fragments.count <= limit
    }

    @inline(__always)
    private static func place(of pixel: Grid.Key, on edge: Edge) -> Grid.KeyPair {
        let delta = Grid.delta(edge.a, Grid.point(pixel))
        return Grid.pair(Grid.Key(truncatingIfNeeded: delta.x.magnitude &+ delta.y.magnitude), pixel)
    }

    /// Without crossings nothing has to be rounded: an edge is cut at the vertices exactly on it, and nothing moves.
    @inline(__always)
    private static func isOnWay(_ edge: Edge, _ center: Point, _ hasCrossings: Bool) -> Bool {
        hasCrossings ? passes(edge, center) : Grid.cross(edge.a, edge.b, center) == 0
    }

    private func firstPixel(from key: Grid.Key) -> Int {
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
    private static func passes(_ edge: Edge, _ center: Point) -> Bool {
        let isForward = edge.a.wideX < edge.b.wideX
        let (p, q) = isForward ? (edge.a, edge.b) : (edge.b, edge.a)
        let delta = Grid.delta(p, q)
        if delta.x == 0 || delta.y == 0 { return true }
        // Twice the side of the centre; a corner is half a unit away in both directions.
        let side = 2 &* Grid.cross(p, q, center)
        if delta.y > 0 {
            // Corners (min x, max y) and (max x, min y).
            return side &+ delta.x &+ delta.y > 0 && side &- delta.x &- delta.y < 0
        }
        // Corners (max x, max y) and (min x, min y).
        return side &+ delta.x &- delta.y > 0 && side &- delta.x &+ delta.y <= 0
    }
}
