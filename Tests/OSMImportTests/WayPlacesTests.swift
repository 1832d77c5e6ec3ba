import OSMImport
import OSMModel
import PlanarGeometry
import Testing

@Suite("Nodes of one way at one place")
struct WayPlacesTests {
    static let nodes = """
        n1 x0 y0
        n2 x1 y0
        n3 x1 y1
        n4 x0 y0
        n5 x1 y0
        n6
        n7

        """

    private func found(_ ways: String) async throws -> [String] {
        try await ImportedStore(Self.nodes + ways).report.problems
            .filter { $0.kind == .repeatedPlace || $0.kind == .unjoinedEnds }
            .map { problem in
                let other = problem.other?.description ?? "-"
                return "\(problem.kind.word) \(problem.element) \(other) \(problem.place?.degreesText ?? "-")"
            }
    }

    @Test("Two different nodes in a row at one place are told with the second and the place")
    func inARow() async throws {
        #expect(
            try await found("w1 Nn1,n2,n5,n3 Thighway=service\nw2 Nn1,n4,n2")
                == ["repeated-place w1 n5 1 0", "repeated-place w2 n4 0 0"])
    }

    @Test("The same node twice, places apart in the way, and nodes without a position are nothing of the kind")
    func others() async throws {
        let ways = """
            w1 Nn1,n1,n3 Thighway=service
            w2 Nn2,n3,n5 Thighway=service
            w3 Nn6,n7,n1 Thighway=service
            w4 Nn1,n2,n3,n1 Tbuilding=yes
            """
        #expect(try await found(ways) == [])
    }

    @Test("Ends at one place that are different nodes are told; a way of three nodes cannot be closed")
    func ends() async throws {
        #expect(try await found("w1 Nn1,n2,n3,n4 Tbuilding=yes\nw2 Nn1,n3,n4") == ["unjoined-ends w1 n4 0 0"])
    }

    @Test("Beyond the grid's resolution only equal coordinates are one place")
    func beyondTheGrid() async throws {
        let imported = try await ImportedStore(
            """
            n1 x1 y89
            n2 x1 y88
            n3 x1 y88
            w1 Nn1,n2,n3 Thighway=service
            """)
        let problems = imported.report.problems.filter { $0.kind == .repeatedPlace }
        #expect(problems.map(\.other) == [ElementID(.node, 3)])
        #expect(problems.first?.place == GeoCoordinate(1, 88))
    }

    @Test func thePlaceThatAWayRepeatsTwiceIsOneProblem() async throws {
        let imported = try await ImportedStore(
            """
            n1 x1 y1
            n2 x2 y2
            n3 x2 y2
            n4 x3 y1
            w1 Nn1,n2,n3,n4,n2,n3 Thighway=service
            """)
        #expect(imported.placedProblems.filter { $0.hasPrefix("w1") } == ["w1 repeated-place 2 2 n3"])
    }
}
