/// Reads the selector language.
///
/// ```
/// list       = selector { ( "," | white space ) selector }
/// selector   = [ letters | element ] filter | letters | element
/// letters    = ( "n" | "w" | "r" | "a" )... | "*"          none, or "*": nodes, ways and relations
/// element    = ( "n" | "w" | "r" ) number                  only this one
/// filter     = term...                                     all of them
/// term       = "[" condition "]" | [ "!" ] "(" [ filter { "|" filter } ] ")"
/// condition  = key | "!" key
///            | key ( "=" | "!=" ) ( value { "," value } | "*" )
///            | key ( "~" | "!~" ) expression [ "," "i" ]
///            | key ( "<" | "<=" | ">" | ">=" ) number
/// ```
/// Quotes, single or double, are needed where a key or value has a sign of this grammar in it. In quotes and outside a
/// backslash takes the next sign literally (`\n` and `\t` in quotes are line feed and tab); in an expression backslashes
/// belong to the expression. Unquoted words may have spaces inside, not at their ends. Cost: one pass over the text.
struct TagFilterParser {
    static let nestingLimit = 50

    let scalars: [Unicode.Scalar]
    var index = 0
    private var depth = 0

    init(_ text: some StringProtocol) { scalars = Array(text.unicodeScalars) }

    // MARK: Selectors

    mutating func selectorList() throws(TagFilterError) -> FeatureSelectorList {
        var selectors: [FeatureSelector] = []
        skipSpace()
        if next == nil { throw unexpected("a selector", suggestion: "* selects everything") }
        while true {
            selectors.append(try selector())
            let hadSpace = skipSpace()
            if next == nil { return FeatureSelectorList(selectors) }
            if take(",") {
                skipSpace()
            } else if !hadSpace {
                throw unexpected("'[', ',' or the end", suggestion: suggestionForStrayWord())
            }
        }
    }

    /// A filter alone, without letters; empty text is the filter that matches everything.
    mutating func filterOnly() throws(TagFilterError) -> TagFilter {
        skipSpace()
        let filter = try filter()
        skipSpace()
        if next != nil { throw unexpected("'[' or the end", suggestion: suggestionForStrayWord()) }
        return filter ?? .everything
    }

    private mutating func selector() throws(TagFilterError) -> FeatureSelector {
        let start = index
        var kinds: FeatureKindSet = []
        if take("*") {
            kinds = .everything
        } else {
            while let scalar = next, let known = FeatureKindSet.letters.first(where: { $0.letter == scalar }) {
                kinds.formUnion(known.kinds)
                index += 1
            }
        }
        if let scalar = next, scalar == "-" || isDigit(scalar) {
            return try selector(ofElementAt: start)
        }
        if let scalar = next, !"[(!, \t\n\r".unicodeScalars.contains(scalar) {
            let letterCount = index - start
            index = start
            let stray = letterCount > 0 ? "the letters n, w, r, a, then '['" : "a selector"
            throw unexpected(stray, suggestion: suggestionForStrayWord(), wholeWord: true)
        }
        let filter = try filter()
        if index == start { throw unexpected("a selector", suggestion: nil) }
        return FeatureSelector(kinds: kinds.isEmpty ? .everything : kinds, filter: filter ?? .everything)
    }

    private mutating func selector(ofElementAt start: Int) throws(TagFilterError) -> FeatureSelector {
        while let scalar = next, scalar == "-" || isDigit(scalar) { index += 1 }
        let word = String(String.UnicodeScalarView(scalars[start..<index]))
        guard let element = ElementID(word) else {
            index = start
            throw unexpected(
                "n, w or r and a 64-bit number", suggestion: "an area keeps the letter of its way or relation",
                wholeWord: true)
        }
        return FeatureSelector(element: element, filter: try filter() ?? .everything)
    }

    // MARK: Filters

    /// Terms as long as there are any; `nil` for none.
    private mutating func filter() throws(TagFilterError) -> TagFilter? {
        var terms: [TagFilter] = []
        while true {
            let start = index
            let term: TagFilter
            if take("[") {
                term = try condition()
            } else if take("(") {
                term = try alternatives(openedAt: start)
            } else if take("!") {
                skipSpace()
                guard take("(") else {
                    throw unexpected("'('", suggestion: "to ask for the absence of a key write [!key]")
                }
                term = .not(try alternatives(openedAt: start))
            } else {
                break
            }
            if case .all(let parts) = term { terms += parts } else { terms.append(term) }
        }
        return terms.count > 1 ? .all(terms) : terms.first
    }

    private mutating func alternatives(openedAt start: Int) throws(TagFilterError) -> TagFilter {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.nestingLimit {
            throw .nestedTooDeeply(position: start + 1, limit: Self.nestingLimit)
        }
        skipSpace()
        if take(")") { return .any([]) }
        var filters: [TagFilter] = []
        repeat {
            skipSpace()
            guard let filter = try filter() else { throw unexpected("'['", suggestion: suggestionForStrayWord()) }
            filters.append(filter)
            skipSpace()
        } while take("|")
        guard take(")") else { throw unexpected("'|' or ')'", suggestion: nil) }
        return filters.count == 1 ? filters[0] : .any(filters)
    }

    /// What stands in brackets, the first of which is taken already.
    private mutating func condition() throws(TagFilterError) -> TagFilter {
        skipSpace()
        if take("!") {
            skipSpace()
            let key = try word("a key", endedBy: "]=!~<>,[")
            guard take("]") else { throw unexpected("']'", suggestion: "for another value write [key!=value]") }
            return .lacksKey(key)
        }
        let key = try word("a key", endedBy: "]=!~<>,[")
        let filter: TagFilter
        if take("]") { return .hasKey(key) }
        if take("!") {
            if take("=") {
                filter = try values(of: key, negated: true)
            } else if take("~") {
                filter = .notMatches(key, try expression())
            } else {
                throw unexpected("'!=' or '!~'", suggestion: "to ask for the absence of a key write [!key]")
            }
        } else if take("=") {
            if next == "=" || next == "~" {
                throw unexpected("a value", suggestion: next == "=" ? "write one =" : "write ~ alone")
            }
            filter = try values(of: key, negated: false)
        } else if take("~") {
            filter = .matches(key, try expression())
        } else if take("<") {
            let comparison: TagFilterComparison = take("=") ? .lessOrEqual : .less
            filter = .compares(key, comparison, try number())
        } else if take(">") {
            let comparison: TagFilterComparison = take("=") ? .greaterOrEqual : .greater
            filter = .compares(key, comparison, try number())
        } else {
            throw unexpected(
                "one of = != ~ !~ < <= > >= or ']'", suggestion: next == "[" ? "close the bracket before it" : nil)
        }
        skipSpace()
        guard take("]") else {
            throw unexpected("']'", suggestion: next == "[" ? "close the bracket before it, or use quotes" : nil)
        }
        return filter
    }

    private mutating func values(of key: String, negated: Bool) throws(TagFilterError) -> TagFilter {
        skipSpace()
        if next == "*", let after = scalarAfterSpace(from: index + 1), after == "]" {
            index += 1
            return negated ? .lacksKey(key) : .hasKey(key)
        }
        var values: [String] = []
        repeat {
            let value = try word("a value", endedBy: ",][")
            if !values.contains(value) { values.append(value) }
        } while take(",")
        return negated ? .notValueIn(key, values) : .valueIn(key, values)
    }

    private mutating func number() throws(TagFilterError) -> Double {
        skipSpace()
        let start = index
        let text = try word("a number", endedBy: ",][")
        // The exponent is for large bounds that `description` wrote.
        guard text.unicodeScalars.allSatisfy({ isDigit($0) || "+-.e".unicodeScalars.contains($0) }),
            let number = Double(text), number.isFinite
        else {
            index = start
            throw unexpected("a decimal number", suggestion: "without a unit", wholeWord: true)
        }
        return number
    }
}

extension FeatureSelectorList {
    /// Reads a list of selectors, such as `na[amenity=restaurant][cuisine~"piz+a"]` or `w[highway],n17`.
    public init(parsing text: some StringProtocol) throws(TagFilterError) {
        var parser = TagFilterParser(text)
        self = try parser.selectorList()
    }
}

extension TagFilter {
    /// Reads conditions without letters of kinds, such as `[natural=water][water!=river]`.
    public init(parsing text: some StringProtocol) throws(TagFilterError) {
        var parser = TagFilterParser(text)
        self = try parser.filterOnly()
    }
}
