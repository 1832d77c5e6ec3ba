import TestSupport
import Testing

@testable import OSMImport

@Suite("Element lookup")
struct ElementLookupTests {
    @Test("Of equal ids the last in the file counts; the others are named")
    func random() {
        for seed in 0..<8 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var ids = (0..<200).map { _ in Int64.random(in: -150...150, using: &generator) }
            if seed == 0 { ids = Array(Set(ids)).sorted() }
            let lookup = ElementLookup(ids)
            var last: [Int64: Int] = [:]
            for (index, id) in ids.enumerated() { last[id] = index }
            for id in -160...160 as ClosedRange<Int64> { #expect(lookup.index(of: id) == last[id], "seed \(seed)") }
            #expect(lookup.ascending == last.sorted { $0.key < $1.key }.map(\.value))
            #expect(Set(lookup.repeated) == Set(ids.indices).subtracting(last.values))
            #expect(lookup.repeated.count + last.count == ids.count)
        }
    }

    @Test("Nothing is found among none")
    func empty() {
        let lookup = ElementLookup([])
        #expect(lookup.index(of: 0) == nil)
        #expect(lookup.ascending.isEmpty)
    }

    @Test("An id that is deleted behind its last place is not found", arguments: 0..<12 as Range<UInt64>)
    func deletions(seed: UInt64) {
        var generator = SeededGenerator(seed: seed + 50)
        var ids = (0..<60).map { _ in Int64.random(in: 0...80, using: &generator) }
        if seed % 2 == 0 { ids = Array(Set(ids)).sorted() }
        var deletions: [Int64: Int] = [:]
        for _ in 0..<10 {
            deletions[.random(in: 0...90, using: &generator)] = .random(in: 0...ids.count, using: &generator)
        }
        let lookup = ElementLookup(ids, deletions: deletions)
        var last: [Int64: Int] = [:]
        for (index, id) in ids.enumerated() { last[id] = index }
        for (id, place) in deletions where last[id].map({ $0 < place }) ?? false { last[id] = nil }
        for id in -1...91 as ClosedRange<Int64> { #expect(lookup.index(of: id) == last[id]) }
        #expect(lookup.ascending == last.sorted { $0.key < $1.key }.map(\.value))
        #expect(Set(lookup.repeated) == Set(ids.indices).subtracting(last.values))
    }

    @Test("Where all are deleted nothing is found")
    func allDeleted() {
        let lookup = ElementLookup([3], deletions: [3: 1])
        #expect(lookup.index(of: 3) == nil)
        #expect(lookup.ascending.isEmpty)
    }
}
