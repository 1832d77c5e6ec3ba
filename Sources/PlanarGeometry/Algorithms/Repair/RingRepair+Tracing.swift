/// Step 6: rings from the edges between inside and outside.
extension RingRepair {
    /// Walks along the border of each connected part of the inside, which lies on the left. A vertex passed for the
    /// second time closes a ring, which is taken out of the walk: rings become simple, and where an area touches
    /// itself it gets a hole that touches its exterior. Each walk gives at most one exterior.
    mutating func traceRings() {
        tracedPoints.removeAll(keepingCapacity: true)
        tracedRings.removeAll(keepingCapacity: true)
        isUsed.removeAll(keepingCapacity: true)
        isUsed.append(contentsOf: repeatElement(false, count: nextHalfEdge.count))
        pathIndex.removeAll(keepingCapacity: true)
        pathIndex.append(contentsOf: repeatElement(-1, count: vertexCount))
        var walk = 0
        for start in 0..<nextHalfEdge.count where !isUsed[start] && isBorder(Int32(truncatingIfNeeded: start)) {
            traceWalk(from: Int32(truncatingIfNeeded: start), number: walk)
            walk &+= 1
        }
    }

    private func isBorder(_ halfEdge: Int32) -> Bool {
        isInsideLeft[Int(halfEdge)] && !isInsideLeft[Int(halfEdge ^ 1)]
    }

    private mutating func traceWalk(from start: Int32, number: Int) {
        path.removeAll(keepingCapacity: true)
        var halfEdge = start
        repeat {
            let vertex = Int(originVertex[Int(halfEdge)])
            if pathIndex[vertex] >= 0 { closeRing(from: Int(pathIndex[vertex]), walk: number) }
            pathIndex[vertex] = Int32(truncatingIfNeeded: path.count)
            path.append(halfEdge)
            isUsed[Int(halfEdge)] = true
            // Over the edges that have the inside on both sides, which do not count.
            halfEdge = nextHalfEdge[Int(halfEdge)]
            while !isBorder(halfEdge) { halfEdge = nextHalfEdge[Int(halfEdge ^ 1)] }
        } while halfEdge != start
        closeRing(from: 0, walk: number)
    }

    /// Takes the end of the path as a ring, without the vertices in the middle of a straight line.
    private mutating func closeRing(from index: Int, walk: Int) {
        let start = tracedPoints.count
        for position in index..<path.count {
            pathIndex[Int(originVertex[Int(path[position])])] = -1
            let point = origin(path[position])
            let count = tracedPoints.count
            if count &- start >= 2,
                Grid.cross(tracedPoints[count &- 2], tracedPoints[count &- 1], point) == 0
            {
                tracedPoints[count &- 1] = point
            } else {
                tracedPoints.append(point)
            }
        }
        path.removeLast(path.count - index)
        var head = start
        if tracedPoints.count - start >= 3 {
            let last = tracedPoints.count - 1
            if Grid.cross(tracedPoints[last - 1], tracedPoints[last], tracedPoints[start]) == 0 {
                tracedPoints.removeLast()
            }
            let end = tracedPoints.count - 1
            if Grid.cross(tracedPoints[end], tracedPoints[start], tracedPoints[start + 1]) == 0 {
                head += 1
            }
        }
        guard tracedPoints.count - head >= 3 else {
            tracedPoints.removeLast(tracedPoints.count - start)
            return
        }
        tracedRings.append(
            TracedRing(
                start: head, end: tracedPoints.count, walk: walk,
                doubledArea: Grid.doubledArea(tracedPoints, head..<tracedPoints.count), nextInterior: -1))
    }

    func origin(_ halfEdge: Int32) -> Point {
        let ends = edgeEnds[Int(halfEdge / 2)]
        return Grid.point(halfEdge & 1 == 0 ? Grid.upper(ends) : Grid.lower(ends))
    }
}

/// Step 7: interiors to their exteriors.
extension RingRepair {
    mutating func writeRings(into resultPoints: inout [Point], _ resultEnds: inout [Int]) {
        assignInteriors()
        for ring in tracedRings.indices where tracedRings[ring].doubledArea > 0 {
            var current = ring
            repeat {
                resultPoints.append(
                    contentsOf: tracedPoints[tracedRings[current].start..<tracedRings[current].end])
                resultEnds.append(resultPoints.count)
                current = tracedRings[current].nextInterior
            } while current >= 0
        }
    }

    /// Interiors from the walk of an exterior are its own. The others of a walk lie together in a hole strictly inside
    /// their exterior.
    private mutating func assignInteriors() {
        walkOwners.removeAll(keepingCapacity: true)
        var isComplete = true
        var start = 0
        while start < tracedRings.count {
            let walk = tracedRings[start].walk
            var owner = -1
            var end = start
            while end < tracedRings.count, tracedRings[end].walk == walk {
                if tracedRings[end].doubledArea > 0 { owner = end }
                end += 1
            }
            // Rings without area may have left a walk without any.
            while walkOwners.count < walk { walkOwners.append(-1) }
            walkOwners.append(owner)
            isComplete = isComplete && owner >= 0
            start = end
        }
        if !isComplete { findOwners() }
        // From the back, so that the list is in the order of tracing.
        for ring in tracedRings.indices.reversed() where tracedRings[ring].doubledArea < 0 {
            let owner = walkOwners[tracedRings[ring].walk]
            if owner < 0 { continue }
            tracedRings[ring].nextInterior = tracedRings[owner].nextInterior
            tracedRings[owner].nextInterior = ring
        }
    }

    /// The nearest edge west of the westernmost vertex of a hole has the same inside on its east, so it is of the same
    /// polygon: of its exterior, or of another hole that reaches further west.
    private mutating func findOwners() {
        westernmost.removeAll(keepingCapacity: true)
        ringOrder.removeAll(keepingCapacity: true)
        neighbours.removeAll()
        var walks: [Int] = []
        for ring in tracedRings where walkOwners[ring.walk] < 0 {
            if ring.walk != walks.last {
                ringOrder.append(Int32(truncatingIfNeeded: walks.count))
                westernmost.append(Int32(truncatingIfNeeded: ring.start))
                walks.append(ring.walk)
            }
            let number = walks.count - 1
            for index in ring.start..<ring.end
            where Grid.key(tracedPoints[index]) < Grid.key(tracedPoints[Int(westernmost[number])]) {
                westernmost[number] = Int32(truncatingIfNeeded: index)
            }
        }
        for (number, walk) in walks.enumerated() {
            neighbours.addQuery(at: tracedPoints[Int(westernmost[number])], group: walk)
        }
        neighbours.endQueries()
        for (number, ring) in tracedRings.enumerated() {
            var before = tracedPoints[ring.end - 1]
            for index in ring.start..<ring.end {
                neighbours.addSegment(before, tracedPoints[index], number: number, group: ring.walk)
                before = tracedPoints[index]
            }
        }
        neighbours.endSegments()
        ringOrder.sort { first, second in
            Grid.key(tracedPoints[Int(westernmost[Int(first)])]) < Grid.key(tracedPoints[Int(westernmost[Int(second)])])
        }
        for number in ringOrder {
            let found = neighbours.found[Int(number)]
            if found >= 0 { walkOwners[walks[Int(number)]] = walkOwners[tracedRings[Int(found)].walk] }
        }
    }
}
