import OSMModel

/// Something odd about an object that is kept. Raw values are the words of the report.
public enum GeometryProblem: String, CaseIterable, Comparable, Sendable {
    /// A node without a position, or one outside +-180 and +-90 degrees.
    case noPosition = "no-position"
    /// A way with fewer than two nodes.
    case tooFewNodes = "too-few-nodes"
    /// A way whose nodes are not all in the file, or not all with a position.
    case missingNodes = "missing-nodes"
    /// A multipolygon or boundary whose member ways, or their nodes, are not all in the file.
    case incompleteArea = "incomplete-area"
    /// Member ways that do not close to rings.
    case unclosedRing = "unclosed-ring"
    /// Member ways that cross or overlap each other.
    case crossingRings = "crossing-rings"
    /// A multipolygon or boundary beyond the latitudes of Web Mercator, where different nodes share a grid point.
    case beyondProjection = "beyond-projection"
    /// A multipolygon or boundary without a way among its members.
    case noMemberWays = "no-member-ways"
    /// A multipolygon that has its tags on the outer ways.
    case oldStyleMultipolygon = "old-style-multipolygon"
    /// Another relation with members that are not in the file.
    case missingMembers = "missing-members"
    /// A relation of whose members none is in the file, so that it has no position.
    case noMembersPresent = "no-members-present"
    /// A key that an object has twice; the first value counts.
    case repeatedKey = "repeated-key"

    public static func < (left: GeometryProblem, right: GeometryProblem) -> Bool { left.rawValue < right.rawValue }
}

/// Why an object is not in the store. Raw values are the words of the report.
public enum RefusalReason: String, CaseIterable, Comparable, Sendable {
    /// The file says that the object is deleted.
    case deleted
    /// The file has the object again further on.
    case repeatedElement = "repeated-element"

    public static func < (left: RefusalReason, right: RefusalReason) -> Bool { left.rawValue < right.rawValue }
}
