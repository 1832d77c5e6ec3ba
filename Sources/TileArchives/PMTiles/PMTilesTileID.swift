public import PlanarGeometry

/// Tile ids of PMTiles 3: the place of a tile on the Hilbert curves of zooms 0, 1, 2, ... put one behind another.
public enum PMTilesTileID {
    /// The deepest zoom whose ids fit.
    static let maxZoom: UInt8 = 31

    /// The first id of a zoom, (4^zoom - 1) / 3; `zoom` up to 32, where it is the first id of no tile.
    static func first(zoom: UInt8) -> UInt64 {
        // 4^32 would be 2^64; the subtraction wraps to the number wanted.
        ((zoom >= 32 ? 0 : 1 << (2 * UInt64(zoom))) &- 1) / 3
    }

    public static func id(_ coordinate: TileCoordinate) -> UInt64 {
        first(zoom: coordinate.zoom) + coordinate.hilbertIndex
    }

    /// The zoom of an id below `first(zoom: 32)`: half of the bits of 3 id + 1.
    static func zoom(_ id: UInt64) -> UInt8 {
        UInt8((63 - (3 &* id &+ 1).leadingZeroBitCount) / 2)
    }

    /// The tile of an id; `nil` past the last tile of zoom 31.
    public static func coordinate(_ id: UInt64) -> TileCoordinate? {
        guard id < first(zoom: maxZoom + 1) else { return nil }
        let zoom = zoom(id)
        let (x, y) = HilbertCurve.position(index: id - first(zoom: zoom), order: Int(zoom))
        return TileCoordinate(zoom: zoom, x: x, y: y)
    }
}
