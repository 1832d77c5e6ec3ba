/// What the value of one key must look like so that a map can use it.
///
/// The table is short on purpose: keys that change what is drawn or that every reader takes for a number. It errs on the
/// side of silence: units, lists and words that the OSM wiki documents pass (Map features/Units, Key:maxspeed and the
/// pages of the other keys).
struct TagValueRule: Sendable {
    enum Form: Sendable {
        /// An integer within bounds, or several with semicolons between.
        case integers(ClosedRange<Int>)
        /// Digits and nothing else.
        case count
        /// Decimal numbers with semicolons between.
        case numbers
        /// Decimal numbers with a unit of length or without, feet and inches too, with semicolons between.
        case lengths
        /// A number with a unit of speed or without, a word of the wiki's, or a country's rule such as `DE:urban`.
        case speed
        /// Not one of the ways to write yes or no that the tiles do not understand as such.
        case understood(misread: Set<String>)
    }

    let key: String
    let form: Form
    /// Whether the rule holds for boundaries only.
    var isForBoundaries = false

    static let table: [TagValueRule] = [
        // Shifts what is drawn over what; the wiki's range is -5 to 5, and twice that does no harm.
        TagValueRule(key: "layer", form: .integers(-10...10)),
        // Decides the zoom and the line of a border.
        TagValueRule(key: "admin_level", form: .integers(1...12), isForBoundaries: true),
        // Ranks places.
        TagValueRule(key: "population", form: .count),
        TagValueRule(key: "ele", form: .lengths),
        TagValueRule(key: "height", form: .lengths),
        TagValueRule(key: "min_height", form: .lengths),
        TagValueRule(key: "width", form: .lengths),
        TagValueRule(key: "building:levels", form: .numbers),
        TagValueRule(key: "lanes", form: .numbers),
        TagValueRule(key: "maxspeed", form: .speed),
        // The tiles read yes, 1, true and no; see `AreaRule`.
        TagValueRule(
            key: "area", form: .understood(misread: ["YES", "Yes", "NO", "No", "True", "false", "False", "0"])),
        // The tiles read yes and the kinds of bridge and tunnel by name.
        TagValueRule(key: "bridge", form: .understood(misread: ["YES", "Yes", "true", "True", "1"])),
        TagValueRule(key: "tunnel", form: .understood(misread: ["YES", "Yes", "true", "True", "1"])),
        // The tiles read yes, 1, true and -1.
        TagValueRule(
            key: "oneway", form: .understood(misread: ["YES", "Yes", "True", "TRUE", "reverse", "backward", "y"])),
    ]

    func accepts(_ value: String) -> Bool {
        switch form {
        case .integers(let range):
            return Self.parts(value).allSatisfy { part in Self.integer(part).map(range.contains) ?? false }
        case .count: return !value.isEmpty && value.utf8.allSatisfy(Self.isDigit)
        case .numbers: return Self.parts(value).allSatisfy { Self.afterNumber($0)?.isEmpty ?? false }
        case .lengths: return Self.parts(value).allSatisfy(Self.isLength)
        case .speed: return Self.parts(value).allSatisfy(Self.isSpeed)
        case .understood(let misread): return !misread.contains(value)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// Between semicolons, without the blanks around them.
    private static func parts(_ value: String) -> [Substring] {
        value.split(separator: ";", omittingEmptySubsequences: false).map { withoutBlanks($0) }
    }

    private static func withoutBlanks(_ text: Substring) -> Substring {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }

    private static func integer(_ text: Substring) -> Int? {
        let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text
        guard !digits.isEmpty, digits.utf8.count < 10, digits.utf8.allSatisfy(isDigit) else { return nil }
        return Int(text)
    }

    /// What follows the decimal number at the start, sign and point allowed; `nil` when there is none.
    private static func afterNumber(_ text: Substring) -> Substring? {
        var rest = text
        if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
        var digits = 0
        var points = 0
        while let byte = rest.utf8.first, isDigit(byte) || byte == UInt8(ascii: ".") && points == 0 {
            if byte == UInt8(ascii: ".") { points += 1 } else { digits += 1 }
            rest.removeFirst()
        }
        return digits > 0 ? rest : nil
    }

    private static let lengthUnits: Set<Substring> = [
        "", "m", "metre", "metres", "meter", "meters", "km", "cm", "mm", "mi", "nmi", "ft", "feet", "in", "'", "\"",
    ]

    private static func isLength(_ text: Substring) -> Bool {
        guard let rest = afterNumber(text).map(withoutBlanks) else { return false }
        if lengthUnits.contains(rest) { return true }
        // Feet and inches: 12'5", 12' 5", 12 ft 5 in.
        for (feet, inches) in [("'", "\""), ("ft", "in")] where rest.hasPrefix(feet) {
            let second = withoutBlanks(rest.dropFirst(feet.count))
            if let end = afterNumber(second).map(withoutBlanks), end == inches { return true }
        }
        return false
    }

    private static let speedUnits: Set<Substring> = ["", "km/h", "kmh", "kph", "kmph", "mph", "knots"]
    private static let speedWords: Set<Substring> = [
        "none", "walk", "signals", "variable", "implicit", "national", "no",
    ]

    private static func isSpeed(_ text: Substring) -> Bool {
        if speedWords.contains(text) { return true }
        if let rest = afterNumber(text) { return speedUnits.contains(withoutBlanks(rest)) }
        // A country's rule: GB:nsl_single, BE-VLG:rural.
        guard let colon = text.firstIndex(of: ":"), text.index(after: colon) < text.endIndex else { return false }
        let country = text[..<colon]
        return country.utf8.count >= 2 && country.first != "-" && country.last != "-"
            && country.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5a || $0 == UInt8(ascii: "-") }
    }
}
