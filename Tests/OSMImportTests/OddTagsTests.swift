import ByteCoding
import FeatureStorage
import OSMModel
import PlanarGeometry
import Testing

@testable import OSMImport

@Suite("Odd tags")
struct OddTagsTests {
    private func rule(_ key: String) throws -> TagValueRule {
        try #require(TagValueRule.table.first { $0.key == key })
    }

    @Test(
        "Values that can be read pass",
        arguments: [
            ("layer", ["0", "-1", "5", "-10", "10", "+1", "0;1"]),
            ("admin_level", ["1", "2", "12", "2;4"]),
            ("population", ["0", "12345"]),
            ("ele", ["0", "-3", "512.5", "512 m", "1;2", "1000 ft"]),
            ("height", ["3", "2.5", "2.5m", "12 ft", "12'5\"", "12' 5\"", "6'", "5\"", "12 ft 5 in", ".5", "1.2 km"]),
            ("min_height", ["0", "3 m"]),
            ("width", ["2", "2.5;3", "0.2 km", "12'"]),
            ("building:levels", ["1", "2.5", "0", "2;3"]),
            ("lanes", ["2", "1.5", "2;3"]),
            (
                "maxspeed",
                [
                    "50", "30 mph", "30mph", "10 knots", "none", "walk", "signals", "variable", "DE:urban", "RO:urban",
                    "GB:nsl_single", "BE-VLG:rural", "DE:zone:30", "80;100", "50 km/h",
                ]
            ),
            ("area", ["yes", "no", "1", "true"]),
            ("bridge", ["yes", "no", "viaduct", "anything"]),
            ("tunnel", ["yes", "culvert", "building_passage", "no"]),
            ("oneway", ["yes", "no", "-1", "1", "true", "reversible", "alternating"]),
        ])
    func accepted(_ key: String, _ values: [String]) throws {
        let rule = try rule(key)
        for value in values { #expect(rule.accepts(value), "\(key)=\(value)") }
    }

    @Test(
        "Values that cannot be read do not",
        arguments: [
            ("layer", ["abc", "11", "-11", "1.5", "", "1;", "yes", "99999999999999999999"]),
            ("admin_level", ["0", "13", "two", "4a"]),
            ("population", ["", "about 500", "1,234", "12 000", "-5", "~300"]),
            ("ele", ["high", "12,5", "", "m", "1..2"]),
            ("height", ["tall", "~3", "3-4", "2,5", "3 lightyears", "12'5", "-"]),
            ("building:levels", ["two", "2 floors", ""]),
            ("lanes", ["two", "2+1", "none"]),
            ("maxspeed", ["fast", "50 bananas", "", ":urban", "DE:", "de:urban", "50;", "60 kmph mph"]),
            ("area", ["YES", "False", "0"]),
            ("bridge", ["true", "Yes", "1"]),
            ("tunnel", ["1", "YES"]),
            ("oneway", ["Yes", "reverse", "backward"]),
        ])
    func refused(_ key: String, _ values: [String]) throws {
        let rule = try rule(key)
        for value in values { #expect(!rule.accepts(value), "\(key)=\(value)") }
    }

    @Test("Every key has one rule")
    func keys() { #expect(Set(TagValueRule.table.map(\.key)).count == TagValueRule.table.count) }

    @Test(
        "Blanks at an end, line breaks and control characters are faults",
        arguments: [
            (" a", TagText.Fault.blankAtEnd), ("a ", .blankAtEnd), ("a b", nil), ("", nil), ("a\tb", .controlCharacter),
            ("a\u{7f}", .controlCharacter), ("\u{a0}a", .blankAtEnd), ("a\u{200b}", .blankAtEnd), ("é", nil),
            ("a\u{85}b", .controlCharacter), ("\u{feff}a", .blankAtEnd), ("日本\u{3000}", .blankAtEnd), ("日本 語", nil),
            ("a\u{2028}b", .lineBreak), ("👩‍👩‍👧", nil), ("a\u{a0}b", nil), ("a\nb", .lineBreak), ("a\r\nb", .lineBreak),
            ("a\n", .blankAtEnd), ("a\nb\tc", .controlCharacter), ("é\nb", .lineBreak),
        ])
    func faults(_ text: String, _ expected: TagText.Fault?) {
        let utf8 = Array(text.utf8)
        #expect(TagText.fault(utf8.byteSpan) == expected)
    }

    @Test("Lines may break where people read, and a fault is named")
    func reasons() async throws {
        var builder = OSMBuilder()
        builder.addNode(
            1, GeoCoordinate(1, 1), [("note", "a\nb"), ("inscription:en", "a\nb"), ("description", " a")])
        builder.addNode(2, GeoCoordinate(1, 2), [("name", "a\nb")])
        builder.addNode(3, GeoCoordinate(1, 3), [("name ", "a")])
        let imported = try await ImportedStore(builder)
        let found = imported.report.problems.filter { $0.kind == .oddTag }.map { "\($0.element) \($0.detail)" }
        #expect(
            found == [
                "n1 description= a (value begins or ends with a blank)", "n2 name=a\nb (value has a line break)",
                "n3 name =a (key begins or ends with a blank)",
            ])
    }

    @Test("An import tells the tag, and where the object is")
    func imported() async throws {
        let imported = try await ImportedStore(
            """
            n1 x1 y2 Tpopulation=many,place=town,name=A
            n2 x3 y4
            n3 x5 y6
            w1 Nn2,n3 Thighway=service,layer=abc,lanes=2
            w2 Nn2,n3 Tadmin_level=twelve,highway=service
            w3 Nn2,n3 Tadmin_level=twelve,boundary=administrative
            w4 Nn2,n3 Thighway=service,name=%20%B
            w5 Nn2,n3 Thighway=service,layer=abc
            r1 Mw1@,n2@ Ttype=site,ele=high
            """)
        let found = imported.report.problems.filter { $0.kind == .oddTag }.map { problem in
            "\(problem.element) \(problem.detail) at \(problem.place?.degreesText ?? "-")"
        }
        #expect(
            found == [
                "n1 population=many at 1 2", "w1 layer=abc at 3 4", "w3 admin_level=twelve at 3 4",
                "w4 name= B (value begins or ends with a blank) at 3 4",
                "w5 layer=abc at 3 4", "r1 ele=high at 3 4",
            ])
        #expect(try imported.store.problems() == imported.report.problems)
    }

    @Test("Long values are cut in reports")
    func long() async throws {
        let imported = try await ImportedStore("n1 x1 y1 Tele=\(String(repeating: "x", count: 5000))")
        #expect(imported.report.problems.map(\.detail.count) == [85])
    }
}
