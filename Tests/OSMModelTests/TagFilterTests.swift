import OSMModel
import TestSupport
import Testing

@Suite struct TagFilterTests {
    private func matches(_ filter: String, _ tags: KeyValuePairs<String, String>) throws -> Bool {
        var dictionary = TextTagDictionary()
        let coded = dictionary.code(tags.map { ($0.key, $0.value) })
        let verdict = try TagFilter(parsing: filter).bind(to: dictionary).evaluate(coded)
        #expect(verdict != .depends)
        return verdict == .yes
    }

    @Test(arguments: [
        ("[amenity]", true), ("[!amenity]", false), ("[amenity=restaurant]", true), ("[amenity=cafe]", false),
        ("[amenity=cafe,restaurant]", true), ("[amenity!=restaurant]", false), ("[amenity!=cafe]", true),
        ("[!shop]", true), ("[shop]", false), ("[cuisine~\"piz+a\"]", true), ("[cuisine~^piz+a$]", false),
        ("[cuisine!~pizza]", false), ("[cuisine~PIZZA]", false), ("[cuisine~PIZZA,i]", true),
        ("[seats>20]", true), ("[seats>=25]", true), ("[seats<25]", false), ("[seats<=25]", true),
        ("[height>3]", false), ("[height<=3]", false), ("[ele<0]", true), ("[ele>=-2.50]", true),
        ("[amenity=restaurant][cuisine~ital]", true), ("[amenity=restaurant][shop]", false),
        ("([shop]|[amenity])", true), ("!([shop]|[amenity])", false), ("!([shop])", true), ("()", false), ("!()", true),
        ("", true), ("[amenity=*]", true), ("[amenity!=*]", false), ("[amenity=\"*\"]", false), ("[seats=25]", true),
        ("[seats=025]", false), ("[name=Da Toni]", true), ("[name='Da Toni']", true), ("[ name = Da Toni ]", true),
    ])
    func aConditionMatchesAsDocumented(filter: String, expected: Bool) throws {
        let result = try matches(
            filter,
            [
                "amenity": "restaurant", "cuisine": "pizza;italian", "seats": "25", "height": "5 m", "ele": "-2.5",
                "name": "Da Toni",
            ])
        #expect(result == expected, "\(filter)")
    }

    /// Overpass: an object without the key is not equal to any value.
    @Test func negativeFormsMatchObjectsWithoutTheKey() throws {
        #expect(try matches("[shop!=bakery]", ["amenity": "cafe"]))
        #expect(try matches("[shop!~bak]", ["amenity": "cafe"]))
        #expect(try !matches("[shop!=bakery]", ["shop": "bakery"]))
        #expect(try !matches("[shop!~bak]", ["shop": "bakery"]))
    }

    @Test func comparisonsSkipWhatIsNoNumber() {
        for text in ["", "+", ".", "5.", "5 m", "1e3", "1,5", "3;4", "0x10", "--1", "1-2", "inf", "nan", "1.2.3", " 5"]
        {
            #expect(TagFilterNumber.value(of: text) == nil, "\(text)")
        }
        for (text, number) in [("0", 0.0), ("-5", -5), ("+5", 5), (".5", 0.5), ("-0.25", -0.25), ("007", 7)] {
            #expect(TagFilterNumber.value(of: text) == number)
        }
    }

    /// No letter, no order of arithmetic: a code of a decimal integer and the text of one are the same value.
    @Test func integersAreValuesLikeOthers() throws {
        #expect(try matches("[layer=1]", ["layer": "1"]))
        #expect(try matches("[layer=-1]", ["layer": "-1"]))
        #expect(try !matches("[layer=1]", ["layer": "01"]))
        #expect(try matches("[ref~^12$]", ["ref": "12"]))
    }

    @Test func openValuesLeaveTheAnswerOpen() throws {
        var dictionary = TextTagDictionary()
        let tags = dictionary.code([("name", nil), ("shop", "bakery")])
        _ = dictionary.number(of: "Toni")
        let dictionaryAsIs = dictionary
        func verdict(_ text: String) throws -> TagFilterVerdict {
            try TagFilter(parsing: text).bind(to: dictionaryAsIs).evaluate(tags)
        }
        #expect(try verdict("[name]") == .yes)
        #expect(try verdict("[!name]") == .no)
        #expect(try verdict("[name=Toni]") == .depends)
        #expect(try verdict("[name!=Toni]") == .depends)
        #expect(try verdict("[name~a]") == .depends)
        #expect(try verdict("[name>5]") == .depends)
        #expect(try verdict("[name=Toni][shop=bakery]") == .depends)
        #expect(try verdict("[name=Toni][shop=butcher]") == .no)
        #expect(try verdict("([name=Toni]|[shop=bakery])") == .yes)
        #expect(try verdict("!([name=Toni])") == .depends)
        // No tag has the text "Nobody", so no object's name can.
        #expect(try verdict("[name=Nobody]") == .no)
        #expect(try verdict("[name!=Nobody]") == .yes)
    }

    @Test func keysAreToldApartByWhetherTheirValueDecides() throws {
        let filter = try TagFilter(parsing: "[a][!b]([c=1]|[d~x])!([e>5][f!=2])")
        #expect(filter.keys == ["a", "b", "c", "d", "e", "f"])
        #expect(filter.decidingKeys == ["c", "d", "e", "f"])
    }

    @Test func requiredKeysAreTheShortestSufficientSet() throws {
        #expect(try TagFilter(parsing: "([a]|[b=1])[c>1]").requiredAnyKey == ["c"])
        #expect(try TagFilter(parsing: "([a]|[b=1])[!c]").requiredAnyKey == ["a", "b"])
        #expect(try TagFilter(parsing: "([a]|[!b])").requiredAnyKey == nil)
        #expect(TagFilter.everything.requiredAnyKey == nil)
        #expect(TagFilter.any([]).requiredAnyKey == [])
    }

    // MARK: Against the obvious slow version

    @Test(arguments: 0..<40)
    func aBoundFilterAgreesWithAnEvaluatorOnStrings(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var dictionary = TextTagDictionary()
        // Some strings of the filters are in no tags at all.
        for text in RandomTags.keys.dropLast() + RandomTags.values.dropLast() { _ = dictionary.number(of: text) }
        for _ in 0..<25 {
            let filter = try RandomTags.filter(depth: 3, &random)
            let bound = filter.bind(to: dictionary)
            let reread = try TagFilter(parsing: filter.description)
            #expect(reread.description == (try TagFilter(parsing: reread.description)).description)
            let boundReread = reread.bind(to: dictionary)
            for _ in 0..<20 {
                let tags = RandomTags.tags(&random)
                let plain = dictionary.code(tags.map { ($0.key, $0.value) })
                let expected = TagFilterVerdict(RandomTags.matches(filter, tags))
                if bound.evaluate(plain) != expected { Issue.record("seed \(seed): \(filter) on \(tags)") }
                if boundReread.evaluate(plain) != expected {
                    Issue.record("seed \(seed): \(filter) read back as \(reread) on \(tags)")
                }

                var open = plain
                for index in open.values.indices where random.next() % 2 == 0 { open.values[index] = .varies }
                let verdict = bound.evaluate(open)
                if verdict != .depends && verdict != expected {
                    Issue.record("seed \(seed): \(filter) on \(tags), open \(open)")
                }
            }
        }
    }
}

/// Random filters and tags over a few words, so that matches are common.
enum RandomTags {
    static let keys = ["a", "b key", "c:d", "ref", "e\"]", "unused key"]
    static let values = ["x", "xyx", "12", "-3.5", "yes", "A,B", "7", "", "\\", "unused value"]
    static let expressions = ["x", "^x$", "y|1", "[0-9]+", "^$", "\\\\", "a,?b"]

    static func tags(_ random: inout SeededGenerator) -> [String: String] {
        var tags: [String: String] = [:]
        for key in keys.dropLast() where random.next() % 3 != 0 {
            tags[key] = values.dropLast()[Int(random.next() % UInt64(values.count - 1))]
        }
        return tags
    }

    static func filter(depth: Int, _ random: inout SeededGenerator) throws -> TagFilter {
        let key = keys[Int(random.next() % UInt64(keys.count))]
        switch random.next() % (depth > 0 ? 10 : 7) {
        case 0: return .hasKey(key)
        case 1: return .lacksKey(key)
        case 2: return .valueIn(key, someValues(&random))
        case 3: return .notValueIn(key, someValues(&random))
        case 4, 5:
            let text = expressions[Int(random.next() % UInt64(expressions.count))]
            let pattern = try TagFilterPattern(text, ignoringCase: random.next() % 2 == 0)
            return random.next() % 2 == 0 ? .matches(key, pattern) : .notMatches(key, pattern)
        case 6:
            let comparison = TagFilterComparison.allCases[Int(random.next() % 4)]
            return .compares(key, comparison, [7, -3.5, 0, 12][Int(random.next() % 4)])
        case 7: return .not(try filter(depth: depth - 1, &random))
        case 8: return .all(try filters(depth: depth - 1, &random))
        default: return .any(try filters(depth: depth - 1, &random))
        }
    }

    private static func someValues(_ random: inout SeededGenerator) -> [String] {
        var result: [String] = []
        for value in values where random.next() % 4 == 0 { result.append(value) }
        return result
    }

    private static func filters(depth: Int, _ random: inout SeededGenerator) throws -> [TagFilter] {
        var result: [TagFilter] = []
        for _ in 0..<(random.next() % 4) { result.append(try filter(depth: depth, &random)) }
        return result
    }

    /// What the cases of `TagFilter` say, on strings.
    static func matches(_ filter: TagFilter, _ tags: [String: String]) -> Bool {
        switch filter {
        case .hasKey(let key): tags[key] != nil
        case .lacksKey(let key): tags[key] == nil
        case .valueIn(let key, let values): tags[key].map(values.contains) ?? false
        case .notValueIn(let key, let values): !(tags[key].map(values.contains) ?? false)
        case .matches(let key, let pattern): tags[key].map(pattern.isFound) ?? false
        case .notMatches(let key, let pattern): !(tags[key].map(pattern.isFound) ?? false)
        case .compares(let key, let comparison, let bound):
            tags[key].flatMap { TagFilterNumber.value(of: $0) }.map { comparison.holds($0, bound) } ?? false
        case .all(let filters): filters.allSatisfy { matches($0, tags) }
        case .any(let filters): filters.contains { matches($0, tags) }
        case .not(let filter): !matches(filter, tags)
        }
    }
}
