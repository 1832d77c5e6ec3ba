/// The algorithm of `PolygonRepair` and `WorldPolygonRepair` on any grid: its state, which keeps its memory from call
/// to call. Each step is an extension in a file of its own.
struct RingRepair<Grid: RepairGrid>: Sendable {
    typealias Point = Grid.Point

    /// A ring of at least three points without repeated points and spikes.
    struct Ring: Sendable {
        var start: Int
        var end: Int
        /// Number of its polygon.
        var polygon: Int
        var role: RingRole
        /// Its number in the input.
        var source: Int32
    }

    /// A directed edge of a ring.
    struct Edge: Sendable {
        var a: Point
        var b: Point
        /// The edge after it in its ring.
        var next: Int32
        var ring: Int32
    }

    /// A place to report, see `RingContact`.
    struct Contact: Sendable {
        var key: Grid.Key
        var kind: RingContact.Kind
        var firstRing: Int32
        var secondRing: Int32
    }

    /// A hot square that an edge passes.
    struct Passage: Sendable {
        var edge: Int32
        /// Distance from the start of the edge in the upper half, pixel in the lower.
        var place: Grid.KeyPair
    }

    /// A piece of a ring's edge between two neighbouring grid vertices.
    struct Fragment: Sendable {
        /// The end of smaller key in the upper half, the other in the lower.
        var ends: Grid.KeyPair
        var ring: Int32
        /// 1 if the ring goes from the smaller to the larger end, else -1.
        var direction: Int32
    }

    /// A half-edge leaving a vertex.
    struct Spoke: Sendable {
        var origin: Grid.Key
        var destination: Grid.Key
        var halfEdge: Int32
    }

    /// A face on the way of `findInside`.
    struct FaceVisit: Sendable {
        var start: Int32
        var cursor: Int32
        /// Whether it was entered over the edge of `start`, and not because a part of the graph lies in it.
        var isAcrossEdge: Bool
    }

    /// A ring of the result.
    struct TracedRing: Sendable {
        var start: Int
        var end: Int
        /// Rings cut out of one boundary walk have the same number.
        var walk: Int
        var doubledArea: Grid.Wide
        /// For interiors the next one of the same exterior, for exteriors the first one; -1 at the end.
        var nextInterior: Int
    }

    // Cleaned input
    var points: [Point] = []
    var rings: [Ring] = []
    var polygonCount = 0
    var edges: [Edge] = []
    /// Tips of spikes and rings that vanished.
    var cleaned: [Contact] = []
    var sweep = BoxSweep<Grid>()
    var neighbours = LeftNeighbours<Grid>()

    // Nesting
    var westernmost: [Int32] = []
    var ringOrder: [Int32] = []
    var parents: [Int32] = []

    // Snap rounding
    var hotPixels: [Grid.Key] = []
    var hasCrossings = false
    var passedPixels: [Grid.KeyPair] = []
    var passages: [Passage] = []
    var fragments: [Fragment] = []

    // Arrangement: edge e has half-edges 2e, from its smaller to its larger end, and 2e+1 back.
    var edgeEnds: [Grid.KeyPair] = []
    var contributionStarts: [Int] = []
    var contributions: [Fragment] = []
    /// Larger end of each edge in the upper half, its number in the lower; sorted.
    var edgesByEnd: [Grid.KeyPair] = []
    var spokes: [Spoke] = []
    var nextHalfEdge: [Int32] = []
    var originVertex: [Int32] = []
    var vertexCount = 0
    /// For each vertex the half-edge of its last spoke.
    var lastSpokes: [Int32] = []

    // Connected parts of the arrangement
    var componentParents: [Int32] = []
    /// For each part the half-edge at its smallest vertex with the face around the part to its left.
    var outerHalfEdges: [Int32] = []
    /// For each half-edge the first part that lies in the face to its left, for each part the next such one; -1 for none.
    var firstComponent: [Int32] = []
    var nextComponent: [Int32] = []

    // Inside and outside
    var windings: [Int32] = []
    var exteriorCover: [Bool] = []
    var interiorCover: [Int32] = []
    var coveringPolygons = 0
    var isVisited: [Bool] = []
    var isInsideLeft: [Bool] = []
    var faceStack: [FaceVisit] = []

    // Result
    var path: [Int32] = []
    var pathIndex: [Int32] = []
    var isUsed: [Bool] = []
    var tracedPoints: [Point] = []
    var tracedRings: [TracedRing] = []
    var walkOwners: [Int] = []

    init() {}

    /// Appends the area of the rings that `clean` took over.
    mutating func run(into resultPoints: inout [Point], _ resultEnds: inout [Int]) -> PolygonRepairOutcome {
        if rings.isEmpty { return .empty }
        makeEdges()
        if !hasContact(), isNestingValid() {
            copyRings(into: &resultPoints, &resultEnds)
            return .valid
        }
        guard makeFragments() else { return .tooTangled }
        makeArrangement()
        findInside()
        traceRings()
        writeRings(into: &resultPoints, &resultEnds)
        return resultEnds.isEmpty ? .empty : .rebuilt
    }
}
