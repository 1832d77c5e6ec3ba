import FeatureStorage
import OSMModel
import PlanarGeometry

/// Relations in relations, for what those that show their members reach.
struct MemberGraphs: Sendable {
    /// Whatever the roles.
    var all: RelationGraph
    /// Without members whose role is a stop: what a path runs along.
    var paths: RelationGraph

    init(_ relations: CollectedRelations, _ lookup: ElementLookup, _ facts: RelationFacts) {
        all = RelationGraph(relations, lookup) { relation, _ in facts.kinds[relation].followsRelations }
        paths = RelationGraph(relations, lookup) { relation, member in
            facts.kinds[relation].followsRelations && !facts.stopRoles.contains(relations.roles[member])
        }
    }
}

/// Records of the relations that show their members, at any depth: boxes from those of the relations they reach.
struct MemberCollections {
    private(set) var batch = FeatureDraftBatch()
    private(set) var problems: [MapProblem] = []
    /// Untagged relations that are stored because others show them, by index in file order.
    private(set) var parts: Set<Int> = []

    /// What a relation reaches.
    private struct Reach {
        var box = FrameBox()
        var place: GeoCoordinate?

        mutating func unite(_ other: Reach) {
            box.unite(other.box)
            if place == nil { place = other.place }
        }
    }

    /// - Parameters:
    ///   - summaries: of all shown relations and all that they reach.
    ///   - graphs: edges that are followed.
    init(
        _ summaries: [MemberSummary], _ relations: CollectedRelations, _ facts: RelationFacts, _ graphs: MemberGraphs
    ) {
        let all = MemberCollections.reaches(summaries, graphs.all) { Reach(box: $0.box, place: $0.place) }
        let paths = MemberCollections.reaches(summaries, graphs.paths) { Reach(box: $0.pathBox) }
        for summary in summaries where summary.isShown {
            let reach = all[summary.relation] ?? Reach()
            var path = FrameBox()
            if facts.kinds[summary.relation] == .path, let own = paths[summary.relation]?.box { path = own }
            add(summary, box: path.isEmpty ? reach.box : path, place: reach.place, relations, facts)
        }
    }

    /// Linear: children come before those that contain them, and relations that reach each other share what they reach.
    private static func reaches(
        _ summaries: [MemberSummary], _ graph: RelationGraph, own: (MemberSummary) -> Reach
    ) -> [Int: Reach] {
        var reaches: [Int: Reach] = [:]
        reaches.reserveCapacity(summaries.count)
        for summary in summaries { reaches[summary.relation] = own(summary) }
        if !graph.hasEdges { return reaches }
        for component in graph.components() {
            if component.count == 1, let only = component.first, graph.children(of: Int(only)).isEmpty { continue }
            var shared = Reach()
            // By file order, so that the place is that of the first.
            for relation in component.sorted() {
                if let own = reaches[Int(relation)] { shared.unite(own) }
                for child in graph.children(of: Int(relation)) {
                    if let reach = reaches[Int(child)] { shared.unite(reach) }
                }
            }
            for relation in component {
                guard var reach = reaches[Int(relation)] else { continue }
                reach.unite(shared)
                reaches[Int(relation)] = reach
            }
        }
        return reaches
    }

    private mutating func add(
        _ summary: MemberSummary, box: FrameBox, place: GeoCoordinate?, _ relations: CollectedRelations,
        _ facts: RelationFacts
    ) {
        let relation = summary.relation
        let element = ElementID(.relation, relations.ids[relation])
        let list = relations.tagLists[relation]
        var draft = FeatureDraft(element: element, tagList: list == .max ? nil : list)
        box.apply(to: &draft)
        draft.shape = box.isEmpty ? .none : .members
        if list == .max {
            draft.role = .part
            parts.insert(relation)
        }
        batch.add(draft)
        if list == .max { return }
        let memberCount = relations.memberRange(relation).count
        let detail = "\(summary.missingCount) of \(memberCount) members"
        if box.isEmpty {
            problems.append(
                MapProblem(
                    .noMembersPresent, element, other: summary.firstMissing,
                    detail: summary.missingCount > 0
                        ? detail : memberCount == 0 ? "no members" : "no member has a position"))
        } else if summary.missingCount > 0, facts.purposes[relation] == .other {
            problems.append(
                MapProblem(
                    .missingMembers, element, at: place, other: summary.firstMissing, detail: detail))
        }
    }
}
