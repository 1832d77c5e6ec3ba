/// What TileJSON 3.0 section 3.3 (`vector_layers`) says about one layer.
public struct VectorLayerDescription: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        public var name: String
        public var type: FieldType
    }

    public var id: String
    public var summary: String
    /// The lowest zoom at which some feature can show, and the schema's last.
    public var zooms: ClosedRange<Int>
    /// In the order of the layer's rules; names last.
    public var fields: [Field]
}

extension TileSchema {
    /// Every layer that has a rule, in the schema's order.
    public var vectorLayers: [VectorLayerDescription] {
        layers.compactMap { layer in
            guard let lowest = layer.rules.map(\.minimumZoom).min() else { return nil }
            return VectorLayerDescription(
                id: layer.id, summary: layer.summary, zooms: min(lowest, zooms.upperBound)...zooms.upperBound,
                fields: fields(of: layer))
        }
    }

    /// The fields that features of a layer can have, each once. Field indexes of placements count in this list.
    public func fields(of layer: TileLayer) -> [VectorLayerDescription.Field] {
        var fields: [VectorLayerDescription.Field] = []
        for attribute in layer.attributes + layer.rules.flatMap(\.attributes) + nameAttributes(of: layer)
        where !fields.contains(where: { $0.name == attribute.field }) {
            fields.append(VectorLayerDescription.Field(name: attribute.field, type: attribute.source.type))
        }
        return fields
    }

    /// `name`, and `name_xx` for each language, only as tagged.
    func nameAttributes(of layer: TileLayer) -> [AttributeRule] {
        if !layer.hasNames { return [] }
        return [AttributeRule("name", .tag("name"))]
            + languages.map { AttributeRule("name_\($0)", .tag("name:\($0)")) }
    }
}
