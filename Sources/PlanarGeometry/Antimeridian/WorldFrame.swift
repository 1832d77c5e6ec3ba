/// The two ways in which the round world is laid out on the grid.
@frozen
public enum WorldFrame: Hashable, Sendable {
    /// As `WebMercator` has it: x = 0 is the meridian of 180 degrees, Greenwich is in the middle.
    case standard
    /// Half a world further: x = 0 is Greenwich, and what crosses 180 degrees lies in one piece around x = 2^31.
    case turned

    /// What x differs by between the frames, in grid units.
    public static let halfWorld: UInt32 = 1 << 31
}

extension WorldPoint {
    /// The same place in the other frame.
    @inlinable public var turned: WorldPoint { WorldPoint(x: x ^ (1 << 31), y: y) }
}

extension WorldBox {
    /// The same part of the world in the other frame: two boxes when it lies across that frame's edge. The westernmost first.
    public var turned: [WorldBox] {
        let half = WorldFrame.halfWorld
        if maxX < half || minX >= half {
            return [WorldBox(minX: minX ^ half, minY: minY, maxX: maxX ^ half, maxY: maxY)]
        }
        if minX == 0, maxX == .max { return [self] }
        return [
            WorldBox(minX: 0, minY: minY, maxX: maxX ^ half, maxY: maxY),
            WorldBox(minX: minX ^ half, minY: minY, maxX: .max, maxY: maxY),
        ]
    }
}

/// Which edges of the two frames lines and rings cross. A segment goes the short way round the world, so one whose ends are
/// more than half the world apart on the grid crosses the grid's edge.
public struct FrameCrossings: Hashable, Sendable {
    /// Something crosses 180 degrees: it is torn apart in the standard frame.
    public private(set) var crosses180Degrees = false
    /// Something crosses Greenwich, or is just half the world long: it is torn apart in the turned frame.
    public private(set) var crossesGreenwich = false

    public init() {}

    /// Looks at all parts; with `closing` at the way from the end of each to its start too. Linear.
    public init(_ points: [WorldPoint], partEnds: [Int], closing: Bool) {
        var start = 0
        for end in partEnds {
            if end > start {
                for index in start..<(end - 1) { add(points[index], points[index + 1]) }
                if closing { add(points[end - 1], points[start]) }
            }
            start = end
        }
    }

    /// Looks at a line.
    public mutating func add(_ line: [WorldPoint]) {
        for index in line.indices.dropFirst() { add(line[index - 1], line[index]) }
    }

    /// Looks at a segment.
    @inline(__always)
    public mutating func add(_ a: WorldPoint, _ b: WorldPoint) {
        if FrameCrossings.distance(a.x, b.x) > WorldFrame.halfWorld { crosses180Degrees = true }
        if FrameCrossings.distance(a.turned.x, b.turned.x) >= WorldFrame.halfWorld { crossesGreenwich = true }
    }

    /// Adds what another one has seen.
    public mutating func unite(_ other: FrameCrossings) {
        crosses180Degrees = crosses180Degrees || other.crosses180Degrees
        crossesGreenwich = crossesGreenwich || other.crossesGreenwich
    }

    private static func distance(_ a: UInt32, _ b: UInt32) -> UInt32 { a > b ? a - b : b - a }

    /// The frame in which nothing is torn apart; `nil` when there is none, as for a ring around a pole.
    public var frame: WorldFrame? {
        if !crosses180Degrees { return .standard }
        return crossesGreenwich ? nil : .turned
    }
}
