import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@testable import OSMImport

@Suite("Duplicate nodes")
struct DuplicateNodesTests {
    private func duplicates(_ text: String) async throws -> [String] {
        try await ImportedStore(text).report.problems.filter { $0.kind == .duplicateNode }.map { problem in
            "\(problem.element) at \(problem.place?.degreesText ?? "-") like \(problem.other?.description ?? "-")"
        }
    }

    @Test("Nodes of ways at one place are told with the lowest id there; one place of one node is nothing")
    func untagged() async throws {
        let found = try await duplicates(
            """
            n5 x1 y1
            n7 x1 y1
            n9 x1 y1
            n10 x2 y2
            w1 Nn5,n10 Thighway=service
            w2 Nn7,n10 Thighway=service
            w3 Nn9,n10
            """)
        #expect(found == ["n7 at 1 1 like n5", "n9 at 1 1 like n5"])
    }

    @Test("Nodes that no way uses, and those with other tags, are no duplicates")
    func others() async throws {
        let found = try await duplicates(
            """
            n1 x1 y1
            n2 x1 y1
            n3 x1 y1 Tnatural=tree
            n4 x1 y1 Tnatural=tree,height=3
            n5 x1 y1 Theight=3,natural=tree
            n9 x2 y2
            r1 Mn2@x Ttype=site
            w1 Nn1,n9 Thighway=service
            w2 Nn3,n9 Thighway=service
            w3 Nn4,n9 Thighway=service
            w4 Nn5,n9 Thighway=service
            """)
        #expect(found == ["n5 at 1 1 like n4"])
    }

    @Test("Beyond the grid's resolution only equal coordinates are one place")
    func beyondTheGrid() async throws {
        // Beyond 85.05 degrees all latitudes share the grid's last row.
        let found = try await duplicates(
            """
            n1 x1 y89
            n2 x1 y88
            n3 x1 y89
            n4 x1 y80
            w1 Nn1,n4 Thighway=service
            w2 Nn2,n4 Thighway=service
            w3 Nn3,n4 Thighway=service
            """)
        #expect(found == ["n3 at 1 89 like n1"])
    }

    @Test("Many strips find what comparing every node with every other finds", arguments: [UInt64(1), 2, 3])
    func strips(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var builder = NodeLocationIndexBuilder()
        let ids = (0..<2000).map { Int64($0 * 3 - 1000) }
        let coordinates = ids.map { _ in
            GeoCoordinate(
                longitude: .random(in: 0...40, using: &generator) * 1000,
                latitude: .random(in: 0...40, using: &generator))
        }
        try builder.append(ids: ids, points: coordinates.map(WebMercator.worldPoint), coordinates: coordinates)
        let index = try builder.finish { _, _ in }
        var used = BitSet(capacity: ids.count)
        for position in ids.indices where Bool.random(using: &generator) { used.insert(position) }
        // Some have one of two tags.
        let tagOfNode = Dictionary(uniqueKeysWithValues: ids.map { ($0, UInt32.random(in: 0...3, using: &generator)) })
        let tags = { (id: Int64) -> CodedTags? in
            tagOfNode[id].flatMap { $0 < 2 ? nil : CodedTags(keys: [$0], values: [TagValueCode(string: $0)]) }
        }
        var expected: [MapProblem] = []
        for position in ids.indices where used.contains(position) {
            let lowest = (0..<position).first { other in
                used.contains(other) && coordinates[other] == coordinates[position]
                    && max(1, tagOfNode[ids[other]] ?? 0) == max(1, tagOfNode[ids[position]] ?? 0)
            }
            if let lowest {
                expected.append(
                    MapProblem(
                        .duplicateNode, ElementID(.node, ids[position]), at: coordinates[position],
                        other: ElementID(.node, ids[lowest])))
            }
        }
        #expect(expected.count >= 100)
        for stripSize in [1 << 24, 300, 17] {
            var search = DuplicateNodes(locations: index, used: used, tags: tags)
            search.stripSize = stripSize
            #expect(search.problems().sorted() == expected.sorted(), "strips of \(stripSize)")
        }
    }

    @Test("Ids come back from positions in the index, whatever their upper bits")
    func ids() throws {
        var generator = SeededGenerator(seed: 4)
        let ids =
            Array(Set((0..<500).map { _ in Int64.random(in: -1 << 40...1 << 40, using: &generator) })).sorted() + [
                1 << 50
            ]
        var builder = NodeLocationIndexBuilder()
        let coordinates = ids.map { _ in GeoCoordinate(1, 1) }
        try builder.append(ids: ids, points: coordinates.map(WebMercator.worldPoint), coordinates: coordinates)
        let index = try builder.finish { _, _ in }
        for (position, id) in ids.enumerated() { #expect(index.id(at: position) == id) }
    }
}
