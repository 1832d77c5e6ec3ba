/// A regular expression as a tree.
indirect enum TagFilterExpression {
    case empty
    case scalar(Unicode.Scalar)
    case anything
    case set(TagFilterScalarSet)
    case assertion(TagFilterAssertion)
    case sequence([TagFilterExpression])
    case alternatives([TagFilterExpression])
    /// `most` is `nil` for no limit.
    case repeated(TagFilterExpression, least: Int, most: Int?)
}

/// What holds between two scalars, and takes none of them.
enum TagFilterAssertion {
    case start, end, wordBoundary, noWordBoundary
}

struct TagFilterScalarSet {
    enum Class { case digit, word, space, letter, upper, lower, punctuation }

    enum Item {
        case range(ClosedRange<UInt32>)
        case member(Class, negated: Bool)
    }

    var items: [Item] = []
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        for item in items {
            switch item {
            case .range(let range): if range.contains(scalar.value) { return !isNegated }
            case .member(let name, let negated):
                if Self.isMember(scalar, of: name) != negated { return !isNegated }
            }
        }
        return isNegated
    }

    static func isMember(_ scalar: Unicode.Scalar, of name: Class) -> Bool {
        switch name {
        case .digit: scalar.value >= 0x30 && scalar.value <= 0x39
        case .word: scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
        case .space: scalar.properties.isWhitespace
        case .letter: scalar.properties.isAlphabetic
        case .upper: scalar.properties.isUppercase
        case .lower: scalar.properties.isLowercase
        case .punctuation: scalar.properties.generalCategory.isPunctuation
        }
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isPunctuation: Bool {
        switch self {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            true
        default: false
        }
    }
}

/// Reads a regular expression into its tree; one pass, nesting bounded.
struct TagFilterExpressionParser {
    private static let nestingLimit = 50
    private static let repeatLimit = 1000

    private let text: String
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var depth = 0

    init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
    }

    mutating func expression() throws(TagFilterError) -> TagFilterExpression {
        let result = try alternatives()
        if next != nil { throw bad("')' without '('") }
        return result
    }

    private mutating func alternatives() throws(TagFilterError) -> TagFilterExpression {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(TagFilterError) -> TagFilterExpression {
        var parts: [TagFilterExpression] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            var part = try atom()
            var quantifierCount = 0
            // `a*?` and `a++` are lazy and possessive forms elsewhere; whether there is a match is the same.
            while let (least, most) = try quantifier() {
                quantifierCount += 1
                if quantifierCount > 3 { throw bad("too many signs of repetition in a row", at: index - 1) }
                part = .repeated(part, least: least, most: most)
            }
            parts.append(part)
        }
        if parts.isEmpty { return .empty }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func quantifier() throws(TagFilterError) -> (least: Int, most: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard next == "{", index + 1 < scalars.count, isDigit(scalars[index + 1]) else { return nil }
        let start = index
        index += 1
        let least = try count(openedAt: start)
        var most: Int? = least
        if take(",") { most = next == "}" ? nil : try count(openedAt: start) }
        guard take("}") else { throw bad("'{' is not closed by '}'", at: start) }
        if let most, most < least { throw bad("{\(least),\(most)} counts down", at: start) }
        return (least, most)
    }

    private mutating func count(openedAt start: Int) throws(TagFilterError) -> Int {
        var value = 0
        guard let first = next, isDigit(first) else { throw bad("a number is missing in braces", at: start) }
        while let scalar = next, isDigit(scalar) {
            value = value * 10 + Int(scalar.value - 0x30)
            if value > Self.repeatLimit { throw bad("more than \(Self.repeatLimit) repetitions", at: start) }
            index += 1
        }
        return value
    }

    private mutating func atom() throws(TagFilterError) -> TagFilterExpression {
        let start = index
        guard let scalar = next else { return .empty }
        index += 1
        switch scalar {
        case ".": return .anything
        case "^": return .assertion(.start)
        case "$": return .assertion(.end)
        case "[": return .set(try set(openedAt: start))
        case "\\": return try escape(at: start)
        case "(":
            if take("?"), !take(":") {
                throw bad("'(?' is not supported; to ignore case write [key~\"...\",i]", at: start)
            }
            depth += 1
            defer { depth -= 1 }
            if depth > Self.nestingLimit {
                throw bad("more than \(Self.nestingLimit) groups inside each other", at: start)
            }
            let group = try alternatives()
            guard take(")") else { throw bad("'(' is not closed by ')'", at: start) }
            return group
        case "*", "+", "?":
            throw bad("'\(scalar)' has nothing to repeat; write \\\(scalar) for the sign itself", at: start)
        default: return .scalar(scalar)
        }
    }

    private mutating func escape(at start: Int) throws(TagFilterError) -> TagFilterExpression {
        guard let scalar = next else { throw bad("a backslash at the end", at: start) }
        index += 1
        if let (name, negated) = Self.namedClass(scalar) {
            return .set(TagFilterScalarSet(items: [.member(name, negated: negated)]))
        }
        switch scalar {
        case "b": return .assertion(.wordBoundary)
        case "B": return .assertion(.noWordBoundary)
        case "n": return .scalar("\n")
        case "t": return .scalar("\t")
        case _ where isDigit(scalar): throw bad("references back to a group (\\\(scalar)) are not supported", at: start)
        case _ where scalar.isASCII && scalar.properties.isAlphabetic: throw bad("\\\(scalar) is unknown", at: start)
        default: return .scalar(scalar)
        }
    }

    private static func namedClass(_ scalar: Unicode.Scalar) -> (TagFilterScalarSet.Class, negated: Bool)? {
        switch scalar {
        case "d": (.digit, false)
        case "D": (.digit, true)
        case "w": (.word, false)
        case "W": (.word, true)
        case "s": (.space, false)
        case "S": (.space, true)
        default: nil
        }
    }

    /// The inside of brackets. A `]` that comes first is an ordinary member, as in POSIX.
    private mutating func set(openedAt start: Int) throws(TagFilterError) -> TagFilterScalarSet {
        var set = TagFilterScalarSet()
        set.isNegated = take("^")
        var isFirst = true
        while let scalar = next, scalar != "]" || isFirst {
            isFirst = false
            if scalar == "[", index + 1 < scalars.count, scalars[index + 1] == ":" {
                set.items.append(.member(try posixClass(), negated: false))
                continue
            }
            if scalar == "\\", index + 1 < scalars.count, let (name, negated) = Self.namedClass(scalars[index + 1]) {
                index += 2
                set.items.append(.member(name, negated: negated))
                continue
            }
            let low = try member(openedAt: start)
            guard next == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else {
                set.items.append(.range(low...low))
                continue
            }
            index += 1
            let high = try member(openedAt: start)
            guard low <= high else { throw bad("a range in brackets runs backwards", at: start) }
            set.items.append(.range(low...high))
        }
        guard take("]") else { throw bad("'[' is not closed by ']'", at: start) }
        return set
    }

    private mutating func member(openedAt start: Int) throws(TagFilterError) -> UInt32 {
        guard let scalar = next else { throw bad("'[' is not closed by ']'", at: start) }
        index += 1
        guard scalar == "\\" else { return scalar.value }
        guard let escaped = next else { throw bad("a backslash at the end", at: index - 1) }
        index += 1
        switch escaped {
        case "n": return 0x0a
        case "t": return 0x09
        default: return escaped.value
        }
    }

    private mutating func posixClass() throws(TagFilterError) -> TagFilterScalarSet.Class {
        let names: [(String, TagFilterScalarSet.Class)] = [
            ("alpha", .letter), ("digit", .digit), ("alnum", .word), ("space", .space), ("upper", .upper),
            ("lower", .lower), ("punct", .punctuation),
        ]
        for (name, set) in names {
            let spelled = Array("[:\(name):]".unicodeScalars)
            if scalars[index...].starts(with: spelled) {
                index += spelled.count
                return set
            }
        }
        throw bad("an unknown class; known are " + names.map { "[:\($0.0):]" }.joined(separator: " "))
    }

    private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        index += 1
        return true
    }

    private func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x30 && scalar.value <= 0x39 }

    private func bad(_ problem: String, at position: Int? = nil) -> TagFilterError {
        .badExpression(text, position: (position ?? index) + 1, problem: problem)
    }
}
