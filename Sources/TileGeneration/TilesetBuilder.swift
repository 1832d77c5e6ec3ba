import ByteCoding
import FeatureStorage
public import PlanarGeometry
public import TileArchives
import WorkPipeline

/// What of a pyramid to build.
public struct TilesetOptions: Sendable {
    public var zooms: ClosedRange<UInt8> = 0...14
    /// Only tiles that touch it; `nil` for all.
    public var region: WorldRegion?
    public var threads = 1

    public init() {}
}

/// Makes every tile of a pyramid and hands them to an archive writer, which decides nothing but the format.
public struct TilesetBuilder: Sendable {
    public let generator: TileGenerator
    public let options: TilesetOptions
    /// Told of tiles made and tiles in all, from time to time.
    public var progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?

    public init(_ generator: TileGenerator, options: TilesetOptions) {
        self.generator = generator
        self.options = options
    }

    /// Tiles of a task at most: neighbours along the curve, so that they read the same pages.
    private static let mostTilesOfTask = 64
    /// Records of the tiles of a task, of one at least: a few milliseconds of work, so that no thread waits long for the last.
    private static let mostRecordsOfTask = 2000

    /// Writes every tile that is not empty, gzipped, in the writer's order. The same bytes at any number of threads.
    @discardableResult
    public func build(into writer: inout some TileArchiveWriter & ~Copyable) async throws -> TilesetStatistics {
        var scratch = TileScratch(generator)
        let tiles = try TileCoverage.tiles(
            generator, zooms: options.zooms, region: options.region, scratch: &scratch)
        let total = tiles.reduce(0) { $0 + $1.count }
        let workers = TileWorkerPool(scratch)
        var next = 0
        var done = 0
        var statistics = TilesetStatistics(generator.recipe.schema)
        try await orderedParallelMap(
            threads: options.threads,
            next: { () -> [TileRun]? in
                if next >= tiles.count { return nil }
                let start = next
                var records = 0
                repeat {
                    records += tiles[next].recordCount
                    next += 1
                } while next < tiles.count && next - start < TilesetBuilder.mostTilesOfTask
                    && records + tiles[next].recordCount <= TilesetBuilder.mostRecordsOfTask
                return Array(tiles[start..<next])
            },
            transform: { runs in
                try workers.withWorker { worker in
                    try runs.map { ($0, try worker.made($0, generator)) }
                }
            },
            consume: { (made: [(TileRun, (tile: EncodedTile, contents: TileContents)?)]) in
                for (run, made) in made {
                    if let made {
                        try writer.write(made.tile, from: run.first, count: run.count)
                        statistics.add(made.contents, count: run.count)
                    }
                    done += run.count
                }
                progress?(done, total)
            })
        return statistics
    }
}
