import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport
import Testing
import TileSchemas

@testable import OSMImport

@Suite("Geometry of relations without area")
struct MemberGeometryTests {
    static let line = """
        n1 x1 y0
        n2 x2 y0
        n3 x3 y0
        n4 x4 y0
        n5 x5 y0
        n6 x3 y3
        n7 x4 y3
        n8 x9 y9 Tpublic_transport=stop_position
        w1 Nn1,n2 Thighway=primary
        w2 Nn3,n2
        w3 Nn3,n4
        w4 Nn4,n5
        w5 Nn3,n6,n7,n3
        w6 Nn6,n8 Thighway=platform

        """

    @Test("A route is its ways joined, whatever their direction and roles; stops and platforms are not part of it")
    func route() async throws {
        let imported = try await ImportedStore(
            Self.line + """
                r1 Mn8@stop,w6@platform,w1@,w2@backward,w3@forward,w4@ Ttype=route,route=bus
                r2 Mw1@,w2@,w5@,w3@,w6@stop_entry_only Ttype=route,route=hiking
                r3 Mw1@,w4@,w1@ Ttype=route,route=bus
                r4 Mn8@stop,w6@platform Ttype=route,route=bus
                """)
        #expect(try imported.parts("r1") == ["1 0,2 0,3 0,4 0,5 0"])
        #expect(try imported.geometry("r1")?.type == .lines)
        #expect(try imported.parts("r2") == ["3 0,3 3,4 3,3 0", "1 0,2 0,3 0,4 0"])
        #expect(try imported.parts("r3") == ["1 0,2 0", "4 0,5 0"])
        // Without a way to travel on, what is there.
        #expect(try imported.parts("r4") == ["9 9", "3 3,9 9"])
        #expect(imported.problems.isEmpty)
    }

    @Test("Other relations show points and lines")
    func site() async throws {
        let imported = try await ImportedStore(Self.line + "r1 Mw1@,n8@entrance,w6@platform,w2@ Ttype=site")
        #expect(try imported.parts("r1") == ["9 9", "1 0,2 0", "3 3,9 9", "3 0,2 0"])
        #expect(try imported.geometry("r1")?.type == .collection)
    }

    @Test("Super-relations show their members' members, at any depth, each once; untagged ones are parts")
    func superRelations() async throws {
        let imported = try await ImportedStore(
            Self.line + """
                r1 Mw1@,w2@,n8@stop Ttype=route,route=bus
                r2 Mw3@
                r3 Mr1@,r2@,w4@,r1@ Ttype=superroute
                r4 Mr3@,r99@ Ttype=route_master
                r5 Mr4@,n1@ Ttype=network
                r6 Mw5@
                r7 Mn8@
                """)
        #expect(try imported.parts("r3") == ["1 0,2 0,3 0,4 0,5 0"])
        #expect(try imported.parts("r4") == ["1 0,2 0,3 0,4 0,5 0"])
        #expect(try imported.parts("r5") == ["9 9", "1 0", "1 0,2 0,3 0,4 0,5 0"])
        #expect(imported.problems == ["missing-members r4"])
        let problem = try #require(imported.report.problems.first)
        // That of r3, which has a way of its own.
        #expect(problem.place == GeoCoordinate(4, 0))
        #expect(problem.other == ElementID(.relation, 99))
        #expect(problem.detail == "1 of 2 members")
        // An untagged relation is stored for those that show it, and only then; so are the untagged ways.
        #expect(try imported.store.members(ofRelation: 2)?.map(\.element) == [ElementID(.way, 3)])
        #expect(try imported.store.featureNumber(of: ElementID(.relation, 2)) == nil)
        #expect(try imported.store.members(ofRelation: 6) == nil)
        let parts = try imported.records().filter(\.isPart).map { "\($0.element)" }
        #expect(Set(parts) == ["n1", "w2", "w3", "w4", "r2"])
        #expect(imported.report.isBalanced)
        #expect(
            try imported.store.reachedMembers(ofRelation: 3).map(\.description) == [
                "r1", "w1", "w2", "n8", "r2", "w3", "w4",
            ])
        #expect(try imported.store.reachedMembers(ofRelation: 77).isEmpty)
    }

    @Test("What a stop relation is made of is no stretch of the route, but what another member leads to is")
    func stopRelations() async throws {
        let imported = try await ImportedStore(
            Self.line + """
                r1 Mw5@outer Ttype=multipolygon,public_transport=platform
                r2 Mr1@platform_exit_only,w1@ Ttype=route,route=bus
                r3 Mr2@platform,r1@ Ttype=route,route=bus
                r4 Mr1@outline,w1@ Ttype=site
                """)
        #expect(try imported.shape("r1") == .area)
        #expect(try imported.parts("r2") == ["1 0,2 0"])
        #expect(try imported.parts("r3") == ["3 0,3 3,4 3,3 0"])
        #expect(try imported.parts("r4") == ["3 0,3 3,4 3,3 0", "1 0,2 0"])
    }

    @Test("An area that cannot be made shows its own members, not those of its sub-areas")
    func subareas() async throws {
        let imported = try await ImportedStore(
            Self.line + """
                r1 Mw5@outer Ttype=boundary,boundary=administrative,admin_level=6
                r2 Mw1@outer,w98@outer,r1@subarea Ttype=boundary,boundary=administrative,admin_level=4
                """)
        #expect(try imported.parts("r2") == ["1 0,2 0"])
    }

    @Test("A cycle is reported once, and each of its relations shows what all reach")
    func cycles() async throws {
        let imported = try await ImportedStore(
            Self.line + """
                r9 Mr5@,w1@ Ttype=site
                r5 Mr7@ Ttype=site
                r7 Mr9@,w3@ Ttype=site
                r8 Mr8@ Ttype=site
                r3 Mr9@ Ttype=collection
                r2 Mr4@subarea Ttype=boundary,boundary=administrative
                r4 Mr2@subarea Ttype=boundary,boundary=administrative
                """)
        for relation in ["r3", "r5", "r7", "r9"] {
            #expect(Set(try imported.parts(relation)) == ["1 0,2 0", "3 0,4 0"], "\(relation)")
        }
        #expect(try imported.shape("r8") == .none)
        let cycles = imported.report.problems.filter { $0.kind == .relationCycle }
        #expect(cycles.map { "\($0.element): \($0.detail)" } == ["r2: r2 r4", "r5: r5 r7 r9", "r8: r8"])
        #expect(cycles[1].place != nil)
        #expect(cycles[2].place == nil)
        #expect(imported.report.isBalanced)
    }

    @Test("Missing members are named: the first of them, how many, and where to look")
    func missingMembers() async throws {
        let imported = try await ImportedStore(
            Self.line + """
                r1 Mw98@,w97@,w4@,n96@ Ttype=route,route=bus
                r2 Mw98@,w97@ Ttype=route,route=bus
                """)
        #expect(
            imported.report.problems == [
                MapProblem(
                    .missingMembers, ElementID(.relation, 1), at: GeoCoordinate(4, 0), other: ElementID(.way, 98),
                    detail: "3 of 4 members"),
                MapProblem(
                    .noMembersPresent, ElementID(.relation, 2), other: ElementID(.way, 98), detail: "2 of 2 members"),
            ])
    }

    @Test("Relations that fan out without end are read in time")
    func diamonds() async throws {
        var text = Self.line
        for level in 0..<60 {
            let next = (1...2).map { "r\(level * 2 + 2 + $0)@" }.joined(separator: ",")
            for side in 1...2 { text += "r\(level * 2 + side) M\(next) Ttype=site\n" }
        }
        text += "r121 Mw1@ Ttype=site\nr122 Mw3@ Ttype=site\n"
        let imported = try await ImportedStore(text)
        #expect(try imported.parts("r1") == ["1 0,2 0", "3 0,4 0"])
        #expect(try imported.store.reachedMembers(ofRelation: 1).count == 122)
    }

    @Test("Relations nested ten thousand deep are read without recursion")
    func depth() async throws {
        var builder = try OSMBuilder(Self.line)
        for relation in 1...10_000 {
            builder.addRelation(
                Int64(relation), [RelationMember(element: ElementID(.relation, Int64(relation + 1)), role: "")],
                [("type", "site")])
        }
        builder.addRelation(10_001, [RelationMember(element: ElementID(.way, 1), role: "")], [("type", "site")])
        let imported = try await ImportedStore(builder)
        #expect(try imported.parts("r1") == ["1 0,2 0"])
    }
}
