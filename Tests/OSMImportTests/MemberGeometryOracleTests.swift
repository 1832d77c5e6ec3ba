import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport
import Testing
import TileSchemas

@testable import OSMImport

/// Random relations, nested and in cycles, against what follows from the rules word by word.
@Suite("Geometry of random relations")
struct MemberGeometryOracleTests {
    struct Map {
        var builder = OSMBuilder()
        var places: [Int64: GeoCoordinate] = [:]
        var ways: [Int64: [Int64]] = [:]
        var relations: [Int64: (type: String?, members: [RelationMember])] = [:]

        init(seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            for id in 1...16 as ClosedRange<Int64> {
                // Some nodes are not in the file.
                if Int.random(in: 0...7, using: &random) == 0 { continue }
                let place = GeoCoordinate(
                    Double(Int.random(in: 0...9, using: &random)), Double(Int.random(in: 0...9, using: &random)))
                places[id] = place
                builder.addNode(id, place, Bool.random(using: &random) ? [("a", "b")] : [])
            }
            for id in 1...14 as ClosedRange<Int64> where Int.random(in: 0...9, using: &random) > 0 {
                var nodes = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                    Int64.random(in: 1...16, using: &random)
                }
                if nodes.count >= 3, Int.random(in: 0...4, using: &random) == 0 { nodes.append(nodes[0]) }
                ways[id] = nodes
                builder.addWay(id, nodes, Bool.random(using: &random) ? [("highway", "path")] : [])
            }
            let types = ["route", "superroute", "site", "network", "multipolygon", nil]
            let roles = ["", "", "forward", "stop", "platform_exit_only", "outer"]
            for id in 1...10 as ClosedRange<Int64> {
                let type = types.randomElement(using: &random) ?? nil
                let members = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                    let kind = [ElementKind.node, .way, .way, .relation].randomElement(using: &random) ?? .way
                    let limit: Int64 = kind == .relation ? 12 : 16
                    return RelationMember(
                        element: ElementID(kind, .random(in: 1...limit, using: &random)),
                        role: roles.randomElement(using: &random) ?? "")
                }
                relations[id] = (type, members)
                builder.addRelation(id, members, type.map { [("type", $0), ("natural", "water")] } ?? [])
            }
        }

        /// The leaves: of paths without those behind stops.
        func leaves(of relation: Int64, onlyPath: Bool) -> Set<ElementID> {
            var entered: Set<Int64> = []
            var leaves: Set<ElementID> = []
            func enter(_ relation: Int64) {
                guard let (type, members) = relations[relation], entered.insert(relation).inserted else { return }
                for member in members {
                    if onlyPath, member.role == "stop" || member.role.hasPrefix("platform") { continue }
                    if member.element.kind != .relation {
                        if !onlyPath || member.element.kind == .way { leaves.insert(member.element) }
                    } else if type != "multipolygon" {
                        enter(member.element.number)
                    }
                }
            }
            enter(relation)
            return leaves
        }

        func segments(of leaves: Set<ElementID>) -> [[WorldPoint]: Int] {
            var counts: [[WorldPoint]: Int] = [:]
            for leaf in leaves where leaf.kind == .way {
                let nodes = ways[leaf.number] ?? []
                for (from, to) in zip(nodes, nodes.dropFirst()) {
                    guard let from = places[from], let to = places[to] else { continue }
                    counts[Self.segment(WebMercator.worldPoint(from), WebMercator.worldPoint(to)), default: 0] += 1
                }
            }
            return counts
        }

        func points(of leaves: Set<ElementID>) -> [WorldPoint] {
            leaves.filter { $0.kind == .node }.compactMap { places[$0.number].map(WebMercator.worldPoint) }
        }

        static func segment(_ a: WorldPoint, _ b: WorldPoint) -> [WorldPoint] {
            (a.x, a.y) < (b.x, b.y) ? [a, b] : [b, a]
        }
    }

    @Test("Points, segments and boxes are those of what is reached", arguments: 0..<60)
    func random(seed: UInt64) async throws {
        let map = Map(seed: seed)
        let imported = try await ImportedStore(map.builder)
        #expect(imported.report.isBalanced, "seed \(seed)")
        var collector = ElementCollector()
        _ = try await map.builder.readBlocks(
            threads: 1, transform: { PreparedBlock($0) }, consume: { try collector.take($0) })
        let assembly = try await FeatureAssembly(collector, options: ImportOptions())
        var boxes: [ElementID: WorldBox] = [:]
        for draft in assembly.batches.flatMap(\.drafts) where draft.role == .feature {
            boxes[draft.element] = draft.box
        }
        for (id, relation) in map.relations where relation.type != nil {
            let element = "r\(id)"
            if try imported.shape(element) == .area { continue }
            var leaves = map.leaves(of: id, onlyPath: false)
            if relation.type?.hasSuffix("route") == true {
                let path = map.leaves(of: id, onlyPath: true)
                if !map.segments(of: path).isEmpty { leaves = path }
            }
            let geometry = try imported.geometry(element)
            var found: [[WorldPoint]: Int] = [:]
            var points: [WorldPoint] = []
            for part in geometry?.parts ?? [] {
                if part.count == 1 { points += part }
                for (from, to) in zip(part, part.dropFirst()) { found[Map.segment(from, to), default: 0] += 1 }
            }
            #expect(found == map.segments(of: leaves), "seed \(seed) \(element)")
            let order = { (a: WorldPoint, b: WorldPoint) in (a.x, a.y) < (b.x, b.y) }
            #expect(points.sorted(by: order) == map.points(of: leaves).sorted(by: order), "seed \(seed) \(element)")
            #expect(geometry?.box == boxes[ElementID(.relation, id)], "seed \(seed) \(element)")
        }
    }

    @Test(
        "Memberships are the inverse of the members of the stored relations, as far as they are stored",
        arguments: 0..<15)
    func memberships(seed: UInt64) async throws {
        let imported = try await ImportedStore(Map(seed: seed).builder)
        let stored = Set(try imported.records().filter { !$0.isDerived }.map(\.element))
        var expected: [ElementID: [Membership]] = [:]
        for relation in 1...10 as ClosedRange<Int64> {
            for member in try imported.store.members(ofRelation: relation) ?? []
            where stored.contains(member.element) {
                expected[member.element, default: []].append(Membership(relation: relation, role: member.role))
            }
        }
        for kind in ElementKind.allCases {
            for number in 0...18 as ClosedRange<Int64> {
                let element = ElementID(kind, number)
                #expect(
                    try imported.store.memberships(of: element) == expected[element] ?? [], "seed \(seed) \(element)")
            }
        }
    }

    @Test("The store is the same at any number of threads")
    func threads() async throws {
        let one = try await ImportedStore(Map(seed: 7).builder)
        let four = try await ImportedStore(Map(seed: 7).builder, threads: 4)
        #expect(one.report.problems == four.report.problems)
        #expect(one.store.sectionSizes.map(\.byteCount) == four.store.sectionSizes.map(\.byteCount))
    }
}
