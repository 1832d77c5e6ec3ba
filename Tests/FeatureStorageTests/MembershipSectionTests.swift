import ByteCoding
import FeatureStorage
import OSMModel
import TestSupport
import Testing

@Suite("Memberships")
struct MembershipSectionTests {
    static func relation(_ id: Int64, _ members: [RelationMember]) -> MadeUpFeature {
        MadeUpFeature(element: ElementID(.relation, id), tags: [("type", "site")], members: members)
    }

    @Test("An element's relations come in order of their ids, with roles, and twice where it is listed twice")
    func example() throws {
        let folder = try TemporaryFolder()
        let way = ElementID(.way, 4)
        let store = try MadeUpStore.store(
            [
                MadeUpFeature(element: way, tags: [("a", "b")]),
                // Untagged, but kept: it has a record like others.
                MadeUpFeature(element: ElementID(.node, 4), role: .part),
                Self.relation(9, [RelationMember(element: way, role: "outer")]),
                Self.relation(
                    -3,
                    [
                        RelationMember(element: way, role: "b"), RelationMember(element: ElementID(.node, 4), role: ""),
                        RelationMember(element: ElementID(.node, 5), role: ""),
                        RelationMember(element: way, role: "a"),
                        RelationMember(element: ElementID(.relation, 9), role: "x"),
                    ]),
            ], in: folder)
        #expect(
            try store.memberships(of: way) == [
                Membership(relation: -3, role: "b"), Membership(relation: -3, role: "a"),
                Membership(relation: 9, role: "outer"),
            ])
        #expect(try store.memberships(of: ElementID(.node, 4)) == [Membership(relation: -3, role: "")])
        #expect(try store.memberships(of: ElementID(.relation, 9)) == [Membership(relation: -3, role: "x")])
        // A member that the store lacks.
        #expect(try store.memberships(of: ElementID(.node, 5)).isEmpty)
        #expect(try store.memberships(of: ElementID(.way, 3)).isEmpty)
        #expect(store.verify().isEmpty)
    }

    @Test("Any ids, in blocks of any filling, come back", arguments: 0..<30)
    func random(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let spread: Int64 = [100, 1 << 40, .max].randomElement(using: &random) ?? 1
        let memberCount = [1, 63, 64, 65, 128, 300].randomElement(using: &random) ?? 1
        var elements: [ElementID] = []
        for _ in 0..<memberCount {
            let kind = ElementKind.allCases.randomElement(using: &random) ?? .node
            elements.append(ElementID(kind, .random(in: -spread...spread, using: &random)))
        }
        elements = Set(elements).sorted()
        var expected: [ElementID: [Membership]] = [:]
        let ids = Set((0..<20).map { _ in Int64.random(in: -spread...spread, using: &random) }).sorted()
        var stored = Set(ids.map { ElementID(.relation, $0) })
        var features: [MadeUpFeature] = []
        for element in elements where Int.random(in: 0...3, using: &random) > 0 && stored.insert(element).inserted {
            features.append(MadeUpFeature(element: element, tags: [("a", "b")]))
        }
        for id in ids {
            var members: [RelationMember] = []
            if seed % 2 == 0 {
                for element in elements where Int.random(in: 0...3, using: &random) == 0 {
                    let role = ["", "a", "b"].randomElement(using: &random) ?? ""
                    members.append(RelationMember(element: element, role: role))
                }
            } else {
                // Neighbours that are in the same relations.
                let start = Int.random(in: 0..<elements.count, using: &random)
                members = elements[start...].prefix(40).map { RelationMember(element: $0, role: "a") }
            }
            features.append(Self.relation(id, members))
            for member in members where stored.contains(member.element) {
                expected[member.element, default: []].append(Membership(relation: id, role: member.role))
            }
        }
        let store = try MadeUpStore.store(features.reversed(), in: folder)
        for element in elements {
            #expect(try store.memberships(of: element) == expected[element] ?? [], "seed \(seed)")
            let near = ElementID(element.kind, element.number &+ 1)
            #expect(try store.memberships(of: near) == expected[near] ?? [], "seed \(seed)")
        }
    }
}
