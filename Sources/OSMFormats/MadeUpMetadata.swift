public import OSMModel

/// Versions, dates and authors made up from an element's id, for sample files whose size should be that of real ones.
///
/// `OSMBlock` holds no metadata, because nothing here needs it; a writer given this value adds it. The same id gets the
/// same metadata in every run, and no real person's name is among the authors.
public struct MadeUpMetadata: Sendable {
    /// What OSM keeps of an element's last change.
    public struct Values: Equatable, Sendable {
        /// 1 for an element never changed.
        public var version: Int32
        /// Seconds since 1970, UTC.
        public var timestamp: Int64
        public var changeset: Int64
        /// Index into `users`; the user's id is in `userIDs`.
        public var user: Int
    }

    public let users: [String]
    public let userIDs: [Int32]
    /// Seconds since 1970; every timestamp lies in it.
    public let period: Range<Int64>

    /// `period` must not be empty; its end is usually the file's replication timestamp.
    public init(period: Range<Int64> = 1_577_836_800..<1_767_225_600) {
        precondition(!period.isEmpty, "metadata needs a period of time")
        self.period = period
        users = [
            "arpenteur", "boussole", "calanque", "digue_nord", "estran", "fanal", "goéland", "houle", "îlot", "jusant",
        ]
        userIDs = (0..<10).map { Int32(100_003 + 7919 * $0) }
    }

    /// The metadata of one element. Runs of sixteen ids share a changeset, as when a mapper uploads a street at once.
    public func values(of element: ElementID) -> Values {
        let upload = mix(UInt64(bitPattern: element.number >> 4) &* 4 &+ UInt64(element.kind.rawValue))
        let own = mix(UInt64(bitPattern: element.number) &+ 0x51ed_270b)
        let length = UInt64(period.upperBound - period.lowerBound)
        let second = upload % length
        // Versions fall off quickly: half of all elements were never changed.
        let version = 1 + Int32(min(own.trailingZeroBitCount, 8))
        return Values(
            version: version, timestamp: period.lowerBound + Int64(second),
            // Numbers of changesets grow with time, about one a second in the whole world.
            changeset: 80_000_000 + Int64(second / 2), user: Int(upload >> 33) % users.count)
    }

    /// The finaliser of SplitMix64.
    private func mix(_ value: UInt64) -> UInt64 {
        var mixed = value &* 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
