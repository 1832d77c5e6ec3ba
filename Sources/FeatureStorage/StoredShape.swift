public import OSMModel

/// What a feature's geometry is made of. The raw values are stored.
public enum StoredShape: UInt8, Sendable {
    /// No position is known.
    case none = 0
    case point = 1
    /// A way as one line.
    case line = 2
    /// A way whose first and last node are the same: a line, which a map layer may take as an area. The first point is
    /// not repeated.
    case closedLine = 3
    /// A way in pieces, because nodes are missing.
    case lines = 4
    /// A multipolygon or boundary relation: rings, each exterior followed by its interiors.
    case area = 5
    /// A relation that makes no area: its geometry is that of its members.
    case members = 6
    /// The same as `closedLine`, and its tags make it an area (`AreaRule`).
    case closedArea = 7

    /// Whether it is a way that comes back to its first node.
    public var isClosedWay: Bool { self == .closedLine || self == .closedArea }

    /// Whether its parts are rings: each point belongs to a way that goes on from the last to the first.
    public var hasRings: Bool { self == .area || isClosedWay }
}

extension StoredShape {
    /// What schemas see of it; `nil` for what no layer can show.
    public var featureShape: FeatureShape? {
        switch self {
        case .none, .members: nil
        case .point: .point
        case .line, .lines: .line
        case .closedLine, .closedArea: .closedLine
        case .area: .area
        }
    }
}
