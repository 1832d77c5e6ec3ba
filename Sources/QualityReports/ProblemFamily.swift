public import OSMModel

/// Kinds of problem that call for the same sort of repair; a map gives each family a shape of mark.
public enum ProblemFamily: String, CaseIterable, Sendable {
    /// Something is not in the file.
    case missing
    /// Lines and rings that do not make what they should.
    case shape
    /// Several things where one is meant.
    case doubled
    /// Keys and values.
    case tags

    public var title: String {
        switch self {
        case .missing: "Missing data"
        case .shape: "Broken shape"
        case .doubled: "Doubled objects"
        case .tags: "Odd tags"
        }
    }
}

extension ProblemKind {
    public var family: ProblemFamily {
        switch self {
        case .noPosition, .missingNodes, .incompleteArea, .noMemberWays, .missingMembers, .noMembersPresent: .missing
        case .tooFewNodes, .unclosedRing, .crossingRings, .selfCrossing, .roleMismatch, .relationCycle, .coastlineGap,
            .coastlineEnd, .coastlineCrossing, .coastlineDirection, .coastlineFlood:
            .shape
        case .duplicateNode, .repeatedPlace, .unjoinedEnds, .duplicateSegment, .repeatedMember, .repeatedNode,
            .coastlineDuplicate:
            .doubled
        case .oldStyleMultipolygon, .repeatedKey, .oddTag: .tags
        }
    }
}
