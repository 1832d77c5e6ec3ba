public import FeatureStorage
public import OSMModel

/// What an import read, kept and refused: for each kind of element read = kept + parts + unused + refused.
public struct ImportReport: Sendable {
    public struct Counts: Equatable, Sendable {
        public var nodes = 0
        public var ways = 0
        public var relations = 0

        public init() {}

        public subscript(kind: ElementKind) -> Int {
            get {
                switch kind {
                case .node: nodes
                case .way: ways
                case .relation: relations
                }
            }
            set {
                switch kind {
                case .node: nodes = newValue
                case .way: ways = newValue
                case .relation: relations = newValue
                }
            }
        }
    }

    /// Objects that share a reason, with the ids of the first of them.
    public struct Finding: Equatable, Sendable {
        public var reason: String
        public var kind: ElementKind
        public var count: Int
        public var firstIDs: [ElementID]
    }

    /// How many ids a finding lists.
    public static let listedIDs = 20

    public var read = Counts()
    /// Tagged objects: features.
    public var kept = Counts()
    /// Untagged objects that ways or relations use.
    public var parts = Counts()
    /// Untagged objects that nothing uses.
    public var unused = Counts()
    public var refused: [Finding] = []
    /// Kept, but something was odd; ascending.
    public var problems: [MapProblem] = []
    /// In the order in which they came up.
    public var remarks: [ImportRemark] = []
    public var metadata = StoreMetadata()
    public var storeByteCount = 0

    public init() {}

    /// The objects that have problems, by kind, with the first ids of each. An object counts once, however often it has one.
    public var problemFindings: [Finding] {
        var collector = FindingCollector<ProblemKind>()
        var previous: MapProblem?
        for problem in problems {
            if previous?.element != problem.element || previous?.kind != problem.kind {
                collector.add(problem.kind, problem.element)
            }
            previous = problem
        }
        return collector.findings
    }

    /// Whether every object that was read is accounted for.
    public var isBalanced: Bool {
        ElementKind.allCases.allSatisfy { kind in
            let refusedCount = refused.reduce(0) { $0 + ($1.kind == kind ? $1.count : 0) }
            return read[kind] == kept[kind] + parts[kind] + unused[kind] + refusedCount
        }
    }
}

/// What findings are gathered by.
protocol FindingReason: Hashable, Comparable, Sendable {
    /// The word of the report.
    var word: String { get }
}

extension ProblemKind: FindingReason {}

extension RefusalReason: FindingReason {
    var word: String { rawValue }
}

/// Gathers findings by reason and kind.
struct FindingCollector<Reason: FindingReason>: Sendable {
    private struct Key: Hashable {
        var reason: Reason
        var kind: ElementKind
    }

    private var counts: [Key: Int] = [:]
    private var ids: [Key: [ElementID]] = [:]

    mutating func add(_ reason: Reason, _ element: ElementID) {
        let key = Key(reason: reason, kind: element.kind)
        counts[key, default: 0] += 1
        if ids[key, default: []].count < ImportReport.listedIDs { ids[key, default: []].append(element) }
    }

    var findings: [ImportReport.Finding] {
        counts.keys.sorted { ($0.reason, $0.kind) < ($1.reason, $1.kind) }.map { key in
            ImportReport.Finding(
                reason: key.reason.word, kind: key.kind, count: counts[key] ?? 0, firstIDs: ids[key] ?? [])
        }
    }
}
