import FeatureStorage
public import PlanarGeometry
public import TileArchives
public import TileGeneration

/// Tiles made from a store when they are asked for.
public struct GeneratedTileSource: TileSource {
    public let name: String
    public let origin: String
    public let metadata: TilesetMetadata
    public let versionTag: String
    private let generator: TileGenerator
    private let workers: TileWorkerPool

    public init(name: String, generator: TileGenerator) {
        self.name = name
        self.generator = generator
        origin = generator.store.path
        metadata = generator.metadata(name: name, zooms: 0...14)
        workers = TileWorkerPool(generator)
        versionTag = generator.versionTag
    }

    public func tile(at coordinate: TileCoordinate) throws -> EncodedTile? {
        try workers.withWorker { try $0.tile(at: coordinate, generator) }
    }
}
