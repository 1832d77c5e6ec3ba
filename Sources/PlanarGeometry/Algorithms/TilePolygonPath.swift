/// What a ring of a polygon bounds.
@frozen
public enum RingRole: UInt8, Sendable {
    /// The outer edge of a polygon. Starts a new one.
    case exterior
    /// A hole in the polygon of the last exterior before it.
    case interior
}

/// Polygons around one tile on their way through clipping, simplification and rounding.
///
/// The role of each ring is carried beside it, because a ring's area may change sign or vanish on that way, and the
/// hole of a polygon that is gone must not come back as a polygon. Interior rings follow their exterior.
public struct TilePolygonPath: Equatable, Sendable {
    /// The rings; the first point is not repeated.
    public var rings = TilePath()
    /// One for each ring.
    public var roles: [RingRole] = []

    public init() {}

    /// Each polygon is its exterior ring followed by the interior ones.
    public init(polygons: [[[TilePoint]]]) {
        for polygon in polygons {
            for (index, ring) in polygon.enumerated() {
                rings.points += ring
                endRing(index == 0 ? .exterior : .interior)
            }
        }
    }

    /// Rings whose roles are told by their orientation before any rounding: positive area (y down) is exterior.
    public init(orientedRings: TilePath) {
        rings = orientedRings
        for ring in 0..<rings.partCount {
            roles.append(RingArea.doubled(rings.points, rings.partRange(ring)) > 0 ? .exterior : .interior)
        }
    }

    public var ringCount: Int { roles.count }

    /// Ends the current ring at the points so far.
    @inlinable
    public mutating func endRing(_ role: RingRole) {
        rings.endPart()
        roles.append(role)
    }

    /// Empties it and keeps the memory.
    @inlinable
    public mutating func removeAll() {
        rings.removeAll()
        roles.removeAll(keepingCapacity: true)
    }
}
