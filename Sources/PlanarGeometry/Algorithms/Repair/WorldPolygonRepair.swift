/// Making polygons valid on the world grid, and telling where they are not.
///
/// All that is said of `PolygonRepair` holds here with world grid units for tile units, over the whole range of the
/// grid: nothing is clamped, and no vertex leaves the grid. A polygon that fits in a tile's range gives the same result
/// there, shifted. Rings may repeat their first point at the end.
///
/// `points` holds the rings one after another, `partEnds` for each ring the index after its last point, `isExterior`
/// its role; interiors follow their exterior. Other lengths of the arrays are an error of the caller.
public enum WorldPolygonRepair {
    /// More points than this are refused as `.tooTangled`, so that half-edges can be counted in 32 bits.
    public static let pointLimit = 1 << 28

    /// The area of the rings as valid polygons; no points without any.
    public static func repair(
        points: [WorldPoint], partEnds: [Int], isExterior: [Bool], scratch: inout WorldPolygonRepairScratch
    ) -> (outcome: PolygonRepairOutcome, geometry: Geometry) {
        var geometry = Geometry(type: .polygons)
        guard points.count <= pointLimit else { return (.tooTangled, geometry) }
        scratch.repair.clean(points, partEnds) { isExterior[$0] ? .exterior : .interior }
        let outcome = scratch.repair.run(into: &geometry.points, &geometry.partEnds)
        return (outcome, geometry)
    }

    /// Where the rings are not valid as they stand: at most `limit` places, ordered by x, then y; none if they are.
    ///
    /// Exact. Empty means that every ring is simple, no two meet, and all lie in each other as polygons should: then
    /// `repair` returns `.valid`, and nothing but repeated points and orientation can differ. Contacts of *different*
    /// rings in single points (`sharedVertex`, `vertexOnEdge`) are listed too, though OGC 06-103r4 section 6.1.11
    /// allows them as long as they do not cut the inside in two; `repair` keeps such areas as they are.
    ///
    /// A place is listed once, with the worst that happens there. With more places than `limit`, those that come first
    /// in a sweep from west to east, as a rule the westernmost, are listed; which ones depends on the rings only. Rings that
    /// do not lie in each other as they should (`misplacedRing`) are looked for if there is no contact. Costs one sweep.
    public static func contacts(
        points: [WorldPoint], partEnds: [Int], isExterior: [Bool], limit: Int,
        scratch: inout WorldPolygonRepairScratch
    ) -> [RingContact] {
        guard points.count <= pointLimit, limit > 0 else { return [] }
        scratch.repair.clean(points, partEnds) { isExterior[$0] ? .exterior : .interior }
        return scratch.repair.contacts(limit: limit).map {
            RingContact(
                kind: $0.kind, point: WorldRepairGrid.point($0.key), firstRing: Int($0.firstRing),
                secondRing: Int($0.secondRing))
        }
    }
}

/// A place that keeps rings from being valid polygons.
public struct RingContact: Hashable, Sendable {
    /// From harmless to bad.
    public enum Kind: UInt8, Sendable, Comparable {
        /// Rings, or two passages of one ring, have a vertex in common, whether they touch or cross there. Areas can be
        /// taken apart in it without moving anything.
        case sharedVertex
        /// A vertex lies on an edge that has no vertex there.
        case vertexOnEdge
        /// A ring runs out and back on one line; the place is the tip.
        case spike
        /// Fewer than three points are left of a ring without repeated points and spikes; the place is its first point.
        case collapsedRing
        /// An interior not in its exterior or inside another interior, or an exterior inside another polygon's area.
        /// The place is the ring's westernmost vertex.
        case misplacedRing
        /// Edges run along each other; the place is the western end of the common stretch, the northern one if that
        /// is vertical.
        case overlap
        /// Edges cross between their ends; the place is the nearest grid point.
        case crossing

        public static func < (first: Kind, second: Kind) -> Bool { first.rawValue < second.rawValue }
    }

    public var kind: Kind
    public var point: WorldPoint
    /// Numbers of the rings; equal if one ring meets itself.
    public var firstRing: Int
    public var secondRing: Int

    public init(kind: Kind, point: WorldPoint, firstRing: Int, secondRing: Int) {
        self.kind = kind
        self.point = point
        self.firstRing = firstRing
        self.secondRing = secondRing
    }
}

/// Memory that `WorldPolygonRepair` reuses from call to call.
public struct WorldPolygonRepairScratch: Sendable {
    var repair = RingRepair<WorldRepairGrid>()

    public init() {}
}
