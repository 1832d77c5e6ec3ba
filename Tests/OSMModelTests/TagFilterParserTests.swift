import OSMModel
import TestSupport
import Testing

@Suite struct TagFilterParserTests {
    @Test func lettersChooseKindsInAnyOrder() throws {
        func kinds(_ text: String) throws -> FeatureKindSet {
            try FeatureSelectorList(parsing: text).selectors[0].kinds
        }
        #expect(try kinds("na[x]") == [.nodes, .areas])
        #expect(try kinds("an[x]") == [.nodes, .areas])
        #expect(try kinds("wwn[x]") == [.ways, .nodes])
        #expect(try kinds("nwra") == [.nodes, .ways, .relations, .areas])
        #expect(try kinds("[x]") == .everything)
        #expect(try kinds("*") == .everything)
        #expect(try kinds("*[x]") == .everything)
    }

    @Test func waysAndRelationsMatchWhetherAreasOrNot() {
        #expect(FeatureKindSet.ways.contains(.way, isArea: false))
        #expect(FeatureKindSet.ways.contains(.way, isArea: true))
        #expect(!FeatureKindSet.ways.contains(.relation, isArea: true))
        #expect(FeatureKindSet.areas.contains(.way, isArea: true))
        #expect(FeatureKindSet.areas.contains(.relation, isArea: true))
        #expect(!FeatureKindSet.areas.contains(.way, isArea: false))
        #expect(!FeatureKindSet.areas.contains(.node, isArea: false))
        #expect(FeatureKindSet.nodes.contains(.node, isArea: false))
    }

    @Test(arguments: [
        ("w[highway],n[amenity]", 2), ("w[highway] n[amenity]", 2), (" w[highway] , n[amenity] ", 2), ("n w", 2),
        ("n17,w4 r9", 3), ("w[highway][name]", 1), ("w[a=1,2],r", 2), ("w![][x]", 0),
    ])
    func selectorsAreJoinedByCommasOrSpace(text: String, count: Int) throws {
        if count == 0 {
            #expect(throws: TagFilterError.self) { try FeatureSelectorList(parsing: text) }
        } else {
            #expect(try FeatureSelectorList(parsing: text).selectors.count == count)
        }
    }

    @Test func anElementIsALetterAndANumber() throws {
        let list = try FeatureSelectorList(parsing: "n17,w-4[name]")
        #expect(list.selectors[0] == FeatureSelector(element: ElementID(.node, 17)))
        #expect(list.selectors[1] == FeatureSelector(element: ElementID(.way, -4), filter: .hasKey("name")))
        #expect(list.selectors[0].admits(ElementID(.node, 17), isArea: false))
        #expect(!list.selectors[0].admits(ElementID(.way, 17), isArea: false))
        #expect(!list.selectors[0].admits(ElementID(.node, 18), isArea: false))
        for wrong in ["a9", "nw9", "17", "n99999999999999999999", "n-", "n1-2"] {
            #expect(throws: TagFilterError.self, "\(wrong)") { try FeatureSelectorList(parsing: wrong) }
        }
    }

    @Test func anEvaluatedListIsAUnion() throws {
        var dictionary = TextTagDictionary()
        let road = dictionary.code([("highway", "path")])
        let named = dictionary.code([("highway", "path"), ("name", nil)])
        let list = try FeatureSelectorList(parsing: "n[amenity],w[highway],r[name=x]").bind(to: dictionary)
        #expect(list.evaluate(road, of: ElementID(.way, 1), isArea: false) == .yes)
        #expect(list.evaluate(road, of: ElementID(.node, 1), isArea: false) == .no)
        #expect(list.evaluate(named, of: ElementID(.relation, 1), isArea: true) == .no)
        _ = dictionary.number(of: "x")
        let again = try FeatureSelectorList(parsing: "r[name=x]").bind(to: dictionary)
        #expect(again.evaluate(named, of: ElementID(.relation, 1), isArea: true) == .depends)
    }

    @Test(arguments: [
        ("[name=\"a,b]\"]", "a,b]"), ("['name'='it''s']", nil), ("[name='it\\'s']", "it's"), ("[name=a\\,b]", "a,b"),
        ("[name=\"a\\\\b\"]", "a\\b"), ("[name=\"\"]", ""), ("[name=  two words  ]", "two words"),
        ("[name=\"line\\nfeed\"]", "line\nfeed"), ("[name=a=b]", "a=b"), ("[name=Straße 5]", "Straße 5"),
        ("[name=]", nil), ("[name=\"open]", nil), ("[name=a", nil), ("[name==a]", nil), ("[name=a[b]", nil),
    ])
    func valuesAreReadWithQuotesAndEscapes(text: String, value: String?) throws {
        if let value {
            #expect(try TagFilter(parsing: text) == .valueIn("name", [value]))
        } else {
            #expect(throws: TagFilterError.self) { try TagFilter(parsing: text) }
        }
    }

    @Test(
        arguments: [
            ("[k~a,i]", "a", true), ("[k~\"a\",i]", "a", true), ("[k~ \"a\" , i ]", "a", true),
            ("[k~a{1,3}]", "a{1,3}", false),
            ("[k~[,]]]", nil, false), ("[k~[a,b]]", "[a,b]", false), ("[k~(a,b)]", "(a,b)", false),
            ("[k~a,b]", nil, false),
            ("[k~\"\\d+\"]", "\\d+", false), ("[k~\"say \\\"x\\\"\"]", "say \"x\"", false), ("[k~\\]x]", "\\]x", false),
            ("[k~]", nil, false), ("[k~\"\"]", "", false), ("[k~a|b c ]", "a|b c", false), ("[k~(]", nil, false),
        ] as [(String, String?, Bool)])
    func expressionsKeepTheirBackslashes(text: String, expression: String?, ignoresCase: Bool) throws {
        if let expression {
            let pattern = try TagFilterPattern(expression, ignoringCase: ignoresCase)
            #expect(try TagFilter(parsing: text) == .matches("k", pattern))
        } else {
            #expect(throws: TagFilterError.self) { try TagFilter(parsing: text) }
        }
    }

    @Test(arguments: [
        ("", "character 1: found the end, expected a selector; * selects everything"),
        (
            "amenity=cafe",
            "character 1: found 'amenity=cafe', expected the letters n, w, r, a, then '['; write [amenity=cafe]"
        ),
        ("node[amenity]", "character 1: found 'node', expected the letters n, w, r, a, then '['; write n for nodes"),
        (
            "x[amenity]",
            "character 1: found 'x', expected a selector; kinds are n, w, r and a; to ask for a key write [x]"
        ),
        ("n[amenity", "character 10: found the end, expected one of = != ~ !~ < <= > >= or ']'"),
        ("n[amenity=cafe[name]", "character 15: found '[', expected ']'; close the bracket before it, or use quotes"),
        ("n[!amenity=cafe]", "character 11: found '=', expected ']'; for another value write [key!=value]"),
        ("n[ele>high]", "character 7: found 'high', expected a decimal number; without a unit"),
        ("n[]", "character 3: found ']', expected a key; write \"\" for an empty word"),
        (
            "n[a=b]x",
            "character 7: found 'x', expected '[', ',' or the end; kinds are n, w, r and a; to ask for a key write [x]"
        ),
    ])
    func anErrorSaysWhereWhatAndWhatInstead(text: String, message: String) throws {
        let error = #expect(throws: TagFilterError.self) { try FeatureSelectorList(parsing: text) }
        #expect(error?.description == "selector, " + message)
    }

    @Test func nestingHasALimit() throws {
        let deep = String(repeating: "(", count: 100_000) + "[a]"
        #expect(throws: TagFilterError.nestedTooDeeply(position: 51, limit: 50)) {
            try FeatureSelectorList(parsing: deep)
        }
        #expect(throws: TagFilterError.self) {
            try FeatureSelectorList(parsing: String(repeating: "!(", count: 100_000))
        }
        let expression = "[a~\"" + String(repeating: "(", count: 100_000) + "\"]"
        #expect(throws: TagFilterError.self) { try FeatureSelectorList(parsing: expression) }
    }

    @Test(arguments: [
        "na[amenity=restaurant][cuisine~\"piz+a\"]", "w[highway],n[amenity]", "n17,r9[name]", "nwr", "a",
        "[name=\"a b\",c][ref!=1]", "[!x]", "[k!~\"a\\\"b\",i]", "[a<5][b<=-2.5][c>0][d>=1e+20]", "([a]|[b][c])!([d])",
    ])
    func aSelectorIsPrintedAsItIsRead(text: String) throws {
        let list = try FeatureSelectorList(parsing: text)
        #expect(try FeatureSelectorList(parsing: list.description) == list)
    }

    /// Damage: whatever is typed gives a selector or an error, and a selector is read back equal.
    @Test func anyTextIsReadOrRefused() throws {
        var random = SeededGenerator(seed: 7)
        let pieces = [
            "n", "w", "a", "[", "]", "(", ")", "!", "=", "~", "<", ",", " ", "\"", "'", "\\", "|", "key", "5", "*", "+",
            "{2}",
            "é", "\u{301}", "-", "i",
        ]
        let seeds = ["na[amenity=restaurant][cuisine~\"piz+a\",i]", "w![a]([b!=c,d]|[e>=5]),n17 r[x!~[a-z]+]"]
        var readCount = 0
        for round in 0..<6000 {
            var scalars = Array(seeds[round % 2].unicodeScalars)
            for _ in 0..<(random.next() % 4) {
                let at = Int(random.next() % UInt64(scalars.count + 1))
                if random.next() % 2 == 0, at < scalars.count {
                    scalars.remove(at: at)
                } else {
                    scalars.insert(contentsOf: pieces[Int(random.next() % UInt64(pieces.count))].unicodeScalars, at: at)
                }
            }
            let text = String(String.UnicodeScalarView(scalars))
            guard let list = try? FeatureSelectorList(parsing: text) else { continue }
            readCount += 1
            if try FeatureSelectorList(parsing: list.description) != list { Issue.record("\(text) printed as \(list)") }
        }
        #expect(readCount > 500)
        for length in 0..<seeds[0].count { _ = try? FeatureSelectorList(parsing: seeds[0].prefix(length)) }
    }
}
