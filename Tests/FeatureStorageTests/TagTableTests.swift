import ByteCoding
import FeatureStorage
import OSMModel
import TestSupport
import Testing

@Suite("Tag table")
struct TagTableTests {
    static func features(_ count: Int, seed: UInt64) -> [MadeUpFeature] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { number in
            var tags: [(key: String, value: String)] = []
            let kind = Int.random(in: 0..<6, using: &generator)
            tags.append(("building", ["yes", "house", "garage", "yes", "yes", "shed"][kind]))
            if Bool.random(using: &generator) {
                tags.append(("name", "Nr \(Int.random(in: 0..<400, using: &generator))"))
            }
            if Bool.random(using: &generator) {
                tags.append(("addr:housenumber", "\(Int.random(in: 0..<200, using: &generator))"))
            }
            if Int.random(in: 0..<3, using: &generator) == 0 { tags.append(("levels", "0\(kind)")) }
            tags.shuffle(using: &generator)
            return MadeUpFeature(element: ElementID(.node, Int64(number)), tags: tags)
        }
    }

    /// A list's tags as text.
    static func text(_ tags: CodedTags, _ dictionary: some TagDictionary) -> [String] {
        zip(tags.keys, tags.values).map { "\(dictionary.string($0))=\(dictionary.valueText($1))" }
    }

    @Test("Every object's tags come back, ordered by key")
    func roundTrip() throws {
        let features = Self.features(600, seed: 1)
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        for feature in features {
            let view = try store.feature(try #require(try store.featureNumber(of: feature.element)))
            let expected = feature.tags.sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }
            #expect(Self.text(try store.tags(of: view), store) == expected.map { "\($0.key)=\($0.value)" })
        }
    }

    @Test("Keys of many values vary within a set, unless they are kept in sets")
    func varying() throws {
        let features = Self.features(600, seed: 2)
        let table = MadeUpStore.content(features).tags
        let name = try #require(table.stringNumber("name"))
        let building = try #require(table.stringNumber("building"))
        var namedSets = 0
        for set in table.sets {
            if let index = set.index(ofKey: name) {
                #expect(set.values[index] == .varies)
                namedSets += 1
            }
            if let index = set.index(ofKey: building) { #expect(set.values[index] != .varies) }
        }
        #expect(namedSets > 0)
        #expect(table.sets.count < 100)
        let kept = MadeUpStore.content(features, keysKeptInSets: ["name"]).tags
        let keptName = try #require(kept.stringNumber("name"))
        for set in kept.sets {
            if let index = set.index(ofKey: keptName) { #expect(set.values[index] != .varies) }
        }
    }

    @Test("A set's varying count is the number of values its features keep")
    func varyingCount() throws {
        let features = Self.features(300, seed: 3)
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        for number in 0..<store.tagSetCount {
            let set = try store.tagSet(number)
            #expect(try store.varyingCount(ofSet: number) == set.values.count { $0 == .varies })
        }
    }

    @Test("Numbers depend neither on the order of the objects nor on the batches")
    func deterministic() throws {
        var features = Self.features(500, seed: 4)
        let first = MadeUpStore.content(features)
        let folder = try TemporaryFolder()
        try FeatureStoreWriter.write(first, to: folder.path("a"), replacing: false)
        var generator = SeededGenerator(seed: 5)
        for batchSize in [1, 7, 100] {
            features.shuffle(using: &generator)
            let other = MadeUpStore.content(features, batchSize: batchSize)
            #expect(other.tags.sets == first.tags.sets)
            #expect(other.tags.strings.bytes == first.tags.strings.bytes)
            #expect(other.tags.strings.ends == first.tags.strings.ends)
            try FeatureStoreWriter.write(other, to: folder.path("b"), replacing: true)
            #expect(try contents(folder.path("a")) == contents(folder.path("b")))
        }
    }

    @Test("Numbers go by use, then by bytes")
    func order() throws {
        let features = [("z", "q"), ("z", "q"), ("z", "r"), ("b", "c"), ("a", "c")].enumerated().map { index, tag in
            MadeUpFeature(element: ElementID(.node, Int64(index)), tags: [(tag.0, tag.1)])
        }
        let table = MadeUpStore.content(features).tags
        #expect(table.sets.map { Self.text($0, table) } == [["z=q"], ["z=r"], ["a=c"], ["b=c"]])
    }

    @Test("Every string is found by its text, and no other")
    func lookup() throws {
        let features = Self.features(400, seed: 6)
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        for feature in features {
            for tag in feature.tags {
                let key = try #require(store.stringNumber(tag.key))
                #expect(store.string(key) == tag.key)
                #expect(store.stringBytes(key).toString() == tag.key)
                let code = try #require(store.valueCode(tag.value))
                #expect(store.valueText(code) == tag.value)
            }
        }
        for text in ["", "buildin", "buildings", "Nr", "zzz", "\u{0}"] { #expect(store.stringNumber(text) == nil) }
        #expect(store.string(.max) == "")
        #expect(store.stringBytes(.max).byteCount == 0)
    }
}
