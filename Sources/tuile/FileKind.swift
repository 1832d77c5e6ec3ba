import SystemIO
import TileArchives

/// What a file is, by its first bytes.
enum FileKind {
    case store, archive, other

    init(_ file: MappedFile) {
        if file.array(0..<min(8, file.byteCount)).starts(with: "TuileFS\n".utf8) {
            self = .store
        } else {
            self = TileArchiveFormat(ofBytes: file) == nil ? .other : .archive
        }
    }
}
