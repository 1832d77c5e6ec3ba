import OSMModel
import PlanarGeometry

/// What is odd about one way's nodes and segments, with places.
struct WayProblems {
    private var report: AreaReport
    /// Whether the way, as an area, has to be repaired: a segment has more in common with another one than the node between
    /// them.
    private(set) var crossesItself = false

    var problems: [MapProblem] { report.problems }

    init(_ element: ElementID) { report = AreaReport(element) }

    /// Nodes that are there twice in a row. Two nodes in one place are another matter.
    mutating func addRepeatedNodes(_ buffer: WayLocator.Buffer) {
        for index in buffer.nodes.indices.dropFirst() where buffer.nodes[index] == buffer.nodes[index - 1] {
            report.add(
                .repeatedNode, at: buffer.coordinate(index), other: ElementID(.node, buffer.nodes[index]))
        }
    }

    /// Where a closed way meets itself. `points` end with the first one again.
    mutating func addContacts(_ points: [WorldPoint], _ segments: inout [RingSegment]) {
        segments.removeAll(keepingCapacity: true)
        for index in points.indices.dropFirst() where points[index] != points[index - 1] {
            segments.append(RingSegment(points[index - 1], points[index]))
        }
        let contacts = SegmentContacts(segments)
        crossesItself = contacts.hasSharedEnds || !contacts.found.isEmpty
        let places = contacts.found.map { (kind: $0.kind, place: WebMercator.coordinate($0.place)) }
        for (kind, place) in places.sorted(by: {
            ($0.place.longitude, $0.place.latitude) < ($1.place.longitude, $1.place.latitude)
        }) {
            report.add(kind == .same ? .duplicateSegment : .selfCrossing, at: place, detail: "\(kind.verb) itself")
        }
    }

    /// A way that says `area=yes` and is open.
    mutating func addOpenEnds(_ buffer: WayLocator.Buffer) {
        for index in [0, buffer.nodes.count - 1] {
            report.add(.unclosedRing, at: buffer.coordinate(index), other: ElementID(.node, buffer.nodes[index]))
        }
    }
}
