public import SystemIO

/// The formats of archives.
public enum TileArchiveFormat: String, CaseIterable, Sendable {
    case pmtiles
    case mbtiles
    /// A folder with a file for each tile.
    case directory

    /// By the end of a name: what somebody wants to write. A slash says a folder.
    public init?(ofName path: String) {
        if path.hasSuffix("/") {
            self = .directory
        } else if path.lowercased().hasSuffix(".pmtiles") {
            self = .pmtiles
        } else if path.lowercased().hasSuffix(".mbtiles") {
            self = .mbtiles
        } else {
            return nil
        }
    }

    /// What lies there: a folder, or a file by its first bytes. `nil` for no archive.
    public init?(at path: String) throws {
        if FileStatus.isDirectory(path) {
            self = .directory
        } else {
            self.init(ofBytes: try MappedFile(path: path))
        }
    }

    /// By a file's first bytes. `nil` for no archive.
    public init?(ofBytes file: MappedFile) {
        let start = file.array(0..<min(16, file.byteCount))
        if start.starts(with: "PMTiles".utf8) {
            self = .pmtiles
        } else if start.starts(with: "SQLite format 3\0".utf8) {
            self = .mbtiles
        } else {
            return nil
        }
    }

    /// The endings of names, for messages.
    public static let endings = ".pmtiles, .mbtiles or / for a folder"

    /// Opens an archive, whatever its name.
    public static func open(_ path: String) throws -> any TileArchiveReader {
        switch try TileArchiveFormat(at: path) {
        case .pmtiles: try PMTilesReader(MappedFile(path: path))
        case .mbtiles: try MBTilesReader(path: path)
        case .directory: try TileDirectoryReader(path: path)
        case nil: throw TileArchiveError.formatNotRecognised(path: path)
        }
    }

    /// The name and version of the format.
    public var title: String {
        switch self {
        case .pmtiles: "PMTiles 3"
        case .mbtiles: "MBTiles 1.3"
        case .directory: "folder of tiles"
        }
    }
}
