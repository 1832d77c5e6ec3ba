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

    /// Where a closed way meets itself. Asked in the frame of the world in which it lies in one piece; not of a way around the
    /// world, nor of one beyond the projection's edge, where the grid puts different nodes in one place.
    mutating func addContacts(_ buffer: WayLocator.Buffer, _ segments: inout [RingSegment]) {
        if buffer.exact.contains(where: { abs($0.coordinate.latitude) > WebMercator.latitudeLimit }) { return }
        var crossings = FrameCrossings()
        crossings.add(buffer.points)
        switch crossings.frame {
        case .standard: addContacts(buffer.points, isTurned: false, &segments)
        case .turned: addContacts(buffer.points.map(\.turned), isTurned: true, &segments)
        case nil: return
        }
    }

    /// `points` end with the first one again.
    private mutating func addContacts(
        _ points: [WorldPoint], isTurned: Bool, _ segments: inout [RingSegment]
    ) {
        segments.removeAll(keepingCapacity: true)
        for index in points.indices.dropFirst() where points[index] != points[index - 1] {
            segments.append(RingSegment(points[index - 1], points[index]))
        }
        let contacts = SegmentContacts(segments)
        crossesItself = contacts.hasSharedEnds || !contacts.found.isEmpty
        let places = contacts.found.map {
            (kind: $0.kind, place: WebMercator.coordinate(isTurned ? $0.place.turned : $0.place))
        }
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
