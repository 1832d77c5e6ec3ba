/// A point with integer coordinates in some plane, wide enough to subtract without overflow.
///
/// The exact predicates are written once over this and specialised for `TilePoint` and `WorldPoint`.
public protocol PlanarPoint: Hashable, Sendable {
    var wideX: Int64 { get }
    var wideY: Int64 { get }
}

extension TilePoint: PlanarPoint {
    @inlinable public var wideX: Int64 { Int64(x) }
    @inlinable public var wideY: Int64 { Int64(y) }
}

extension WorldPoint: PlanarPoint {
    @inlinable public var wideX: Int64 { Int64(x) }
    @inlinable public var wideY: Int64 { Int64(y) }
}
