import ByteCoding
public import OSMModel
import SystemIO

/// A user's own say on which closed ways are areas.
///
/// ```
/// # Piers are areas here, whatever their other tags
/// area [man_made=pier]
/// line [leisure=track][!surface]
/// ```
/// One rule a line: `area` or `line`, then conditions of the selector language (`TagFilter`). `#` starts a comment, outside of
/// quotes. Of the rules that match the last one counts; with none the built-in table does (`AreaRule`). The tag `area=yes` or
/// `area=no` wins over all.
public struct AreaRules: Sendable {
    public struct Rule: Hashable, Sendable {
        public var makesArea: Bool
        public var filter: TagFilter
    }

    public private(set) var rules: [Rule] = []
    /// SHA-256 of the text, hexadecimal.
    public let textHash: String

    /// Reads the text of a rules file; finds all errors at once.
    public init(parsing text: String) throws(AreaRulesError) {
        textHash = hexadecimal(sha256(Array(text.utf8).byteSpan))
        var faults: [AreaRulesError.Fault] = []
        // Editors of Windows put a byte order mark in front.
        let text = text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            do throws(AreaRulesError.Fault) {
                if let rule = try AreaRules.rule(Array(line.unicodeScalars), line: number + 1) { rules.append(rule) }
            } catch { faults.append(error) }
        }
        if !faults.isEmpty { throw AreaRulesError(faults: faults) }
    }

    private static func rule(_ line: [Unicode.Scalar], line number: Int) throws(AreaRulesError.Fault) -> Rule? {
        let line = line[..<commentStart(line)]
        guard let start = line.firstIndex(where: { !$0.properties.isWhitespace }) else { return nil }
        let end = line[start...].firstIndex { $0.properties.isWhitespace || $0 == "[" || $0 == "(" || $0 == "!" }
        let word = text(line[start..<(end ?? line.endIndex)])
        guard word == "area" || word == "line" else {
            throw AreaRulesError.Fault(
                line: number, column: start + 1, message: "found \"\(word)\", expected area or line")
        }
        let rest = line[(start + 4)...]
        guard rest.contains(where: { !$0.properties.isWhitespace }) else {
            throw AreaRulesError.Fault(
                line: number, column: line.count + 1,
                message: "found the end, expected conditions such as [natural=water]")
        }
        do throws(TagFilterError) {
            return Rule(makesArea: word == "area", filter: try TagFilter(parsing: text(rest)))
        } catch { throw AreaRulesError.Fault(line: number, column: start + 4 + error.position, message: error.reason) }
    }

    /// The index of the first `#` that is not in quotes, or the line's end.
    private static func commentStart(_ line: [Unicode.Scalar]) -> Int {
        var quote: Unicode.Scalar?
        var isEscaped = false
        for (index, scalar) in line.enumerated() {
            if isEscaped {
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if let open = quote {
                if scalar == open { quote = nil }
            } else if scalar == "\"" || scalar == "'" {
                quote = scalar
            } else if scalar == "#" {
                return index
            }
        }
        return line.count
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }
}

/// Everything that is wrong with a rules file.
public struct AreaRulesError: Error, Hashable, Sendable {
    public struct Fault: Error, Hashable, Sendable {
        /// From 1.
        public var line: Int
        /// From 1, in Unicode scalars.
        public var column: Int
        public var message: String
    }

    /// In the order of the text; at least one.
    public var faults: [Fault]
}

extension AreaRulesError: CustomStringConvertible {
    /// A line for each fault.
    public var description: String {
        faults.map { "line \($0.line), column \($0.column): \($0.message)" }.joined(separator: "\n")
    }
}

extension TagFilterError {
    /// From 1, in Unicode scalars of the filter's text.
    fileprivate var position: Int {
        switch self {
        case .unexpected(let position, _, _, _), .nestedTooDeeply(let position, _): position
        case .badExpression: 1
        }
    }

    fileprivate var reason: String {
        switch self {
        case .unexpected(_, let found, let expected, let suggestion):
            "found \(found), expected \(expected)" + (suggestion.map { "; \($0)" } ?? "")
        case .badExpression, .nestedTooDeeply: description
        }
    }
}
