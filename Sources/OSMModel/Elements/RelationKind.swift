/// How a relation shows its members when it makes no area: what its `type` says.
public enum RelationKind: UInt8, Sendable {
    /// `multipolygon` and `boundary`: an area of the member ways. Relations among the members are parts of the country or
    /// the like (`subarea`), not of the border, so they are not followed.
    case area
    /// `route`, `superroute`, `route_master`: the lines that are travelled, without stops and platforms.
    case path
    /// Everything else, such as `site`, `network`, `waterway`, `street`: all members.
    case collection

    /// - Parameter type: the value of the tag `type`.
    public init(type: String?) {
        switch type {
        case "multipolygon", "boundary": self = .area
        case "route", "superroute", "route_master": self = .path
        default: self = .collection
        }
    }

    /// Whether the members of member relations are members too, at any depth.
    @inlinable public var followsRelations: Bool { self != .area }

    /// Whether a member with this role is a place where a route stops, not a stretch of it: `stop`, `platform_exit_only`,
    /// `forward:stop`, `station` and the like.
    public static func isStop(role: String) -> Bool {
        if role.isEmpty { return false }
        return role.contains("stop") || role.contains("platform") || role == "halt" || role.hasSuffix("station")
    }
}
