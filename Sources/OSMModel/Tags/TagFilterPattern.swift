/// A regular expression on tag values, found anywhere in them unless `^` and `$` say otherwise.
///
/// Extended expressions as in POSIX and Overpass: `. * + ? {m,n} | ( ) [a-z] [^a-z] [[:alpha:]] ^ $`, and `\d \w \s \b` with
/// their capitals. A backslash makes any other sign literal. There is no way to refer back to a group or to look around,
/// so a match costs time in proportion to the text's length times `stateCount`, whatever the expression (Thompson 1968);
/// none can be made to run away. Compared are Unicode scalars.
public struct TagFilterPattern: Sendable {
    /// As written, except that a quote needs no backslash and has none.
    public let expression: String
    public let ignoresCase: Bool
    let program: TagFilterProgram

    /// Expressions that need more states are refused; `[a-z]{1000}` needs a thousand.
    public static let stateLimit = 4000

    public init(_ expression: String, ignoringCase: Bool = false) throws(TagFilterError) {
        self.expression = Self.withoutEscapedQuotes(expression)
        self.ignoresCase = ignoringCase
        var parser = TagFilterExpressionParser(self.expression)
        let syntax = try parser.expression()
        guard let program = TagFilterProgram(syntax, ignoringCase: ignoringCase, stateLimit: Self.stateLimit) else {
            throw .badExpression(
                self.expression, position: 1, problem: "too large: needs more than \(Self.stateLimit) states")
        }
        self.program = program
    }

    public var stateCount: Int { program.states.count }

    public func isFound(in text: String) -> Bool { program.isFound(in: text.unicodeScalars) }

    private static func withoutEscapedQuotes(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isEscaped && scalar == "\"" { result.removeLast() }
            result.append(scalar)
            isEscaped = scalar == "\\" && !isEscaped
        }
        return String(result)
    }
}

extension TagFilterPattern: Hashable {
    public static func == (left: TagFilterPattern, right: TagFilterPattern) -> Bool {
        left.expression == right.expression && left.ignoresCase == right.ignoresCase
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(expression)
        hasher.combine(ignoresCase)
    }
}
