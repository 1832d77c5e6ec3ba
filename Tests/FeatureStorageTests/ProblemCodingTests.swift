import ByteCoding
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@testable import FeatureStorage

@Suite("Problems in the store")
struct ProblemCodingTests {
    static func random(_ generator: inout SeededGenerator) -> MapProblem {
        let kinds = ElementKind.allCases
        func element(_ generator: inout SeededGenerator) -> ElementID {
            ElementID(kinds[.random(in: 0..<3, using: &generator)], .random(in: .min ... .max, using: &generator))
        }
        let kind = ProblemKind.allCases[.random(in: 0..<ProblemKind.allCases.count, using: &generator)]
        var problem = MapProblem(kind, element(&generator))
        if Bool.random(using: &generator) { problem.place = .random(&generator) }
        if Bool.random(using: &generator) { problem.other = element(&generator) }
        if Bool.random(using: &generator) {
            problem.detail = "layer=a\u{e9}\(Int.random(in: 0..<9, using: &generator))"
        }
        return problem
    }

    @Test func comeBackAsTheyWere() throws {
        var generator = SeededGenerator(seed: 4)
        let problems = (0..<500).map { _ in Self.random(&generator) }.sorted()
        let folder = try TemporaryFolder()
        let path = folder.path("problems.tuile")
        try FeatureStoreWriter.write(MadeUpStore.content([], problems: problems), to: path, replacing: true)
        #expect(try FeatureStore(path: path).problems() == problems)
    }

    @Test func orderIsStrict() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<2000 {
            var left = Self.random(&generator)
            let right = Self.random(&generator)
            if Bool.random(using: &generator) {
                left.element = right.element
                left.kind = right.kind
            }
            #expect((left < right) != (right < left) || left == right)
        }
    }

    @Test func wordsAndRawValuesAreDistinct() {
        #expect(Set(ProblemKind.allCases.map(\.word)).count == ProblemKind.allCases.count)
        #expect(ProblemKind.allCases.allSatisfy { $0.rawValue > 0 })
    }

    @Test func damageThrowsOrGivesOtherProblems() {
        var generator = SeededGenerator(seed: 6)
        let bytes = ProblemCoding.encode((0..<8).map { _ in Self.random(&generator) }.sorted())
        for count in 0..<bytes.count { #expect((try? ProblemCoding.decode(Array(bytes[..<count]).byteSpan)) == nil) }
        for bit in 0..<(bytes.count * 8) {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            _ = try? ProblemCoding.decode(damaged.byteSpan)
        }
    }
}
