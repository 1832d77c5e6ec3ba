/// Borders as features of their own: what boundary relations say about the ways they are made of.
///
/// A way rarely says which country it bounds; its relations do. The importer therefore makes one further record for each
/// member way that `tags(of:claims:)` gives tags for, with the way's geometry and these tags only. Such records are for
/// schemas; queries and counts never see them.
public enum DerivedBoundary {
    /// "2" or "4": the smallest admin_level of the relations that the way is a member of.
    public static let levelKey = "tuile:boundary_level"
    /// "yes" where the border is disputed, else absent.
    public static let disputedKey = "tuile:disputed"
    /// "yes" where the border runs through the sea or along the coast, else absent.
    public static let maritimeKey = "tuile:maritime"

    public static let keys = [levelKey, disputedKey, maritimeKey]

    /// What one relation says about each of its member ways.
    public struct Claim: Hashable, Sendable {
        /// 2 or 4; `nil` when the relation only disputes.
        public var level: Int?
        public var isDisputed: Bool

        public init(level: Int?, isDisputed: Bool) {
            self.level = level
            self.isDisputed = isDisputed
        }
    }

    /// A relation's claim; `nil` for relations that make no border of level 2 or 4 (Shortbread 1.1, layer boundaries).
    /// - Parameter value: a tag's value of the relation.
    public static func claim(ofRelation value: (_ key: String) -> String?) -> Claim? {
        guard value("type") == "boundary" else { return nil }
        let adminLevel = value("admin_level")
        let level = adminLevel == "2" ? 2 : adminLevel == "4" ? 4 : nil
        switch value("boundary") {
        case "administrative": return level.map { Claim(level: $0, isDisputed: false) }
        case "disputed": return adminLevel == nil || level != nil ? Claim(level: nil, isDisputed: true) : nil
        default: return nil
        }
    }

    /// The tags of a way's record, all claims of its relations taken together; `nil` when it bounds no such area.
    /// - Parameter value: a tag's value of the way.
    public static func tags(
        ofWay value: (_ key: String) -> String?, claims: some Sequence<Claim>
    ) -> [(key: String, value: String)]? {
        var level: Int?
        var isDisputed = value("disputed") == "yes"
        for claim in claims {
            if let claimed = claim.level { level = min(level ?? claimed, claimed) }
            isDisputed = isDisputed || claim.isDisputed
        }
        guard let level else { return nil }
        var tags = [(key: levelKey, value: String(level))]
        if isDisputed { tags.append((disputedKey, "yes")) }
        if value("maritime") == "yes" || value("natural") == "coastline" { tags.append((maritimeKey, "yes")) }
        return tags
    }
}
