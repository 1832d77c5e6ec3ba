/// A condition on an object's tags: what a user writes in brackets and what a schema's rule holds.
///
/// `[amenity=restaurant][cuisine~"piz+a"]` is `.all([.valueIn("amenity", ["restaurant"]), .matches("cuisine", ...)])`.
/// Keys and values are compared as whole strings, case and all. What the negative forms say about an object that lacks
/// the key follows Overpass: `[k!=v]` and `[k!~re]` match it, as `[!k]` does. A comparison with a number is false for a
/// value that is no number (see `TagFilterNumber`).
public indirect enum TagFilter: Hashable, Sendable {
    case hasKey(String)
    case lacksKey(String)
    /// The key is there with one of these values.
    case valueIn(String, [String])
    /// The key is absent, or its value is none of these.
    case notValueIn(String, [String])
    /// The key is there and the expression is found in its value.
    case matches(String, TagFilterPattern)
    /// The key is absent, or the expression is not found in its value.
    case notMatches(String, TagFilterPattern)
    /// The key is there and its value is a number on this side of the bound, which is finite.
    case compares(String, TagFilterComparison, Double)
    /// All of them; of none: everything.
    case all([TagFilter])
    /// At least one of them; of none: nothing.
    case any([TagFilter])
    case not(TagFilter)

    /// Matches every object, tagged or not.
    public static let everything = TagFilter.all([])
}

public enum TagFilterComparison: UInt8, CaseIterable, Sendable {
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual

    public var symbol: String {
        switch self {
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }

    @inlinable
    public func holds(_ value: Double, _ bound: Double) -> Bool {
        switch self {
        case .less: value < bound
        case .lessOrEqual: value <= bound
        case .greater: value > bound
        case .greaterOrEqual: value >= bound
        }
    }
}

/// Tag values as numbers.
public enum TagFilterNumber {
    /// The number that the whole text is: an optional sign, digits, and an optional fraction after a point.
    /// `nil` for everything else: units ("5 m"), lists ("3;4"), exponents, separators of thousands, spaces.
    public static func value(of text: some StringProtocol) -> Double? {
        var digitCount = 0
        var pointSeen = false
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case 0x30...0x39: digitCount += 1
            case 0x2b, 0x2d: if index > 0 { return nil }
            case 0x2e:
                if pointSeen { return nil }
                pointSeen = true
            default: return nil
            }
        }
        // A point needs a digit after it: "5." is a sentence's end more often than a number.
        guard digitCount > 0, text.last != "." else { return nil }
        return Double(text)
    }
}

extension TagFilter {
    /// Every key that the filter mentions.
    public var keys: Set<String> {
        var result: Set<String> = []
        visit { key, _ in result.insert(key) }
        return result
    }

    /// The keys whose value, not only presence, can change the verdict.
    public var decidingKeys: Set<String> {
        var result: Set<String> = []
        visit { key, valueDecides in if valueDecides { result.insert(key) } }
        return result
    }

    /// Keys of which every matching object has at least one; `nil` when objects without any of a few keys can match.
    ///
    /// An index by key needs to ask a filter only about objects that have one of these. Of several possible answers the
    /// shortest is given.
    public var requiredAnyKey: Set<String>? {
        switch self {
        case .hasKey(let key), .valueIn(let key, _), .matches(let key, _), .compares(let key, _, _): return [key]
        case .lacksKey, .notValueIn, .notMatches, .not: return nil
        case .all(let filters):
            return filters.compactMap(\.requiredAnyKey).min { $0.count < $1.count }
        case .any(let filters):
            var result: Set<String> = []
            for filter in filters {
                guard let keys = filter.requiredAnyKey else { return nil }
                result.formUnion(keys)
            }
            return result
        }
    }

    private func visit(_ body: (_ key: String, _ valueDecides: Bool) -> Void) {
        switch self {
        case .hasKey(let key), .lacksKey(let key): body(key, false)
        case .valueIn(let key, _), .notValueIn(let key, _): body(key, true)
        case .matches(let key, _), .notMatches(let key, _): body(key, true)
        case .compares(let key, _, _): body(key, true)
        case .all(let filters), .any(let filters): for filter in filters { filter.visit(body) }
        case .not(let filter): filter.visit(body)
        }
    }
}
