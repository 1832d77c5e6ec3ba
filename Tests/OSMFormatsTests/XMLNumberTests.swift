import ByteCoding
import TestSupport
import Testing

@testable import OSMFormats

struct XMLNumberTests {
    func coordinate(_ text: String) -> Int32? {
        let bytes = Array(text.utf8)
        return XMLNumber.coordinate(bytes.byteSpan)
    }

    func integer(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        return XMLNumber.integer(bytes.byteSpan)
    }

    @Test(arguments: [
        ("1", 10_000_000), ("-1", -10_000_000), (".5", 5_000_000), ("-.5", -5_000_000), ("1.", 10_000_000),
        ("01.50", 15_000_000), ("-0", 0), ("0.0000001", 1), ("0.00000004", 0), ("0.00000005", 1), ("-0.00000005", -1),
        ("1.23456785", 12_345_679), ("179.99999999", 1_800_000_000), ("1e1", 100_000_000), ("1.5e-1", 1_500_000),
        ("1E2", 1_000_000_000), ("12.3456789012345678901", 123_456_789), ("0e9999", 0), ("123e-30", 0),
        ("214.7483647", 2_147_483_647), ("-214.7483648", -2_147_483_648),
    ])
    func coordinatesFollowTheRule(text: String, expected: Int32) { #expect(coordinate(text) == expected) }

    @Test(arguments: [
        "", "-", ".", "-.", "+1", " 1", "1 ", "1,5", "1.2.3", "abc", "NaN", "inf", "1e", "1e-", "1e+1", "1e123456",
        "1e400",
        "12345678901", "300", "-214.7483649", "1.1234567890123456789012345678", "--1", "1m",
    ])
    func otherTextIsNoCoordinate(text: String) { #expect(coordinate(text) == nil) }

    /// The slow way: digits as text, padded, cut, rounded.
    @Test func coordinatesAgreeWithArithmeticOnDigits() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<20000 {
            let whole = String(Int.random(in: 0...180, using: &random))
            let decimals = String(
                (0..<Int.random(in: 0...20, using: &random)).map { _ in
                    Character(String(Int.random(in: 0...9, using: &random)))
                })
            let isNegative = Bool.random(using: &random)
            let significant = (decimals + "00000000").prefix(8)
            let units = ((Int64(whole + significant) ?? 0) + 5) / 10
            let text = (isNegative ? "-" : "") + whole + (decimals.isEmpty ? "" : "." + decimals)
            #expect(coordinate(text) == Int32(isNegative ? -units : units), "\(text)")
        }
    }

    @Test func integersAreThoseOfTheStandardLibraryWithoutPlus() {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<20000 {
            let value = Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random)
            #expect(integer(String(value)) == value)
        }
        #expect(integer("9223372036854775807") == .max)
        #expect(integer("-9223372036854775808") == .min)
        #expect(integer("007") == 7)
    }

    @Test(arguments: [
        "", "-", "+2", " 2", "2 ", "2.5", "0x10", "abc", "9223372036854775808", "-9223372036854775809", "1e3",
    ])
    func otherTextIsNoInteger(text: String) { #expect(integer(text) == nil) }
}
