public import PlanarGeometry

/// What a tile holds, for reports.
public struct TileContents: Equatable, Sendable {
    public struct Layer: Equatable, Sendable {
        /// Index into the schema's layers.
        public var layer: Int
        /// As written: joined ones count once.
        public var featureCount: Int
        /// Before packing.
        public var byteCount: Int
    }

    public var tile: TileCoordinate
    /// SHA-256 of the tile before packing.
    public var digest: [UInt8]
    public var layers: [Layer]
    /// Before and after packing.
    public var byteCount: Int
    public var packedByteCount: Int
    /// What the packed tile would have had with all features; `nil` when all are there.
    public var completePackedByteCount: Int?
    /// Features left out for the byte budget, by the schema's layers; empty when all are there.
    public var dropped: [Int]
}
