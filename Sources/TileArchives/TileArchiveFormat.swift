public import SystemIO

/// The formats of archives.
public enum TileArchiveFormat: String, CaseIterable, Sendable {
    case pmtiles
    case mbtiles

    /// By the end of a file's name: what somebody wants to write.
    public init?(ofName path: String) {
        guard let format = TileArchiveFormat.allCases.first(where: { path.lowercased().hasSuffix("." + $0.rawValue) })
        else { return nil }
        self = format
    }

    /// By a file's first bytes: what lies there. `nil` for no archive.
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
    public static var endings: String { allCases.map { "." + $0.rawValue }.joined(separator: " or ") }

    /// Opens an archive, whatever its name.
    public static func open(_ file: MappedFile) throws -> any TileArchiveReader {
        switch TileArchiveFormat(ofBytes: file) {
        case .pmtiles: try PMTilesReader(file)
        case .mbtiles: try MBTilesReader(path: file.path)
        case nil: throw TileArchiveError.formatNotRecognised(path: file.path)
        }
    }
}
