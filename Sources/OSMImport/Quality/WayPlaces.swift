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
            guard let place = commonPlace(index - 1, index, buffer) else { continue }
            problems.append(
                MapProblem(.repeatedPlace, element, at: place, other: ElementID(.node, buffer.nodes[index])))
        }
        // As many nodes as a closed way must have.
        if count >= 4, buffer.points[0] == buffer.points[count - 1],
            let place = commonPlace(0, count - 1, buffer)
        {
            problems.append(
                MapProblem(.unjoinedEnds, element, at: place, other: ElementID(.node, buffer.nodes[count - 1])))
        }
    }

    /// The place of two different nodes that share a point of the grid; `nil` if theirs are different, or not known.
    private static func commonPlace(_ first: Int, _ second: Int, _ buffer: WayLocator.Buffer) -> GeoCoordinate? {
        // Nodes without a position have a point that means nothing.
        guard buffer.nodes[first] != buffer.nodes[second], buffer.isLocated[first], buffer.isLocated[second] else {
            return nil
        }
        let place = buffer.coordinate(first)
        // Where the grid is too coarse, different places share a point.
        return place == buffer.coordinate(second) ? place : nil
    }
}
