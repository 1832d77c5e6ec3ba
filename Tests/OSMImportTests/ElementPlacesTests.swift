import OSMImport
import OSMModel
import PlanarGeometry
import Testing
import TileSchemas

@Suite("Places of problems")
struct ElementPlacesTests {
    @Test("A problem without a place of its own gets that of its object, as far as anything of it is known")
    func places() async throws {
        let imported = try await ImportedStore(
            """
            n1 x1 y1
            n2
            n3 x3 y3
            w1 Nn9,n2,n3,n1 Thighway=service
            w2 Nn1 Thighway=service
            w3 Nn8,n9 Thighway=service
            r1 Mr1@,r2@,n77@ Ttype=site
            r2 Mr1@,w3@,w1@ Ttype=site
            r3 Mn77@ Ttype=site
            """)
        let places = Dictionary(
            imported.report.problems.map { ("\($0.kind.word) \($0.element)", $0.place?.degreesText ?? "-") },
            uniquingKeysWith: { first, _ in first })
        #expect(places["missing-nodes w1"] == "3 3")
        #expect(places["too-few-nodes w2"] == "1 1")
        #expect(places["missing-nodes w3"] == "-")
        #expect(places["no-members-present r3"] == "-")
        #expect(places.values.filter { $0 == "-" }.count < places.count)
    }

    @Test("Looking for problems alone reports what an import reports")
    func withoutStore() async throws {
        let source = OSMImporterTests.random(seed: 11)
        let imported = try await ImportedStore(source)
        let report = try await OSMImporter(schema: .shortbread, options: ImportOptions()).problems(of: source)
        #expect(report.problems == imported.report.problems)
        #expect(report.refused == imported.report.refused)
        #expect(report.isBalanced)
        #expect(!report.problems.isEmpty)
    }
}
