import ByteCoding
public import PlanarGeometry
import SystemIO

/// Writes tiles as files, `z/x/y.pbf` with rows from the north, and `metadata.json` beside them: what static hosts serve and
/// GDAL and tippecanoe write and read.
///
/// Tiles are packed as they come, so a host has to say `Content-Encoding: gzip`. The metadata are the rows of MBTiles as one
/// object, `json` a text in it. Equal tiles are one file with several names, as far as the file system has it. The folder
/// appears when it is complete. Memory: 36 bytes a different tile.
public struct TileDirectoryWriter: TileArchiveWriter, ~Copyable {
    private let path: String
    private let folder: AtomicFolder
    private let ending: String
    private var deduplicator = TileDeduplicator()
    /// Of different tiles, where each came first.
    private var places: [TileCoordinate] = []
    private var compression: TileCompression?
    private var zooms: ClosedRange<UInt8>?
    private var addressedTiles = 0
    private var tileBytes = 0
    private var fileBytes = 0

    public init(path: String, format: TileFormat = .vector) throws {
        self.path = path
        folder = try AtomicFolder(path: path)
        ending = format.fileEnding
    }

    public var tileOrder: TileOrder { .any }

    public mutating func write(_ tile: EncodedTile, from first: TileCoordinate, count: Int) throws {
        guard count > 0, UInt64(count) <= (1 << (2 * UInt64(first.zoom))) - first.hilbertIndex else {
            throw TileArchiveError.runInvalid(tile: first, count: count)
        }
        if let compression, compression != tile.compression {
            throw TileArchiveError.tileCompressionMismatch(tile: first, found: tile.compression, expected: compression)
        }
        guard !tile.bytes.isEmpty else { throw TileArchiveError.tileSizeInvalid(tile: first, byteCount: 0) }
        compression = tile.compression
        let number = deduplicator.offset(of: tile.bytes.byteSpan, orRemember: UInt64(places.count))
        if number == nil {
            places.append(first)
            tileBytes += tile.bytes.count
        }
        let origin = places[Int(number ?? UInt64(places.count - 1))]
        for step in 0..<UInt64(count) {
            let (x, y) =
                step == 0
                ? (first.x, first.y) : HilbertCurve.position(index: first.hilbertIndex + step, order: Int(first.zoom))
            guard let place = TileCoordinate(zoom: first.zoom, x: x, y: y) else { continue }
            try put(tile, at: place, alike: number == nil && step == 0 ? nil : origin)
        }
        addressedTiles += count
        zooms = zooms.map { min($0.lowerBound, first.zoom)...max($0.upperBound, first.zoom) } ?? first.zoom...first.zoom
    }

    private mutating func put(_ tile: EncodedTile, at place: TileCoordinate, alike: TileCoordinate?) throws {
        if let alike {
            switch try folder.link(name(alike), as: name(place)) {
            case .made: return
            case .exists: throw TileArchiveError.tileRepeated(tile: place)
            case .impossible: break
            }
        }
        guard try folder.write(tile.bytes.byteSpan, to: name(place)) else {
            throw TileArchiveError.tileRepeated(tile: place)
        }
        fileBytes += tile.bytes.count
    }

    private func name(_ place: TileCoordinate) -> String { "\(place.zoom)/\(place.x)/\(place.y).\(ending)" }

    /// Completes the folder and gives it its name. The zooms stated are those of the tiles.
    public consuming func finish(_ metadata: TilesetMetadata, replacing: Bool) throws -> TileArchiveReport {
        guard let zooms else { throw TileArchiveError.noTiles(path: path) }
        var metadata = metadata
        (metadata.minZoom, metadata.maxZoom) = (zooms.lowerBound, zooms.upperBound)
        let document = JSONValue.object(metadata.mbtilesRows.map { JSONValue.Member($0.name, .string($0.value)) })
        let bytes = document.encoded()
        _ = try folder.write(bytes.byteSpan, to: TileDirectoryReader.metadataName)
        let report = TileArchiveReport(
            addressedTiles: addressedTiles, entries: addressedTiles, contents: places.count, tileBytes: tileBytes,
            fileBytes: fileBytes + bytes.count)
        try folder.commit(replacing: replacing)
        return report
    }
}

extension TileFormat {
    /// The ending of a tile's file name, without the dot.
    var fileEnding: String {
        switch self {
        case .vector, .unknown: "pbf"
        case .png: "png"
        case .jpeg: "jpg"
        case .webp: "webp"
        case .avif: "avif"
        case .mapLibre: "mlt"
        }
    }

    /// What the ending of a tile's file name says; `nil` for no tile.
    init?(fileEnding: some StringProtocol) {
        switch fileEnding {
        case "pbf", "mvt": self = .vector
        case "png": self = .png
        case "jpg", "jpeg": self = .jpeg
        case "webp": self = .webp
        case "avif": self = .avif
        case "mlt": self = .mapLibre
        default: return nil
        }
    }
}
