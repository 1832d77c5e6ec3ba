/// What an address asks for.
enum Route: Equatable {
    case health
    case catalog
    /// The list of sources that the map page reads.
    case mapSources
    /// The catalogue of what can be odd: `/problems.json`
    case problemKinds
    /// `/{source}/problems.geojson`
    case problems(source: String)
    /// `/{source}.json`
    case tileJSON(source: String)
    /// `/{source}/{z}/{x}/{y}`, the numbers as written; `y` without its ending.
    case tile(source: String, zoom: String, x: String, y: String)

    /// Reads the path of an address, still percent-encoded, without its query. `nil` when nothing is there.
    ///
    /// Each part is decoded once, after the path was split: an encoded slash never separates. Throws for bad escapes
    /// and for parts that mean other places in file systems, though none is ever looked up in one.
    init?(path: String) throws(Problem) {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        var parts: [String] = []
        for part in path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            parts.append(try Self.decoded(Substring(part)))
            // No address has more than four parts.
            if parts.count > 4 { return nil }
        }
        switch parts.count {
        case 1:
            switch parts[0] {
            case "health": self = .health
            case "catalog.json": self = .catalog
            case "problems.json": self = .problemKinds
            default:
                guard parts[0].hasSuffix(".json"), parts[0].utf8.count > 5 else { return nil }
                self = .tileJSON(source: String(parts[0].dropLast(5)))
            }
        case 2 where parts == ["map", "sources.json"]: self = .mapSources
        case 2 where parts[1] == "problems.geojson" && parts[0] != "" && !SourceName.isReserved(parts[0]):
            self = .problems(source: parts[0])
        case 4 where !parts.contains("") && !SourceName.isReserved(parts[0]):
            var y = parts[3]
            for ending in [".mvt", ".pbf"] where y.hasSuffix(ending) {
                y.removeLast(4)
                break
            }
            self = .tile(source: parts[0], zoom: parts[1], x: parts[2], y: y)
        default: return nil
        }
    }

    private static func decoded(_ part: Substring) throws(Problem) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(part.utf8.count)
        var rest = part.utf8.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.next().flatMap(hexadecimalDigit), let low = rest.next().flatMap(hexadecimalDigit)
            else { throw .malformed("the address has a percent sign without two hexadecimal digits after it") }
            bytes.append(high << 4 | low)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .malformed("the address is not UTF-8")
        }
        guard text != ".", text != "..", bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "/") })
        else {
            throw .malformed("the address has a part that is '.', '..' or holds a slash or control character")
        }
        return text
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
