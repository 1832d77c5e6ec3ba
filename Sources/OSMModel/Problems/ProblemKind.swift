/// What may be odd about an object. Raw values are stored in files; `word` is what people and programs read.
public enum ProblemKind: UInt8, CaseIterable, Sendable {
    /// A node without a position, or one outside +-180 and +-90 degrees.
    case noPosition = 1
    /// A way with fewer than two nodes.
    case tooFewNodes = 2
    /// A way whose nodes are not all in the file, or not all with a position.
    case missingNodes = 3
    /// A multipolygon or boundary whose member ways, or their nodes, are not all in the file.
    case incompleteArea = 4
    /// Member ways that do not close to rings.
    case unclosedRing = 5
    /// Member ways that cross or overlap each other.
    case crossingRings = 6
    /// A multipolygon or boundary beyond the latitudes of Web Mercator, where different nodes share a grid point.
    case beyondProjection = 7
    /// A multipolygon or boundary without a way among its members.
    case noMemberWays = 8
    /// A multipolygon that has its tags on the outer ways.
    case oldStyleMultipolygon = 9
    /// Another relation with members that are not in the file.
    case missingMembers = 10
    /// A relation of whose members none is in the file, so that it has no position.
    case noMembersPresent = 11
    /// A key that an object has twice; the first value counts.
    case repeatedKey = 12
    /// A node at the place of another one of a lower id, both used by ways, both untagged or with equal tags.
    case duplicateNode = 80
    /// A tag that breaks rendering or reading: a value that cannot be read, blanks at an end, control characters.
    case oddTag = 81
    /// A way with two different nodes in a row at one place.
    case repeatedPlace = 82
    /// A way of four nodes and more whose first and last node are different but at one place, so that it is not closed.
    case unjoinedEnds = 83

    /// The word of reports and of machine-readable output.
    public var word: String {
        switch self {
        case .noPosition: "no-position"
        case .tooFewNodes: "too-few-nodes"
        case .missingNodes: "missing-nodes"
        case .incompleteArea: "incomplete-area"
        case .unclosedRing: "unclosed-ring"
        case .crossingRings: "crossing-rings"
        case .beyondProjection: "beyond-projection"
        case .noMemberWays: "no-member-ways"
        case .oldStyleMultipolygon: "old-style-multipolygon"
        case .missingMembers: "missing-members"
        case .noMembersPresent: "no-members-present"
        case .repeatedKey: "repeated-key"
        case .duplicateNode: "duplicate-node"
        case .oddTag: "odd-tag"
        case .repeatedPlace: "repeated-place"
        case .unjoinedEnds: "unjoined-ends"
        }
    }
}

extension ProblemKind: Comparable {
    public static func < (left: ProblemKind, right: ProblemKind) -> Bool { left.word < right.word }
}
