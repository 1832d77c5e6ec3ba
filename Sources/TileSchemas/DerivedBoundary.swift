/// Borders as features of their own: what boundary relations say about the ways they are made of.
///
/// A way rarely says which country it bounds; its relations do. The importer therefore makes one further record for each
/// member way that `tags(ofWay:claim:)` gives tags for, with the way's geometry and these tags only, whether the areas are
/// complete or cut by the file's edge. A way's own `boundary` and `admin_level` count for nothing, as in Shortbread 1.1.
/// Such records are for schemas; queries and counts never see them.
public enum DerivedBoundary {
    /// "1" to "12": the smallest admin_level of the administrative relations that the way is a member of; absent where
    /// there is none, and the border is only disputed or claimed.
    public static let levelKey = "tuile:boundary_level"
    /// "yes" where the border is disputed, else absent.
    public static let disputedKey = "tuile:disputed"
    /// "yes" where a relation with `boundary=claim` (or `claimed`) has the way, else absent.
    public static let claimedKey = "tuile:claimed"
    /// "yes" where the border runs through the sea or along the coast, else absent.
    public static let maritimeKey = "tuile:maritime"

    public static let keys = [levelKey, disputedKey, claimedKey, maritimeKey]

    /// The values of `admin_level` that are in use.
    public static let levels = 1...12

    /// What relations say about a way: of one relation, or merged.
    public struct Claim: Hashable, Sendable {
        /// The smallest level of administrative relations.
        public var level: Int?
        /// Bit n: disputed at level n; bit 0: whatever the level.
        var disputes: UInt16 = 0
        public var isClaimed = false
        public var isMaritime = false

        public init(level: Int? = nil) { self.level = level }

        public mutating func merge(_ other: Claim) {
            if let otherLevel = other.level { level = min(level ?? otherLevel, otherLevel) }
            disputes |= other.disputes
            isClaimed = isClaimed || other.isClaimed
            isMaritime = isMaritime || other.isMaritime
        }

        /// A dispute counts when it names no level, the border's own, or that of countries or states (Shortbread 1.1).
        var isDisputed: Bool {
            guard let level else { return disputes != 0 }
            return disputes & (1 | 1 << 2 | 1 << 4 | 1 << UInt16(level)) != 0
        }
    }

    /// A relation's claim on its ways; `nil` for relations that are no border of that kind.
    /// - Parameter value: a tag's value of the relation.
    public static func claim(ofRelation value: (_ key: String) -> String?) -> Claim? {
        guard value("type") == "boundary" else { return nil }
        let text = value("admin_level")
        let level = text.flatMap(adminLevel)
        var claim = Claim()
        switch value("boundary") {
        case "administrative":
            guard let level else { return nil }
            claim.level = level
        case "disputed":
            // A level that makes no sense does not dispute everything.
            if text != nil, level == nil { return nil }
            claim.disputes = 1 << UInt16(level ?? 0)
        case "claim", "claimed": claim.isClaimed = true
        default: return nil
        }
        claim.isMaritime = value("maritime") == "yes"
        return claim
    }

    /// Reads an `admin_level`: a whole number from 1 to 12, spaces around it allowed; of several between semicolons, commas
    /// or slashes the smallest. `nil` when none is in range; what is no number is passed over.
    public static func adminLevel(_ text: String) -> Int? {
        let parts = text.split { $0 == ";" || $0 == "," || $0 == "/" }
        let numbers = parts.compactMap { part -> Int? in
            let digits = part.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed()
            guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isWholeNumber }) else { return nil }
            return Int(String(digits))
        }
        return numbers.filter(levels.contains).min()
    }

    /// The tags of a way's record; `nil` when no relation claims it.
    /// - Parameters:
    ///   - value: a tag's value of the way.
    ///   - claim: of all its relations.
    public static func tags(
        ofWay value: (_ key: String) -> String?, claim: Claim?
    ) -> [(key: String, value: String)]? {
        guard let claim else { return nil }
        var tags: [(key: String, value: String)] = []
        if let level = claim.level { tags.append((levelKey, String(level))) }
        if claim.isDisputed || value("disputed") == "yes" { tags.append((disputedKey, "yes")) }
        if claim.isClaimed { tags.append((claimedKey, "yes")) }
        if tags.isEmpty { return nil }
        if claim.isMaritime || value("maritime") == "yes" || value("natural") == "coastline" {
            tags.append((maritimeKey, "yes"))
        }
        return tags
    }
}
