import FeatureStorage
import OSMImport
import OSMModel
import PlanarGeometry
import Testing

@Suite("Importing what crosses 180 degrees, and what lies at the poles")
struct RoundWorldImportTests {
    private static func traits(_ imported: ImportedStore, _ element: String) throws -> RecordTraits {
        try imported.store.feature(imported.number(element)).traits
    }

    /// Records that tiles see but queries do not.
    private static func pieceCount(_ imported: ImportedStore) throws -> Int {
        try (0..<imported.store.recordCount).count { try imported.store.feature($0).role == .drawnPiece }
    }

    @Test("Lines, closed lines and areas across 180 degrees keep their nodes, in one record each")
    func ways() async throws {
        let imported = try await ImportedStore(
            """
            n1 x179.9 y1
            n2 x-179.9 y1
            n3 x-179.9 y2
            n4 x179.9 y2
            w1 Nn1,n2,n3 Thighway=service
            w2 Nn1,n2,n3,n4,n1 Thighway=service
            w3 Nn1,n2,n3,n4,n1 Tbuilding=yes
            """)
        #expect(try imported.parts("w1") == ["179.9 1,-179.9 1,-179.9 2"])
        #expect(try imported.parts("w2") == ["179.9 1,-179.9 1,-179.9 2,179.9 2,179.9 1"])
        #expect(try imported.geometry("w3")?.points.count == 4)
        for way in ["w1", "w2", "w3"] { #expect(try Self.traits(imported, way) == .isTurned) }
        #expect(imported.store.recordCount == 3)
        #expect(imported.store.metadata.longitudesOver180 ?? (0, 0) == (1_799_000_000, -1_799_000_000))
        #expect(imported.problems.isEmpty)
    }

    @Test("Nodes at +180 and -180 are the same meridian: along it, and on either side")
    func meridian() async throws {
        let imported = try await ImportedStore(
            """
            n1 x180 y1 Tnatural=peak
            n2 x-180 y2 Tnatural=peak
            n3 x180 y3
            n4 x179 y3
            n5 x-179 y3
            w1 Nn1,n2,n3 Tbarrier=fence
            w2 Nn4,n2 Tbarrier=fence
            w3 Nn5,n1 Tbarrier=fence
            w4 Nn4,n3 Tbarrier=fence
            """)
        #expect(try imported.parts("w1") == ["180 1,-180 2,180 3"])
        #expect(try imported.parts("w2") == ["179 3,-180 2"])
        #expect(try imported.parts("w3") == ["-179 3,180 1"])
        #expect(try imported.parts("n1") == ["180 1"])
        #expect(try imported.parts("n2") == ["-180 2"])
        for way in ["w1", "w2", "w3"] { #expect(try Self.traits(imported, way) == .isTurned) }
        #expect(try Self.traits(imported, "w4") == [])
    }

    @Test("Rings of relations are assembled across 180 degrees, with the holes there")
    func multipolygon() async throws {
        let imported = try await ImportedStore(
            """
            n1 x179 y0
            n2 x-179 y0
            n3 x-179 y4
            n4 x179 y4
            n5 x179.5 y1
            n6 x-179.5 y1
            n7 x-179.5 y2
            n8 x179.5 y2
            w1 Nn1,n2,n3
            w2 Nn3,n4,n1
            w3 Nn5,n6,n7,n8,n5
            r1 Mw1@outer,w2@outer,w3@inner Ttype=multipolygon,landuse=forest
            """)
        #expect(try imported.shape("r1") == .area)
        #expect(try Self.traits(imported, "r1") == .isTurned)
        let geometry = try #require(try imported.geometry("r1"))
        #expect(geometry.partCount == 2)
        #expect(RingArea.doubledRoundWorld(geometry.points, geometry.partRange(0)) > 0)
        #expect(RingArea.doubledRoundWorld(geometry.points, geometry.partRange(1)) < 0)
        #expect(imported.problems.isEmpty)
        #expect(try Self.pieceCount(imported) == 0)
    }

    @Test("A boundary in two halves along +180 and -180 stays two rings")
    func halves() async throws {
        let imported = try await ImportedStore(
            """
            n1 x179 y0
            n2 x180 y0
            n3 x180 y1
            n4 x179 y1
            n5 x-179 y0
            n6 x-180 y0
            n7 x-180 y1
            n8 x-179 y1
            w1 Nn1,n2,n3,n4,n1
            w2 Nn5,n6,n7,n8,n5
            r1 Mw1@outer,w2@outer Ttype=boundary,boundary=administrative,admin_level=2
            """)
        #expect(try imported.shape("r1") == .area)
        #expect(try Self.traits(imported, "r1") == [])
        #expect(try Set(imported.parts("r1").flatMap { $0.split(separator: ",") }).contains("180 0"))
        #expect(try imported.geometry("r1")?.partCount == 2)
        #expect(imported.store.metadata.southWest == GeoCoordinate(-180, 0))
        #expect(imported.store.metadata.northEast == GeoCoordinate(180, 1))
    }

    @Test("A closed way around the pole is kept whole, and drawn as an area up to the map's edge")
    func polarWay() async throws {
        var builder = OSMBuilder()
        let places = stride(from: -170.0, to: 180, by: 20).map { GeoCoordinate($0, -70) }
        for (index, place) in places.enumerated() { builder.addNode(Int64(index + 1), place) }
        let nodes = places.indices.map { Int64($0 + 1) }
        builder.addWay(1, nodes + nodes.prefix(1), [("natural", "glacier")])
        let imported = try await ImportedStore(builder)
        #expect(try Self.traits(imported, "w1") == .isDrawnInPieces)
        #expect(try imported.geometry("w1")?.points.count == 18)
        #expect(try Self.pieceCount(imported) == 1)
        #expect(imported.store.metadata.wayCount == 1)
    }

    @Test("A relation around the pole, and Antarctica drawn along the edges, become areas cut at 180 degrees")
    func polarRelation() async throws {
        let arc = stride(from: -170.0, to: 180, by: 20).map { GeoCoordinate($0, -70) }
        var ring = OSMBuilder()
        for (index, place) in arc.enumerated() { ring.addNode(Int64(index + 1), place) }
        ring.addWay(1, Array(1...10))
        ring.addWay(2, Array(10...18) + [1])
        var drawn = OSMBuilder()
        let coast = stride(from: -180.0, through: 180, by: 20).map { GeoCoordinate($0, -70) }
        for (index, place) in (coast + [GeoCoordinate(180, -90), GeoCoordinate(-180, -90)]).enumerated() {
            drawn.addNode(Int64(index + 1), place)
        }
        drawn.addWay(1, Array(1...19))
        drawn.addWay(2, [19, 20, 21, 1])
        for var builder in [ring, drawn] {
            builder.addRelation(
                1, [1, 2].map { RelationMember(element: ElementID(.way, $0), role: "outer") },
                [("type", "multipolygon"), ("natural", "glacier")])
            let imported = try await ImportedStore(builder)
            #expect(try imported.shape("r1") == .area)
            #expect(try Self.traits(imported, "r1") == [])
            let geometry = try #require(try imported.geometry("r1"))
            #expect(geometry.partCount == 1)
            let expected = 2 * Double(UInt32.max) * Double(UInt32.max - WebMercator.worldY(latitude: -700_000_000))
            #expect(abs(Double(RingArea.doubled(geometry.points, geometry.partRange(0))) / expected - 1) < 1e-6)
            let coordinates = geometry.coordinates()
            #expect(coordinates.contains(GeoCoordinate(180, -90)))
            #expect(coordinates.contains(GeoCoordinate(-180, -90)))
            #expect(coordinates.contains { $0.longitude == 1_800_000_000 && $0.latitude == -700_000_000 })
            #expect(imported.problems.isEmpty)
        }
    }

    @Test("A collection over 180 degrees has a small box, so that queries elsewhere do not come by it")
    func collection() async throws {
        let imported = try await ImportedStore(
            """
            n1 x179.9 y1
            n2 x-179.9 y1
            n3 x-179.8 y1.5
            w1 Nn1,n2
            w2 Nn2,n3
            r1 Mw1@,w2@ Ttype=route,route=ferry
            """)
        #expect(try imported.shape("r1") == .members)
        #expect(try Self.traits(imported, "r1") == .isTurned)
        var numbers: [UInt32] = []
        imported.store.appendCandidates(in: WorldBox(minX: 1 << 30, minY: 0, maxX: 3 << 30, maxY: .max), to: &numbers)
        #expect(numbers.isEmpty)
        imported.store.appendCandidates(in: WorldBox(minX: 0, minY: 0, maxX: 100, maxY: .max), to: &numbers)
        #expect(numbers.contains(UInt32(try imported.number("r1"))))
        #expect(try imported.parts("r1") == ["179.9 1,-179.9 1,-179.8 1.5"])
    }

    @Test("Nodes at the poles and ways beyond the map keep their coordinates")
    func poles() async throws {
        let imported = try await ImportedStore(
            """
            n1 x12 y90 Tplace=locality
            n2 x-77 y-90 Tplace=locality
            n3 x12 y86
            n4 x13 y88
            w1 Nn3,n4,n1 Thighway=track
            w2 Nn3,n4,n1,n3 Tlanduse=forest
            """)
        #expect(try imported.parts("n1") == ["12 90"])
        #expect(try imported.parts("n2") == ["-77 -90"])
        #expect(try imported.parts("w1") == ["12 86,13 88,12 90"])
        #expect(try imported.geometry("w2")?.coordinates().count == 3)
    }
}
