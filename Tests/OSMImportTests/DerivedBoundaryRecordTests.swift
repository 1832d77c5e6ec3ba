import FeatureStorage
import OSMImport
import OSMModel
import PlanarGeometry
import TestSupport
import Testing
import TileSchemas

@Suite("Borders from relations")
struct DerivedBoundaryRecordTests {
    static let ways = """
        n1 x0 y0
        n2 x10 y0
        n3 x10 y10
        n4 x0 y10
        w1 Nn1,n2,n3
        w2 Nn3,n4,n1 Tnatural=coastline
        w3 Nn1,n2,n99,n3,n4

        """

    static func derived(_ imported: ImportedStore) throws -> [String: [String: String]] {
        var result: [String: [String: String]] = [:]
        for (number, record) in try imported.records().enumerated() where record.isDerived {
            #expect(result.updateValue(try imported.tags(ofRecord: number), forKey: "\(record.element)") == nil)
            #expect(record.shape == .lines)
        }
        return result
    }

    @Test("A way that bounds areas of level 2 and 4 gets one record, with the smaller level")
    func levels() async throws {
        let imported = try await ImportedStore(
            Self.ways + """
                r1 Mw1@outer,w2@outer Ttype=boundary,boundary=administrative,admin_level=4
                r2 Mw1@outer,w98@outer Ttype=boundary,boundary=administrative,admin_level=2
                r3 Mw3@outer Ttype=boundary,boundary=administrative,admin_level=6
                """)
        #expect(
            try Self.derived(imported) == [
                "w1": [DerivedBoundary.levelKey: "2"],
                "w2": [DerivedBoundary.levelKey: "4", DerivedBoundary.maritimeKey: "yes"],
            ])
    }

    @Test("The record has the segments that are there, and a disputed border says so")
    func segments() async throws {
        let imported = try await ImportedStore(
            Self.ways + """
                r1 Mw3@outer Ttype=boundary,boundary=administrative,admin_level=2
                r2 Mw3@outer Ttype=boundary,boundary=disputed
                """)
        #expect(
            try Self.derived(imported) == ["w3": [DerivedBoundary.levelKey: "2", DerivedBoundary.disputedKey: "yes"]])
        for (number, record) in try imported.records().enumerated() where record.isDerived {
            let geometry = try #require(try imported.store.geometry(of: imported.store.feature(number)))
            #expect(geometry.coordinates().map(\.degreesText) == ["0 0", "10 0", "10 10", "0 10"])
            #expect(geometry.partEnds == [2, 4])
        }
    }

    @Test("Records of borders are no features: not found by id, not counted")
    func counts() async throws {
        let imported = try await ImportedStore(
            Self.ways + "r1 Mw1@outer,w2@outer Ttype=boundary,boundary=administrative,admin_level=2")
        #expect(try Self.derived(imported).count == 2)
        #expect(try imported.store.featureNumber(of: ElementID(.way, 1)) == nil)
        #expect(try imported.tags("w2") == ["natural": "coastline"])
        #expect(imported.store.metadata.wayCount == 1)
        #expect(imported.store.metadata.relationCount == 1)
        #expect(imported.report.kept.ways == 1)
        #expect(imported.report.isBalanced)
    }
}
