/// Step 2: the quick exact test that most polygons pass, and the crossings of those that do not.
extension RingRepair {
    private mutating func sweepEdges() {
        sweep.removeAll()
        let edges = edges
        sweep.append(0..<edges.count) { (edges[$0].a, edges[$0].b) }
    }

    /// Whether any edges meet other than neighbours in their common vertex.
    mutating func hasContact() -> Bool {
        sweepEdges()
        let edges = edges
        return sweep.forEachOverlap { first, second in
            let p = edges[first]
            let q = edges[second]
            // After cleaning, neighbours share their vertex and nothing else.
            if Int(p.next) == second || Int(q.next) == first { return false }
            let c = Grid.cross(p.a, p.b, q.a)
            let d = Grid.cross(p.a, p.b, q.b)
            if (c > 0 && d > 0) || (c < 0 && d < 0) { return false }
            let a = Grid.cross(q.a, q.b, p.a)
            let b = Grid.cross(q.a, q.b, p.b)
            // On one line, overlapping boxes mean a shared point.
            return !((a > 0 && b > 0) || (a < 0 && b < 0))
        }
    }

    /// Appends to `hotPixels` the grid point nearest to each crossing of two edges; false above the limit.
    mutating func collectCrossings() -> Bool {
        sweepEdges()
        let edges = edges
        var found: [Grid.Key] = []
        swap(&found, &hotPixels)
        defer { swap(&found, &hotPixels) }
        let limit = found.count + PolygonRepair.crossingLimit
        return !sweep.forEachOverlap { first, second in
            let p = edges[first]
            let q = edges[second]
            if Int(p.next) == second || Int(q.next) == first { return false }
            let c = Grid.cross(p.a, p.b, q.a)
            let d = Grid.cross(p.a, p.b, q.b)
            guard (c > 0 && d < 0) || (c < 0 && d > 0) else { return false }
            let a = Grid.cross(q.a, q.b, p.a)
            let b = Grid.cross(q.a, q.b, p.b)
            guard (a > 0 && b < 0) || (a < 0 && b > 0) else { return false }
            found.append(Grid.key(Self.roundedCrossing(p, share: a, of: a &- b)))
            return found.count > limit
        }
    }

    /// The grid point whose unit square holds the point `share / whole` of the way along an edge; the squares are
    /// half-open, so there is one. It lies in the edge's box. All products are below 2^53 in a tile, 2^101 on the world grid.
    @inline(__always)
    static func roundedCrossing(_ edge: Edge, share: Grid.Wide, of whole: Grid.Wide) -> Point {
        let part = whole < 0 ? 0 &- share : share
        let denominator = whole < 0 ? 0 &- whole : whole
        let delta = Grid.delta(edge.a, edge.b)
        return Grid.moved(
            edge.a, x: roundedHalfUp(part &* delta.x, denominator), y: roundedHalfUp(part &* delta.y, denominator))
    }

    @inline(__always)
    private static func roundedHalfUp(_ numerator: Grid.Wide, _ denominator: Grid.Wide) -> Grid.Wide {
        let doubled = 2 &* numerator &+ denominator
        let divisor = 2 &* denominator
        let (quotient, remainder) = doubled.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient &- 1 : quotient
    }
}

extension RingRepair {
    /// At most `limit` places at which the rings that `clean` took over are not valid; see `WorldPolygonRepair.contacts`.
    mutating func contacts(limit: Int) -> [Contact] {
        var found = cleaned
        makeEdges()
        if collectContacts(into: &found, limit: limit), !rings.isEmpty, !isNestingValid() {
            for number in rings.indices where isMisplaced(number) {
                let other = parents[number] < 0 ? number : Int(parents[number])
                found.append(
                    Contact(
                        key: Grid.key(points[Int(westernmost[number])]), kind: .misplacedRing,
                        firstRing: rings[number].source, secondRing: rings[other].source))
            }
        }
        return RingRepair.distinct(&found, limit: limit)
    }

    /// Returns whether there was none.
    private mutating func collectContacts(into found: inout [Contact], limit: Int) -> Bool {
        // Several pairs of edges meet in one place, and the ends of a common stretch are met by its neighbours.
        let rawLimit = found.count + 16 + (limit < 1 << 20 ? 16 * limit : 1 << 24)
        let before = found.count
        var stretchEnds: [Grid.Key] = []
        sweepEdges()
        let (edges, rings) = (edges, rings)
        _ = sweep.forEachOverlap { first, second in
            let (p, q) = (edges[first], edges[second])
            if Int(p.next) == second || Int(q.next) == first { return false }
            guard let (kind, key, end) = Self.contact(p, q) else { return false }
            if kind == .overlap { stretchEnds.append(end) }
            let (one, other) = (rings[Int(p.ring)].source, rings[Int(q.ring)].source)
            found.append(Contact(key: key, kind: kind, firstRing: min(one, other), secondRing: max(one, other)))
            return found.count >= rawLimit
        }
        if found.count == before { return true }
        if !stretchEnds.isEmpty {
            // Rings have vertices at both ends of a stretch; that they touch there is no news.
            stretchEnds.sort()
            found.removeAll { contact in
                guard contact.kind <= .vertexOnEdge else { return false }
                var (low, high) = (0, stretchEnds.count)
                while low < high {
                    let middle = (low + high) / 2
                    if stretchEnds[middle] < contact.key { low = middle + 1 } else { high = middle }
                }
                return low < stretchEnds.count && stretchEnds[low] == contact.key
            }
        }
        return false
    }

    /// How two edges that are not neighbours meet, where, and for a common stretch its other end.
    @inline(__always)
    private static func contact(_ p: Edge, _ q: Edge) -> (RingContact.Kind, Grid.Key, end: Grid.Key)? {
        let c = Grid.cross(p.a, p.b, q.a)
        let d = Grid.cross(p.a, p.b, q.b)
        if (c > 0 && d > 0) || (c < 0 && d < 0) { return nil }
        let a = Grid.cross(q.a, q.b, p.a)
        let b = Grid.cross(q.a, q.b, p.b)
        if (a > 0 && b > 0) || (a < 0 && b < 0) { return nil }
        if c == 0, d == 0 {
            // Keys order the points of a line as they lie on it.
            let (pa, pb, qa, qb) = (Grid.key(p.a), Grid.key(p.b), Grid.key(q.a), Grid.key(q.b))
            let (low, high) = (max(min(pa, pb), min(qa, qb)), min(max(pa, pb), max(qa, qb)))
            return (low < high ? .overlap : .sharedVertex, low, high)
        }
        if c != 0, d != 0, a != 0, b != 0 {
            let key = Grid.key(roundedCrossing(p, share: a, of: a &- b))
            return (.crossing, key, key)
        }
        let key = Grid.key(c == 0 ? q.a : d == 0 ? q.b : a == 0 ? p.a : p.b)
        return ((c == 0 || d == 0) && (a == 0 || b == 0) ? .sharedVertex : .vertexOnEdge, key, key)
    }

    /// One contact for each place, the worst, in the order of places.
    private static func distinct(_ found: inout [Contact], limit: Int) -> [Contact] {
        found.sort {
            if $0.key != $1.key { return $0.key < $1.key }
            if $0.kind != $1.kind { return $0.kind > $1.kind }
            return ($0.firstRing, $0.secondRing) < ($1.firstRing, $1.secondRing)
        }
        var result: [Contact] = []
        for contact in found where result.last?.key != contact.key {
            if result.count == limit { break }
            result.append(contact)
        }
        return result
    }
}
