import FeatureStorage

/// How answers are written.
public enum FeatureOutputFormat: String, CaseIterable, Sendable {
    /// One GeoJSON FeatureCollection (RFC 7946).
    case geojson
    /// A GeoJSON feature a line, without the record separators of RFC 8142: what most tools that read it expect.
    case geojsonseq
    /// Comma-separated values (RFC 4180) with a header line.
    case csv
    /// The number of answers, in one line.
    case count

    public init(parsing text: some StringProtocol) throws(FeatureQueryError) {
        guard let format = FeatureOutputFormat(rawValue: text.lowercased()) else {
            throw .badFormat(found: String(text))
        }
        self = format
    }

    public var mediaType: String {
        switch self {
        case .geojson: "application/geo+json"
        case .geojsonseq: "application/x-ndjson"
        case .csv: "text/csv; charset=utf-8"
        case .count: "text/plain; charset=utf-8"
        }
    }
}

extension FeatureQueryRunner {
    /// Writes all answers and returns how many there were.
    ///
    /// `sink` is given bytes in pieces of about 64 KiB as they come, so the whole is never in memory; what it throws ends
    /// the run. `columns` are for CSV, `withRelations` is for GeoJSON.
    @discardableResult
    public mutating func write(
        _ format: FeatureOutputFormat, columns: [CSVColumn] = CSVColumn.standard, withRelations: Bool = false,
        to sink: ([UInt8]) throws -> Void
    ) throws -> Int {
        let store = store
        var bytes: [UInt8] = []
        func flush(from limit: Int) throws {
            if bytes.count < max(limit, 1) { return }
            try sink(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        let count: Int
        switch format {
        case .geojson, .geojsonseq:
            var writer = GeoJSONWriter(
                store: store, layout: format == .geojson ? .collection : .lines, withRelations: withRelations)
            writer.begin(&bytes)
            count = try run { found in
                try writer.write(found, to: &bytes)
                try flush(from: Self.pieceSize)
            }
            writer.finish(&bytes)
        case .csv:
            var writer = CSVWriter(store: store, columns: columns)
            writer.begin(&bytes)
            count = try run { found in
                try writer.write(found, to: &bytes)
                try flush(from: Self.pieceSize)
            }
        case .count:
            count = try run { _ in }
            bytes.appendDecimal(UInt64(count))
            bytes.appendText("\n")
        }
        try flush(from: 0)
        return count
    }

    private static var pieceSize: Int { 1 << 16 }
}
