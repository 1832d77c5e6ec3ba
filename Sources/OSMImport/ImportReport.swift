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
