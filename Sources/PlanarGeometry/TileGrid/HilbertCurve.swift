/// The Hilbert curve as PMTiles 3 draws it, so that features, tiles and archive entries share one order.
public enum HilbertCurve {
    /// Distance along the curve that fills a 2^order by 2^order square; `order` 0 to 32, x and y below 2^order.
    @inlinable
    public static func index(x: UInt32, y: UInt32, order: Int) -> UInt64 {
        var x = x
        var y = y
        var index: UInt64 = 0
        var level = order - 1
        while level >= 0 {
            let side: UInt32 = 1 &<< UInt32(truncatingIfNeeded: level)
            let right: UInt64 = x & side == 0 ? 0 : 1
            let down: UInt64 = y & side == 0 ? 0 : 1
            index = (index &<< 2) | ((3 &* right) ^ down)
            if down == 0 {
                if right == 1 {
                    x = ~x
                    y = ~y
                }
                swap(&x, &y)
            }
            level &-= 1
        }
        return index
    }

    /// The inverse of `index(x:y:order:)`.
    @inlinable
    public static func position(index: UInt64, order: Int) -> (x: UInt32, y: UInt32) {
        var rest = index
        var x: UInt32 = 0
        var y: UInt32 = 0
        for level in 0..<order {
            let side: UInt32 = 1 &<< UInt32(level)
            let right = UInt32(truncatingIfNeeded: (rest >> 1) & 1)
            let down = UInt32(truncatingIfNeeded: (rest ^ (rest >> 1)) & 1)
            if down == 0 {
                if right == 1 {
                    x = side &- 1 &- x
                    y = side &- 1 &- y
                }
                swap(&x, &y)
            }
            x |= right &* side
            y |= down &* side
            rest >>= 2
        }
        return (x, y)
    }
}
