/// A position on the Web Mercator square as a 2^32 by 2^32 grid: 0,0 is north-west, y grows southwards.
///
/// One grid unit is at most 0.84 steps of 1e-7 degree anywhere between +-85.0511287 degrees, so a rounded coordinate
/// rounds back to itself; see `WebMercator`.
@frozen
public struct WorldPoint: Hashable, Sendable {
    public var x: UInt32
    public var y: UInt32

    @inlinable
    public init(x: UInt32, y: UInt32) {
        self.x = x
        self.y = y
    }
}
