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
    public let problems: SourceProblems?
    private let generator: TileGenerator
    private let workers: TileWorkerPool

    public init(name: String, generator: TileGenerator) {
        self.name = name
        self.generator = generator
        origin = generator.store.path
        metadata = generator.metadata(name: name, zooms: generator.recipe.zooms)
        workers = TileWorkerPool(generator)
        versionTag = generator.versionTag
        let store = generator.store
        // A damaged section is told to those who ask for it; tiles do not need it.
        problems = SourceProblems(count: (try? store.problemCount()) ?? 0) { try store.problems() }
    }

    public func tile(at coordinate: TileCoordinate) throws -> EncodedTile? {
        try workers.withWorker { try $0.tile(at: coordinate, generator) }
    }
}
