import PlanarGeometry
public import TileSchemas

/// Everything that decides a tile's bytes beside the store. The archive builder and the server take the same one.
public struct TileRecipe: Hashable, Sendable {
    public var schema: TileSchema
    /// Version of the program, because another one may draw differently.
    public var programVersion: String

    /// A gzipped tile with more bytes gives up features; 0 for no limit.
    public var maximumTileBytes: Int

    /// What clients still take with ease.
    public static let defaultMaximumTileBytes = 500_000

    public init(
        schema: TileSchema, programVersion: String, maximumTileBytes: Int = TileRecipe.defaultMaximumTileBytes
    ) {
        self.schema = schema
        self.maximumTileBytes = maximumTileBytes
        self.programVersion = programVersion
    }

    /// All zooms that tiles can have.
    public var zooms: ClosedRange<UInt8> {
        UInt8(clamping: schema.zooms.lowerBound)...UInt8(clamping: schema.zooms.upperBound)
    }

    /// The highest rank of vertices that a layer keeps at a zoom, for features of which no more can be seen past `lastZoom`.
    static func rank(_ layer: LayerSettings, zoom: Int, lastZoom: Int) -> UInt8 {
        if zoom >= lastZoom { return VertexRank.finest }
        return UInt8(clamping: min(zoom + layer.finerByZooms, Int(VertexRank.finest)))
    }

    /// Tile units across a tile.
    public static let extent: Int32 = 4096
    /// Subunits in a tile unit; clipping works in subunits.
    static let subunitBits: Int32 = 4
}
