import FeatureStorage
import Foundation
import OSMImport
import OSMModel
import PlanarGeometry
import TestSupport
import Testing
import TileSchemas

@Suite("Import")
struct OSMImporterTests {
    /// Elements with everything that can be odd about them: repeated and deleted ones, missing nodes and members, closed
    /// ways, areas, boundaries, relations in relations.
    static func random(seed: UInt64, scale: Int = 1) -> OSMBuilder {
        var generator = SeededGenerator(seed: seed)
        var builder = OSMBuilder()
        builder.elementsPerBlock = .random(in: 1...60, using: &generator)
        let pool: [(String, String)] = [
            ("building", "yes"), ("highway", "residential"), ("name", "A"), ("name", "B"), ("natural", "water"),
            ("landuse", "forest"), ("area", "no"), ("addr:housenumber", "7"), ("place", "town"),
            ("boundary", "administrative"),
            ("admin_level", "2"), ("admin_level", "4"), ("note", "x"), ("source", "y"),
        ]
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }
        func tags(_ percent: Int) -> [(key: String, value: String)] {
            var tags: [(key: String, value: String)] = []
            while chance(percent), let tag = pool.randomElement(using: &generator) { tags.append(tag) }
            return tags
        }
        func finish(_ percent: Int = 2) {
            if chance(percent) { builder.elements[builder.elements.count - 1].isDeleted = true }
        }
        let nodeCount = 300 * scale
        for number in 1...nodeCount {
            let id = chance(3) ? Int64.random(in: -10...Int64(nodeCount), using: &generator) : Int64(number)
            // On a small lattice, so that rings touch and cross.
            let coordinate = GeoCoordinate(
                longitude: .random(in: 0...40, using: &generator) * 1_000_000,
                latitude: .random(in: 0...40, using: &generator) * 1_000_000)
            builder.addNode(id, chance(2) ? .undefined : coordinate, tags(15))
            finish()
        }
        for number in 1...(150 * scale) {
            var references: [Int64] = []
            while chance(80) { references.append(.random(in: -10...Int64(nodeCount + 10), using: &generator)) }
            if chance(40), let first = references.first { references.append(first) }
            builder.addWay(chance(3) ? .random(in: 1...100, using: &generator) : Int64(number), references, tags(60))
            finish()
        }
        for number in 1...(60 * scale) {
            var members: [RelationMember] = []
            while chance(70) {
                let kind: ElementKind = chance(70) ? .way : chance(60) ? .node : .relation
                let limit = kind == .node ? nodeCount : kind == .way ? 150 * scale : 60 * scale
                members.append(
                    RelationMember(
                        element: ElementID(kind, .random(in: 1...Int64(limit + 5), using: &generator)),
                        role: chance(50) ? "outer" : "inner"))
            }
            let type =
                chance(20)
                ? []
                : [(key: "type", value: ["multipolygon", "boundary", "route"].randomElement(using: &generator) ?? "")]
            builder.addRelation(
                chance(3) ? .random(in: 1...40, using: &generator) : Int64(number), members,
                chance(15) ? [] : type + tags(50))
            finish()
        }
        return builder
    }

    @Test(
        "Every element that was read is kept, a part, unused or refused, exactly once",
        arguments: 0..<12 as Range<UInt64>)
    func balance(seed: UInt64) async throws {
        let source = Self.random(seed: seed)
        let imported = try await ImportedStore(source)
        let report = imported.report
        #expect(report.isBalanced, "seed \(seed)")

        // The same account, the slow way.
        var last: [ElementID: OSMBuilder.Element] = [:]
        var read = ImportReport.Counts()
        var refused: [String: Int] = [:]
        for element in source.elements {
            read[element.id.kind] += 1
            if element.isDeleted {
                refused["deleted \(element.id.kind)", default: 0] += 1
                if last.removeValue(forKey: element.id) != nil {
                    refused["repeated-element \(element.id.kind)", default: 0] += 1
                }
            } else if last.updateValue(element, forKey: element.id) != nil {
                refused["repeated-element \(element.id.kind)", default: 0] += 1
            }
        }
        var used: Set<ElementID> = []
        for element in last.values {
            used.formUnion(element.references.map { ElementID(.node, $0) })
            used.formUnion(element.members.map(\.element))
        }
        var (kept, parts, unused) = (ImportReport.Counts(), ImportReport.Counts(), ImportReport.Counts())
        for (id, element) in last {
            if !element.tags.isEmpty {
                kept[id.kind] += 1
            } else if used.contains(id) {
                parts[id.kind] += 1
            } else {
                unused[id.kind] += 1
            }
        }
        #expect(report.read == read, "seed \(seed)")
        #expect(report.kept == kept, "seed \(seed)")
        #expect(report.parts == parts, "seed \(seed)")
        #expect(report.unused == unused, "seed \(seed)")
        #expect(
            Dictionary(uniqueKeysWithValues: report.refused.map { ("\($0.reason) \($0.kind)", $0.count) }) == refused,
            "seed \(seed)")

        // What is kept is what the store has, tags included.
        let records = try imported.records()
        #expect(
            records.count { !$0.isPart && !$0.isDerived } == kept.nodes + kept.ways + kept.relations, "seed \(seed)")
        for (id, element) in last where !element.tags.isEmpty {
            let tags = try imported.tags("\(id)")
            for (key, value) in Dictionary(
                element.tags.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
            where tags[key] != value {
                Issue.record("seed \(seed): \(id) has \(key)=\(tags[key] ?? "nothing"), not \(value)")
            }
            if id.kind == .relation { #expect(try imported.store.members(ofRelation: id.number) == element.members) }
            if id.kind == .way { #expect(try imported.store.nodeReferences(ofWay: id.number) == element.references) }
        }
        let metadata = imported.store.metadata
        #expect(metadata.nodeCount == kept.nodes)
        #expect(metadata.wayCount == kept.ways)
        #expect(metadata.relationCount == kept.relations)
    }

    @Test("The store has the same bytes at any number of threads and with any blocks", arguments: [20, 21] as [UInt64])
    func determinism(seed: UInt64) async throws {
        // Enough for several tasks of each kind.
        var source = Self.random(seed: seed, scale: 4)
        let folder = try TemporaryFolder()
        var expected: Data?
        for threads in [1, 2, 4] {
            for elementsPerBlock in [7, 1000] {
                source.elementsPerBlock = elementsPerBlock
                var options = ImportOptions()
                options.threads = threads
                let path = folder.path("\(threads)-\(elementsPerBlock)")
                let report = try await OSMImporter(schema: .shortbread, options: options).run(source, to: path)
                let bytes = try Data(contentsOf: URL(filePath: path))
                #expect(report.storeByteCount == bytes.count)
                if let expected { #expect(bytes == expected, "\(threads) threads, blocks of \(elementsPerBlock)") }
                expected = expected ?? bytes
            }
        }
    }

    @Test("Data are as new as the header says, else as the newest element")
    func timestamp() async throws {
        var source = try OSMBuilder("n1 x1 y1 t100 Tplace=a\nn2 x1 y1 t300\nw1 t200 Nn1,n2\nr1 t250 dD")
        source.elementsPerBlock = 1
        #expect(try await ImportedStore(source).store.metadata.dataTimestamp == 300)
        source.header.replicationTimestamp = 77
        source.header.replicationSequence = 12
        source.header.replicationBaseURL = "https://example.org/minute"
        let metadata = try await ImportedStore(source).store.metadata
        #expect(metadata.dataTimestamp == 77)
        #expect(metadata.replicationSequence == 12)
        #expect(metadata.replicationBaseURL == "https://example.org/minute")
        #expect(try await ImportedStore("n1 x1 y1 Tplace=a").store.metadata.dataTimestamp == nil)
    }

    @Test("A file without elements gives a store without features")
    func empty() async throws {
        let imported = try await ImportedStore("")
        #expect(imported.store.recordCount == 0)
        #expect(imported.report.isBalanced)
        #expect(imported.store.metadata.southWest == nil)
    }

    @Test("Bounds come from the features, not from the header")
    func bounds() async throws {
        var source = try OSMBuilder("n1 x1 y2 Tplace=a\nn2 x3 y4 Tplace=b\nn3 x50 y50")
        source.header.bounds = (GeoCoordinate(0, 0), GeoCoordinate(180, 90))
        let metadata = try await ImportedStore(source).store.metadata
        #expect(metadata.southWest == GeoCoordinate(1, 2))
        #expect(metadata.northEast == GeoCoordinate(3, 4))
    }

    @Test("The first value of a repeated key counts, and the object is named")
    func repeatedKey() async throws {
        let imported = try await ImportedStore("n1 x1 y1 Tname=A,place=town,name=B")
        #expect(try imported.tags("n1") == ["name": "A", "place": "town"])
        #expect(imported.problems == ["repeated-key n1"])
    }

    @Test("A node that comes again without tags is no feature any more, one that comes again with tags is one feature")
    func repeatedNode() async throws {
        let imported = try await ImportedStore(
            "n1 x1 y1 Tplace=town\nn2 x2 y2\nn1 x3 y3\nn2 x4 y4 Tplace=town\nn3 x5 y5 Tplace=a\nn3 x6 y6 Tplace=b\nw1 Nn1,n2 Thighway=service"
        )
        #expect(try imported.records().map { "\($0.element)" }.sorted() == ["n2", "n3", "w1"])
        #expect(try imported.parts("w1") == ["3 3,4 4"])
        #expect(try imported.parts("n3") == ["6 6"])
        #expect(try imported.tags("n3") == ["place": "b"])
        #expect(imported.report.isBalanced)
    }

    @Test("A finding counts all of its objects and lists the first of them")
    func findings() async throws {
        let imported = try await ImportedStore((1...50).map { "n\($0) Tplace=a" }.joined(separator: "\n"))
        let finding = try #require(imported.report.problemFindings.first)
        #expect(imported.report.problemFindings.count == 1)
        #expect(imported.report.problems.count == 50)
        #expect(try imported.store.problems() == imported.report.problems)
        #expect(finding.count == 50)
        #expect(finding.firstIDs.count == ImportReport.listedIDs)
    }

    @Test("A source that breaks leaves nothing behind; a store that exists stays, and is replaced only on demand")
    func failure() async throws {
        struct BrokenSource: OSMBlockSource {
            struct Fault: Error {}
            var progress: (@Sendable (Int) -> Void)?

            func readBlocks<Value: Sendable>(
                threads: Int, transform: @escaping @Sendable (OSMBlock) throws -> Value, consume: (Value) throws -> Void
            ) async throws -> OSMFileHeader {
                try consume(transform(OSMBlock()))
                throw Fault()
            }
        }
        let folder = try TemporaryFolder()
        let path = folder.path("store")
        await #expect(throws: BrokenSource.Fault.self) {
            _ = try await OSMImporter(schema: .shortbread, options: ImportOptions()).run(BrokenSource(), to: path)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)

        let source = try OSMBuilder("n1 x1 y1 Tplace=a")
        let importer = OSMImporter(schema: .shortbread, options: ImportOptions())
        _ = try await importer.run(source, to: path)
        let before = try Data(contentsOf: URL(filePath: path))
        await #expect(throws: (any Error).self) {
            _ = try await importer.run(OSMBuilder("n2 x1 y1 Tplace=b"), to: path)
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
        var options = ImportOptions()
        options.replacesExisting = true
        _ = try await OSMImporter(schema: .shortbread, options: options).run(OSMBuilder("n2 x1 y1 Tplace=b"), to: path)
        #expect(try FeatureStore(path: path).featureNumber(of: ElementID(.node, 2)) != nil)
    }

    @Test("A deletion stands for the versions before it, not for those behind it", arguments: [1, 2, 3, 100])
    func deletedVersions(elementsPerBlock: Int) async throws {
        var source = try OSMBuilder(
            """
            n1 x1 y1 Tnatural=peak
            n1 dD
            n2 x2 y2 Tnatural=peak
            n2 dD
            n2 x3 y3 Tnatural=tree
            n3 dD
            n3 x4 y4 Tnatural=peak
            n4 x5 y5
            w1 Nn2,n3 Thighway=service
            w1 dD
            w2 Nn2,n4 Thighway=service
            w2 Nn2,n3 Thighway=track
            r1 Mw2@ Ttype=route,route=bus
            r1 dD
            r2 Mw1@,w2@ Ttype=route,route=bus
            """)
        source.elementsPerBlock = elementsPerBlock
        let imported = try await ImportedStore(source)
        #expect(imported.report.isBalanced)
        for gone in ["n1", "w1", "r1"] {
            #expect(throws: ImportedStore.Absent.self) { try imported.number(gone) }
        }
        #expect(try imported.tags("n2") == ["natural": "tree"])
        #expect(try imported.parts("n2") == ["3 3"])
        #expect(try imported.tags("n3") == ["natural": "peak"])
        #expect(try imported.tags("w2") == ["highway": "track"])
        #expect(
            imported.refused == [
                "deleted n1", "deleted n2", "deleted n3", "deleted w1", "deleted r1", "repeated-element n1",
                "repeated-element n2", "repeated-element w1", "repeated-element w2", "repeated-element r1",
            ])
        #expect(imported.problems.contains("missing-members r2"))
    }
}
