/// Which kinds of feature a selector asks for: its letters.
public struct FeatureKindSet: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `n`
    public static let nodes = FeatureKindSet(rawValue: 1)
    /// `w`: every way, area or not.
    public static let ways = FeatureKindSet(rawValue: 2)
    /// `r`: every relation, area or not.
    public static let relations = FeatureKindSet(rawValue: 4)
    /// `a`: ways and relations that form areas.
    public static let areas = FeatureKindSet(rawValue: 8)
    /// What a selector without letters asks for. Areas are ways or relations, so they are in.
    public static let everything: FeatureKindSet = [.nodes, .ways, .relations]

    static let letters: [(letter: Unicode.Scalar, kinds: FeatureKindSet)] = [
        ("n", .nodes), ("w", .ways), ("r", .relations), ("a", .areas),
    ]

    /// Whether an element of this kind is asked for.
    @inlinable
    public func contains(_ kind: ElementKind, isArea: Bool) -> Bool {
        rawValue & (1 << kind.rawValue) != 0 || (isArea && rawValue & 8 != 0)
    }
}

extension FeatureKindSet: CustomStringConvertible {
    /// The letters, in the order n, w, r, a.
    public var description: String {
        var result = String.UnicodeScalarView()
        for (letter, kinds) in Self.letters where isSuperset(of: kinds) { result.append(letter) }
        return String(result)
    }
}

/// One selector: `na[amenity=restaurant]`, `w[highway][!name]`, `r9`.
public struct FeatureSelector: Hashable, Sendable {
    public var kinds: FeatureKindSet
    /// Only this element, if there is one; `kinds` then is its kind alone.
    public var element: ElementID?
    public var filter: TagFilter

    public init(kinds: FeatureKindSet = .everything, filter: TagFilter = .everything) {
        self.kinds = kinds
        self.filter = filter
    }

    public init(element: ElementID, filter: TagFilter = .everything) {
        kinds = FeatureKindSet(rawValue: 1 << element.kind.rawValue)
        self.element = element
        self.filter = filter
    }

    /// Whether the element is of a kind, or is the one, that is asked for; its tags are not looked at.
    @inlinable
    public func admits(_ id: ElementID, isArea: Bool) -> Bool {
        kinds.contains(id.kind, isArea: isArea) && (element == nil || element == id)
    }
}

extension FeatureSelector: CustomStringConvertible {
    /// Text that is read back as this selector (see `TagFilter.description`).
    public var description: String {
        let conditions = filter == .everything ? "" : filter.description
        if let element { return element.description + conditions }
        if kinds == .everything && !conditions.isEmpty { return conditions }
        return kinds.description + conditions
    }
}

/// Several selectors; a feature that matches any of them is selected, once.
public struct FeatureSelectorList: Hashable, Sendable {
    /// At least one when it came from text.
    public var selectors: [FeatureSelector]

    public init(_ selectors: [FeatureSelector]) { self.selectors = selectors }

    public static let everything = FeatureSelectorList([FeatureSelector()])

    /// Every selector's filter in a dictionary's numbers, in the same order.
    public func bind(to dictionary: some TagDictionary) -> BoundFeatureSelectorList {
        BoundFeatureSelectorList(selectors: selectors, filters: selectors.map { $0.filter.bind(to: dictionary) })
    }
}

extension FeatureSelectorList: CustomStringConvertible {
    public var description: String { selectors.map(\.description).joined(separator: ",") }
}

/// Selectors bound to one dictionary. A caller with many features per tag set keeps the filters' verdicts per set.
public struct BoundFeatureSelectorList: Sendable {
    public let selectors: [FeatureSelector]
    /// As many as selectors.
    public let filters: [BoundTagFilter]

    /// The answer for one feature. `.depends` as in `BoundTagFilter.evaluate`.
    public func evaluate(_ tags: CodedTags, of id: ElementID, isArea: Bool) -> TagFilterVerdict {
        var result = TagFilterVerdict.no
        for index in selectors.indices where selectors[index].admits(id, isArea: isArea) {
            switch filters[index].evaluate(tags) {
            case .yes: return .yes
            case .depends: result = .depends
            case .no: break
            }
        }
        return result
    }
}
