import OSMModel
import PlanarGeometry

/// Relations that contain themselves, directly or through others.
enum RelationCycles {
    /// How many ids a cycle's text lists.
    static let listedIDs = 20

    /// A problem for each of `find`. The place is that of the first relation of the cycle whose members have one.
    static func problems(
        _ relations: CollectedRelations, _ lookup: ElementLookup, _ summaries: [MemberSummary]
    ) -> [MapProblem] {
        let graph = RelationGraph(relations, lookup) { _, _ in true }
        let cycles = find(graph, ids: relations.ids)
        if cycles.isEmpty { return [] }
        var places: [Int: GeoCoordinate] = [:]
        for summary in summaries { places[summary.relation] = summary.place }
        return cycles.map { cycle in
            MapProblem(
                .relationCycle, ElementID(.relation, relations.ids[cycle[0]]),
                at: cycle.lazy.compactMap { places[$0] }.first, detail: text(cycle, ids: relations.ids))
        }
    }

    /// For each group of relations that reach each other one cycle, as indexes: a shortest one through the smallest id,
    /// which comes first. All kinds of relation are looked at, whether they are followed or not.
    static func find(_ graph: RelationGraph, ids: [Int64]) -> [[Int]] {
        if !graph.hasEdges { return [] }
        var cycles: [[Int]] = []
        for component in graph.components() {
            guard let first = component.min(by: { ids[Int($0)] < ids[Int($1)] }) else { continue }
            if component.count == 1, !graph.children(of: Int(first)).contains(first) { continue }
            cycles.append(shortestCycle(through: Int(first), in: Set(component), graph))
        }
        return cycles.sorted { ids[$0[0]] < ids[$1[0]] }
    }

    /// Breadth first, members in order, so that the same file gives the same cycle.
    private static func shortestCycle(through start: Int, in component: Set<UInt32>, _ graph: RelationGraph) -> [Int] {
        var parents: [Int: Int] = [:]
        var queue = [start]
        var next = 0
        while next < queue.count {
            let relation = queue[next]
            next += 1
            for child in graph.children(of: relation) where component.contains(child) {
                if Int(child) == start {
                    var cycle = [relation]
                    while let last = cycle.last, last != start, let parent = parents[last] { cycle.append(parent) }
                    return cycle.reversed()
                }
                if parents[Int(child)] == nil {
                    parents[Int(child)] = relation
                    queue.append(Int(child))
                }
            }
        }
        return [start]
    }

    /// `r1 r5 r9`; of a long cycle the first ids and the number of the others.
    static func text(_ cycle: [Int], ids: [Int64]) -> String {
        let listed = cycle.prefix(listedIDs).map { ElementID(.relation, ids[$0]).description }.joined(separator: " ")
        return cycle.count > listedIDs ? "\(listed) and \(cycle.count - listedIDs) more" : listed
    }
}
