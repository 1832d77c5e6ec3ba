import FeatureStorage
import OSMImport
import OSMModel
import PlanarGeometry
import TestSupport
import Testing
import TileSchemas

@Suite("Ways")
struct WayAssemblyTests {
    static let nodes = """
        n1 x0 y0
        n2 x1 y0
        n3 x1 y1
        n4 x0 y1
        n5 x2 y2
        n6
        n7 x3 y3

        """

    @Test("A way with all its nodes is one line in its own direction")
    func line() async throws {
        let imported = try await ImportedStore(Self.nodes + "w1 Nn3,n1,n2 Thighway=service")
        #expect(try imported.shape("w1") == .line)
        #expect(try imported.parts("w1") == ["1 1,0 0,1 0"])
        #expect(imported.report.problems.isEmpty)
        #expect(try imported.store.nodeReferences(ofWay: 1) == [3, 1, 2])
    }

    @Test("A closed way is an area by its tags, else a closed line; three references and more make it closed")
    func closed() async throws {
        let imported = try await ImportedStore(
            Self.nodes + """
                w1 Nn1,n2,n3,n4,n1 Thighway=service
                w2 Nn1,n2,n3,n4,n1 Tbuilding=yes
                w3 Nn1,n2,n3,n4,n1 Tbuilding=yes,area=no
                w4 Nn1,n2,n3,n4,n1 Tarea=yes
                w5 Nn1,n2,n1 Tbuilding=yes
                w6 Nn1,n2,n3,n1 Tbuilding=yes
                w7 Nn1,n2,n3,n4 Tbuilding=yes
                w8 Nn1,n4,n3,n2,n1 Tbuilding=yes
                """)
        #expect(try imported.shape("w1") == .closedLine)
        #expect(try imported.parts("w1") == ["0 0,1 0,1 1,0 1,0 0"])
        #expect(try imported.shape("w2") == .closedArea)
        #expect(try imported.shape("w3") == .closedLine)
        #expect(try imported.shape("w4") == .closedArea)
        #expect(try imported.shape("w5") == .line)
        #expect(try imported.shape("w6") == .closedArea)
        #expect(try imported.shape("w7") == .line)
        // As an area it is an exterior ring, whichever way the way runs.
        let (either, other) = (try imported.geometry("w2"), try imported.geometry("w8"))
        #expect(either.map(SegmentSet.init) == other.map(SegmentSet.init))
        #expect(try #require(either).doubledArea > 0)
        #expect(either?.doubledArea == other?.doubledArea)
    }

    @Test("A way keeps the stretches between consecutive nodes that are there, and is no area without all of them")
    func missingNodes() async throws {
        let imported = try await ImportedStore(
            Self.nodes + """
                w1 Nn1,n2,n99,n3,n4,n5 Thighway=service
                w2 Nn99,n1,n98,n2,n3,n97 Thighway=service
                w3 Nn1,n2,n3,n99,n1 Tbuilding=yes
                w4 Nn1,n98,n3 Thighway=service
                w5 Nn98,n99 Thighway=service
                w6 Nn1,n6,n5,n7 Thighway=service
                """)
        #expect(try imported.shape("w1") == .lines)
        #expect(try imported.parts("w1") == ["0 0,1 0", "1 1,0 1,2 2"])
        #expect(try imported.parts("w2") == ["1 0,1 1"])
        #expect(try imported.shape("w3") == .lines)
        #expect(try imported.parts("w3") == ["0 0,1 0,1 1"])
        #expect(try imported.shape("w4") == .none)
        #expect(try imported.geometry("w4") == nil)
        #expect(try imported.shape("w5") == .none)
        // A node without a position is as good as missing.
        #expect(try imported.parts("w6") == ["2 2,3 3"])
        #expect(imported.problems == Set((1...6).map { "missing-nodes w\($0)" }))
        #expect(try imported.store.nodeReferences(ofWay: 2) == [99, 1, 98, 2, 3, 97])
    }

    @Test("A way of one node, or of none, has no geometry and is kept")
    func tooFewNodes() async throws {
        let imported = try await ImportedStore(Self.nodes + "w1 Nn1 Thighway=service\nw2 Thighway=service")
        #expect(try imported.shape("w1") == .none)
        #expect(try imported.shape("w2") == .none)
        #expect(imported.placedProblems == ["w1 too-few-nodes 0 0", "w2 too-few-nodes"])
        #expect(imported.report.kept.ways == 2)
        #expect(try imported.store.nodeReferences(ofWay: 1) == [1])
        #expect(try imported.store.nodeReferences(ofWay: 2) == [])
    }

    @Test("Positions on ways stand in for nodes that the file lacks; a node of the file comes first")
    func locationsOnWays() async throws {
        let imported = try await ImportedStore(
            """
            n1 x0 y0
            w1 Nn1x9y9,n2x1y0,n3x180y89.5 Thighway=service
            """)
        #expect(try imported.parts("w1") == ["0 0,1 0,180 89.5"])
        #expect(imported.report.problems.isEmpty)
    }

    @Test("A node named twice in a row stays; ids run over the whole range")
    func references() async throws {
        let imported = try await ImportedStore(
            """
            n-9223372036854775808 x1 y1
            n9223372036854775807 x2 y2
            w-5 Nn-9223372036854775808,n9223372036854775807,n9223372036854775807,n-9223372036854775808 Thighway=service
            """)
        #expect(try imported.store.nodeReferences(ofWay: -5) == [.min, .max, .max, .min])
        #expect(try imported.parts("w-5") == ["1 1,2 2,2 2,1 1"])
    }

    @Test("A node that comes twice in a row is told with its place, and so is an open way that says it is an area")
    func repeatedNodes() async throws {
        let imported = try await ImportedStore(
            Self.nodes + """
                w1 Nn1,n2,n2,n3,n4,n1 Tbuilding=yes
                w2 Nn7,n7 Thighway=service
                w4 Nn1,n2,n3,n4 Tarea=yes
                w5 Nn1,n2,n3,n4 Tbarrier=wall
                """)
        #expect(
            imported.placedProblems == [
                "w1 repeated-node 1 0 n2", "w2 repeated-node 3 3 n7", "w4 unclosed-ring 0 0 n1",
                "w4 unclosed-ring 0 1 n4",
            ])
        #expect(try imported.store.feature(imported.number("w1")).traits == [])
    }

    @Test("A closed way that crosses itself and is an area keeps its nodes, says so, and has valid polygons")
    func crossesItself() async throws {
        let imported = try await ImportedStore(
            Self.nodes + """
                n8 x0.5 y0
                n9 x0.2 y0.4
                n10 x0.4 y0.4
                n11 x0.4 y0.2
                w1 Nn1,n3,n2,n4,n1 Tbuilding=yes
                w2 Nn1,n3,n2,n4,n1 Thighway=service
                w3 Nn1,n2,n3,n2,n4,n1 Tbuilding=yes
                w4 Nn1,n2,n3,n4,n1,n9,n10,n11,n1 Tbuilding=yes
                w5 Nn1,n2,n8,n1 Tbuilding=yes
                w6 Nn1,n2,n3,n4,n1 Tbuilding=yes
                """)
        func traits(_ way: String) throws -> RecordTraits { try imported.store.feature(imported.number(way)).traits }
        for way in ["w1", "w3", "w4", "w5"] { #expect(try traits(way) == .crossesItself, "\(way)") }
        for way in ["w2", "w6"] { #expect(try traits(way) == [], "\(way)") }
        #expect(try imported.store.nodeReferences(ofWay: 1) == [1, 3, 2, 4, 1])
        #expect(try imported.shape("w1") == .closedArea)
        let bow = try #require(try imported.geometry("w1"))
        #expect(bow.partCount == 2)
        #expect(bow.polygonFault() == nil)
        let spike = try #require(try imported.parts("w3").first)
        #expect(Set(spike.split(separator: ",")) == ["0 1", "1 0", "0 0"])
        // A loop in a ring, from one of its own nodes, is a hole.
        let holed = try #require(try imported.geometry("w4"))
        #expect(holed.partCount == 2)
        #expect(holed.doubledArea < (try #require(try imported.geometry("w6"))).doubledArea)
        // No area at all: the line that it is.
        #expect(try imported.geometry("w5")?.type == .lines)
        #expect(try imported.parts("w5") == ["0 0,1 0,0.5 0,0 0"])
        #expect(
            imported.problems == [
                "self-crossing w1", "duplicate-segment w3", "self-crossing w5",
            ])
    }

    @Test("Positions at the antimeridian, at the poles and beyond the square come back exactly")
    func exactCoordinates() async throws {
        let text = """
            n1 x180 y0 Tplace=a
            n2 x-180 y0 Tplace=b
            n3 x0 y90 Tplace=c
            n4 x12.3456789 y-90 Tplace=d
            n5 x180 y85.0511288 Tplace=e
            n6 x-179.9999999 y85.0511287 Tplace=f
            n7 x179.9999999 y-85.0511287 Tplace=g
            n8 x7 y7
            w1 Nn1,n3,n8,n4,n6 Thighway=service
            w2 Nn3,n4,n8,n5,n3 Thighway=service
            w3 Nn4,n5,n99,n1,n2 Thighway=service
            w4 Nn3,n8,n5,n3 Tbuilding=yes
            w5 Nn3,n5,n8,n3 Tbuilding=yes
            r1 Mn1@,w1@ Ttype=site
            r2 Mw2@outer Ttype=multipolygon,natural=water
            """
        let source = try OSMBuilder(text)
        let imported = try await ImportedStore(source)
        for element in source.elements where element.id.kind == .node && !element.tags.isEmpty {
            let geometry = try #require(try imported.geometry("\(element.id)"))
            #expect(geometry.coordinates() == [element.coordinate], "\(element.id)")
        }
        #expect(try imported.parts("w1") == ["180 0,0 90,7 7,12.3456789 -90,-179.9999999 85.0511287"])
        #expect(try imported.parts("w2") == ["0 90,12.3456789 -90,7 7,180 85.0511288,0 90"])
        #expect(try imported.parts("w3") == ["12.3456789 -90,180 85.0511288", "180 0,-180 0"])
        for way in ["w4", "w5"] {
            let corners = try imported.parts(way).flatMap { $0.split(separator: ",") }.sorted()
            #expect(corners == ["0 90", "180 85.0511288", "7 7"], "\(way)")
        }
        #expect(try imported.parts("r1") == ["180 0", "180 0,0 90,7 7,12.3456789 -90,-179.9999999 85.0511287"])
        let corners = try imported.parts("r2").flatMap { $0.split(separator: ",") }.sorted()
        #expect(corners == ["0 90", "12.3456789 -90", "180 85.0511288", "7 7"])
    }

    @Test("A node without a position, or one outside the sphere, is kept without geometry")
    func noPosition() async throws {
        let imported = try await ImportedStore(
            "n1 Tplace=a\nn2 x190 y0 Tplace=b\nn3 x0 y91 Tplace=c\nn4 x1 y1 Tplace=d")
        for node in ["n1", "n2", "n3"] {
            #expect(try imported.shape(node) == .none)
            #expect(try imported.geometry(node) == nil)
        }
        #expect(imported.problems == ["no-position n1", "no-position n2", "no-position n3"])
        #expect(imported.report.kept.nodes == 4)
    }
}
