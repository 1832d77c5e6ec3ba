import ByteCoding
public import PlanarGeometry
import Synchronization
import SystemIO
public import TileArchives

/// One thread's memory for making and packing tiles.
public struct TileWorker: Sendable {
    private var scratch: TileScratch
    private let compressor: Compressor
    /// Tiles that one plain thing covers, by its number and their zoom.
    private var plainTiles: [PlainTile: (tile: EncodedTile, contents: TileContents)?] = [:]

    private struct PlainTile: Hashable {
        var plain: UInt16
        var zoom: UInt8
    }

    public init(_ generator: TileGenerator) { self.init(TileScratch(generator)) }

    /// Starts with what `scratch` knows already.
    init(_ scratch: TileScratch) {
        self.scratch = scratch
        compressor = Compressor(level: TileWorker.compressionLevel)
    }

    /// Level 6 of 12: see `Benchmarks/README.md`.
    static let compressionLevel = 6
    /// A tile over its budget is made again so many times at most; two or three do.
    private static let attemptLimit = 12

    /// The tile, gzipped and within the recipe's byte budget; `nil` when it is empty.
    public mutating func tile(at coordinate: TileCoordinate, _ generator: TileGenerator) throws -> EncodedTile? {
        try made(at: coordinate, generator)?.tile
    }

    /// The first tile of a run, with what it holds; runs of one plain thing are made once.
    mutating func made(
        _ run: TileRun, _ generator: TileGenerator
    ) throws -> (tile: EncodedTile, contents: TileContents)? {
        guard let plain = run.plain else { return try made(at: run.first, generator) }
        let place = PlainTile(plain: plain, zoom: run.first.zoom)
        if var known = plainTiles[place] {
            known?.contents.tile = run.first
            return known
        }
        let made = try made(at: run.first, generator)
        plainTiles.updateValue(made, forKey: place)
        return made
    }

    /// The same, with what it holds.
    mutating func made(
        at coordinate: TileCoordinate, _ generator: TileGenerator
    ) throws -> (tile: EncodedTile, contents: TileContents)? {
        var bytes = try generator.makeTile(at: coordinate, scratch: &scratch)
        if bytes.isEmpty { return nil }
        var packed = compressor.gzip(bytes.byteSpan)
        let complete = packed.count
        let budget = generator.recipe.maximumTileBytes
        var dropped: [Int] = []
        if budget > 0, complete > budget {
            var share = 1.0
            for _ in 0..<TileWorker.attemptLimit where packed.count > budget {
                share *= Double(budget) / Double(packed.count) * 0.97
                (bytes, dropped) = scratch.output.encode(
                    keeping: share, zoom: Int(coordinate.zoom))
                packed = compressor.gzip(bytes.byteSpan)
            }
        }
        let contents = TileContents(
            tile: coordinate, digest: TileHashTree.digest(ofTile: bytes.byteSpan), layers: scratch.output.contents,
            byteCount: bytes.count, packedByteCount: packed.count,
            completePackedByteCount: complete == packed.count ? nil : complete, dropped: dropped)
        return (EncodedTile(bytes: packed, compression: .gzip), contents)
    }
}

/// Workers that threads borrow; as many as were ever busy at once.
public final class TileWorkerPool: Sendable {
    /// What each worker starts with.
    private let scratch: TileScratch
    private let idle = Mutex<[TileWorker]>([])

    public init(_ generator: TileGenerator) { scratch = TileScratch(generator) }

    init(_ scratch: TileScratch) { self.scratch = scratch }

    public func withWorker<Value>(_ body: (inout TileWorker) throws -> Value) rethrows -> Value {
        var worker = idle.withLock { $0.popLast() } ?? TileWorker(scratch)
        defer { idle.withLock { $0.append(worker) } }
        return try body(&worker)
    }
}
