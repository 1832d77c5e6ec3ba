import FeatureQueries
import OSMModel
import PlanarGeometry
import QualityReports
import Testing

@Suite("Choosing problems")
struct ProblemReportTests {
    static func problem(_ kind: ProblemKind, _ number: Int64, _ longitude: Int32, _ latitude: Int32) -> MapProblem {
        MapProblem(
            kind, ElementID(.node, number),
            at: GeoCoordinate(longitude: longitude * 10_000_000, latitude: latitude * 10_000_000))
    }

    static let problems = [
        MapProblem(.noMembersPresent, ElementID(.relation, 3)),
        problem(.oddTag, 2, 10, 10), problem(.duplicateNode, 9, 180, 0), problem(.duplicateNode, 1, -179, 1),
        problem(.oddTag, 1, -10, -10),
    ]

    private func chosen(_ box: QueryBox?, kinds: Set<ProblemKind>? = nil, limit: Int? = nil) -> [String] {
        var selection = ProblemSelection()
        selection.box = box
        selection.kinds = kinds
        return ProblemReport(ProblemList(Self.problems), selection, limit: limit).problems
            .map { "\($0.kind.word) \($0.element)" }
    }

    @Test("Reports are sorted by the kind's word, then by object")
    func order() {
        #expect(
            chosen(nil) == [
                "duplicate-node n1", "duplicate-node n9", "no-members-present r3", "odd-tag n1", "odd-tag n2",
            ])
    }

    @Test("Kinds choose, and a limit cuts what is written but not what is counted")
    func kindsAndLimit() throws {
        #expect(chosen(nil, kinds: [.oddTag]) == ["odd-tag n1", "odd-tag n2"])
        let report = ProblemReport(ProblemList(Self.problems), limit: 2)
        #expect(report.problems.count == 2)
        #expect(report.matched == 5)
        #expect(report.counts == [.duplicateNode: 2, .noMembersPresent: 1, .oddTag: 2])
    }

    @Test("A box takes what has a place in it, edges included; across 180 degrees too")
    func boxes() throws {
        #expect(try chosen(QueryBox(west: -10, south: -10, east: 10, north: 10)) == ["odd-tag n1", "odd-tag n2"])
        #expect(try chosen(QueryBox(west: -9, south: -10, east: 10, north: 10)) == ["odd-tag n2"])
        #expect(
            try chosen(QueryBox(west: 179, south: -1, east: -179, north: 2)) == [
                "duplicate-node n1", "duplicate-node n9",
            ])
        // +180 and -180 degrees are one meridian.
        #expect(try chosen(QueryBox(west: -180, south: 0, east: -179.5, north: 1)) == ["duplicate-node n9"])
    }

    @Test("Thinning takes evenly, in order, each at most once")
    func thinning() {
        let many = (0..<1000).map { Self.problem(.oddTag, Int64($0), 0, 0) }
        for limit in [1, 3, 7, 999, 1000, 2000] {
            let report = ProblemReport(ProblemList(many), limit: limit, thinning: .evenly)
            #expect(report.problems.count == min(limit, 1000))
            let numbers = report.problems.map(\.element.number)
            #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
        }
    }

    @Test("Kinds are read by their words; another word is named with those that exist")
    func parsingKinds() throws {
        #expect(try ProblemSelection.kinds(parsing: "odd-tag,no-position") == [.oddTag, .noPosition])
        for bad in ["", "odd-tag,", "Odd-Tag", "x"] {
            #expect(throws: ProblemSelectionError.self) { try ProblemSelection.kinds(parsing: bad) }
        }
        #expect(ProblemSelectionError.unknownKind(found: "x").description.contains("duplicate-node,"))
    }
}
