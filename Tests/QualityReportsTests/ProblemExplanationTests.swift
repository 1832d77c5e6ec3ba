import OSMModel
import QualityReports
import Testing

@Suite("Explanations of problems")
struct ProblemExplanationTests {
    @Test("Every kind has a title, a meaning, a consequence and an advice of its own", arguments: ProblemKind.allCases)
    func isDocumented(_ kind: ProblemKind) {
        let explanation = kind.explanation
        #expect((5...60).contains(explanation.title.count), "\(explanation.title)")
        #expect(explanation.title.last != ".")
        for text in [explanation.meaning, explanation.consequence, explanation.advice] {
            #expect(text.count >= 15 && text.last == ".", "\(kind.word): \(text)")
            #expect(!text.contains("  "), "\(kind.word): \(text)")
        }
    }

    @Test("No two kinds share a word, a raw value, a title or a meaning")
    func areDifferent() {
        let kinds = ProblemKind.allCases
        #expect(Set(kinds.map(\.word)).count == kinds.count)
        #expect(Set(kinds.map(\.explanation.title)).count == kinds.count)
        #expect(Set(kinds.map(\.explanation.meaning)).count == kinds.count)
    }

    @Test("Words are kebab case", arguments: ProblemKind.allCases)
    func words(_ kind: ProblemKind) {
        #expect(kind.word.allSatisfy { $0.isLowercase || $0 == "-" } && kind.word.first != "-", "\(kind.word)")
    }

    @Test("Every family has a title and a kind", arguments: ProblemFamily.allCases)
    func families(_ family: ProblemFamily) {
        #expect(!family.title.isEmpty)
        #expect(ProblemKind.allCases.contains { $0.family == family })
    }
}
