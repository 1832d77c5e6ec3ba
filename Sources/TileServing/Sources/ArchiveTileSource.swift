import ByteCoding
public import PlanarGeometry
import SystemIO
public import TileArchives

/// Tiles out of an archive, as they lie there.
public struct ArchiveTileSource: TileSource {
    public let name: String
    public let origin: String
    public let metadata: TilesetMetadata
    public let versionTag: String
    private let reader: any TileArchiveReader

    /// `versionTag` must change with the archive's bytes; see `versionTag(ofFile:)`.
    public init(name: String, origin: String, versionTag: String, reader: any TileArchiveReader) {
        self.name = name
        self.origin = origin
        self.versionTag = versionTag
        self.reader = reader
        metadata = reader.metadata
    }

    /// A version tag for a file, from its size, place and time of change: another after each replacement, the same as
    /// long as the file lies there untouched. `nil` when it is not there.
    public static func versionTag(ofFile path: String) -> String? {
        FileStatus.identity(path).map { hexadecimal(sha256(Array("\($0)".utf8).byteSpan).prefix(8)) }
    }

    public func tile(at coordinate: TileCoordinate) throws -> EncodedTile? { try reader.tile(at: coordinate) }
}
