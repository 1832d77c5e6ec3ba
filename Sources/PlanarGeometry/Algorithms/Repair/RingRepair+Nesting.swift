/// The second half of step 2: whether rings that do not meet lie in each other as polygons should.
extension RingRepair {
    /// Interiors in their exterior and beside each other, polygons beside each other or in a hole: the ring just
    /// around each ring tells.
    mutating func isNestingValid() -> Bool {
        if rings.count == 1 { return true }
        findParents()
        for number in rings.indices where isMisplaced(number) { return false }
        return true
    }

    /// After `findParents`.
    func isMisplaced(_ number: Int) -> Bool {
        let parent = Int(parents[number])
        if rings[number].role == .exterior { return parent >= 0 && rings[parent].role == .exterior }
        return parent < 0 || rings[parent].role == .interior || rings[parent].polygon != rings[number].polygon
    }

    /// Sets for each ring the ring just around it, -1 for none, and its westernmost vertex. Rings must not meet.
    ///
    /// The nearest edge west of a ring's westernmost vertex belongs to the ring around it, or to one beside it within
    /// the same. That one reaches further west, so in this order its own answer is known.
    mutating func findParents() {
        westernmost.removeAll(keepingCapacity: true)
        neighbours.removeAll()
        for (number, ring) in rings.enumerated() {
            var best = ring.start
            var bestKey = Grid.key(points[best])
            for index in ring.start &+ 1..<ring.end where Grid.key(points[index]) < bestKey {
                best = index
                bestKey = Grid.key(points[index])
            }
            westernmost.append(Int32(truncatingIfNeeded: best))
            neighbours.addQuery(at: points[best], group: number)
        }
        neighbours.endQueries()
        for (number, edge) in edges.enumerated() {
            neighbours.addSegment(edge.a, edge.b, number: number, group: Int(edge.ring))
        }
        neighbours.endSegments()
        ringOrder.removeAll(keepingCapacity: true)
        for number in rings.indices { ringOrder.append(Int32(truncatingIfNeeded: number)) }
        ringOrder.sort { first, second in
            Grid.key(points[Int(westernmost[Int(first)])]) < Grid.key(points[Int(westernmost[Int(second)])])
        }
        parents.removeAll(keepingCapacity: true)
        parents.append(contentsOf: repeatElement(-1, count: rings.count))
        for number in ringOrder {
            let found = neighbours.found[Int(number)]
            if found < 0 { continue }
            let edge = edges[Int(found)]
            // East of an edge towards smaller y is its left, where a ring of positive area has its inside.
            let isInside = hasPositiveArea(Int(edge.ring)) == (edge.a.wideY > edge.b.wideY)
            parents[Int(number)] = isInside ? edge.ring : parents[Int(edge.ring)]
        }
    }

    /// A simple ring turns at its westernmost vertex as it does as a whole.
    private func hasPositiveArea(_ number: Int) -> Bool {
        let ring = rings[number]
        let index = Int(westernmost[number])
        let before = points[index == ring.start ? ring.end - 1 : index - 1]
        let after = points[index + 1 == ring.end ? ring.start : index + 1]
        return Grid.cross(before, points[index], after) > 0
    }
}
