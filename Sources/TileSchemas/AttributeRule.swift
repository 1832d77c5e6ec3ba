public import OSMModel

/// One field of a feature: its name, from which zoom on, for which objects, and where its value comes from.
public struct AttributeRule: Hashable, Sendable {
    public var field: String
    /// 0 for wherever the feature is.
    public var minimumZoom: Int
    /// Only objects that match have the field.
    public var condition: TagFilter?
    public var source: AttributeSource

    public init(
        _ field: String, _ source: AttributeSource, fromZoom minimumZoom: Int = 0, when condition: TagFilter? = nil
    ) {
        self.field = field
        self.minimumZoom = minimumZoom
        self.condition = condition
        self.source = source
    }
}

/// Where a field's value comes from. A source without a value leaves the field out.
public enum AttributeSource: Hashable, Sendable {
    case text(String)
    case integer(Int64)
    case boolean(Bool)
    /// The value of a tag, as text.
    case tag(String)
    /// Whether the tags match; false is written too.
    case matches(TagFilter)
    /// The first of the keys, in order, whose value is mapped; other values are passed over as if absent.
    case firstMapped(keys: [String], [ValueMapping])
    /// The object's area on the Mercator plane, to the nearest integer.
    case mercatorArea(AreaUnit)
    /// The whole number at the start of a tag's value, as "-2" or "12 m" have; no field without one.
    case wholeNumber(String)
    /// A tag's leading number (see `PopulationText`), or the fallback.
    case population(key: String, fallback: Int64)
    /// A tag's references, split at `;` and trimmed: joined by line feeds, their number, and the length of the longest
    /// in characters.
    case references(String)
    case referenceRows(String)
    case referenceColumns(String)

    public var type: FieldType {
        switch self {
        case .text, .tag, .firstMapped, .references: .string
        case .integer, .wholeNumber, .mercatorArea, .population, .referenceRows, .referenceColumns: .number
        case .boolean, .matches: .boolean
        }
    }

    /// Keys whose value must be known to give more than a tag's text or number.
    var decidingKeys: Set<String> {
        switch self {
        case .matches(let filter): filter.decidingKeys
        case .firstMapped(let keys, _): Set(keys)
        default: []
        }
    }
}

public struct ValueMapping: Hashable, Sendable {
    public var values: [String]
    public var result: String

    public init(_ values: [String], to result: String) {
        self.values = values
        self.result = result
    }
}

public enum AreaUnit: String, CaseIterable, Sendable {
    case squareMetres
    case hectares
}

/// Types of fields as TileJSON 3.0 writes them in `vector_layers`.
public enum FieldType: String, CaseIterable, Sendable {
    case string = "String"
    case number = "Number"
    case boolean = "Boolean"
}
