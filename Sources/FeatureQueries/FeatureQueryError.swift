/// Text of an option that says no question. Each is one line that tells what was found and what is expected.
public enum FeatureQueryError: Error, Hashable, Sendable {
    /// `--bbox`.
    case badBox(found: String, problem: String)
    /// `--near`.
    case badPlace(found: String, problem: String)
    /// A maximum distance.
    case badDistance(found: String)
    /// A limit on the number of answers.
    case badLimit(found: String)
    /// An element's id.
    case badID(found: String)
    /// A relation's id.
    case badRelation(found: String)
    /// A list of CSV columns.
    case badColumns(found: String, problem: String)
    /// An output format.
    case badFormat(found: String)
}

extension FeatureQueryError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .badBox(let found, let problem):
            "bbox '\(found)': \(problem); expected west,south,east,north in degrees, such as 9.51,47.13,9.53,47.15"
        case .badPlace(let found, let problem):
            "near '\(found)': \(problem); expected longitude,latitude in degrees, such as 9.5215,47.1410"
        case .badDistance(let found):
            "distance '\(found)': expected metres, zero or more, such as 250"
        case .badLimit(let found):
            "limit '\(found)': expected a whole number, zero or more"
        case .badID(let found):
            "id '\(found)': expected a letter and a number, such as n17, w4 or r9"
        case .badRelation(let found):
            "relation '\(found)': expected r and a number, such as r9"
        case .badColumns(let found, let problem):
            "columns '\(found)': \(problem); expected id, lon, lat, tags, relations or keys, such as id,name,addr:street"
        case .badFormat(let found):
            "format '\(found)': expected \(FeatureOutputFormat.allCases.map(\.rawValue).joined(separator: ", "))"
        }
    }
}
