import ByteCoding
public import FeatureStorage
import OSMModel
import PlanarGeometry

/// A column of a table of features.
public enum CSVColumn: Hashable, Sendable {
    case id
    case longitude
    case latitude
    /// All tags as a JSON object.
    case tags
    /// The relations that a feature is a member of, as a JSON list (`RelationListText`).
    case relations
    /// The value of one key, empty where a feature lacks it.
    case value(key: String)

    public static let standard: [CSVColumn] = [.id, .longitude, .latitude, .value(key: "name"), .tags]

    /// Reads names between commas: `id`, `lon`, `lat`, `tags`, `relations`, and else keys, such as `id,name,addr:street`.
    public static func list(parsing text: some StringProtocol) throws(FeatureQueryError) -> [CSVColumn] {
        var columns: [CSVColumn] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let name = String(part).withoutOuterSpaces
            switch name {
            case "": throw .badColumns(found: String(text), problem: "a column has no name")
            case "id": columns.append(.id)
            case "lon": columns.append(.longitude)
            case "lat": columns.append(.latitude)
            case "tags": columns.append(.tags)
            case "relations": columns.append(.relations)
            default: columns.append(.value(key: name))
            }
        }
        return columns
    }

    var name: String {
        switch self {
        case .id: "id"
        case .longitude: "lon"
        case .latitude: "lat"
        case .tags: "tags"
        case .relations: "relations"
        case .value(let key): key
        }
    }
}

/// Writes answers as comma-separated values (RFC 4180): a header line, CRLF after each line, quotes where needed. UTF-8,
/// with bytes that are not replaced by U+FFFD.
///
/// `lon` and `lat` of what is no point are those of a point on the surface of an area or half way along a line, and empty
/// when no position is known.
public struct CSVWriter {
    private let store: FeatureStore
    private let columns: [CSVColumn]
    /// For columns of one key its string number, if the store has it.
    private let keys: [UInt32?]
    private let needsGeometry: Bool
    private let relations: RelationListText
    private var tags: FeatureTagReader
    private var point = RepresentativePoint()
    private var json: [UInt8] = []

    public init(store: FeatureStore, columns: [CSVColumn] = CSVColumn.standard) {
        self.store = store
        self.columns = columns
        keys = columns.map { if case .value(let key) = $0 { store.stringNumber(key) } else { nil } }
        needsGeometry = columns.contains { $0 == .longitude || $0 == .latitude }
        relations = RelationListText(store: store)
        tags = FeatureTagReader(store: store)
    }

    /// Appends the header line.
    public func begin(_ bytes: inout [UInt8]) {
        for (index, column) in columns.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            let name = Array(column.name.utf8)
            bytes.appendCSVField(name.byteSpan)
        }
        bytes.appendText("\r\n")
    }

    /// Appends a feature's line.
    public mutating func write(_ found: FoundFeature, to bytes: inout [UInt8]) throws {
        let store = store
        let geometry = needsGeometry ? try found.geometry(in: store) : nil
        let position = geometry.flatMap { point.coordinate(of: $0) }
        let own = try tags.tags(of: try store.feature(found.number))
        for (index, column) in columns.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch column {
            case .id: bytes.appendElement(found.element)
            case .longitude: if let position { bytes.appendDegrees(position.longitude) }
            case .latitude: if let position { bytes.appendDegrees(position.latitude) }
            case .tags:
                json.removeAll(keepingCapacity: true)
                json.appendJSONObject(own, of: store)
                bytes.appendCSVField(json.byteSpan)
            case .relations:
                json.removeAll(keepingCapacity: true)
                try relations.append(found.element, &tags, to: &json)
                bytes.appendCSVField(json.byteSpan)
            case .value:
                guard let key = keys[index], let place = own.index(ofKey: key) else { continue }
                if let integer = own.values[place].integer {
                    bytes.appendDecimal(integer)
                } else {
                    bytes.appendCSVField(store.stringBytes(own.values[place].string ?? .max))
                }
            }
        }
        bytes.appendText("\r\n")
    }
}

extension Array where Element == UInt8 {
    /// Appends a field, in quotes if it holds a comma, a quote or a line break.
    package mutating func appendCSVField(_ text: RawSpan) {
        let text = Array(text.toString().utf8)
        let needsQuotes = text.contains {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
        }
        if !needsQuotes { return append(contentsOf: text) }
        append(UInt8(ascii: "\""))
        for byte in text {
            if byte == UInt8(ascii: "\"") { append(byte) }
            append(byte)
        }
        append(UInt8(ascii: "\""))
    }
}
