/// Step 4 of `PolygonRepair`: the planar graph of all pieces, as half-edges with the face to their left.
///
/// Angles are counted from x to y; with y down that is clockwise on the screen. "Left" is the side towards which the
/// angle grows, the side where a ring of positive area has its inside.
extension PolygonRepairScratch {
    mutating func makeArrangement() {
        mergeFragments()
        makeSpokes()
        linkHalfEdges()
    }

    /// Joins pieces with the same ends into one edge, with the sum of the directions for each ring. Pieces that a ring
    /// passes as often one way as the other separate nothing and go.
    private mutating func mergeFragments() {
        fragments.sort { $0.ends != $1.ends ? $0.ends < $1.ends : $0.ring < $1.ring }
        edgeEnds.removeAll(keepingCapacity: true)
        contributionStarts.removeAll(keepingCapacity: true)
        contributions.removeAll(keepingCapacity: true)
        var index = 0
        while index < fragments.count {
            let ends = fragments[index].ends
            let start = contributions.count
            while index < fragments.count, fragments[index].ends == ends {
                var sum = fragments[index]
                index &+= 1
                while index < fragments.count, fragments[index].ends == ends, fragments[index].ring == sum.ring {
                    sum.direction &+= fragments[index].direction
                    index &+= 1
                }
                if sum.direction != 0 { contributions.append(sum) }
            }
            if contributions.count > start {
                edgeEnds.append(ends)
                contributionStarts.append(start)
            }
        }
        contributionStarts.append(contributions.count)
    }

    /// Sorts the half-edges by the vertex they leave, then by angle from just after (0, -1) on.
    private mutating func makeSpokes() {
        spokes.removeAll(keepingCapacity: true)
        for (edge, ends) in edgeEnds.enumerated() {
            let smaller = UInt32(truncatingIfNeeded: ends &>> 32)
            let larger = UInt32(truncatingIfNeeded: ends)
            let halfEdge = Int32(truncatingIfNeeded: 2 &* edge)
            spokes.append(Spoke(origin: smaller, destination: larger, halfEdge: halfEdge))
            spokes.append(Spoke(origin: larger, destination: smaller, halfEdge: halfEdge &+ 1))
        }
        spokes.sort { first, second in
            if first.origin != second.origin { return first.origin < second.origin }
            // Keys order by x, then y: the half plane of the larger points comes first.
            let isFirstLater = first.destination < first.origin
            let isSecondLater = second.destination < second.origin
            if isFirstLater != isSecondLater { return isSecondLater }
            return PolygonRepairScratch.cross(
                PolygonRepairScratch.gridPoint(first.origin), PolygonRepairScratch.gridPoint(first.destination),
                PolygonRepairScratch.gridPoint(second.destination)) > 0
        }
    }

    /// After a half-edge comes the one that leaves its end next on the left: the border of the face on the left.
    private mutating func linkHalfEdges() {
        nextHalfEdge.removeAll(keepingCapacity: true)
        nextHalfEdge.append(contentsOf: repeatElement(0, count: spokes.count))
        originVertex.removeAll(keepingCapacity: true)
        originVertex.append(contentsOf: repeatElement(0, count: spokes.count))
        vertexCount = 0
        var start = 0
        while start < spokes.count {
            var end = start &+ 1
            while end < spokes.count, spokes[end].origin == spokes[start].origin { end &+= 1 }
            var before = spokes[end &- 1].halfEdge
            for index in start..<end {
                let halfEdge = spokes[index].halfEdge
                nextHalfEdge[Int(halfEdge ^ 1)] = before
                originVertex[Int(halfEdge)] = Int32(truncatingIfNeeded: vertexCount)
                before = halfEdge
            }
            vertexCount &+= 1
            start = end
        }
    }
}

/// Step 5: which faces belong to the area.
extension PolygonRepairScratch {
    /// Sets `isInsideLeft` for every half-edge.
    ///
    /// Walks from face to face over the edges of each connected piece of the graph, and keeps the winding numbers of
    /// all rings up to date; it starts outside the piece, where a ray to the left gives them.
    mutating func findInside() {
        windings.removeAll(keepingCapacity: true)
        windings.append(contentsOf: repeatElement(0, count: rings.count))
        exteriorCover.removeAll(keepingCapacity: true)
        exteriorCover.append(contentsOf: repeatElement(false, count: polygonCount))
        interiorCover.removeAll(keepingCapacity: true)
        interiorCover.append(contentsOf: repeatElement(0, count: polygonCount))
        coveringPolygons = 0
        isVisited.removeAll(keepingCapacity: true)
        isVisited.append(contentsOf: repeatElement(false, count: spokes.count))
        isInsideLeft.removeAll(keepingCapacity: true)
        isInsideLeft.append(contentsOf: repeatElement(false, count: spokes.count))
        var start = 0
        while start < spokes.count {
            var end = start &+ 1
            while end < spokes.count, spokes[end].origin == spokes[start].origin { end &+= 1 }
            // The vertices of a piece are visited together, so this is the smallest vertex of a new piece: its spokes
            // all point to larger points, and left of the last one is the face around the piece.
            let outer = spokes[end &- 1].halfEdge
            if !isVisited[Int(outer)] {
                crossRay(leftFrom: PolygonRepairScratch.gridPoint(spokes[start].origin))
                visitFaces(from: outer)
                for crossing in rayCrossings { apply(crossing.edge, 0 &- crossing.sign) }
            }
            start = end
        }
    }

    /// Sets the winding numbers, all 0 before, to those just left of a vertex, and remembers how in `rayCrossings`.
    private mutating func crossRay(leftFrom vertex: TilePoint) {
        rayCrossings.removeAll(keepingCapacity: true)
        // Edges are sorted by their smaller end; none that starts as far right can lie left of the vertex.
        let limit = UInt64(PolygonRepairScratch.gridKey(TilePoint(x: vertex.x, y: -32768))) &<< 32
        var edge = 0
        while edge < edgeEnds.count, edgeEnds[edge] < limit {
            let smaller = PolygonRepairScratch.gridPoint(UInt32(truncatingIfNeeded: edgeEnds[edge] &>> 32))
            let larger = PolygonRepairScratch.gridPoint(UInt32(truncatingIfNeeded: edgeEnds[edge]))
            if (smaller.y <= vertex.y) != (larger.y <= vertex.y) {
                let isRising = smaller.y < larger.y
                let (low, high) = isRising ? (smaller, larger) : (larger, smaller)
                if PolygonRepairScratch.cross(low, high, vertex) < 0 {
                    rayCrossings.append((edge, isRising ? -1 : 1))
                }
            }
            edge &+= 1
        }
        for crossing in rayCrossings { apply(crossing.edge, crossing.sign) }
    }

    private mutating func visitFaces(from outer: Int32) {
        faceStack.removeAll(keepingCapacity: true)
        markFace(outer)
        faceStack.append((outer, outer))
        while let top = faceStack.last {
            let twin = top.cursor ^ 1
            if !isVisited[Int(twin)] {
                crossEdge(top.cursor)
                markFace(twin)
                faceStack.append((twin, twin))
                continue
            }
            // On along the border; at its end back over the edge by which it was entered.
            let next = nextHalfEdge[Int(top.cursor)]
            if next != top.start {
                faceStack[faceStack.count &- 1].cursor = next
                continue
            }
            faceStack.removeLast()
            if !faceStack.isEmpty { crossEdge(top.start) }
        }
    }

    private mutating func markFace(_ start: Int32) {
        let isInside = coveringPolygons > 0
        var halfEdge = start
        repeat {
            isVisited[Int(halfEdge)] = true
            isInsideLeft[Int(halfEdge)] = isInside
            halfEdge = nextHalfEdge[Int(halfEdge)]
        } while halfEdge != start
    }

    /// From the left of a half-edge to its right: a ring in its direction has one more winding on the left.
    private mutating func crossEdge(_ halfEdge: Int32) {
        apply(Int(halfEdge / 2), halfEdge & 1 == 0 ? -1 : 1)
    }

    private mutating func apply(_ edge: Int, _ sign: Int32) {
        for index in contributionStarts[edge]..<contributionStarts[edge &+ 1] {
            let ring = Int(contributions[index].ring)
            let before = windings[ring]
            let after = before &+ sign &* contributions[index].direction
            windings[ring] = after
            if (before == 0) == (after == 0) { continue }
            let polygon = rings[ring].polygon
            let wasCovering = exteriorCover[polygon] && interiorCover[polygon] == 0
            if rings[ring].role == .exterior {
                exteriorCover[polygon] = after != 0
            } else {
                interiorCover[polygon] &+= after != 0 ? 1 : -1
            }
            let isCovering = exteriorCover[polygon] && interiorCover[polygon] == 0
            if isCovering != wasCovering { coveringPolygons += isCovering ? 1 : -1 }
        }
    }
}
