import FeatureStorage
import OSMModel
import PlanarGeometry

/// Different nodes of one way at one place: two in a row make a segment without length, and a way that begins and ends
/// there looks closed but is not. Linear in the nodes.
enum WayPlaces {
    static func check(_ element: ElementID, _ buffer: WayLocator.Buffer, _ problems: inout [MapProblem]) {
        let count = buffer.points.count
        if count < 2 { return }
        for index in 1..<count where buffer.points[index] == buffer.points[index - 1] {
            report(.repeatedPlace, element, index - 1, index, buffer, &problems)
        }
        // As many nodes as a closed way must have.
        if count >= 4, buffer.points[0] == buffer.points[count - 1] {
            report(.unjoinedEnds, element, 0, count - 1, buffer, &problems)
        }
    }

    private static func report(
        _ kind: ProblemKind, _ element: ElementID, _ first: Int, _ second: Int, _ buffer: WayLocator.Buffer,
        _ problems: inout [MapProblem]
    ) {
        // Nodes without a position have a point that means nothing.
        guard buffer.nodes[first] != buffer.nodes[second], buffer.isLocated[first], buffer.isLocated[second] else {
            return
        }
        let place = buffer.coordinate(first)
        // Where the grid is too coarse, different places share a point.
        guard place == buffer.coordinate(second) else { return }
        problems.append(MapProblem(kind, element, at: place, other: ElementID(.node, buffer.nodes[second])))
    }
}
