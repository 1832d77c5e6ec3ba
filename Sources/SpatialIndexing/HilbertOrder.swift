public import PlanarGeometry

/// The order in which boxes must be given to `PackedRTreeBuilder` for a tree with small, compact nodes.
///
/// Any order makes a correct tree. Ordering by the Hilbert curve is what makes it fast (Kamel and Faloutsos, "On
/// packing R-trees", CIKM 1993): sixteen neighbours on the curve are neighbours on the ground.
public enum HilbertOrder {
    /// Distance along the Hilbert curve, at the grid's full resolution, of the box's centre: what
    /// `HilbertCurve.index` gives for order 32, ten times as fast.
    @inlinable
    public static func key(of box: WorldBox) -> UInt64 {
        let center = box.center
        return key(x: center.x, y: center.y)
    }

    /// All 32 levels of the curve at once.
    ///
    /// Going down the curve, each level sees the bits of x and y through a state: were the axes swapped, were both
    /// flipped? A level's own bits change the state. Over the field of two elements that change is an affine map,
    ///
    ///     bits of x and y equal:   swapped' = swapped + flipped + not x    flipped' = flipped
    ///     different:               swapped' = flipped + not y              flipped' = swapped + not y
    ///
    /// and affine maps compose. Bit i of the words below belongs to level i; five doubling steps (Hillis and Steele
    /// 1986) compose at every level the maps of all levels above it.
    @inlinable
    static func key(x: UInt32, y: UInt32) -> UInt64 {
        let differ = x ^ y
        var swapFromSwap = ~differ
        var swapFromFlip = UInt32.max
        var flipFromSwap = differ
        var flipFromFlip = ~differ
        var flipConstant = differ & ~y
        var swapConstant = (~differ & ~x) | flipConstant
        var distance: UInt32 = 1
        while distance < 32 {
            // Above the top level there is nothing: the identity, whose diagonal is ones.
            let ones = ~(UInt32.max &>> distance)
            let (ss, sf) = ((swapFromSwap &>> distance) | ones, swapFromFlip &>> distance)
            let (fs, ff) = (flipFromSwap &>> distance, (flipFromFlip &>> distance) | ones)
            let (s, f) = (swapConstant &>> distance, flipConstant &>> distance)
            swapConstant ^= (swapFromSwap & s) ^ (swapFromFlip & f)
            flipConstant ^= (flipFromSwap & s) ^ (flipFromFlip & f)
            (swapFromSwap, swapFromFlip) = (
                (swapFromSwap & ss) ^ (swapFromFlip & fs), (swapFromSwap & sf) ^ (swapFromFlip & ff)
            )
            (flipFromSwap, flipFromFlip) = (
                (flipFromSwap & ss) ^ (flipFromFlip & fs), (flipFromSwap & sf) ^ (flipFromFlip & ff)
            )
            distance &<<= 1
        }
        // At the top nothing is swapped or flipped, so the constants are the state that each level leaves.
        let swapped = swapConstant &>> 1
        let flipped = flipConstant &>> 1
        let right = ((x & ~swapped) | (y & swapped)) ^ flipped
        let down = ((y & ~swapped) | (x & swapped)) ^ flipped
        return (spread(right) &<< 1) | spread(right ^ down)
    }

    /// Bit i to bit 2 i.
    @inlinable
    static func spread(_ bits: UInt32) -> UInt64 {
        var word = UInt64(bits)
        word = (word | (word &<< 16)) & 0x0000_ffff_0000_ffff
        word = (word | (word &<< 8)) & 0x00ff_00ff_00ff_00ff
        word = (word | (word &<< 4)) & 0x0f0f_0f0f_0f0f_0f0f
        word = (word | (word &<< 2)) & 0x3333_3333_3333_3333
        return (word | (word &<< 1)) & 0x5555_5555_5555_5555
    }
}
