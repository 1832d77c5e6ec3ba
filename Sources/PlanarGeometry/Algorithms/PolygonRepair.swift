/// What `PolygonRepair` had to do.
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

/// Making polygons valid after their coordinates were rounded to the grid of a tile.
///
/// **Input.** Rings in tile units with |coordinates| below 2^15 (others are clamped) and their roles. Orientation does
/// not matter; rings may cross, touch and overlap themselves and each other in every way. Interior rings before the
/// first exterior are ignored.
///
/// **Area.** For each polygon where the winding number of the exterior is not zero and that of no interior is; then the
/// union over the polygons (the "structure" method of GEOS's `makeValid`).
///
/// **Result.** A valid OGC multipolygon (OGC 06-103r4 section 6.1.11 and 6.1.14) in the form of MVT 2.1 section 4.3.4.4:
/// exteriors have positive area (y down), each followed by its interiors, which have negative area; rings are simple
/// and meet in single points only; interiors are connected; no ring without area, no repeated point, no spike.
/// All vertices lie on the grid.
///
/// **How far things move.** A vertex never moves, though one in the middle of a straight line may be left out. A
/// crossing becomes a vertex at the nearest grid point, and a segment is bent to every vertex in whose unit square it
/// lies: by at most half the diagonal of a grid cell, 0.71 tile units (hot pixels: Hobby 1999,
/// doi:10.1016/S0925-7721(99)00021-8; that no segments cross afterwards: Guibas and Marimont 1998,
/// doi:10.1142/S0218195998000096). Where edges only touch or overlap and none cross, nothing moves at all, so a second
/// repair changes no area. Rings that do not even touch come back point for point, from the same first point.
///
/// **Cost.** Valid rings: one sweep over the segments by x. Others: n log n and the number of crossings, as a rule.
/// It always ends: no step is repeated until something holds. All tests are exact in 64-bit integers.
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
        scratch.clean(source)
        if scratch.rings.isEmpty { return .empty }
        scratch.makeEdges()
        if !scratch.hasContact(), scratch.isNestingValid() {
            scratch.copyRings(into: &destination)
            return .valid
        }
        guard scratch.makeFragments() else { return .tooTangled }
        scratch.makeArrangement()
        scratch.findInside()
        scratch.traceRings()
        scratch.writeRings(into: &destination)
        return destination.partEnds.isEmpty ? .empty : .rebuilt
    }
}

/// Memory that `PolygonRepair` reuses from call to call, and the state of its steps, each of which is an extension in
/// a file of its own.
public struct PolygonRepairScratch: Sendable {
    /// A ring of at least three points without repeated points and spikes.
    struct Ring: Sendable {
        var start: Int
        var end: Int
        /// Number of its polygon.
        var polygon: Int
        var role: RingRole
    }

    /// A directed edge of a ring.
    struct Edge: Sendable {
        var a: TilePoint
        var b: TilePoint
        /// The edge after it in its ring.
        var next: Int32
        var ring: Int32
    }

    /// The box of an edge or ring, for the sweep.
    struct SweepBox: Sendable {
        var minX: Int16
        var minY: Int16
        var maxX: Int16
        var maxY: Int16
        var number: Int32
    }

    /// A piece of a ring's edge between two neighbouring grid vertices.
    struct Fragment: Sendable {
        /// Smaller end (see `gridKey`) in the upper half, larger one in the lower.
        var ends: UInt64
        var ring: Int32
        /// 1 if the ring goes from the smaller to the larger end, else -1.
        var direction: Int32
    }

    /// A half-edge leaving a vertex.
    struct Spoke: Sendable {
        var origin: UInt32
        var destination: UInt32
        var halfEdge: Int32
    }

    /// A ring of the result.
    struct TracedRing: Sendable {
        var start: Int
        var end: Int
        /// Rings cut out of one boundary walk have the same number.
        var walk: Int
        var doubledArea: Int64
        var box: TileBox
        /// For interiors the next one of the same exterior, for exteriors the first one; -1 at the end.
        var nextInterior: Int
    }

    // Cleaned input
    var points: [TilePoint] = []
    var rings: [Ring] = []
    var polygonCount = 0
    var edges: [Edge] = []
    var boxes: [SweepBox] = []
    var sortedBoxes: [SweepBox] = []
    var areBoxesSorted = false

    // Snap rounding
    var hotPixels: [UInt32] = []
    var hasCrossings = false
    var passedPixels: [UInt64] = []
    var fragments: [Fragment] = []

    // Arrangement: edge e has half-edges 2e, from its smaller to its larger end, and 2e+1 back.
    var edgeEnds: [UInt64] = []
    var contributionStarts: [Int] = []
    var contributions: [Fragment] = []
    var spokes: [Spoke] = []
    var nextHalfEdge: [Int32] = []
    var originVertex: [Int32] = []
    var vertexCount = 0

    // Inside and outside
    var windings: [Int32] = []
    var exteriorCover: [Bool] = []
    var interiorCover: [Int32] = []
    var coveringPolygons = 0
    var rayCrossings: [(edge: Int, sign: Int32)] = []
    var isVisited: [Bool] = []
    var isInsideLeft: [Bool] = []
    var faceStack: [(start: Int32, cursor: Int32)] = []

    // Result
    var path: [Int32] = []
    var pathIndex: [Int32] = []
    var isUsed: [Bool] = []
    var tracedPoints: [TilePoint] = []
    var tracedRings: [TracedRing] = []

    public init() {}

    /// A grid point as a number that orders by x, then y.
    @inline(__always)
    static func gridKey(_ point: TilePoint) -> UInt32 {
        UInt32(truncatingIfNeeded: point.x &+ 32768) &<< 16 | UInt32(truncatingIfNeeded: point.y &+ 32768)
    }

    @inline(__always)
    static func gridPoint(_ key: UInt32) -> TilePoint {
        TilePoint(
            x: Int32(truncatingIfNeeded: key &>> 16) &- 32768, y: Int32(truncatingIfNeeded: key & 0xFFFF) &- 32768)
    }

    /// Twice the area of the triangle; below 2^34 in size.
    @inline(__always)
    static func cross(_ a: TilePoint, _ b: TilePoint, _ c: TilePoint) -> Int64 {
        Int64(b.x &- a.x) &* Int64(c.y &- a.y) &- Int64(b.y &- a.y) &* Int64(c.x &- a.x)
    }
}
