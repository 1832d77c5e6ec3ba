import SystemIO

/// What a file is, by its first bytes.
enum FileKind {
    case store, pmtiles, other

    init(_ file: MappedFile) {
        let start = file.array(0..<min(8, file.byteCount))
        if start.starts(with: "TuileFS\n".utf8) {
            self = .store
        } else if start.starts(with: "PMTiles".utf8) {
            self = .pmtiles
        } else {
            self = .other
        }
    }
}
