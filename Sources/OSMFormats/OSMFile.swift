import ByteCoding
public import OSMModel
public import SystemIO

/// What a reader should bring besides the elements themselves.
public struct OSMReadingOptions: Sendable {
    /// Fills `OSMBlock.newestTimestamp`.
    public var readsTimestamps = false

    public init() {}
}

/// Opens OSM files of any format that is read here.
public enum OSMFile {
    /// Recognises the format of a file by its first bytes and opens it; `-` is standard input, copied to a temporary file.
    ///
    /// PBF, and XML plain or gzip, are read. Everything else is refused by name: other compressions, change files, history files,
    /// what is no OSM file at all. Throws `OSMFormatError`, or `SystemError` when the file cannot be read.
    public static func open(
        path: String, options: OSMReadingOptions = OSMReadingOptions()
    ) throws -> any OSMBlockSource {
        try open(path == "-" ? spoolStandardInput() : MappedFile(path: path), options: options)
    }

    /// The same for a file that is mapped already; its path tells what its name tells.
    public static func open(
        _ file: MappedFile, options: OSMReadingOptions = OSMReadingOptions()
    ) throws -> any OSMBlockSource {
        let path = file.path
        if isHistoryName(path) {
            throw refused(file, .unsupported, "a history file (.osh), which is not supported; cut one date out of it")
        }
        switch FileSignature(file.bytes) {
        case .pbf: return PBFBlockSource(file, options: options)
        case .xml:
            if path.hasSuffix(".pbf") {
                throw refused(
                    file, .limit, "it is named .pbf but holds XML; give it the name .osm, if that is what it is")
            }
            return OSMXMLBlockSource(file, isGzip: false, options: options)
        case .gzip:
            try checkUnpacked(file)
            return OSMXMLBlockSource(file, isGzip: true, options: options)
        case .empty: throw refused(file, .noData, "the file is empty")
        case .other(let kind):
            throw refused(file, .unsupported, "\(kind), which is not supported; expected OSM PBF or XML")
        case .unknown: throw refused(file, .unsupported, "no OSM file: it begins neither as PBF nor as XML")
        }
    }

    /// Looks at what a gzip file holds.
    private static func checkUnpacked(_ file: MappedFile) throws {
        var stream = GzipStream()
        let start: [UInt8]
        do {
            start = try stream.next(from: file.bytes, limit: 64)
        } catch {
            throw refused(file, .compressedData, error.description)
        }
        switch FileSignature(start.byteSpan) {
        case .xml: return
        case .pbf: throw refused(file, .unsupported, "a gzipped PBF file, which is not supported; unpack it first")
        case .empty: throw refused(file, .noData, "the gzip file holds nothing")
        case .gzip: throw refused(file, .unsupported, "gzip inside gzip, which is not supported; unpack it first")
        case .other(let kind): throw refused(file, .unsupported, "gzip that holds \(kind), which is not supported")
        case .unknown:
            throw refused(file, .unsupported, "gzip that holds no OSM file: it begins neither as PBF nor as XML")
        }
    }

    /// Histories in XML look like data; only their name tells.
    private static func isHistoryName(_ path: String) -> Bool {
        path.hasSuffix(".osh") || path.hasSuffix(".osh.gz") || path.hasSuffix(".osh.xml")
    }

    private static func refused(_ file: MappedFile, _ fault: OSMFormatError.Fault, _ reason: String) -> OSMFormatError {
        .file(path: file.path, fault: fault, reason: reason)
    }
}
