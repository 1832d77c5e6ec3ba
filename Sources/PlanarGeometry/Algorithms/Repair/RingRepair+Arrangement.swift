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

    /// Sets the half-edges by the vertex they leave, then by angle from just after (0, -1) on.
    private mutating func makeSpokes() {
        // Edges are sorted by their smaller end; once more by the larger one.
        edgesByEnd.removeAll(keepingCapacity: true)
        for (edge, ends) in edgeEnds.enumerated() {
            edgesByEnd.append(Grid.pair(Grid.lower(ends), Grid.Key(truncatingIfNeeded: edge)))
        }
        edgesByEnd.sort()
        spokes.removeAll(keepingCapacity: true)
        var out = 0
        var back = 0
        while back < edgesByEnd.count {
            // The largest vertex of all is the larger end of an edge, so edges to larger ones run out first.
            let larger = Grid.upper(edgesByEnd[back])
            let vertex = out < edgeEnds.count ? min(Grid.upper(edgeEnds[out]), larger) : larger
            // Keys order by x, then y: the half plane of the larger points comes first.
            var start = spokes.count
            while out < edgeEnds.count, Grid.upper(edgeEnds[out]) == vertex {
                spokes.append(
                    Spoke(
                        origin: vertex, destination: Grid.lower(edgeEnds[out]),
                        halfEdge: Int32(truncatingIfNeeded: 2 &* out)))
                out &+= 1
            }
            sortByAngle(from: start)
            start = spokes.count
            while back < edgesByEnd.count, Grid.upper(edgesByEnd[back]) == vertex {
                let edge = Int(Grid.lower(edgesByEnd[back]))
                spokes.append(
                    Spoke(
                        origin: vertex, destination: Grid.upper(edgeEnds[edge]),
                        halfEdge: Int32(truncatingIfNeeded: 2 &* edge &+ 1)))
                back &+= 1
            }
            sortByAngle(from: start)
        }
    }

    /// For spokes of one vertex within half a turn.
    @inline(__always)
    private mutating func sortByAngle(from start: Int) {
        let count = spokes.count &- start
        if count < 2 { return }
        if count == 2 {
            if Self.isBefore(spokes[start &+ 1], spokes[start]) { spokes.swapAt(start, start &+ 1) }
        } else {
            spokes[start...].sort(by: Self.isBefore)
        }
    }

    private static func isBefore(_ first: Spoke, _ second: Spoke) -> Bool {
        Grid.cross(Grid.point(first.origin), Grid.point(first.destination), Grid.point(second.destination)) > 0
    }

    /// After a half-edge comes the one that leaves its end next on the left: the border of the face on the left.
    private mutating func linkHalfEdges() {
        nextHalfEdge.removeAll(keepingCapacity: true)
        nextHalfEdge.append(contentsOf: repeatElement(0, count: spokes.count))
        originVertex.removeAll(keepingCapacity: true)
        originVertex.append(contentsOf: repeatElement(0, count: spokes.count))
        vertexCount = 0
        lastSpokes.removeAll(keepingCapacity: true)
        var start = 0
        while start < spokes.count {
            var end = start &+ 1
            while end < spokes.count, spokes[end].origin == spokes[start].origin { end &+= 1 }
            var before = spokes[end &- 1].halfEdge
            lastSpokes.append(before)
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
