/// Something in a schema that makes no sense, found by `TileSchema.problems`.
public enum TileSchemaError: Error, Hashable, Sendable {
    case zoomsOutOfRange(ClosedRange<Int>)
    case duplicateLayer(String)
    case emptyLayer(String)
    /// A buffer wider than half a tile, or negative.
    case bufferOutOfRange(layer: String, buffer: Int)
    /// A rule, counted from 1, that starts or ends outside the schema's zooms, or ends before it starts.
    case ruleZoomOutOfRange(layer: String, rule: Int, zoom: Int)
    /// A rule that asks for shapes which its layer cannot hold.
    case shapesDoNotFit(layer: String, rule: Int)
    /// One field with values of two types.
    case fieldTypesDiffer(layer: String, field: String, FieldType, FieldType)
    case duplicateLanguage(String)
    /// Steps of a ground area whose zooms do not ascend.
    case stepsOutOfOrder(layer: String, rule: Int)
}

extension TileSchemaError {
    /// The layer at fault.
    var layer: String? {
        switch self {
        case .zoomsOutOfRange, .duplicateLanguage: nil
        case .duplicateLayer(let layer), .emptyLayer(let layer), .bufferOutOfRange(let layer, _),
            .ruleZoomOutOfRange(let layer, _, _), .shapesDoNotFit(let layer, _), .fieldTypesDiffer(let layer, _, _, _),
            .stepsOutOfOrder(let layer, _):
            layer
        }
    }

    /// The rule at fault, from 1.
    var rule: Int? {
        switch self {
        case .ruleZoomOutOfRange(_, let rule, _), .shapesDoNotFit(_, let rule), .stepsOutOfOrder(_, let rule): rule
        default: nil
        }
    }
}

extension TileSchemaError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .zoomsOutOfRange(let zooms):
            "zooms \(zooms.lowerBound) to \(zooms.upperBound) are not within 0 to 14"
        case .duplicateLayer(let layer): "two layers are named \"\(layer)\"; join their rules or rename one"
        case .emptyLayer(let layer): "layer \"\(layer)\" has no rules; add one or remove the layer"
        case .bufferOutOfRange(let layer, let buffer):
            "layer \"\(layer)\" has a buffer of \(buffer), expected 0 to 2048 (half a tile)"
        case .ruleZoomOutOfRange(let layer, let rule, let zoom):
            "layer \"\(layer)\", rule \(rule): zoom \(zoom) is outside the zooms that it can have"
        case .shapesDoNotFit(let layer, let rule):
            "layer \"\(layer)\", rule \(rule): no shape it asks for fits the layer's geometry"
        case .fieldTypesDiffer(let layer, let field, let first, let second):
            "layer \"\(layer)\", field \"\(field)\": both \(first.rawValue) and \(second.rawValue); choose one type"
        case .duplicateLanguage(let language): "language \"\(language)\" is listed twice"
        case .stepsOutOfOrder(let layer, let rule):
            "layer \"\(layer)\", rule \(rule): the zooms of ground areas must ascend"
        }
    }
}

extension TileSchema {
    /// Everything wrong with the schema, all at once; empty for one that can be used.
    public var problems: [TileSchemaError] {
        var problems: [TileSchemaError] = []
        // Tiles are made for zooms 0 to 14: beyond them a world of 1/16 units of a tile of 4096 does not fit 30 bits.
        if !(0...14).contains(zooms.lowerBound) || !(0...14).contains(zooms.upperBound) {
            problems.append(.zoomsOutOfRange(zooms))
        }
        for (index, language) in languages.enumerated() where languages[..<index].contains(language) {
            problems.append(.duplicateLanguage(language))
        }
        for (index, layer) in layers.enumerated() {
            if layers[..<index].contains(where: { $0.id == layer.id }) { problems.append(.duplicateLayer(layer.id)) }
            problems += faults(in: layer)
        }
        return problems
    }

    private func faults(in layer: TileLayer) -> [TileSchemaError] {
        var problems: [TileSchemaError] = []
        if layer.rules.isEmpty { problems.append(.emptyLayer(layer.id)) }
        if !(0...2048).contains(layer.buffer) {
            problems.append(.bufferOutOfRange(layer: layer.id, buffer: layer.buffer))
        }
        for (index, rule) in layer.rules.enumerated() {
            if let last = rule.maximumZoom, !zooms.contains(last) || last < rule.minimumZoom {
                problems.append(.ruleZoomOutOfRange(layer: layer.id, rule: index + 1, zoom: last))
            }
            if !zooms.contains(rule.minimumZoom) {
                problems.append(.ruleZoomOutOfRange(layer: layer.id, rule: index + 1, zoom: rule.minimumZoom))
            }
            if !rule.shapes.isSubset(of: layer.geometry.possibleShapes) || rule.shapes.isEmpty {
                problems.append(.shapesDoNotFit(layer: layer.id, rule: index + 1))
            }
            if case .groundArea(let steps) = rule.smallest,
                zip(steps, steps.dropFirst()).contains(where: { $0.zoom >= $1.zoom })
            {
                problems.append(.stepsOutOfOrder(layer: layer.id, rule: index + 1))
            }
        }
        let fields = fields(of: layer)
        var reported: Set<String> = []
        for attribute in layer.attributes + layer.rules.flatMap(\.attributes) + nameAttributes(of: layer) {
            let type = attribute.source.type
            guard let field = fields.first(where: { $0.name == attribute.field }), field.type != type,
                reported.insert(attribute.field).inserted
            else { continue }
            problems.append(.fieldTypesDiffer(layer: layer.id, field: attribute.field, field.type, type))
        }
        return problems
    }
}

extension LayerGeometry {
    /// Shapes that a layer of this geometry can show.
    var possibleShapes: FeatureShapes {
        switch self {
        case .point: .pointsAndAreas
        case .line: .lines
        case .polygon: .areas
        }
    }
}
