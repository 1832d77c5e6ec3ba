import ByteCoding
import FeatureStorage
public import PlanarGeometry
import Synchronization
import SystemIO
public import TileArchives
import WorkPipeline

/// What of a pyramid to build.
public struct TilesetOptions: Sendable {
    public var zooms: ClosedRange<UInt8> = 0...14
    /// Only tiles that touch one of these boxes; empty for all.
    public var bounds: [WorldBox] = []
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

    /// Tiles of a task: neighbours along the curve, so that they read the same pages.
    private static let chunkSize = 16

    /// Writes every tile that is not empty, gzipped, in the writer's order. The same bytes at any number of threads.
    public func build(into writer: inout some TileArchiveWriter & ~Copyable) async throws {
        let tiles = try TileCoverage(generator, zooms: options.zooms, bounds: options.bounds).tiles()
        let total = tiles.reduce(0) { $0 + $1.count }
        let workers = TileWorkerPool(generator)
        var next = 0
        var done = 0
        try await orderedParallelMap(
            threads: options.threads,
            next: { () -> [TileRun]? in
                if next >= tiles.count { return nil }
                // Low zooms cost most and come first: a task each.
                let size = tiles[next].first.zoom < 8 ? 1 : TilesetBuilder.chunkSize
                let end = min(next + size, tiles.count)
                defer { next = end }
                return Array(tiles[next..<end])
            },
            transform: { runs in
                try workers.withWorker { worker in
                    try runs.map { ($0, try worker.tile(at: $0.first, generator)) }
                }
            },
            consume: { (made: [(TileRun, EncodedTile?)]) in
                for (run, tile) in made {
                    if let tile { try writer.write(tile, from: run.first, count: run.count) }
                    done += run.count
                }
                progress?(done, total)
            })
    }
}

/// One thread's memory for making and packing tiles.
public struct TileWorker: Sendable {
    private var scratch: TileScratch
    private let compressor: Compressor

    public init(_ generator: TileGenerator) {
        scratch = TileScratch(generator)
        compressor = Compressor(level: TileWorker.compressionLevel)
    }

    /// Level 6 of 12: see `Benchmarks/README.md`.
    static let compressionLevel = 6

    /// The tile, gzipped; `nil` when it is empty.
    public mutating func tile(at coordinate: TileCoordinate, _ generator: TileGenerator) throws -> EncodedTile? {
        let bytes = try generator.makeTile(at: coordinate, scratch: &scratch)
        return bytes.isEmpty ? nil : EncodedTile(bytes: compressor.gzip(bytes.byteSpan), compression: .gzip)
    }
}

/// Workers that threads borrow; as many as were ever busy at once.
public final class TileWorkerPool: Sendable {
    private let generator: TileGenerator
    private let idle = Mutex<[TileWorker]>([])

    public init(_ generator: TileGenerator) { self.generator = generator }

    public func withWorker<Value>(_ body: (inout TileWorker) throws -> Value) rethrows -> Value {
        var worker = idle.withLock { $0.popLast() } ?? TileWorker(generator)
        defer { idle.withLock { $0.append(worker) } }
        return try body(&worker)
    }
}
