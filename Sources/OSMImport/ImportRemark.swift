/// What an import did otherwise than its input says: nothing is wrong with an object, and yet somebody should know.
public enum ImportRemark: Equatable, Sendable {
    /// The file's bounds lack a side, or have one that is no coordinate.
    case unreadableBounds
    /// A corner of the file's bounds lies outside the world, or they have no area.
    case invalidBounds
    /// The file's bounds are so many times as large as the box of its nodes.
    case hugeBounds(times: Int)
    /// The file's bounds hold only so many of a hundred nodes.
    case bounds(holdingPercent: Int)
    /// What the sea should be made in has no width or no height.
    case regionWithoutArea

    /// One line for people.
    public var text: String {
        switch self {
        case .unreadableBounds: Self.replaced("lack a side, or have one that is no coordinate")
        case .invalidBounds: Self.replaced("lie outside the world, or have no area")
        case .hugeBounds(let times): Self.replaced("are \(times) times as large as the box of its nodes")
        case .bounds(let percent): Self.replaced("hold only \(percent) % of its nodes")
        case .regionWithoutArea:
            "the box of the nodes, or the bounds that were given, have no width or no height: no sea is made"
        }
    }

    private static func replaced(_ reason: String) -> String {
        "the file's bounds are not believed: they \(reason); the sea reaches to the box of the nodes instead"
    }
}
