/// The first half of step 5: which parts of the graph are connected, and in which face of another each of them lies.
extension RingRepair {
    /// Sets `outerHalfEdges`, and `firstComponent` and `nextComponent` if there are several parts; parts in the face
    /// around everything are in no list.
    mutating func hangComponents() {
        outerHalfEdges.removeAll(keepingCapacity: true)
        firstComponent.removeAll(keepingCapacity: true)
        nextComponent.removeAll(keepingCapacity: true)
        // The smallest vertex of a part has spokes to larger ones only, and left of the last one is the face around
        // the part.
        neighbours.removeAll()
        joinVertices()
        for vertex in 0..<vertexCount where Int(componentParents[vertex]) == vertex {
            outerHalfEdges.append(lastSpokes[vertex])
            neighbours.addQuery(at: origin(lastSpokes[vertex]), group: vertex)
        }
        if outerHalfEdges.count < 2 { return }
        neighbours.endQueries()
        for (edge, ends) in edgeEnds.enumerated() {
            let (a, b) = (Grid.point(Grid.upper(ends)), Grid.point(Grid.lower(ends)))
            guard neighbours.isBesideSome(a, b) else { continue }
            neighbours.addSegment(a, b, number: edge, group: componentRoot(Int(originVertex[2 &* edge])))
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
