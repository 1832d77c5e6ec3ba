public import PlanarGeometry

/// An archive that cannot be read, or a tile that cannot be written. Failing files are `SystemError`s.
public enum TileArchiveError: Error, Equatable, Sendable {
    /// The file does not start as an archive of this format does.
    case formatNotRecognised(path: String)
    case versionUnsupported(path: String, version: Int)
    case compressionUnsupported(path: String, part: String, compression: TileCompression)
    /// A part of the file breaks the format; `offset` is its place in the file.
    case damaged(path: String, part: String, offset: Int, reason: String)
    /// Directories lead to directories deeper than any writer makes them.
    case directoriesTooDeep(path: String, limit: Int)

    /// Tiles must come in ascending order, each position once.
    case tileOutOfOrder(tile: TileCoordinate, tileID: UInt64, expectedAtLeast: UInt64)
    /// The archive has a tile there already.
    case tileRepeated(tile: TileCoordinate)
    /// A run must lie within one zoom.
    case runInvalid(tile: TileCoordinate, count: Int)
    case tileCompressionMismatch(tile: TileCoordinate, found: TileCompression, expected: TileCompression)
    case tileSizeInvalid(tile: TileCoordinate, byteCount: Int)
    /// The format has no way to say "no tiles".
    case noTiles(path: String)

    case jsonInvalid(offset: Int, reason: String)
}

extension TileArchiveError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .formatNotRecognised(let path): "\(path): no PMTiles or MBTiles archive, and no folder of tiles"
        case .versionUnsupported(let path, let version):
            "\(path): PMTiles version \(version); only version 3 can be read"
        case .compressionUnsupported(let path, let part, let compression):
            "\(path): \(part) packed with \(compression); only gzip and unpacked ones can be read"
        case .damaged(let path, let part, let offset, let reason):
            "\(path): \(part) at byte \(offset) is damaged: \(reason)"
        case .directoriesTooDeep(let path, let limit):
            "\(path): damaged: directories nested more than \(limit) deep"
        case .tileOutOfOrder(let tile, let tileID, let least):
            "tile \(tile) (id \(tileID)) came out of order: the next id is at least \(least)"
        case .tileRepeated(let tile): "tile \(tile) came twice"
        case .runInvalid(let tile, let count):
            "a run of \(count) tiles from \(tile) is not within one zoom"
        case .tileCompressionMismatch(let tile, let found, let expected):
            "tile \(tile) is packed with \(found), but the archive with \(expected)"
        case .tileSizeInvalid(let tile, let byteCount):
            "tile \(tile) has \(byteCount) bytes, expected 1 to 4294967295"
        case .noTiles(let path): "\(path): not written, because it would hold no tiles"
        case .jsonInvalid(let offset, let reason): "JSON at byte \(offset): \(reason)"
        }
    }
}
