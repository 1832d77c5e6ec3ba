import ByteCoding
import Foundation
import TestSupport
import Testing
import TileArchives

@Suite struct JSONValueTests {
    func parse(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8).byteSpan) }

    @Test(
        "Documents of RFC 8259 are read",
        arguments: [
            ("null", .null), (" true ", .bool(true)), ("false", .bool(false)), ("-0.5e1", .number(-5)),
            ("0", .number(0)),
            ("1E+2", .number(100)), ("[]", .array([])), ("{}", .object([])),
            ("[1,[2]]", .array([.number(1), .array([.number(2)])])),
            (#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#, .string("a\"\\/\u{8}\u{c}\n\r\té😀")),
            (#"{"b":1,"a":2}"#, .object([.init("b", .number(1)), .init("a", .number(2))])),
        ] as [(String, JSONValue)])
    func documents(text: String, expected: JSONValue) throws { #expect(try parse(text) == expected) }

    @Test(
        "What RFC 8259 does not allow is refused",
        arguments: [
            "", " ", "nul", "tru", "01", "1.", ".5", "+1", "-", "1e", "1e999", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}",
            "{a:1}",
            "{\"a\":1,}", "\"a", "\"\u{1}\"", #""\x""#, #""\u12""#, #""\ud800\u0041""#, "1 2", "[", "{", "NaN",
        ])
    func refused(text: String) { #expect(throws: TileArchiveError.self) { try parse(text) } }

    @Test("A byte order mark is passed over")
    func byteOrderMark() throws {
        #expect(try JSONValue(parsing: ([0xef, 0xbb, 0xbf, 0x31] as [UInt8]).byteSpan) == .number(1))
    }

    @Test("Deep nesting is refused and not followed")
    func depth() {
        #expect(throws: TileArchiveError.self) { try parse(String(repeating: "[", count: 100_000)) }
        #expect(throws: Never.self) {
            try parse(String(repeating: "[", count: 60) + String(repeating: "]", count: 60))
        }
    }

    private func random(_ depth: Int, _ random: inout SeededGenerator) -> JSONValue {
        func text() -> String {
            let scalars: [Character] = ["a", "\"", "\\", "\n", "\u{0}", "é", "😀", "/", "\u{7f}"]
            return String(
                (0..<Int.random(in: 0..<8, using: &random)).map { _ in scalars.randomElement(using: &random) ?? "a" })
        }
        switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2:
            return .number(
                Bool.random(using: &random)
                    ? Double(Int64.random(in: -999...999, using: &random))
                    : Double.random(in: -1e12...1e12, using: &random))
        case 3: return .string(text())
        case 4: return .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in self.random(depth + 1, &random) })
        default:
            return .object(
                (0..<Int.random(in: 0..<4, using: &random)).map {
                    .init("\($0)" + text(), self.random(depth + 1, &random))
                })
        }
    }

    @Test("Random documents come back", arguments: 1...200 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = random(0, &generator)
        #expect(try JSONValue(parsing: value.encoded().byteSpan) == value)
        #expect(throws: Never.self) {
            try JSONSerialization.jsonObject(with: Data(value.encoded()), options: .fragmentsAllowed)
        }
    }

    @Test("Whole numbers are written without a fraction, and what is no number as null")
    func numbers() {
        func written(_ number: Double) -> String { String(decoding: JSONValue.number(number).encoded(), as: UTF8.self) }
        #expect(written(14) == "14" && written(-0.0) == "0" && written(9.5) == "9.5" && written(.nan) == "null")
    }

    @Test("No truncation or flipped bit traps")
    func damage() {
        var bytes = Array(#"{"a":[1,-2.5e3,true,null,"x\u00e9\ud83d\ude00"],"b":{"c":"d"}}"#.utf8)
        for end in 0..<bytes.count { _ = try? JSONValue(parsing: Array(bytes[..<end]).byteSpan) }
        for index in bytes.indices {
            for bit in 0..<8 as Range<UInt8> {
                bytes[index] ^= 1 << bit
                _ = try? JSONValue(parsing: bytes.byteSpan)
                bytes[index] ^= 1 << bit
            }
        }
    }
}
