/// Something wrong in a schema file, and where.
public struct SchemaDiagnostic: Error, Hashable, Sendable {
    /// From 1.
    public var line: Int
    /// From 1, in Unicode scalars.
    public var column: Int
    /// What was found, what is expected, and a suggestion where there is one.
    public var message: String

    public init(line: Int, column: Int, message: String) {
        self.line = line
        self.column = column
        self.message = message
    }
}

extension SchemaDiagnostic: CustomStringConvertible {
    public var description: String { "line \(line), column \(column): \(message)" }
}

/// Everything that is wrong with a schema file, in the order of its text; at least one thing.
public struct SchemaFileError: Error, Hashable, Sendable {
    public var diagnostics: [SchemaDiagnostic]
}

extension SchemaFileError: CustomStringConvertible {
    /// A line for each.
    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}

/// Which of some words somebody meant who wrote another one.
enum Suggestion {
    /// `; did you mean "from"?`, or the words there are.
    static func text(for word: String, among words: [String]) -> String {
        let limit = word.count <= 4 ? 1 : 2
        let near = words.map { (distance: distance(word, $0), word: $0) }.filter { $0.distance <= limit }
        if let best = near.min(by: { ($0.distance, $0.word) < ($1.distance, $1.word) }) {
            return "; did you mean \"\(best.word)\"?"
        }
        return "; expected one of \(words.joined(separator: ", "))"
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal string
    /// alignment). Cost: the product of the lengths, so the longer part of a long word is not looked at.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.unicodeScalars.prefix(40))
        let right = Array(right.unicodeScalars.prefix(40))
        var before: [Int] = []
        var previous = Array(0...right.count)
        for (row, scalar) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(previous[column + 1], current[column]) + 1
                cost = min(cost, previous[column] + (scalar == other ? 0 : 1))
                if row > 0, column > 0, scalar == right[column - 1], left[row - 1] == other {
                    cost = min(cost, before[column - 1] + 1)
                }
                current.append(cost)
            }
            before = previous
            previous = current
        }
        return previous[right.count]
    }
}
