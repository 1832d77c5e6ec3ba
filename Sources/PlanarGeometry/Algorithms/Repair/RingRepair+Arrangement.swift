/// Step 4: the planar graph of all pieces, as half-edges with the face to their left.
///
/// Angles are counted from x to y; with y down that is clockwise on the screen. "Left" is the side towards which the
/// angle grows, the side where a ring of positive area has its inside.
extension RingRepair {
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
            let (smaller, larger) = (Grid.upper(ends), Grid.lower(ends))
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
            return Grid.cross(
                Grid.point(first.origin), Grid.point(first.destination), Grid.point(second.destination)) > 0
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
