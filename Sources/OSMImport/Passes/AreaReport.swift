import OSMModel
import PlanarGeometry

/// The problems of one area, at most ten of a kind: those that come first by place, then by way.
struct AreaReport {
    static let limitPerKind = 10

    let element: ElementID
    private(set) var problems: [MapProblem] = []

    init(_ element: ElementID) { self.element = element }

    mutating func add(
        _ kind: ProblemKind, at place: GeoCoordinate?, other: ElementID? = nil, detail: String = ""
    ) {
        guard problems.count(where: { $0.kind == kind }) < AreaReport.limitPerKind else { return }
        let problem = MapProblem(kind, element, at: place, other: other, detail: detail)
        if !problems.contains(problem) { problems.append(problem) }
    }

    /// What an assembly found. `ids` are those of the ways in the order in which they were added.
    mutating func add(
        _ assembly: RingAssembly, _ ids: [Int64], _ coordinate: (WorldPoint) -> GeoCoordinate
    ) {
        func name(_ way: Int) -> ElementID { ElementID(.way, ids[way]) }
        add(
            assembly.openEnds.map {
                MapProblem(.unclosedRing, element, at: coordinate($0.point), other: name($0.way))
            })
        add(
            assembly.mismatches.map {
                MapProblem(.roleMismatch, element, at: coordinate($0.point), other: name($0.way))
            })
        func contact(_ kind: ProblemKind, _ contact: SegmentContact) -> MapProblem {
            let ways = [name(Int(contact.left.way)), name(Int(contact.right.way))].sorted()
            let second = ways[0] == ways[1] ? "itself" : "\(ways[1])"
            return MapProblem(
                kind, element, at: coordinate(contact.place), other: ways[0],
                detail: "\(ways[0]) \(contact.kind.verb) \(second)")
        }
        add(assembly.crossings.map { contact(.crossingRings, $0) })
        add(assembly.duplicates.map { contact(.duplicateSegment, $0) })
    }

    /// The first of many problems of one kind.
    private mutating func add(_ found: [MapProblem]) {
        for problem in found.count > 1 ? found.sorted() : found {
            add(problem.kind, at: problem.place, other: problem.other, detail: problem.detail)
        }
    }
}

extension SegmentContact.Kind {
    /// What one way does to the other.
    var verb: String {
        switch self {
        case .same: "repeats a segment of"
        case .crossing: "crosses"
        case .touching: "touches"
        case .overlapping: "overlaps"
        }
    }
}

/// Where member ways end. Rings are made of positions; where ways end in one place without a common node the area is made,
/// and yet something is wrong.
struct MemberEnds {
    private struct End {
        var point: WorldPoint
        var node: Int64
        var way: Int64
    }

    private var ends: [End] = []

    /// A way whose first node is its last has no ends.
    mutating func add(_ buffer: WayLocator.Buffer, way: Int64) {
        guard let first = buffer.nodes.first, let last = buffer.nodes.last, first != last,
            let from = buffer.points.first, let to = buffer.points.last
        else { return }
        ends.append(End(point: from, node: first, way: way))
        ends.append(End(point: to, node: last, way: way))
    }

    /// Reports each place with ways that meet nobody at their own node, and another node in the same place.
    mutating func report(to report: inout AreaReport, _ coordinate: (WorldPoint) -> GeoCoordinate) {
        ends.sort { ($0.point.x, $0.point.y, $0.node, $0.way) < ($1.point.x, $1.point.y, $1.node, $1.way) }
        var start = 0
        while start < ends.count {
            var end = start
            while end < ends.count, ends[end].point == ends[start].point { end += 1 }
            let group = ends[start..<end]
            start = end
            guard let first = group.first, let last = group.last, first.node != last.node else { continue }
            let alone = group.first { end in group.count { $0.node == end.node } % 2 == 1 }
            guard let alone, let other = group.first(where: { $0.node != alone.node }) else { continue }
            report.add(
                .unclosedRing, at: coordinate(alone.point), other: ElementID(.way, alone.way),
                detail: "n\(alone.node) and n\(other.node) are in one place")
        }
    }
}
