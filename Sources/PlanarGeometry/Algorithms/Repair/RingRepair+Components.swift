/// The first half of step 5: which parts of the graph are connected, and in which face of another each of them lies.
extension RingRepair {
    /// Sets `outerHalfEdges`, and `firstComponent` and `nextComponent` if there are several parts; parts in the face
    /// around everything are in no list.
    mutating func hangComponents() {
        joinVertices()
        outerHalfEdges.removeAll(keepingCapacity: true)
        firstComponent.removeAll(keepingCapacity: true)
        nextComponent.removeAll(keepingCapacity: true)
        neighbours.removeAll()
        var start = 0
        var vertex = 0
        while start < spokes.count {
            var end = start &+ 1
            while end < spokes.count, spokes[end].origin == spokes[start].origin { end &+= 1 }
            if Int(componentParents[vertex]) == vertex {
                // The smallest vertex of its part: its spokes all point to larger ones, and left of the last one is
                // the face around the part.
                outerHalfEdges.append(spokes[end &- 1].halfEdge)
                neighbours.addQuery(at: Grid.point(spokes[start].origin), group: vertex)
            }
            vertex &+= 1
            start = end
        }
        if outerHalfEdges.count < 2 { return }
        neighbours.endQueries()
        for (edge, ends) in edgeEnds.enumerated() {
            neighbours.addSegment(
                Grid.point(Grid.upper(ends)), Grid.point(Grid.lower(ends)), number: edge,
                group: componentRoot(Int(originVertex[2 &* edge])))
        }
        neighbours.endSegments()
        firstComponent.append(contentsOf: repeatElement(-1, count: spokes.count))
        nextComponent.append(contentsOf: repeatElement(-1, count: outerHalfEdges.count))
        // From the back, so that lists are in the order of the parts.
        for component in outerHalfEdges.indices.reversed() where neighbours.found[component] >= 0 {
            let edge = Int(neighbours.found[component])
            // East of a half-edge towards smaller y is its left.
            let isNorthward =
                Grid.point(Grid.upper(edgeEnds[edge])).wideY > Grid.point(Grid.lower(edgeEnds[edge])).wideY
            let halfEdge = isNorthward ? 2 * edge : 2 * edge + 1
            nextComponent[component] = firstComponent[halfEdge]
            firstComponent[halfEdge] = Int32(truncatingIfNeeded: component)
        }
    }

    /// Union-find over the vertices, which are numbered by key; the root of a part is its smallest vertex.
    private mutating func joinVertices() {
        componentParents.removeAll(keepingCapacity: true)
        for vertex in 0..<vertexCount { componentParents.append(Int32(truncatingIfNeeded: vertex)) }
        var halfEdge = 0
        while halfEdge < originVertex.count {
            let first = componentRoot(Int(originVertex[halfEdge]))
            let second = componentRoot(Int(originVertex[halfEdge &+ 1]))
            if first != second {
                componentParents[max(first, second)] = Int32(truncatingIfNeeded: min(first, second))
            }
            halfEdge &+= 2
        }
    }

    /// Halves the way to the root for the next time.
    private mutating func componentRoot(_ vertex: Int) -> Int {
        var vertex = vertex
        while Int(componentParents[vertex]) != vertex {
            componentParents[vertex] = componentParents[Int(componentParents[vertex])]
            vertex = Int(componentParents[vertex])
        }
        return vertex
    }
}
