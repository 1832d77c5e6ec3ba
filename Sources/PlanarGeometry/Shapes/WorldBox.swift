/// An axis-parallel box on the world grid, both corners included; never empty.
@frozen
public struct WorldBox: Hashable, Sendable {
    public var minX: UInt32
    public var minY: UInt32
    public var maxX: UInt32
    public var maxY: UInt32

    @inlinable
    public init(minX: UInt32, minY: UInt32, maxX: UInt32, maxY: UInt32) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    @inlinable public init(_ point: WorldPoint) {
        self.init(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y)
    }

    /// The smallest box around points; `nil` without any.
    @inlinable
    public init?(around points: some Sequence<WorldPoint>) {
        var iterator = points.makeIterator()
        guard let first = iterator.next() else { return nil }
        self.init(first)
        while let point = iterator.next() { extend(by: point) }
    }

    public static let world = WorldBox(minX: 0, minY: 0, maxX: .max, maxY: .max)

    @inlinable
    public mutating func extend(by point: WorldPoint) {
        minX = min(minX, point.x)
        minY = min(minY, point.y)
        maxX = max(maxX, point.x)
        maxY = max(maxY, point.y)
    }

    @inlinable
    public mutating func extend(by other: WorldBox) {
        minX = min(minX, other.minX)
        minY = min(minY, other.minY)
        maxX = max(maxX, other.maxX)
        maxY = max(maxY, other.maxY)
    }

    /// Whether they share a point; touching counts.
    @inlinable
    public func intersects(_ other: WorldBox) -> Bool {
        minX <= other.maxX && maxX >= other.minX && minY <= other.maxY && maxY >= other.minY
    }

    @inlinable
    public func contains(_ other: WorldBox) -> Bool {
        minX <= other.minX && maxX >= other.maxX && minY <= other.minY && maxY >= other.maxY
    }

    @inlinable
    public func contains(_ point: WorldPoint) -> Bool {
        minX <= point.x && maxX >= point.x && minY <= point.y && maxY >= point.y
    }

    /// Grown by `margin` on every side, cut at the edges of the world.
    @inlinable
    public func grown(by margin: UInt32) -> WorldBox {
        WorldBox(
            minX: minX >= margin ? minX - margin : 0, minY: minY >= margin ? minY - margin : 0,
            maxX: maxX <= .max - margin ? maxX + margin : .max, maxY: maxY <= .max - margin ? maxY + margin : .max)
    }

    @inlinable
    public var center: WorldPoint {
        WorldPoint(x: minX + (maxX - minX) / 2, y: minY + (maxY - minY) / 2)
    }
}
