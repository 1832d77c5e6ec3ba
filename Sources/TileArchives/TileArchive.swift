public import PlanarGeometry

/// Reads tiles by coordinate from a finished archive. Readers are shared: all members may be called from several threads.
public protocol TileArchiveReader: Sendable {
    var metadata: TilesetMetadata { get }

    /// The tile, `nil` if the archive has none there. Throws when the archive is damaged at that place.
    func tile(at coordinate: TileCoordinate) throws -> EncodedTile?

    /// How much the archive holds, without looking at its tiles.
    func counts() throws -> TileArchiveCounts

    /// What is wrong with the archive's structure, a line each, beside what reading throws.
    func structureFaults() throws -> [String]

    /// Calls `body` for every stored tile, in the archive's order, with the first position that it stands for and how
    /// many: the others are the next ones of the zoom along the Hilbert curve.
    func forEachRun(_ body: (_ first: TileCoordinate, _ count: Int, EncodedTile) throws -> Void) throws
}

extension TileArchiveReader {
    /// Calls `body` for every position that has a tile. A run is handed out position by position, and an archive of a few
    /// bytes may hold one of four thousand million: use `forEachRun` where that matters.
    public func forEachTile(_ body: (TileCoordinate, EncodedTile) throws -> Void) throws {
        try forEachRun { first, count, tile in
            try body(first, tile)
            for step in 1..<max(1, count) {
                let (x, y) = HilbertCurve.position(
                    index: first.hilbertIndex + UInt64(step), order: Int(first.zoom))
                if let coordinate = TileCoordinate(zoom: first.zoom, x: x, y: y) { try body(coordinate, tile) }
            }
        }
    }
}

extension TileArchiveReader {
    /// `forEachRun` for readers of single tiles: the tiles of these ids, in any order, some perhaps twice. Neighbours along the
    /// curve with equal tiles are one run.
    func forEachRun(
        ofTiles ids: [UInt64], _ body: (_ first: TileCoordinate, _ count: Int, EncodedTile) throws -> Void
    ) throws {
        var run: (first: TileCoordinate, count: Int, tile: EncodedTile, next: UInt64)?
        var previous: UInt64?
        for id in ids.sorted() where id != previous {
            previous = id
            guard let coordinate = PMTilesTileID.coordinate(id), let tile = try tile(at: coordinate) else { continue }
            if let open = run, open.next == id, open.first.zoom == coordinate.zoom, open.tile == tile {
                run = (open.first, open.count + 1, tile, id + 1)
                continue
            }
            if let run { try body(run.first, run.count, run.tile) }
            run = (coordinate, 1, tile, id + 1)
        }
        if let run { try body(run.first, run.count, run.tile) }
    }
}

/// How much an archive holds; `nil` where it does not say.
public struct TileArchiveCounts: Equatable, Sendable {
    /// Positions that have a tile.
    public var addressedTiles: Int?
    /// Directory entries, or rows.
    public var entries: Int?
    /// Different tiles.
    public var contents: Int?

    public init(addressedTiles: Int?, entries: Int?, contents: Int?) {
        self.addressedTiles = addressedTiles
        self.entries = entries
        self.contents = contents
    }
}

/// The order in which a writer wants its tiles.
public enum TileOrder: Sendable {
    /// Ascending zoom, and along the Hilbert curve within one (PMTiles' tile ids).
    case hilbert
    case any
}

/// Writes one archive. Nothing appears under its name before `finish`, and nothing remains if that is never reached.
public protocol TileArchiveWriter: ~Copyable {
    var tileOrder: TileOrder { get }

    /// Adds a tile. Its compression must be the archive's.
    mutating func write(_ tile: EncodedTile, at coordinate: TileCoordinate) throws

    /// Adds a tile that stands for `count` positions of one zoom, the next along the Hilbert curve from `first` on.
    mutating func write(_ tile: EncodedTile, from first: TileCoordinate, count: Int) throws

    /// Completes the archive and gives it its name; with `replacing: false` a file that has the name makes it fail.
    consuming func finish(_ metadata: TilesetMetadata, replacing: Bool) throws -> TileArchiveReport
}

extension TileArchiveWriter where Self: ~Copyable {
    /// Completes the archive and gives it its name, replacing a file that has it.
    public consuming func finish(_ metadata: TilesetMetadata) throws -> TileArchiveReport {
        try finish(metadata, replacing: true)
    }

    public mutating func write(_ tile: EncodedTile, at coordinate: TileCoordinate) throws {
        try write(tile, from: coordinate, count: 1)
    }
}

/// What a finished archive holds.
public struct TileArchiveReport: Equatable, Sendable {
    /// Positions that have a tile.
    public var addressedTiles: Int
    /// Directory entries, or rows: runs count once.
    public var entries: Int
    /// Different tiles.
    public var contents: Int
    /// Bytes of the different tiles together.
    public var tileBytes: Int
    public var fileBytes: Int
}
