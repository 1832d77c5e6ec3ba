/// Words of the selector language as text, quoted where they need it.
enum TagFilterText {
    /// A key or value: bare when it is made of letters, digits and a few signs, else in double quotes.
    static func word(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
                || "_:-./+@".unicodeScalars.contains(scalar)
        }
        return isPlain && !text.isEmpty ? text : quoted(text)
    }

    /// In double quotes, on one line.
    static func quoted(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        result.append("\"")
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                result.append("\\")
                result.append(scalar)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\t": result.append(contentsOf: "\\t".unicodeScalars)
            default: result.append(scalar)
            }
        }
        result.append("\"")
        return String(result)
    }

    /// A regular expression in double quotes. Its backslashes stay as they are; only a bare quote gets one.
    static func quoted(_ pattern: TagFilterPattern) -> String {
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in pattern.expression.unicodeScalars {
            if scalar == "\"" && !isEscaped { result.append("\\") }
            result.append(scalar)
            isEscaped = scalar == "\\" && !isEscaped
        }
        return "\"" + String(result) + "\"" + (pattern.ignoresCase ? ",i" : "")
    }

    static func number(_ number: Double) -> String {
        if let integer = Int64(exactly: number), integer.magnitude < 1 << 53 { return String(integer) }
        return number.description
    }
}

extension TagFilter: CustomStringConvertible {
    /// The filter as text that `init(parsing:)` reads: conditions in brackets, `(a|b)` for any of them, `!(a)` for not.
    ///
    /// A filter that came from text is read back equal; one built otherwise is read back with the same meaning.
    public var description: String {
        switch self {
        case .hasKey(let key): return "[\(TagFilterText.word(key))]"
        case .lacksKey(let key): return "[!\(TagFilterText.word(key))]"
        case .valueIn(let key, let values): return values.isEmpty ? "()" : Self.values(key, "=", values)
        case .notValueIn(let key, let values): return values.isEmpty ? "!()" : Self.values(key, "!=", values)
        case .matches(let key, let pattern):
            return "[\(TagFilterText.word(key))~\(TagFilterText.quoted(pattern))]"
        case .notMatches(let key, let pattern):
            return "[\(TagFilterText.word(key))!~\(TagFilterText.quoted(pattern))]"
        case .compares(let key, let comparison, let number):
            return "[\(TagFilterText.word(key))\(comparison.symbol)\(TagFilterText.number(number))]"
        case .all(let filters):
            return filters.isEmpty ? "!()" : filters.map(\.description).joined()
        case .any(let filters):
            return "(" + filters.map(\.description).joined(separator: "|") + ")"
        case .not(.any(let filters)):
            return "!(" + filters.map(\.description).joined(separator: "|") + ")"
        case .not(let filter):
            return "!(" + filter.description + ")"
        }
    }

    private static func values(_ key: String, _ sign: String, _ values: [String]) -> String {
        "[" + TagFilterText.word(key) + sign + values.map(TagFilterText.word).joined(separator: ",") + "]"
    }
}
