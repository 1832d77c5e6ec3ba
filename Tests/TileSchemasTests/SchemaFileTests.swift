import OSMModel
import TestSupport
import Testing

@testable import TileSchemas

@Suite("Schema files")
struct SchemaFileTests {
    static let head = "tuile-schema: 1\nname: x\n"

    private func diagnostics(_ text: String) -> [String] {
        do throws(SchemaFileError) {
            _ = try SchemaFile(parsing: text)
            return []
        } catch { return error.diagnostics.map(\.description) }
    }

    @Test("A small schema is read as written")
    func small() throws {
        let file = try SchemaFile(
            parsing: Self.head + """
                version: "2.1"
                attribution: A
                zooms: 3-12
                languages: [fr, zh-Hant]
                layers:
                  - id: a
                    geometry: line
                    select: "[name]"
                    buffer: 8
                    ids: false
                    finer-by-zooms: -1
                    join-polygons-below: 12
                    grid: {pixels: 32, most: 4, below: 14}
                    rules:
                      - to: 9
                        attributes: {group: true}
                        rules:
                          - {select: ["[a=yes]", "[b]"], from: 5, attributes: {own: no, n: -4, t: "4"}}
                      - select: {all: ["[c]", {not: "[d]"}]}
                        shapes: [closed-line]
                        closed-ways: always
                """)
        let schema = file.schema
        #expect(schema.version == "2.1")
        #expect(schema.attribution == "A")
        #expect(schema.zooms == 3...12)
        #expect(schema.languages == ["fr", "zh-Hant"])
        let layer = schema.layers[0]
        #expect(layer.buffer == 8)
        #expect(!layer.hasIDs)
        #expect(layer.detail.finerByZooms == -1)
        #expect(layer.detail.joinsPolygonsBelowZoom == 12)
        #expect(layer.detail.pointGrid == PointGridLimit(pixels: 32, most: 4, belowZoom: 14))
        #expect(layer.rules[0].filter.description == "[name]([a=yes]|[b])")
        #expect(layer.rules[0].minimumZoom == 5)
        #expect(layer.rules[0].maximumZoom == 9)
        #expect(layer.rules[0].closedWays == .unlessAreaYes)
        // A plain no is a text, the group's attributes come behind the rule's own.
        #expect(
            layer.rules[0].attributes == [
                AttributeRule("own", .text("no")), AttributeRule("n", .integer(-4)), AttributeRule("t", .text("4")),
                AttributeRule("group", .boolean(true)),
            ])
        #expect(layer.rules[1].minimumZoom == 3)
        #expect(layer.rules[1].shapes == .closedLine)
        #expect(layer.rules[1].filter.description == "[name][c]!([d])")
    }

    @Test("All that is wrong is told at once, by line and column, with what is meant")
    func allAtOnce() {
        let text = """
            tuile-schema: 2
            nme: x
            zooms: 4-15
            languages: [e_n]
            layers:
              - id: a
                geometry: lien
                rulez: []
                rules:
                  - {select: "[highway==x]", from: 99, attributes: {kind: {tga: highway}}}
                  - {from: 3}
                  - []
            examples:
              - {tags: {}, shape: dot, expect: {b: {}}}
            """
        #expect(
            diagnostics(text) == [
                #"line 1, column 1: the key "name" is missing"#,
                #"line 1, column 15: found "2", expected the version of the schema language: a whole number from 1 to 1"#,
                #"line 2, column 1: "nme" is nothing that a schema has; did you mean "name"?"#,
                #"line 3, column 8: found "4-15", expected zooms within 0-14, as 4-14"#,
                #"line 4, column 13: found "e_n", expected a language tag such as en or zh-Hant"#,
                #"line 7, column 15: found "lien" as a geometry; did you mean "line"?"#,
                #"line 8, column 5: "rulez" is nothing that a layer has; did you mean "rules"?"#,
                #"line 10, column 28: conditions: found '=', expected a value; write one ="#,
                #"line 10, column 40: found "99", expected a zoom: a whole number from 0 to 14"#,
                #"line 10, column 63: an attribute has exactly one of value, tag, whole-number, matches, first, area, "#
                    + "population, reference-lines, reference-rows, reference-columns",
                #"line 10, column 64: "tga" is nothing that an attribute has; did you mean "tag"?"#,
                #"line 11, column 9: the rule has no "select""#,
                "line 12, column 9: found a list, expected a rule: a mapping of keys to values",
                #"line 14, column 23: found "dot" as a shape; expected one of point, line, closed-line, area"#,
                #"line 14, column 37: there is no layer "b"; did you mean "a"?"#,
            ])
    }

    @Test("What no single line shows is told where the layer or rule stands")
    func faultsOfTheWhole() {
        let text =
            Self.head + """
                zooms: 5-14
                layers:
                  - id: a
                    geometry: line
                    rules:
                      - {select: "[a]", attributes: {f: 1}}
                      - {select: "[b]", from: 3, attributes: {f: x}}
                  - {id: b, geometry: point, rules: []}
                  - {id: b, geometry: point, rules: [{select: "[a]"}]}
                """
        let found = diagnostics(text)
        #expect(found.count == 4)
        #expect(found[0].hasPrefix("line 5, column 5: layer \"a\", field \"f\": both Number and String"))
        #expect(found[1].hasPrefix("line 9, column 9: layer \"a\", rule 2: zoom 3 is outside"))
        #expect(found[2].contains(", column 5: layer \"b\" has no rules"))
        #expect(found[3].contains(", column 5: two layers are named \"b\""))
    }

    @Test(
        "What is no YAML, empty, or a trick of YAML's is refused in a line",
        arguments: [
            ("", "line 1, column 1: the file is empty, expected a schema"),
            ("# nothing\n", "line 1, column 1: the file is empty, expected a schema"),
            ("a: [", "line 2, column 1: no YAML: "), ("a: b\n\tc: d", "line 2, column 1: no YAML: "),
            ("a: 1\nb: 2\na: 3", "line 1, column 1: twice in this mapping: \"a\""),
            ("a: *b", "line 1, column 4: no YAML: "),
            ("- a", "line 1, column 1: found a list, expected a schema: a mapping of keys to values"),
            ("a: b\n---\nc: d", "line 2, column 1: no YAML: "),
        ])
    func noSchema(_ text: String, _ expected: String) {
        let found = diagnostics(text)
        #expect(found.first?.hasPrefix(expected) == true, "\(found)")
    }

    @Test("Aliases that stand for aliases cannot fill the memory")
    func aliasBomb() {
        var text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        for level in 1..<12 {
            let alias = "*a\(level - 1)"
            text += "a\(level): &a\(level) [\(Array(repeating: alias, count: 10).joined(separator: ","))]\n"
        }
        #expect(diagnostics(text).first?.contains("aliases written out") == true)
        let deep = String(repeating: "[", count: 100_000)
        #expect(diagnostics(deep).count == 1)
        #expect(diagnostics(String(repeating: "#", count: SchemaNode.byteLimit + 1)).count == 1)
    }

    @Test("A byte order mark and Windows line ends change nothing")
    func windows() throws {
        let text = Self.head + "layers: [{id: a, geometry: point, rules: [{select: \"[a]\"}]}]\n"
        let plain = try SchemaFile(parsing: text)
        let windows = try SchemaFile(parsing: "\u{feff}" + text.replacing("\n", with: "\r\n"))
        #expect(plain.schema == windows.schema)
    }

    @Test("Any damage to a schema gives messages or a schema without problems, never a trap")
    func fuzz() {
        var generator = SeededGenerator(seed: 7)
        let original = Array(BuiltInSchema.shortbread.text.utf8)
        for _ in 0..<40 {
            // A stretch of the file, so that what is read is mostly whole, with a few bytes changed.
            var bytes = Array(original.prefix(Int.random(in: 2000...12_000, using: &generator)))
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: bytes[place..<min(place + 20, bytes.count)], at: place)
                }
            }
            do throws(SchemaFileError) {
                let file = try SchemaFile(parsing: String(decoding: bytes, as: UTF8.self))
                #expect(file.schema.problems.isEmpty)
                _ = file.failures()
            } catch { #expect(!error.diagnostics.isEmpty) }
        }
    }

    @Test("Examples tell what is missing, too many or different")
    func examples() throws {
        let file = try SchemaFile(
            parsing: Self.head + """
                languages: [en]
                layers:
                  - id: a
                    geometry: point
                    names: true
                    rules: [{select: "[a]", from: 3, attributes: {k: {tag: a}, n: {whole-number: b, from: 5}}}]
                  - id: b
                    geometry: polygon
                    smallest: {area-in-pixels: 1}
                    rules: [{select: "[a]", attributes: {w: {area: hectares}}}]
                examples:
                  - {tags: {a: x, b: "-7 m", "name:en": E}, shape: point, expect: {a: {k: x, n: -7, name_en: E}}}
                  - {tags: {a: x, b: "7"}, shape: point, zoom: 4, expect: {a: {k: x}}}
                  - {tags: {a: x}, shape: point, zoom: 2, expect: {a: {}}}
                  - {tags: {a: x}, shape: area, zoom: 3, square-kilometres: 1, expect: {a: {k: y}}}
                  - {tags: {a: x}, shape: area, zoom: 14, square-kilometres: 1, expect: {a: {k: x}}}
                """)
        #expect(
            file.failures().map(\.description) == [
                #"line 16, column 5: is not in layer "a" at zoom 2"#,
                #"line 17, column 5: layer "a": k is "x", expected "y""#,
                #"line 18, column 5: is in layer "b", which is not expected"#,
            ])
    }

    @Test(
        "Words near each other are suggested",
        arguments: [
            ("form", "from", 1), ("geometrie", "geometry", 2), ("", "a", 1), ("abc", "abc", 0), ("ab", "ba", 1),
        ])
    func distance(_ left: String, _ right: String, _ expected: Int) {
        #expect(Suggestion.distance(left, right) == expected)
        #expect(Suggestion.distance(right, left) == expected)
    }

    @Test(
        "Whole numbers are read from the start of a text",
        arguments: [
            ("12", 12), ("-3", -3), ("12.7 m", 12), ("0", 0), ("", nil), ("m", nil), ("-", nil), ("+5", nil),
            ("9999999999999999", nil), ("999999999999999", 999_999_999_999_999),
        ] as [(String, Int64?)])
    func wholeNumber(_ text: String, _ expected: Int64?) { #expect(WholeNumberText.value(of: text) == expected) }
}
