import FeatureStorage
import OSMImport
import OSMModel
import PlanarGeometry
import TestSupport
import Testing
import TileSchemas

@Suite("Relations")
struct RelationAssemblyTests {
    /// Two squares, the second inside the first, as rings and in halves.
    static let squares = """
        n1 x0 y0
        n2 x10 y0
        n3 x10 y10
        n4 x0 y10
        n5 x2 y2
        n6 x4 y2
        n7 x4 y4
        n8 x2 y4
        n9 x20 y20 Tplace=town,name=Nine
        w1 Nn1,n2,n3,n4,n1
        w2 Nn5,n6,n7,n8,n5
        w3 Nn1,n2,n3
        w4 Nn1,n4,n3
        w5 Nn5,n6,n7
        w6 Nn7,n8,n5

        """

    @Test("A multipolygon's rings follow from geometry, whatever the roles say")
    func roles() async throws {
        let imported = try await ImportedStore(
            Self.squares + """
                r1 Mw1@outer,w2@inner Ttype=multipolygon,natural=water
                r2 Mw2@outer,w1@inner Ttype=multipolygon,natural=water
                r3 Mw3@,w4@,w5@foo,w6@outer Ttype=multipolygon,natural=water
                r4 Mw4@inner,w6@inner,w3@inner,w5@inner,n9@label,r1@subarea Ttype=boundary,boundary=protected_area
                r5 Mw1@outer,w1@outer,w2@inner Ttype=multipolygon,natural=water
                """)
        let first = try #require(try imported.geometry("r1"))
        #expect(first.partCount == 2)
        for relation in ["r1", "r2", "r3", "r4", "r5"] {
            #expect(try imported.shape(relation) == .area)
            #expect(try imported.geometry(relation) == first, "\(relation)")
        }
        // Odd roles and repeats are told all the same.
        #expect(
            imported.problems == ["role-mismatch r2", "role-mismatch r3", "role-mismatch r4", "repeated-member r5"])
        #expect(try imported.tags("r1") == ["type": "multipolygon", "natural": "water"])
    }

    @Test("An area with a part that the file lacks is none: it keeps its members and what there is of them")
    func incomplete() async throws {
        let imported = try await ImportedStore(
            Self.squares + """
                w7 Nn1,n2,n99,n1
                r1 Mw1@outer,w99@inner Ttype=multipolygon,natural=water
                r2 Mw7@outer Ttype=multipolygon,natural=water
                r3 Mw98@outer,w99@outer Ttype=multipolygon,natural=water
                """)
        #expect(try imported.shape("r1") == .members)
        #expect(try imported.parts("r1") == ["0 0,10 0,10 10,0 10,0 0"])
        #expect(try imported.shape("r2") == .members)
        #expect(try imported.parts("r2") == ["0 0,10 0"])
        #expect(try imported.shape("r3") == .none)
        #expect(try imported.geometry("r3") == nil)
        #expect(
            imported.problems == [
                "incomplete-area r1", "incomplete-area r2", "incomplete-area r3", "no-members-present r3",
            ])
        #expect(
            try imported.store.members(ofRelation: 1) == [
                RelationMember(element: ElementID(.way, 1), role: "outer"),
                RelationMember(element: ElementID(.way, 99), role: "inner"),
            ])
    }

    @Test("Rings that stay open or have no ways make no area, and say so")
    func invalid() async throws {
        let imported = try await ImportedStore(
            Self.squares + """
                r1 Mw3@outer Ttype=multipolygon,natural=water
                r3 Mn9@label Ttype=boundary,boundary=administrative
                r4 Ttype=multipolygon,natural=water
                """)
        for relation in ["r1", "r3"] { #expect(try imported.shape(relation) == .members) }
        #expect(try imported.shape("r4") == .none)
        #expect(
            imported.placedProblems == [
                "r1 unclosed-ring 0 0 w3", "r1 unclosed-ring 10 10 w3", "r3 no-member-ways 20 20", "r4 no-member-ways",
                "r4 no-members-present no members",
            ])
        #expect(try imported.parts("r3") == ["20 20"])
    }

    @Test("Rings that cross make an area all the same, with every crossing told by place and ways")
    func crossing() async throws {
        let imported = try await ImportedStore(
            Self.squares + """
                n11 x9 y5
                n12 x12 y5
                n13 x12 y6
                n14 x9 y6
                w7 Nn11,n12,n13,n14,n11
                r1 Mw1@outer,w7@inner Ttype=multipolygon,natural=water
                r2 Mw1@outer,w7@outer Ttype=multipolygon,natural=water
                """)
        #expect(try imported.shape("r1") == .area)
        #expect(try imported.shape("r2") == .area)
        #expect(
            imported.placedProblems == [
                "r1 crossing-rings 10 5 w1 w1 crosses w7", "r1 crossing-rings 10 6 w1 w1 crosses w7",
                "r2 crossing-rings 10 5 w1 w1 crosses w7", "r2 crossing-rings 10 6 w1 w1 crosses w7",
            ])
        let areas = try ["r1", "r2"].map { try #require(try imported.geometry($0)) }
        for area in areas { #expect(area.polygonFault() == nil) }
        #expect(areas[0].doubledArea < areas[1].doubledArea)
        #expect(try imported.parts("r1") == ["0 10,10 10,10 6,9 6,9 5,10 5,10 0,0 0"])
    }

    @Test("What keeps an area from being complete is told by way, with the first position that is known")
    func incompletePlaces() async throws {
        let imported = try await ImportedStore(
            Self.squares + """
                w7 Nn99,n2,n1,n99
                r1 Mw3@outer,w99@inner,w98@inner,w7@inner Ttype=multipolygon,natural=water
                """)
        #expect(
            imported.placedProblems == ["r1 incomplete-area 10 0 w7 3 of 4 ways"])
    }

    @Test("No more than ten problems of a kind are told of one relation, the first by place")
    func bounded() async throws {
        var text = ""
        for number in 0..<20 {
            text += "n\(number * 2 + 1) x\(number) y0\nn\(number * 2 + 2) x\(number) y1\n"
            text += "w\(number + 1) Nn\(number * 2 + 1),n\(number * 2 + 2)\n"
        }
        let members = (1...20).reversed().map { "w\($0)@outer" }.joined(separator: ",")
        let imported = try await ImportedStore(text + "r1 M\(members) Ttype=multipolygon,natural=water")
        #expect(
            imported.placedProblems.sorted()
                == (0..<5).flatMap { ["r1 unclosed-ring \($0) 0 w\($0 + 1)", "r1 unclosed-ring \($0) 1 w\($0 + 1)"] })
    }

    @Test("Rings that close by position only are areas, and the nodes that should be one are told")
    func endsInOnePlace() async throws {
        let imported = try await ImportedStore(
            Self.squares + """
                n11 x10 y10
                w7 Nn11,n4,n1
                r1 Mw3@outer,w7@outer Ttype=multipolygon,natural=water
                r2 Mw3@outer,w4@outer Ttype=multipolygon,natural=water
                """)
        #expect(try imported.geometry("r1") == imported.geometry("r2"))
        #expect(
            imported.placedProblems == [
                "n11 duplicate-node 10 10 n3", "r1 unclosed-ring 10 10 w3 n3 and n11 are in one place",
            ])
    }

    @Test("Another relation keeps members, roles and order, and shows what is there of them")
    func members() async throws {
        let imported = try await ImportedStore(
            Self.squares + """
                n10 x30 y30
                r1 Mn10@stop,w3@,n9@,w99@,n98@,w3@forward,r2@,n5@ Ttype=route,route=bus
                r2 Mw5@ Ttype=route
                r3 Mr1@,r77@ Ttype=route_master
                """)
        #expect(try imported.shape("r1") == .members)
        // A route shows its lines, each once, and those of relations in it.
        #expect(try imported.parts("r1") == ["0 0,10 0,10 10", "2 2,4 2,4 4"])
        #expect(try imported.geometry("r1")?.type == .lines)
        let members = try #require(try imported.store.members(ofRelation: 1))
        #expect(
            members.map { "\($0.element)@\($0.role)" } == [
                "n10@stop", "w3@", "n9@", "w99@", "n98@", "w3@forward", "r2@", "n5@",
            ])
        #expect(try imported.parts("r3") == ["0 0,10 0,10 10", "2 2,4 2,4 4"])
        #expect(
            try imported.store.members(ofRelation: 3)?.map(\.element) == [
                ElementID(.relation, 1), ElementID(.relation, 77),
            ])
        #expect(imported.problems == ["missing-members r1", "missing-members r3"])
    }

    @Test("Untagged members are stored as parts, once, and are no features")
    func parts() async throws {
        let imported = try await ImportedStore(
            Self.squares + """
                r1 Mw3@,n5@,n9@,w3@ Ttype=route
                r2 Mw3@,n5@ Ttype=route
                r3 Mw1@outer Ttype=multipolygon,natural=water
                """)
        let records = try imported.records()
        let parts = records.filter(\.isPart).map { "\($0.element)" }.sorted()
        #expect(parts == ["n5", "w3"])
        #expect(Set(records.filter { !$0.isPart }.map { "\($0.element)" }) == ["n9", "r1", "r2", "r3"])
        #expect(records.count == 6)
        #expect(try imported.store.featureNumber(of: ElementID(.way, 3)) == nil)
        #expect(try imported.store.nodeReferences(ofWay: 3) == [1, 2, 3])
        // Members of areas need no record: the rings are there.
        #expect(imported.report.parts.ways == 2)
        #expect(imported.report.unused.ways == 4)
    }

    @Test("Beyond the Mercator square, where the grid puts different nodes in one place, areas are made from degrees")
    func beyondProjection() async throws {
        let imported = try await ImportedStore(
            """
            n1 x0 y86
            n2 x0 y87
            n3 x5 y80
            n4 x0 y88
            n5 x9 y89
            n6 x0.4 y86
            n7 x0.5 y85.8
            n8 x0.3 y85.9
            n9 x-80 y-84
            n10 x80 y-84
            n11 x80 y-90
            n12 x-80 y-90
            w1 Nn1,n2,n3,n1
            w2 Nn4,n5,n3,n4
            w3 Nn6,n7,n8,n6
            w4 Nn9,n10,n11,n12,n9
            r1 Mw1@outer Ttype=multipolygon,natural=glacier
            r2 Mw2@outer Ttype=multipolygon,natural=glacier
            r3 Mw1@outer,w3@inner Ttype=multipolygon,natural=glacier
            r4 Mw4@outer Ttype=multipolygon,natural=glacier
            """)
        for relation in ["r1", "r2", "r3", "r4"] { #expect(try imported.shape(relation) == .area, "\(relation)") }
        #expect(try imported.parts("r1") == ["0 87,5 80,0 86"])
        #expect(try imported.parts("r4") == ["-80 -84,80 -84,80 -90,-80 -90"])
        #expect(try imported.parts("r3").count == 2)
        #expect(try imported.parts("r3").first == imported.parts("r1").first)
        #expect(imported.report.problems.isEmpty)
    }

    @Test("A relation that contains itself, and two that contain each other, end")
    func cycles() async throws {
        let imported = try await ImportedStore(
            "n1 x1 y1\nr1 Mr1@,n1@ Ttype=site\nr2 Mr3@ Ttype=site\nr3 Mr2@ Ttype=site")
        #expect(try imported.parts("r1") == ["1 1"])
        #expect(try imported.shape("r2") == .none)
        #expect(imported.report.isBalanced)
    }

    @Test("An old-style multipolygon takes the tags that its outer ways share; those ways are lines then")
    func oldStyle() async throws {
        let imported = try await ImportedStore(
            """
            n1 x0 y0
            n2 x10 y0
            n3 x10 y10
            n4 x0 y10
            n5 x2 y2
            n6 x4 y2
            n7 x4 y4
            w1 Nn1,n2,n3,n4,n1 Tbuilding=yes,name=A
            w2 Nn5,n6,n7,n5 Tnatural=water
            w3 Nn1,n2,n3 Tlanduse=forest,name=A,leaf_type=mixed
            w4 Nn3,n4,n1 Tlanduse=forest,name=B,leaf_type=mixed
            w5 Nn3,n4,n1
            r1 Mw1@outer,w2@inner Ttype=multipolygon,created_by=x,note=y,source=z
            r2 Mw3@outer,w4@outer Ttype=multipolygon
            r3 Mw3@outer,w5@outer Ttype=multipolygon
            """)
        #expect(
            try imported.tags("r1") == [
                "type": "multipolygon", "created_by": "x", "note": "y", "source": "z", "building": "yes", "name": "A",
            ])
        #expect(try imported.shape("r1") == .area)
        #expect(try imported.shape("w1") == .line)
        #expect(try imported.parts("w1") == ["0 0,10 0,10 10,0 10,0 0"])
        // An inner way with tags is an area of its own.
        #expect(try imported.shape("w2") == .closedArea)
        #expect(try imported.tags("r2") == ["type": "multipolygon", "landuse": "forest", "leaf_type": "mixed"])
        // An outer way without tags shares none.
        #expect(try imported.tags("r3") == ["type": "multipolygon"])
        #expect(
            imported.problems == [
                "old-style-multipolygon r1", "old-style-multipolygon r2", "old-style-multipolygon r3",
            ])
    }

    @Test("A tag on the relation makes it new-style: its ways' tags stay with the ways")
    func newStyle() async throws {
        let imported = try await ImportedStore(
            Self.squares + """
                w7 Nn1,n2,n3,n4,n1 Tbuilding=yes
                r1 Mw7@outer Ttype=multipolygon,landuse=forest
                """)
        #expect(try imported.tags("r1") == ["type": "multipolygon", "landuse": "forest"])
        #expect(try imported.shape("w7") == .closedArea)
        #expect(imported.report.problems.isEmpty)
    }

    @Test("Of relations with the same id, and of ways, the last one counts")
    func repeated() async throws {
        let imported = try await ImportedStore(
            Self.squares + """
                w1 Nn5,n6,n7,n8,n5
                r1 Mw3@ Ttype=route
                r1 Mw1@outer Ttype=multipolygon,natural=water
                """)
        #expect(try imported.shape("r1") == .area)
        #expect(try imported.parts("r1").count == 1)
        #expect(try #require(try imported.geometry("r1")?.box).maxX < WebMercator.worldPoint(GeoCoordinate(5, 5)).x)
        #expect(imported.refused == ["repeated-element r1", "repeated-element w1"])
        #expect(imported.report.isBalanced)
    }
}
