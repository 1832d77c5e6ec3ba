/// Population tags as numbers.
public enum PopulationText {
    /// The integer at the start of the text, with separators of thousands: "1234", "1 234", "1,234", "1.234 (2011)".
    ///
    /// A space (also a fixed or narrow one), comma, point or apostrophe is a separator when exactly three digits follow;
    /// anything else ends the number, so "1234.5" is 1234. `nil` when the text starts with no digit ("ca. 500"), and
    /// from 10^12 on, more than any count of people.
    public static func value(of text: some StringProtocol) -> Int64? {
        let scalars = Array(text.unicodeScalars.drop { $0.properties.isWhitespace })
        var value: Int64 = 0
        var index = 0
        while index < scalars.count {
            if let digit = digit(scalars[index]) {
                value = value * 10 + digit
                if value >= 1_000_000_000_000 { return nil }
            } else if index == 0 || !isSeparator(scalars[index]) || !threeDigits(scalars, after: index) {
                break
            }
            index += 1
        }
        return index == 0 ? nil : value
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int64? {
        scalar.value >= 0x30 && scalar.value <= 0x39 ? Int64(scalar.value - 0x30) : nil
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "\u{a0}", "\u{2009}", "\u{202f}", ",", ".", "'", "\u{2019}": true
        default: false
        }
    }

    private static func threeDigits(_ scalars: [Unicode.Scalar], after index: Int) -> Bool {
        guard index + 3 < scalars.count else { return false }
        for offset in 1...3 where digit(scalars[index + offset]) == nil { return false }
        return index + 4 >= scalars.count || digit(scalars[index + 4]) == nil
    }
}

/// Tags such as `ele` and `layer` as whole numbers.
public enum WholeNumberText {
    /// The digits at the start of the text, a minus before them allowed: "-2", "12 m", "2.5" (which is 2). `nil` for others, and
    /// for more than fifteen digits.
    public static func value(of text: some StringProtocol) -> Int64? {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let digits = text.utf8.dropFirst(isNegative ? 1 : 0).prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard (1...15).contains(digits.count) else { return nil }
        let number = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
        return isNegative ? -number : number
    }
}

/// A `ref` tag as the lines of a shield: "B 39;B 39A" is two lines, the longest of five characters.
public struct ReferenceLines: Hashable, Sendable {
    /// Split at `;`, trimmed, empty ones left out.
    public var lines: [String]

    public init(_ text: some StringProtocol) {
        lines = text.split(separator: ";").compactMap { part in
            var trimmed = part.drop { $0.isWhitespace }
            while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
            return trimmed.isEmpty ? nil : String(trimmed)
        }
    }

    /// `nil` when there is no line.
    public var joined: String? { lines.isEmpty ? nil : lines.joined(separator: "\n") }
    public var rows: Int64? { lines.isEmpty ? nil : Int64(lines.count) }
    /// In characters as people count them.
    public var columns: Int64? { lines.map { Int64($0.count) }.max() }
}
