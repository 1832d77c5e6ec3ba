public import TileSchemas

/// Everything that decides a tile's bytes beside the store. The archive builder and the server take the same one.
public struct TileRecipe: Hashable, Sendable {
    public var schema: TileSchema
    /// Version of the program, because another one may draw differently.
    public var programVersion: String

    public init(schema: TileSchema, programVersion: String) {
        self.schema = schema
        self.programVersion = programVersion
    }

    /// Tile units across a tile.
    public static let extent: Int32 = 4096
    /// Subunits in a tile unit; clipping and simplification work in subunits.
    static let subunitBits: Int32 = 4
}
