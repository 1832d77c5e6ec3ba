/// The rules for names of sources, which stand as the first part of an address.
public enum SourceName {
    /// First parts of addresses that the server keeps for itself, now or later; compared without regard to case.
    public static let reserved: Set<String> = [
        "catalog", "collections", "conformance", "fonts", "health", "map", "metrics", "ogc", "problems", "ready",
        "search", "sprites", "styles",
    ]

    /// Endings that say how a file is written, not what it holds.
    private static let formatEndings: Set<Substring> = [
        "osm", "pbf", "xml", "gz", "bz2", "pmtiles", "mbtiles", "tuile",
    ]

    /// The name for a file when the user gives none: the file's own, without folder and format endings.
    /// `data/monaco-latest.osm.pbf` gives `monaco-latest`.
    public static func derived(fromPath path: String) -> String {
        var name = path.split(separator: "/").last ?? ""
        while let dot = name.lastIndex(of: "."), dot > name.startIndex,
            formatEndings.contains(Substring(name[name.index(after: dot)...].lowercased()))
        {
            name = name[..<dot]
        }
        return String(name)
    }

    static func isReserved(_ name: String) -> Bool { reserved.contains(name.lowercased()) }

    /// Whether the name can be one part of an address: not empty, no slash, no control character, not `.` or `..`.
    static func isValid(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".."
            && name.unicodeScalars.allSatisfy { $0 != "/" && $0 != "\\" && $0.value >= 0x20 && $0.value != 0x7f }
    }
}
