/// Step 5: which faces belong to the area.
extension RingRepair {
    /// Sets `isInsideLeft` for every half-edge.
    ///
    /// Walks from face to face over the edges of each connected part of the graph, and into the parts that lie in a
    /// face when it is there; on the way the winding numbers of all rings are kept up to date.
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
        hangComponents()
        for component in outerHalfEdges.indices where !isVisited[Int(outerHalfEdges[component])] {
            // Parts in a face of another are visited from there, and that one reaches further west.
            visitFaces(from: outerHalfEdges[component])
        }
    }

    private mutating func visitFaces(from outer: Int32) {
        faceStack.removeAll(keepingCapacity: true)
        enterFace(outer, isAcrossEdge: false)
        while let top = faceStack.last {
            let twin = top.cursor ^ 1
            if !isVisited[Int(twin)] {
                crossEdge(top.cursor)
                enterFace(twin, isAcrossEdge: true)
                continue
            }
            if !firstComponent.isEmpty, firstComponent[Int(top.cursor)] >= 0 {
                let component = Int(firstComponent[Int(top.cursor)])
                firstComponent[Int(top.cursor)] = nextComponent[component]
                enterFace(outerHalfEdges[component], isAcrossEdge: false)
                continue
            }
            // On along the border; at its end back over the edge by which it was entered.
            let next = nextHalfEdge[Int(top.cursor)]
            if next != top.start {
                faceStack[faceStack.count &- 1].cursor = next
                continue
            }
            faceStack.removeLast()
            if top.isAcrossEdge { crossEdge(top.start) }
        }
    }

    private mutating func enterFace(_ start: Int32, isAcrossEdge: Bool) {
        markFace(start)
        faceStack.append(FaceVisit(start: start, cursor: start, isAcrossEdge: isAcrossEdge))
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
