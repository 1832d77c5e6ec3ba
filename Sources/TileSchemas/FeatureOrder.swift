public import OSMModel

/// The order of features inside a layer.
///
/// `measure` comes first, greatest before smallest; equal ones, or all without a measure, go by the sum of the ranks,
/// ascending: a painter draws later features over earlier ones.
public struct FeatureOrder: Hashable, Sendable {
    /// What the object, not its tags, decides.
    public enum Measure: String, CaseIterable, Sendable {
        case mercatorArea
        case population
    }

    public var measure: Measure?
    /// Ranks at every zoom.
    public var ranks: [FeatureRank]
    /// Ranks added from `detailZoom` on.
    public var detailRanks: [FeatureRank]
    public var detailZoom: Int

    public init(
        measure: Measure? = nil, ranks: [FeatureRank] = [], detailRanks: [FeatureRank] = [], detailZoom: Int = 0
    ) {
        self.measure = measure
        self.ranks = ranks
        self.detailRanks = detailRanks
        self.detailZoom = detailZoom
    }

    /// As the features come.
    public static let none = FeatureOrder()

    var decidingKeys: Set<String> {
        var keys: Set<String> = []
        for rank in ranks + detailRanks { keys.formUnion(rank.decidingKeys) }
        return keys
    }
}

/// One summand of a feature's place in the order.
public enum FeatureRank: Hashable, Sendable {
    /// The value of the first entry whose filter matches; 0 for none.
    case table([RankEntry])
    /// The tag `layer` as an integer, held between plus and minus `limit`, times `weight`; 0 for no integer.
    case layerTag(limit: Int32, weight: Int32)

    var decidingKeys: Set<String> {
        switch self {
        case .table(let entries): entries.reduce(into: []) { $0.formUnion($1.filter.decidingKeys) }
        case .layerTag: ["layer"]
        }
    }
}

public struct RankEntry: Hashable, Sendable {
    public var filter: TagFilter
    public var rank: Int32

    public init(_ filter: TagFilter, _ rank: Int32) {
        self.filter = filter
        self.rank = rank
    }
}
