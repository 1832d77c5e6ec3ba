/// Step 6 of `PolygonRepair`: rings from the edges between inside and outside.
extension PolygonRepairScratch {
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
                PolygonRepairScratch.cross(tracedPoints[count &- 2], tracedPoints[count &- 1], point) == 0
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
            if PolygonRepairScratch.cross(tracedPoints[last - 1], tracedPoints[last], tracedPoints[start]) == 0 {
                tracedPoints.removeLast()
            }
            let end = tracedPoints.count - 1
            if PolygonRepairScratch.cross(tracedPoints[end], tracedPoints[start], tracedPoints[start + 1]) == 0 {
                head += 1
            }
        }
        guard tracedPoints.count - head >= 3, let box = Bounds.box(of: tracedPoints, head..<tracedPoints.count) else {
            tracedPoints.removeLast(tracedPoints.count - start)
            return
        }
        tracedRings.append(
            TracedRing(
                start: head, end: tracedPoints.count, walk: walk,
                doubledArea: RingArea.doubled(tracedPoints, head..<tracedPoints.count), box: box, nextInterior: -1))
    }

    private func origin(_ halfEdge: Int32) -> TilePoint {
        let ends = edgeEnds[Int(halfEdge / 2)]
        return PolygonRepairScratch.gridPoint(UInt32(truncatingIfNeeded: halfEdge & 1 == 0 ? ends &>> 32 : ends))
    }
}

/// Step 7: interiors to their exteriors.
extension PolygonRepairScratch {
    mutating func writeRings(into destination: inout TilePath) {
        assignInteriors()
        for ring in tracedRings.indices where tracedRings[ring].doubledArea > 0 {
            var current = ring
            repeat {
                destination.points.append(
                    contentsOf: tracedPoints[tracedRings[current].start..<tracedRings[current].end])
                destination.endPart()
                current = tracedRings[current].nextInterior
            } while current >= 0
        }
    }

    /// Interiors from the walk of an exterior are its own. The others of a walk lie together in a hole strictly inside
    /// their exterior, the smallest that has their points strictly inside.
    private mutating func assignInteriors() {
        var end = tracedRings.count
        while end > 0 {
            var start = end - 1
            while start > 0, tracedRings[start - 1].walk == tracedRings[end - 1].walk { start -= 1 }
            var owner = -1
            for ring in start..<end where tracedRings[ring].doubledArea > 0 { owner = ring }
            if owner < 0 { owner = smallestExterior(around: tracedPoints[tracedRings[start].start]) }
            if owner >= 0 {
                // From the back, so that the list is in the order of tracing.
                for ring in (start..<end).reversed() where tracedRings[ring].doubledArea < 0 {
                    tracedRings[ring].nextInterior = tracedRings[owner].nextInterior
                    tracedRings[owner].nextInterior = ring
                }
            }
            end = start
        }
    }

    private func smallestExterior(around point: TilePoint) -> Int {
        var smallest = -1
        for (number, ring) in tracedRings.enumerated()
        where ring.doubledArea > 0 && ring.box.contains(point)
            && (smallest < 0 || ring.doubledArea < tracedRings[smallest].doubledArea)
            && PointInPolygon.locate(point, inRing: tracedPoints, ring.start..<ring.end) == .inside
        {
            smallest = number
        }
        return smallest
    }
}
