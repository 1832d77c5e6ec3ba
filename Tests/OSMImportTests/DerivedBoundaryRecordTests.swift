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

    @Test("A way that bounds areas gets one record, with the smallest level")
    func levels() async throws {
        let imported = try await ImportedStore(
            Self.ways + """
                r1 Mw1@outer,w2@outer Ttype=boundary,boundary=administrative,admin_level=4
                r2 Mw1@outer,w98@outer Ttype=boundary,boundary=administrative,admin_level=2
                r3 Mw3@outer,w1@outer Ttype=boundary,boundary=administrative,admin_level=6;7
                r4 Mw3@outer,w3@outer Ttype=boundary,boundary=administrative,admin_level=%20%8
                r5 Mw2@outer Ttype=boundary,boundary=administrative,admin_level=none
                """)
        #expect(
            try Self.derived(imported) == [
                "w1": [DerivedBoundary.levelKey: "2"],
                "w2": [DerivedBoundary.levelKey: "4", DerivedBoundary.maritimeKey: "yes"],
                "w3": [DerivedBoundary.levelKey: "6"],
            ])
    }

    @Test("A border that is only disputed or claimed has a record without level; the way's own tags count for nothing")
    func withoutLevel() async throws {
        let imported = try await ImportedStore(
            Self.ways + """
                w4 Nn1,n2 Tboundary=administrative,admin_level=2
                w5 Nn2,n3,n4,n2
                r1 Mw1@outer Ttype=boundary,boundary=disputed,admin_level=4
                r2 Mw2@outer Ttype=boundary,boundary=claim,admin_level=2
                r3 Mw5@outer Ttype=boundary,boundary=administrative,admin_level=9,maritime=yes
                """)
        #expect(
            try Self.derived(imported) == [
                "w1": [DerivedBoundary.disputedKey: "yes"],
                "w2": [DerivedBoundary.claimedKey: "yes", DerivedBoundary.maritimeKey: "yes"],
                "w5": [DerivedBoundary.levelKey: "9", DerivedBoundary.maritimeKey: "yes"],
            ])
    }

    @Test("Member relations that are stretches of the border pass the level on; sub-areas do not")
    func nested() async throws {
        let imported = try await ImportedStore(
            Self.ways + """
                r1 Mr2@outer,r3@subarea Ttype=boundary,boundary=administrative,admin_level=2
                r2 Mw1@,r1@outer Ttype=multilinestring
                r3 Mw2@outer,w98@outer Ttype=boundary,boundary=administrative,admin_level=6
                """)
        #expect(
            try Self.derived(imported) == [
                "w1": [DerivedBoundary.levelKey: "2"],
                "w2": [DerivedBoundary.levelKey: "6", DerivedBoundary.maritimeKey: "yes"],
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
