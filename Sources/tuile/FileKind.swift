import SystemIO
import TileArchives

/// What a file is, by its first bytes; a folder is one of tiles.
enum FileKind {
    case store, archive, other

    init(at path: String) throws {
        if FileStatus.isDirectory(path) {
            self = .archive
        } else {
            self.init(try MappedFile(path: path))
        }
    }

    init(_ file: MappedFile) {
        if file.array(0..<min(8, file.byteCount)).starts(with: "TuileFS\n".utf8) {
            self = .store
        } else {
            self = TileArchiveFormat(ofBytes: file) == nil ? .other : .archive
        }
    }
}
