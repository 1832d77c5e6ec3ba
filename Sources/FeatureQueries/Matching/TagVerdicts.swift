import FeatureStorage
import OSMModel

/// The tags of features, with every tag set decoded once.
struct FeatureTagReader {
    let store: FeatureStore
    private var sets: [CodedTags?]
    private var varying: [TagValueCode] = []

    init(store: FeatureStore) {
        self.store = store
        sets = [CodedTags?](repeating: nil, count: store.tagSetCount)
    }

    /// A set with its varying places open.
    mutating func set(_ number: Int) throws(FeatureStoreError) -> CodedTags {
        guard sets.indices.contains(number) else { return try store.tagSet(number) }
        if let known = sets[number] { return known }
        let set = try store.tagSet(number)
        sets[number] = set
        return set
    }

    /// A feature's tags, every value filled in.
    mutating func tags(of feature: borrowing FeatureView) throws(FeatureStoreError) -> CodedTags {
        let set = try set(feature.tagSet)
        let count = set.varyingCount
        if count == 0 { return set }
        varying.removeAll(keepingCapacity: true)
        do { try feature.appendVaryingValues(count: count, to: &varying) } catch { throw store.damagedFeatures(error) }
        return set.filled(with: varying)
    }
}

/// Which features the selectors select. A filter's verdict on a tag set is computed once, when the first feature with
/// that set comes; only where it hangs on values that each feature keeps for itself is a feature's own list looked at.
struct SelectorMatcher {
    private let selectors: BoundFeatureSelectorList
    /// For each set and selector the verdict plus one; 0 where it is not known yet.
    private var verdicts: [UInt8]

    init(_ selectors: FeatureSelectorList, store: FeatureStore) {
        self.selectors = selectors.bind(to: store)
        verdicts = [UInt8](repeating: 0, count: store.tagSetCount * selectors.selectors.count)
    }

    /// Whether any selector selects the feature. Parts and records that only tiles see are never selected.
    mutating func selects(_ feature: borrowing FeatureView, _ tags: inout FeatureTagReader) throws -> Bool {
        if feature.role != .feature { return false }
        let element = feature.element
        let isArea = feature.shape == .area || feature.shape == .closedArea
        var filled: CodedTags?
        for (index, selector) in selectors.selectors.enumerated() where selector.admits(element, isArea: isArea) {
            switch try verdict(selector: index, set: feature.tagSet, &tags) {
            case .yes: return true
            case .no: continue
            case .depends:
                let own: CodedTags
                if let filled { own = filled } else { own = try tags.tags(of: feature) }
                if selectors.filters[index].evaluate(own) == .yes { return true }
                filled = own
            }
        }
        return false
    }

    private mutating func verdict(
        selector: Int, set: Int, _ tags: inout FeatureTagReader
    ) throws(FeatureStoreError) -> TagFilterVerdict {
        let (place, overflow) = set.multipliedReportingOverflow(by: selectors.filters.count)
        guard !overflow, place >= 0, place + selector < verdicts.count else {
            // Only damage gives such a number; the store says so.
            return selectors.filters[selector].evaluate(try tags.set(set))
        }
        if let known = TagFilterVerdict(rawValue: verdicts[place + selector] &- 1) { return known }
        let verdict = selectors.filters[selector].evaluate(try tags.set(set))
        verdicts[place + selector] = verdict.rawValue + 1
        return verdict
    }
}
