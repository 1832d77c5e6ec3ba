/// How a report is written.
public enum ProblemFormat: String, CaseIterable, Sendable {
    /// Aligned columns and a summary, for people.
    case table
    /// One JSON document, see `ProblemJSON`.
    case json
    /// A GeoJSON FeatureCollection, see `ProblemGeoJSON`.
    case geojson
    /// Comma-separated values (RFC 4180) with a header line.
    case csv
}

extension ProblemReport {
    /// Writes all of it. `sink` is given bytes in pieces of about 64 KiB; what it throws ends the writing.
    public func write(_ format: ProblemFormat, to sink: ([UInt8]) throws -> Void) throws {
        var bytes: [UInt8] = []
        func flush(from limit: Int) throws {
            if bytes.count < max(limit, 1) { return }
            try sink(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        switch format {
        case .table:
            let table = ProblemTable(self)
            table.begin(&bytes)
            for problem in problems {
                table.write(problem, to: &bytes)
                try flush(from: 1 << 16)
            }
            table.finish(&bytes)
        case .json:
            ProblemJSON.begin(self, &bytes)
            for (index, problem) in problems.enumerated() {
                ProblemJSON.write(problem, isFirst: index == 0, to: &bytes)
                try flush(from: 1 << 16)
            }
            ProblemJSON.finish(&bytes)
        case .geojson:
            ProblemGeoJSON.begin(self, &bytes)
            for (index, problem) in problems.enumerated() {
                ProblemGeoJSON.write(problem, isFirst: index == 0, to: &bytes)
                try flush(from: 1 << 16)
            }
            ProblemGeoJSON.finish(&bytes)
        case .csv:
            ProblemCSV.begin(&bytes)
            for problem in problems {
                ProblemCSV.write(problem, to: &bytes)
                try flush(from: 1 << 16)
            }
        }
        try flush(from: 0)
    }

    /// All of it in one array.
    public func bytes(_ format: ProblemFormat) -> [UInt8] {
        var all: [UInt8] = []
        // A sink that does not throw.
        try? write(format) { all += $0 }
        return all
    }
}
