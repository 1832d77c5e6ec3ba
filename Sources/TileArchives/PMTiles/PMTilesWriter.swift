import ByteCoding
public import PlanarGeometry
import SystemIO

/// Writes a PMTiles 3 archive: header, root directory, metadata, leaf directories, tile data, without gaps.
///
/// Tiles come in ascending order of their ids. Equal tiles are stored once, and neighbours along the curve with the same tile
/// are one entry. Tile data wait in a nameless file beside the archive until the directories in front of them are known, so
/// for a moment the disk holds them twice. The archive gets its name when it is complete; before that nothing is left if the
/// writer is dropped. The same calls give the same bytes.
public struct PMTilesWriter: TileArchiveWriter, ~Copyable, Sendable {
    public let tileCompression: TileCompression
    private let path: String
    private var file: AtomicFile
    private var spool: SpoolFile
    private var entries: [PMTilesEntry] = []
    private var deduplicator = TileDeduplicator()
    private var addressedTiles: UInt64 = 0

    /// Directories and metadata are small and read often.
    private static let directoryCompressionLevel = 9

    /// Tiles written must be packed as `tileCompression` says.
    public init(path: String, tileCompression: TileCompression = .gzip) throws {
        let file = try AtomicFile(path: path)
        let spool = try SpoolFile(beside: path)
        self.tileCompression = tileCompression
        self.path = path
        self.file = file
        self.spool = spool
    }

    public var tileOrder: TileOrder { .hilbert }

    /// After an error the writer is as it was, unless the disk is full: then drop it.
    public mutating func write(_ tile: EncodedTile, from first: TileCoordinate, count: Int) throws {
        let tileID = PMTilesTileID.id(first)
        let least = entries.last?.end ?? 0
        guard tileID >= least else {
            throw TileArchiveError.tileOutOfOrder(tile: first, tileID: tileID, expectedAtLeast: least)
        }
        guard count > 0, UInt64(count) <= PMTilesTileID.first(zoom: first.zoom + 1) - tileID else {
            throw TileArchiveError.runInvalid(tile: first, count: count)
        }
        guard tile.compression == tileCompression else {
            throw TileArchiveError.tileCompressionMismatch(
                tile: first, found: tile.compression, expected: tileCompression)
        }
        guard let length = UInt32(exactly: tile.bytes.count), length > 0 else {
            throw TileArchiveError.tileSizeInvalid(tile: first, byteCount: tile.bytes.count)
        }
        let end = UInt64(spool.byteCount)
        var offset = end
        if let known = deduplicator.offset(of: tile.bytes.byteSpan, orRemember: end) {
            offset = known
        } else {
            try spool.append(tile.bytes.byteSpan)
        }
        addEntries(PMTilesEntry(tileID: tileID, offset: offset, length: length, runLength: 1), count: UInt64(count))
        addressedTiles += UInt64(count)
    }

    /// Lengthens the last entry if the run goes on; an entry neither crosses a zoom, so that its first id tells its zoom, nor
    /// exceeds 32 bits.
    private mutating func addEntries(_ entry: PMTilesEntry, count: UInt64) {
        var next = entry
        var rest = count
        if let last = entries.last, last.offset == entry.offset, last.end == entry.tileID,
            PMTilesTileID.zoom(last.tileID) == PMTilesTileID.zoom(entry.tileID)
        {
            let added = min(rest, UInt64(UInt32.max - last.runLength))
            entries[entries.count - 1].runLength += UInt32(added)
            rest -= added
            next.tileID += added
        }
        while rest > 0 {
            next.runLength = UInt32(min(rest, UInt64(UInt32.max)))
            entries.append(next)
            rest -= UInt64(next.runLength)
            next.tileID += UInt64(next.runLength)
        }
    }

    /// Completes the archive, syncs it and gives it its name.
    ///
    /// The zooms in the header are those of the first and last tile; bounds and centre come from `metadata`. An archive without
    /// tiles is refused: its directory could not be written (PMTiles 3 wants at least one entry).
    public consuming func finish(_ metadata: TilesetMetadata, replacing: Bool) throws -> TileArchiveReport {
        guard let first = entries.first, let last = entries.last else { throw TileArchiveError.noTiles(path: path) }
        let compressor = Compressor(level: PMTilesWriter.directoryCompressionLevel)
        let directories = PMTilesDirectories(packing: entries, with: compressor)
        let document = compressor.gzip(metadata.archiveJSON().byteSpan)

        var header = PMTilesHeader()
        header.root = .init(offset: UInt64(PMTilesHeader.byteCount), length: UInt64(directories.root.count))
        header.metadata = .init(offset: header.root.end, length: UInt64(document.count))
        // Stated even when empty: some readers refuse an offset of 0.
        header.leaves = .init(offset: header.metadata.end, length: UInt64(directories.leaves.count))
        header.tileData = .init(offset: header.leaves.end, length: UInt64(spool.byteCount))
        header.addressedTiles = addressedTiles
        header.entries = UInt64(entries.count)
        header.contents = UInt64(deduplicator.count)
        header.isClustered = true
        header.internalCompression = .gzip
        header.tileCompression = tileCompression
        header.format = metadata.format
        header.minZoom = PMTilesTileID.zoom(first.tileID)
        header.maxZoom = PMTilesTileID.zoom(last.tileID)
        header.setPlace(metadata)

        var file = self.file
        try file.append(header.encoded())
        try file.append(directories.root)
        try file.append(document)
        try file.append(directories.leaves)
        try spool.copy(to: &file)
        let report = TileArchiveReport(
            addressedTiles: Int(clamping: addressedTiles), entries: entries.count, contents: deduplicator.count,
            tileBytes: Int(header.tileData.length), fileBytes: file.byteCount)
        try file.commit(replacing: replacing)
        return report
    }
}

extension PMTilesHeader.Section {
    var end: UInt64 { offset + length }
}
