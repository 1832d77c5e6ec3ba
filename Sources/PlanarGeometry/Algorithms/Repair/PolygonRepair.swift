/// What `PolygonRepair` or `WorldPolygonRepair` had to do.
public enum PolygonRepairOutcome: Sendable {
    /// The rings were valid as they stood, apart from repeated points, spikes, orientation and rings without area.
    case valid
    /// Rings touched, crossed or lay wrongly in each other: the area was computed anew.
    case rebuilt
    /// No area is left.
    case empty
    /// More than `PolygonRepair.crossingLimit` crossings: nothing is returned.
    case tooTangled
}

/// Making polygons valid after their coordinates were rounded to the grid of a tile. `WorldPolygonRepair` is the same
/// on the world grid.
///
/// **Input.** Rings in tile units with |coordinates| below 2^15 (others are clamped) and their roles. Orientation does
/// not matter; rings may cross, touch and overlap themselves and each other in every way. Interior rings before the
/// first exterior are ignored.
///
/// **Area.** For each polygon where the winding number of the exterior is not zero and that of no interior is; then the
/// union over the polygons (the "structure" method of GEOS's `makeValid`, which differs in one thing: an interior that
/// shares nothing with its exterior covers nothing here and becomes a polygon there).
///
/// **Result.** A valid OGC multipolygon (OGC 06-103r4 section 6.1.11 and 6.1.14) in the form of MVT 2.1 section 4.3.4.4:
/// exteriors have positive area (y down), each followed by its interiors, which have negative area; rings are simple
/// and meet in single points only; interiors are connected; no ring without area, no repeated point, no spike.
/// All vertices lie on the grid. The same input gives the same result, point for point.
///
/// **How far things move.** A vertex never moves, though one in the middle of a straight line may be left out. A
/// crossing becomes a vertex at the nearest grid point, and a segment is bent to every vertex in whose unit square it
/// lies: by at most half the diagonal of a grid cell, 0.71 grid units (hot pixels: Hobby 1999,
/// doi:10.1016/S0925-7721(99)00021-8; that no segments cross afterwards: Guibas and Marimont 1998,
/// doi:10.1142/S0218195998000096). So the area that is gained or lost is at most 0.71 times the length of all rings.
/// Where edges only touch or overlap and none cross, nothing moves at all, so a second repair changes no area.
/// Rings that do not even touch come back point for point, from the same first point.
///
/// **Cost.** Valid rings: one sweep over the segments by x (see `BoxSweep`). Others: n log n and the number of
/// crossings, as a rule. It always ends: no step is repeated until something holds. All tests are exact, in 64-bit
/// integers in a tile and 128-bit ones on the world grid.
public enum PolygonRepair {
    /// More crossings of segments than this are refused, which bounds memory and time; intact data comes nowhere near
    /// it, and a tile has only four times as many grid points.
    public static let crossingLimit = 1 << 22

    /// Repairs `source` into `destination`, which is emptied first.
    @discardableResult
    public static func repair(
        _ source: TilePolygonPath, into destination: inout TilePath, scratch: inout PolygonRepairScratch
    ) -> PolygonRepairOutcome {
        destination.removeAll()
        scratch.repair.clean(source.rings.points, source.rings.partEnds) { source.roles[$0] }
        return scratch.repair.run(into: &destination.points, &destination.partEnds)
    }
}

/// Memory that `PolygonRepair` reuses from call to call.
public struct PolygonRepairScratch: Sendable {
    var repair = RingRepair<TileRepairGrid>()

    public init() {}
}
