import OSMModel
import TestSupport
import Testing

@testable import OSMImport

@Suite("Relations in relations")
struct RelationGraphTests {
    static func random(_ seed: UInt64) -> [[Int]] {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...12, using: &random)
        let density = Int.random(in: 0...2, using: &random)
        return (0..<count).map { _ in
            (0..<Int.random(in: 0...density, using: &random)).map { _ in Int.random(in: 0..<count, using: &random) }
        }
    }

    /// What each reaches, by trying until nothing changes.
    static func closure(_ lists: [[Int]]) -> [Set<Int>] {
        var reach = lists.map { Set($0) }
        for _ in lists {
            for index in lists.indices { for child in reach[index] { reach[index].formUnion(reach[child]) } }
        }
        return reach
    }

    @Test("Components are those that reach each other, and come after what they reach", arguments: 0..<300)
    func components(seed: UInt64) {
        let lists = Self.random(seed)
        let reach = Self.closure(lists)
        let graph = RelationGraph(children: lists)
        let components = graph.components().map { $0.map { Int($0) } }
        #expect(components.flatMap { $0 }.sorted() == Array(lists.indices), "seed \(seed)")
        var done: Set<Int> = []
        for component in components {
            done.formUnion(component)
            for member in component {
                let mutual = lists.indices.filter {
                    $0 == member || reach[member].contains($0) && reach[$0].contains(member)
                }
                #expect(component.sorted() == mutual, "seed \(seed)")
                #expect(reach[member].isSubset(of: done), "seed \(seed)")
            }
        }
        for root in lists.indices {
            let found = graph.reached(from: [root])
            #expect(lists.indices.filter { found.contains($0) } == reach[root].sorted(), "seed \(seed)")
        }
    }

    @Test("A cycle through the smallest id is found for each group, as short as any", arguments: 0..<300)
    func cycles(seed: UInt64) {
        let lists = Self.random(seed)
        let reach = Self.closure(lists)
        // Ids that run against the indexes.
        let ids = lists.indices.map { Int64(1000 - $0) }
        let found = RelationCycles.find(RelationGraph(children: lists), ids: ids)
        let onCycle = lists.indices.filter { reach[$0].contains($0) }
        let smallest = Set(
            onCycle.map { member in
                onCycle.filter { reach[member].contains($0) && reach[$0].contains(member) }.min { ids[$0] < ids[$1] }
            })
        #expect(Set(found.map(\.first)) == smallest, "seed \(seed)")
        #expect(found.count == smallest.count, "seed \(seed)")
        for cycle in found {
            for (from, to) in zip(cycle, cycle.dropFirst() + cycle.prefix(1)) {
                #expect(lists[from].contains(to), "seed \(seed)")
            }
            // No walk of fewer steps comes back.
            var front: Set<Int> = [cycle[0]]
            for _ in 1..<max(cycle.count, 1) {
                front = Set(front.flatMap { lists[$0] })
                #expect(!front.contains(cycle[0]), "seed \(seed)")
            }
        }
    }

    @Test("The text of a cycle names the ids in order, of a long one the first")
    func text() {
        #expect(RelationCycles.text([2, 0], ids: [7, 8, 5]) == "r5 r7")
        let ids = (1...25).map { Int64($0) }
        #expect(RelationCycles.text(Array(0..<25), ids: ids).hasSuffix(" r19 r20 and 5 more"))
    }

    @Test("Depth is no problem")
    func depth() {
        let count = 200_000
        let graph = RelationGraph(children: (0..<count).map { [($0 + 1) % count] })
        #expect(graph.components().count == 1)
        #expect(RelationCycles.find(graph, ids: (0..<count).map { Int64($0) }).first?.count == count)
    }
}
