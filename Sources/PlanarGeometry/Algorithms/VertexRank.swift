/// The lowest zoom that needs a vertex of a line or ring. Simplification then is a comparison: a tile of zoom z keeps the
/// vertices of rank z and lower, and whoever wants it n zooms finer those up to z + n.
public enum VertexRank {
    /// Of ends, and of the vertex that a ring starts from.
    public static let always: UInt8 = 0
    /// Of vertices that show only where nothing is left out.
    public static let finest: UInt8 = 15

    /// How far a vertex must lie from what is left without it to be needed at a zoom, in grid units: 1.5 of the 4096 units
    /// across a tile, a tenth of a pixel of 256 to the tile. 0 for `finest`.
    @inlinable
    public static func tolerance(_ rank: UInt8) -> UInt32 { rank >= finest ? 0 : 24 << (16 - UInt32(rank)) }

    /// How far simplified geometry can be from the part of the whole that it stands for, in grid units.
    ///
    /// Twice the tolerance, since vertices that are kept for a neighbour's sake lie anywhere within it.
    @inlinable
    public static func deviation(_ rank: UInt8) -> UInt32 { 2 * tolerance(rank) }

    /// The lowest zoom at which a ring covers four pixels of 256 to the tile, `finest` where that is beyond 14.
    /// - Parameter doubledArea: twice its area in square grid units, of either sign.
    public static func ofRing(doubledArea: Int128) -> UInt8 {
        // A pixel of zoom z is 2^(24 - z) units wide; 4 of them, doubled, are 2^(51 - 2z).
        let area = doubledArea.magnitude
        var rank: UInt8 = 0
        while rank < finest, area < UInt128(1) << (51 - 2 * UInt128(rank)) { rank += 1 }
        return rank
    }
}
