/// Twice the signed area of a ring, by the shoelace formula relative to its first vertex.
///
/// Positive for an exterior ring of MVT 2.1 section 4.3.4.4 (y down, looks clockwise). Twice, so that it stays an
/// integer. A ring with fewer than three points has area 0. Linear in the number of points.
public enum RingArea {
    /// Exact while the ring's |coordinates| are below 2^30 and it does not wind around itself; a ring that does and
    /// covers the whole plane several times wraps around.
    @inlinable
    public static func doubled(_ points: [TilePoint], _ range: Range<Int>) -> Int64 {
        guard range.count >= 3 else { return 0 }
        let origin = points[range.lowerBound]
        let originX = Int64(origin.x)
        let originY = Int64(origin.y)
        var sum: Int64 = 0
        var previousX: Int64 = 0
        var previousY: Int64 = 0
        var index = range.lowerBound &+ 1
        while index < range.upperBound {
            let x = Int64(points[index].x) &- originX
            let y = Int64(points[index].y) &- originY
            sum &+= previousX &* y &- x &* previousY
            previousX = x
            previousY = y
            index &+= 1
        }
        return sum
    }

    /// Exact for every ring of fewer than 2^60 points.
    @inlinable
    public static func doubled(_ points: [WorldPoint], _ range: Range<Int>) -> Int128 {
        guard range.count >= 3 else { return 0 }
        let origin = points[range.lowerBound]
        let originX = Int64(origin.x)
        let originY = Int64(origin.y)
        var sum: Int64 = 0
        var previousX: Int64 = 0
        var previousY: Int64 = 0
        var bits: UInt64 = 0
        var index = range.lowerBound &+ 1
        while index < range.upperBound {
            let x = Int64(points[index].x) &- originX
            let y = Int64(points[index].y) &- originY
            sum &+= previousX &* y &- x &* previousY
            bits |= x.magnitude | y.magnitude
            previousX = x
            previousY = y
            index &+= 1
        }
        // Within 150 km, no term reaches 2^49.
        if bits < 1 << 24, range.count < 1 << 14 { return Int128(sum) }
        return doubledWide(points, range)
    }

    @usableFromInline
    static func doubledWide(_ points: [WorldPoint], _ range: Range<Int>) -> Int128 {
        let origin = points[range.lowerBound]
        var sum: Int128 = 0
        var previousX: Int64 = 0
        var previousY: Int64 = 0
        for index in range.dropFirst() {
            let x = Int64(points[index].x) &- Int64(origin.x)
            let y = Int64(points[index].y) &- Int64(origin.y)
            sum &+= Int128(previousX) &* Int128(y) &- Int128(x) &* Int128(previousY)
            previousX = x
            previousY = y
        }
        return sum
    }

    /// The same value as a floating-point number, much quicker than the generic conversion of 128 bits.
    @inlinable
    public static func number(_ doubled: Int128) -> Double {
        let narrow = Int64(truncatingIfNeeded: doubled)
        return Int128(narrow) == doubled ? Double(narrow) : Double(doubled)
    }

    /// The same for a ring whose segments go the short way round the world, over the grid's edge where that is shorter; the
    /// ring must not go around the world.
    public static func doubledRoundWorld(_ points: [WorldPoint], _ range: Range<Int>) -> Int128 {
        guard range.count >= 3 else { return 0 }
        let origin = points[range.lowerBound]
        var sum: Int128 = 0
        var (previousX, previousY): (Int64, Int64) = (0, 0)
        for index in range.dropFirst() {
            // Half the world exactly is left as the grid has it.
            var step = Int64(points[index].x) - Int64(points[index - 1].x)
            if step > 1 << 31 { step -= 1 << 32 }
            if step < -(1 << 31) { step += 1 << 32 }
            let x = previousX + step
            let y = Int64(points[index].y) - Int64(origin.y)
            sum += Int128(previousX) * Int128(y) - Int128(x) * Int128(previousY)
            previousX = x
            previousY = y
        }
        return sum
    }
}
