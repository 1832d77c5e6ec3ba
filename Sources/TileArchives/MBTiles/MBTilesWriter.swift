import ByteCoding
import FoundationEssentials
import GRDB
public import PlanarGeometry
import SystemIO

/// Writes an MBTiles 1.3 archive: SQLite, rows counted from the south, equal tiles stored once behind the view `tiles`.
///
/// | table | columns |
/// |---|---|
/// | `metadata` | `name`, `value` |
/// | `tiles_shallow` | `zoom_level`, `tile_column`, `tile_row` (primary key), `tile_data_id` |
/// | `tiles_data` | `tile_data_id`, `tile_data` |
///
/// Everything is one transaction in a file without its name, which appears when it is complete. A half-made archive is never
/// taken up again: it is not there. Memory: 24 bytes a different tile. The same calls give the same bytes with the same
/// version of SQLite, which writes its number into the file.
public struct MBTilesWriter: TileArchiveWriter, ~Copyable {
    private let path: String
    private var file: AtomicFile
    private let database: DatabaseQueue
    private var deduplicator = TileDeduplicator()
    private var format: TileCompression?
    private var zooms: ClosedRange<UInt8>?
    private var addressedTiles = 0
    private var tileBytes = 0

    public init(path: String) throws {
        let file = try AtomicFile(path: path)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let temporary = file.temporaryPath
        let database = try MBTilesFailure.wrapping(path) {
            let queue = try DatabaseQueue(path: temporary, configuration: configuration)
            try queue.unsafeReentrantWrite { db in
                // A half-made file has no name and is thrown away, so nothing has to be undone or survive a power cut.
                for pragma in [
                    "page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE",
                    "application_id = 0x4d504258",
                ] { try db.execute(sql: "PRAGMA \(pragma)") }
                try db.beginTransaction()
                try db.execute(sql: MBTilesWriter.tables)
            }
            return queue
        }
        self.path = path
        self.file = file
        self.database = database
    }

    private static let tables = """
        CREATE TABLE metadata (name TEXT, value TEXT);
        CREATE TABLE tiles_shallow (
            zoom_level INTEGER NOT NULL, tile_column INTEGER NOT NULL, tile_row INTEGER NOT NULL,
            tile_data_id INTEGER NOT NULL, PRIMARY KEY (zoom_level, tile_column, tile_row)
        ) WITHOUT ROWID;
        CREATE TABLE tiles_data (tile_data_id INTEGER PRIMARY KEY, tile_data BLOB NOT NULL);
        CREATE VIEW tiles AS
            SELECT zoom_level, tile_column, tile_row, tile_data
            FROM tiles_shallow JOIN tiles_data ON tiles_shallow.tile_data_id = tiles_data.tile_data_id;
        """

    public var tileOrder: TileOrder { .any }

    /// Tiles must all be packed alike: with gzip, which is what the format wants of vector tiles, or not at all.
    public mutating func write(_ tile: EncodedTile, from first: TileCoordinate, count: Int) throws {
        guard count > 0, UInt64(count) <= (1 << (2 * UInt64(first.zoom))) - first.hilbertIndex else {
            throw TileArchiveError.runInvalid(tile: first, count: count)
        }
        if let format, format != tile.compression {
            throw TileArchiveError.tileCompressionMismatch(tile: first, found: tile.compression, expected: format)
        }
        guard !tile.bytes.isEmpty else { throw TileArchiveError.tileSizeInvalid(tile: first, byteCount: 0) }
        format = tile.compression
        let next = UInt64(deduplicator.count) + 1
        let known = deduplicator.offset(of: tile.bytes.byteSpan, orRemember: next)
        let number = Int64(known ?? next)
        try MBTilesFailure.wrapping(path) {
            try database.unsafeReentrantWrite { db in
                if known == nil {
                    let statement = try db.cachedStatement(sql: "INSERT INTO tiles_data VALUES (?, ?)")
                    try statement.execute(arguments: [number, Data(tile.bytes)])
                }
                let statement = try db.cachedStatement(sql: "INSERT INTO tiles_shallow VALUES (?, ?, ?, ?)")
                for step in 0..<UInt64(count) {
                    let (x, y) =
                        step == 0
                        ? (first.x, first.y)
                        : HilbertCurve.position(index: first.hilbertIndex + step, order: Int(first.zoom))
                    let row = Int64(1) << Int64(first.zoom) - 1 - Int64(y)
                    try statement.execute(arguments: [Int64(first.zoom), Int64(x), row, number])
                }
            }
        }
        if known == nil { tileBytes += tile.bytes.count }
        addressedTiles += count
        zooms = zooms.map { min($0.lowerBound, first.zoom)...max($0.upperBound, first.zoom) } ?? first.zoom...first.zoom
    }

    /// Completes the archive and gives it its name. The zooms stated are those of the tiles. An archive without tiles is
    /// refused, as that of other formats is.
    public consuming func finish(_ metadata: TilesetMetadata, replacing: Bool) throws -> TileArchiveReport {
        guard let zooms else { throw TileArchiveError.noTiles(path: path) }
        var metadata = metadata
        (metadata.minZoom, metadata.maxZoom) = (zooms.lowerBound, zooms.upperBound)
        try MBTilesFailure.wrapping(path) {
            try database.unsafeReentrantWrite { db in
                let statement = try db.cachedStatement(sql: "INSERT INTO metadata VALUES (?, ?)")
                for (name, value) in metadata.mbtilesRows { try statement.execute(arguments: [name, value]) }
                try db.commit()
            }
            try database.close()
        }
        let byteCount = FileStatus.identity(file.temporaryPath)?.byteCount ?? 0
        let report = TileArchiveReport(
            addressedTiles: addressedTiles, entries: addressedTiles, contents: deduplicator.count, tileBytes: tileBytes,
            fileBytes: byteCount)
        try file.commit(replacing: replacing)
        return report
    }
}
