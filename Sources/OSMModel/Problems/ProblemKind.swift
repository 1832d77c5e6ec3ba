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
    /// Member ways that do not close to rings, or a way with `area=yes` that does not.
    case unclosedRing = 5
    /// Member ways that cross or overlap each other.
    case crossingRings = 6
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
    /// A closed way that is an area and crosses, overlaps or touches itself without a common node.
    case selfCrossing = 20
    /// A segment that a closed way that is an area has twice, or two members of an area that are not inner rings side by side.
    case duplicateSegment = 21
    /// A member of an area that says inner and bounds an exterior ring, or outer and bounds a hole.
    case roleMismatch = 22
    /// A way that is twice a member of an area.
    case repeatedMember = 23
    /// A way that has a node twice in a row.
    case repeatedNode = 24
    /// Relations that contain themselves, directly or through others; the one with the smallest id stands for all.
    case relationCycle = 60
    /// Coastline that breaks off and goes on a little further: closed.
    case coastlineGap = 40
    /// Coastline that ends inside the extract and was not closed.
    case coastlineEnd = 41
    /// Coastline that crosses or overlaps itself, or other coastline.
    case coastlineCrossing = 42
    /// Coastline with the water on the wrong side, as other coastline or its surroundings say.
    case coastlineDirection = 43
    /// Coastline that is there twice.
    case coastlineDuplicate = 44
    /// Coastline that would put buildings, streets or places into the sea: no sea is made there.
    case coastlineFlood = 45
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
        case .noMemberWays: "no-member-ways"
        case .oldStyleMultipolygon: "old-style-multipolygon"
        case .missingMembers: "missing-members"
        case .noMembersPresent: "no-members-present"
        case .repeatedKey: "repeated-key"
        case .selfCrossing: "self-crossing"
        case .duplicateSegment: "duplicate-segment"
        case .roleMismatch: "role-mismatch"
        case .repeatedMember: "repeated-member"
        case .repeatedNode: "repeated-node"
        case .relationCycle: "relation-cycle"
        case .coastlineGap: "coastline-gap"
        case .coastlineEnd: "coastline-end"
        case .coastlineCrossing: "coastline-crossing"
        case .coastlineDirection: "coastline-direction"
        case .coastlineDuplicate: "coastline-duplicate"
        case .coastlineFlood: "coastline-flood"
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
