import FeatureStorage
import OSMModel
import PlanarGeometry

/// What a relation's own members, without those of member relations, say about a geometry made of them.
struct MemberSummary: Sendable {
    /// Index in file order.
    var relation: Int
    /// Whether a record is made of it: it is no area, and tagged or part of one that is.
    var isShown: Bool
    /// Of all members.
    var box = FrameBox()
    /// Of the ways whose role is no stop.
    var pathBox = FrameBox()
    /// The first position known, of its own members before those of member relations.
    var place: GeoCoordinate?
    var missingCount = 0
    var firstMissing: ElementID?

    init(relation: Int, isShown: Bool) {
        self.relation = relation
        self.isShown = isShown
    }

    mutating func miss(_ member: ElementID) {
        missingCount += 1
        if firstMissing == nil { firstMissing = member }
    }
}

extension RelationAssembly {
    /// Looks at the members and asks for records of those that have a geometry to show.
    func summarise(
        _ relation: Int, isShown: Bool, _ scratch: inout Scratch, _ output: inout Output
    ) throws {
        var summary = MemberSummary(relation: relation, isShown: isShown)
        for index in relations.memberRange(relation) {
            let member = relations.members[index]
            switch member.kind {
            case .node:
                guard let position = locator.locations.position(ofNode: member.number, hint: &scratch.hint) else {
                    summary.miss(member)
                    continue
                }
                if let point = locator.locations.point(at: position) {
                    summary.box.add(point)
                    if summary.place == nil {
                        summary.place =
                            locator.locations.exactCoordinate(at: position) ?? WebMercator.coordinate(point)
                    }
                }
                output.wantedNodes.append(member.number)
            case .way:
                guard let way = ways.index(of: member.number) else {
                    summary.miss(member)
                    continue
                }
                try locator.load(way, into: &scratch.buffer)
                add(scratch.buffer, isPath: !isStopRole(relations.roles[index]), to: &summary)
                output.wantedWays.append(member.number)
            case .relation: if relationLookup.index(of: member.number) == nil { summary.miss(member) }
            }
        }
        output.summaries.append(summary)
    }

    private func add(_ buffer: WayLocator.Buffer, isPath: Bool, to summary: inout MemberSummary) {
        let points = buffer.points
        for index in points.indices.dropFirst() where buffer.isLocated[index - 1] && buffer.isLocated[index] {
            summary.box.add(points[index - 1], points[index])
            if isPath { summary.pathBox.add(points[index - 1], points[index]) }
            if summary.place == nil {
                summary.place =
                    buffer.exact.first { $0.index == index - 1 }?.coordinate
                    ?? WebMercator.coordinate(points[index - 1])
            }
        }
    }

    private func isStopRole(_ role: UInt32) -> Bool { stopRoles.contains(role) }
}
