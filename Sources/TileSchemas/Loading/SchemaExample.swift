public import OSMModel

/// One example of a schema file: an object, a zoom, and what the schema makes of it there.
public struct SchemaExample: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case text(String)
        case integer(Int64)
        case boolean(Bool)
    }

    /// Where the example stands in its file, from 1.
    public var line: Int
    public var column: Int
    public var tags: [String: String]
    public var shape: FeatureShape
    public var zoom: Int
    public var size: FeatureSize
    /// Fields by layer: all of them, no more and no fewer.
    public var expected: [String: [String: Value]]

    private static let known = [
        "tags", "shape", "zoom", "square-kilometres", "kilometres", "expect",
    ]

    /// Reads `{tags: {natural: glacier}, shape: area, zoom: 4, expect: {water_polygons: {kind: glacier}}}`.
    ///
    /// `square-kilometres` (on the Mercator plane; default 100 for areas) and `kilometres` (of lines; default 100) are the
    /// object's size; `zoom` is the schema's last unless stated.
    init?(_ node: SchemaNode, _ schema: TileSchema, _ reader: inout SchemaReader) {
        guard let fields = reader.fields(of: node, "an example", known: Self.known) else { return nil }
        line = node.line
        column = node.column
        tags = [:]
        shape = .point
        zoom = schema.zooms.upperBound
        expected = [:]
        for name in ["tags", "shape", "expect"] where fields[name] == nil {
            reader.report(node, "the example has no \"\(name)\"")
        }
        for (key, value) in fields["tags"].flatMap({ reader.entries(of: $0, "tags") }) ?? [] {
            if let key = reader.text(key, "a key"), let value = reader.text(value, "a value") { tags[key] = value }
        }
        if let word = fields["shape"] {
            let known: SchemaShape? = reader.word(word, "a shape")
            shape = known?.shape ?? .point
        }
        if let node = fields["zoom"] { zoom = reader.integer(node, "a zoom", in: schema.zooms) ?? zoom }
        let area = fields["square-kilometres"].flatMap { reader.size($0, "an area") } ?? 100
        let length = fields["kilometres"].flatMap { reader.size($0, "a length") } ?? 100
        let unitsPerMetre = 4_294_967_296 / FeatureSize.worldSideInMetres
        size = FeatureSize(
            lengthInWorldUnits: shape == .line || shape == .closedLine ? length * 1000 * unitsPerMetre : 0,
            areaInWorldUnits: shape == .area || shape == .closedLine
                ? area * 1_000_000 * unitsPerMetre * unitsPerMetre : 0,
            groundSquareKilometres: shape == .area || shape == .closedLine ? area : 0)
        for (key, value) in fields["expect"].flatMap({ reader.entries(of: $0, "layers and their fields") }) ?? [] {
            guard let layer = reader.text(key, "a layer") else { continue }
            guard let index = schema.layerIndex(layer) else {
                reader.report(
                    key, "there is no layer \"\(layer)\"" + Suggestion.text(for: layer, among: schema.layers.map(\.id)))
                continue
            }
            let known = schema.fields(of: schema.layers[index]).map(\.name)
            var values: [String: Value] = [:]
            for (name, node) in reader.entries(of: value, "fields and their values") ?? [] {
                guard let field = name.scalar, known.contains(field) else {
                    reader.report(
                        name,
                        "layer \"\(layer)\" has no field \(name.kind)"
                            + Suggestion.text(for: name.scalar ?? "", among: known))
                    continue
                }
                if let value = Self.value(node, &reader) { values[field] = value }
            }
            expected[layer] = values
        }
    }

    private static func value(_ node: SchemaNode, _ reader: inout SchemaReader) -> Value? {
        guard case .scalar(let text, let isPlain) = node.content else {
            reader.report(node, "found \(node.kind), expected a text, a whole number, true or false")
            return nil
        }
        if isPlain, let flag = Bool(text) { return .boolean(flag) }
        if isPlain, let number = Int64(text) { return .integer(number) }
        return .text(text)
    }
}

extension SchemaShape {
    fileprivate var shape: FeatureShape {
        switch self {
        case .point: .point
        case .line: .line
        case .closedLine: .closedLine
        case .area: .area
        }
    }
}

extension SchemaExample.Value: CustomStringConvertible {
    public var description: String {
        switch self {
        case .text(let text): "\"\(text)\""
        case .integer(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        }
    }
}
