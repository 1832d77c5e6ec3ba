/// A MapLibre style whose source is filled in for each request: in the file it says `"/tuile.json"`, which stands for
/// the TileJSON of a source that only the server knows.
struct StyleDocument: Sendable {
    /// Addresses of styles start so.
    static let addressPrefix = "/styles/"
    private static let placeholder = Array(#""/tuile.json""#.utf8)

    /// The text around the placeholders.
    private let pieces: [[UInt8]]

    init(_ bytes: [UInt8]) {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while let found = rest.firstRange(of: Self.placeholder) {
            pieces.append(Array(rest[..<found.lowerBound]))
            rest = rest[found.upperBound...]
        }
        self.pieces = pieces + [Array(rest)]
    }

    /// The style with `address`, which needs no escaping in JSON, as its source.
    func text(tileJSONAddress address: String) -> [UInt8] {
        Array(pieces.joined(separator: Array("\"\(address)\"".utf8)))
    }
}
