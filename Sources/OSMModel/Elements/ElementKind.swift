/// The three kinds of OSM element, in the order files keep them.
public enum ElementKind: UInt8, CaseIterable, Comparable, Sendable {
    case node = 0
    case way = 1
    case relation = 2

    /// The letter that stands before an id: `n17`, `w4`, `r9`.
    @inlinable
    public var letter: Character {
        switch self {
        case .node: "n"
        case .way: "w"
        case .relation: "r"
        }
    }

    public var name: String {
        switch self {
        case .node: "node"
        case .way: "way"
        case .relation: "relation"
        }
    }

    @inlinable
    public static func < (left: ElementKind, right: ElementKind) -> Bool { left.rawValue < right.rawValue }
}
