/// Text that is no selector, filter or regular expression. Positions count Unicode scalars from 1.
public enum TagFilterError: Error, Hashable, Sendable {
    /// Something else stands where the grammar wants one of a few things.
    case unexpected(position: Int, found: String, expected: String, suggestion: String?)
    /// A regular expression that cannot be used: where in the expression, and why.
    case badExpression(String, position: Int, problem: String)
    /// Parentheses inside each other beyond what a person writes.
    case nestedTooDeeply(position: Int, limit: Int)
}

extension TagFilterError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unexpected(let position, let found, let expected, let suggestion):
            "selector, character \(position): found \(found), expected \(expected)"
                + (suggestion.map { "; \($0)" } ?? "")
        case .badExpression(let expression, let position, let problem):
            "regular expression \(TagFilterText.quoted(expression)), character \(position): \(problem)"
        case .nestedTooDeeply(let position, let limit):
            "selector, character \(position): more than \(limit) parentheses inside each other"
        }
    }
}
