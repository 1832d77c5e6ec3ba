public import PlanarGeometry

/// Points of one feature while they are read, with memory that is reused.
public struct GeometryBuffer: Sendable {
    public var points: [WorldPoint] = []
    /// For each part the index after its last point.
    public var partEnds: [Int] = []
    /// For each part whether it is an exterior ring; true for lines and points.
    public var isExterior: [Bool] = []
    /// For each point its `VertexRank`; empty when all of them are to be kept.
    public var ranks: [UInt8] = []
    /// `nil` when it holds all points of what was asked for, else the rank for which it was read: points are left out, and others
    /// stand for them, so that it serves no other rank and says nothing about sizes.
    public var onlyForRank: UInt8?

    public init() {}

    public mutating func removeAll() {
        points.removeAll(keepingCapacity: true)
        partEnds.removeAll(keepingCapacity: true)
        isExterior.removeAll(keepingCapacity: true)
        ranks.removeAll(keepingCapacity: true)
        onlyForRank = nil
    }

    mutating func endPart(isExterior: Bool) {
        partEnds.append(points.count)
        self.isExterior.append(isExterior)
    }
}

/// What a reader wants of a geometry.
public struct GeometrySelection: Sendable {
    /// What lies outside may be replaced by less that changes nothing inside; in the record's frame. `nil` for all.
    public var window: WorldBox?
    /// Vertices of higher `VertexRank` are not wanted.
    public var rank: UInt8

    public init(window: WorldBox? = nil, rank: UInt8 = VertexRank.finest) {
        self.window = window
        self.rank = rank
    }

    /// Every point.
    public static let whole = GeometrySelection()
}
