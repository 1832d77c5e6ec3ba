/// A position relative to a tile's north-west corner, x east and y south.
///
/// Two scales use this type, and each function names the one it works in: *tile units* (the extent, 4096, across a
/// tile; what is encoded) and *subunits* (1/16 of a tile unit; where clipping and simplification work).
@frozen
public struct TilePoint: Hashable, Sendable {
    public var x: Int32
    public var y: Int32

    @inlinable
    public init(x: Int32, y: Int32) {
        self.x = x
        self.y = y
    }
}
