import OSMModel

/// A rule in the numbers of one dictionary.
struct BoundRule: Sendable {
    struct Attribute: Sendable {
        var field: Int
        var minimumZoom: Int
        var condition: BoundTagFilter?
        var source: BoundSource
    }

    let layer: Int
    let filter: BoundTagFilter
    let requiredAnyKey: Set<String>?
    let shapes: FeatureShapes
    let closedWays: ClosedWayUse
    let minimumZoom: Int
    let maximumZoom: Int?
    let smallest: SizeLimit?
    let attributes: [Attribute]
    private let geometry: LayerGeometry

    init(
        _ rule: LayerRule, layer: Int, in tileLayer: TileLayer, attributes: [AttributeRule],
        fields: [VectorLayerDescription.Field], dictionary: some TagDictionary
    ) {
        self.layer = layer
        filter = rule.filter.bind(to: dictionary)
        requiredAnyKey = rule.filter.requiredAnyKey
        // A shape that the layer cannot hold is a fault of the schema (`TileSchema.problems`) and never comes.
        shapes = rule.shapes.intersection(tileLayer.geometry.possibleShapes)
        closedWays = rule.closedWays
        minimumZoom = rule.minimumZoom
        maximumZoom = rule.maximumZoom
        smallest = rule.smallest ?? tileLayer.detail.smallest
        geometry = tileLayer.geometry
        var bound: [Attribute] = []
        for attribute in attributes {
            guard let field = fields.firstIndex(where: { $0.name == attribute.field }),
                let source = BoundSource(attribute.source, dictionary: dictionary)
            else { continue }
            bound.append(
                Attribute(
                    field: field, minimumZoom: attribute.minimumZoom,
                    condition: attribute.condition?.bind(to: dictionary), source: source))
        }
        // The writer's order; stable for two attributes of one field.
        self.attributes = bound.enumerated().sorted { ($0.element.field, $0.offset) < ($1.element.field, $1.offset) }
            .map(\.element)
    }

    func output(of shape: FeatureShape) -> Placement.Output {
        switch geometry {
        case .point: shape == .point ? .point : .labelPoint
        case .line: .line
        case .polygon: .polygon
        }
    }

    func attributes(of tags: CodedTags, dictionary: any TagDictionary) -> [Placement.Attribute] {
        var result: [Placement.Attribute] = []
        result.reserveCapacity(attributes.count)
        for attribute in attributes {
            if let condition = attribute.condition, condition.evaluate(tags) != .yes { continue }
            // Of several attributes for one field the first that has a value counts.
            if result.last?.field == attribute.field { continue }
            guard let source = attribute.source.resolve(tags, dictionary) else { continue }
            result.append(
                Placement.Attribute(field: attribute.field, minimumZoom: attribute.minimumZoom, source: source))
        }
        return result
    }
}

/// A field's source in the numbers of one dictionary.
enum BoundSource: Sendable {
    case constant(PlacementSource)
    case tag(UInt32)
    case matches(BoundTagFilter)
    /// Keys in order; pairs of a value and its result.
    case firstMapped([UInt32], [TagValueCode: PlacementSource])
    case wholeNumber(UInt32)
    case population(UInt32, fallback: Int64)
    case references(UInt32)
    case referenceRows(UInt32)
    case referenceColumns(UInt32)

    /// `nil` when the dictionary lacks the key, so that no object has the field.
    init?(_ source: AttributeSource, dictionary: some TagDictionary) {
        switch source {
        case .text(let text): self = .constant(Self.text(text, dictionary))
        case .integer(let integer): self = .constant(.integer(integer))
        case .boolean(let boolean): self = .constant(.boolean(boolean))
        case .mercatorArea(let unit): self = .constant(.mercatorArea(unit))
        case .matches(let filter): self = .matches(filter.bind(to: dictionary))
        case .firstMapped(let keys, let mappings):
            var results: [TagValueCode: PlacementSource] = [:]
            for mapping in mappings {
                let result = Self.text(mapping.result, dictionary)
                for value in mapping.values.compactMap(dictionary.valueCode) where results[value] == nil {
                    results[value] = result
                }
            }
            self = .firstMapped(keys.compactMap(dictionary.stringNumber), results)
        case .population(let key, let fallback):
            guard let number = dictionary.stringNumber(key) else {
                self = .constant(.integer(fallback))
                return
            }
            self = .population(number, fallback: fallback)
        case .tag(let key), .wholeNumber(let key), .references(let key), .referenceRows(let key),
            .referenceColumns(let key):
            guard let number = dictionary.stringNumber(key) else { return nil }
            self =
                switch source {
                case .wholeNumber: .wholeNumber(number)
                case .references: .references(number)
                case .referenceRows: .referenceRows(number)
                case .referenceColumns: .referenceColumns(number)
                default: .tag(number)
                }
        }
    }

    /// What a set's objects have; `nil` for nothing.
    func resolve(_ tags: CodedTags, _ dictionary: any TagDictionary) -> PlacementSource? {
        switch self {
        case .constant(let source): return source
        case .matches(let filter): return .boolean(filter.evaluate(tags) == .yes)
        case .firstMapped(let keys, let results):
            for key in keys {
                if let index = tags.index(ofKey: key), let result = results[tags.values[index]] { return result }
            }
            return nil
        case .tag(let key):
            guard let index = tags.index(ofKey: key) else { return nil }
            return tags.values[index] == .varies ? .tag(key: key) : .code(tags.values[index])
        case .wholeNumber(let key):
            guard let index = tags.index(ofKey: key) else { return nil }
            if tags.values[index] == .varies { return .wholeNumber(key: key) }
            return WholeNumberText.value(of: dictionary.valueText(tags.values[index])).map(PlacementSource.integer)
        case .population(let key, let fallback):
            guard let index = tags.index(ofKey: key) else { return .integer(fallback) }
            if tags.values[index] == .varies { return .population(key: key, fallback: fallback) }
            return .integer(PopulationText.value(of: dictionary.valueText(tags.values[index])) ?? fallback)
        case .references(let key):
            guard let index = tags.index(ofKey: key) else { return nil }
            if tags.values[index] == .varies { return .references(key: key) }
            return Self.lines(tags.values[index], dictionary).joined.map { Self.text($0, dictionary) }
        case .referenceRows(let key):
            guard let index = tags.index(ofKey: key) else { return nil }
            if tags.values[index] == .varies { return .referenceRows(key: key) }
            return Self.lines(tags.values[index], dictionary).rows.map(PlacementSource.integer)
        case .referenceColumns(let key):
            guard let index = tags.index(ofKey: key) else { return nil }
            if tags.values[index] == .varies { return .referenceColumns(key: key) }
            return Self.lines(tags.values[index], dictionary).columns.map(PlacementSource.integer)
        }
    }

    private static func lines(_ value: TagValueCode, _ dictionary: any TagDictionary) -> ReferenceLines {
        ReferenceLines(dictionary.valueText(value))
    }

    private static func text(_ text: String, _ dictionary: some TagDictionary) -> PlacementSource {
        dictionary.valueCode(text).map(PlacementSource.code) ?? .text(text)
    }
}

/// A layer's ranks in the numbers of one dictionary.
struct BoundOrder: Sendable {
    private enum Rank: Sendable {
        case table([(filter: BoundTagFilter, rank: Int32)])
        case layerTag(key: UInt32?, limit: Int32, weight: Int32)
    }

    private let ranks: [Rank]
    private let detailRanks: [Rank]
    private let dictionary: any TagDictionary

    init(_ order: FeatureOrder, dictionary: some TagDictionary) {
        self.dictionary = dictionary
        func bind(_ rank: FeatureRank) -> Rank {
            switch rank {
            case .table(let entries): .table(entries.map { ($0.filter.bind(to: dictionary), $0.rank) })
            case .layerTag(let limit, let weight):
                .layerTag(key: dictionary.stringNumber("layer"), limit: limit, weight: weight)
            }
        }
        ranks = order.ranks.map(bind)
        detailRanks = order.detailRanks.map(bind)
    }

    func ranks(of tags: CodedTags) -> (coarse: Int32, fine: Int32) {
        let coarse = sum(ranks, tags)
        return (coarse, coarse &+ sum(detailRanks, tags))
    }

    private func sum(_ ranks: [Rank], _ tags: CodedTags) -> Int32 {
        var sum: Int32 = 0
        for rank in ranks {
            switch rank {
            case .table(let entries):
                sum &+= entries.first { $0.filter.evaluate(tags) == .yes }?.rank ?? 0
            case .layerTag(let key, let limit, let weight):
                guard let key, let index = tags.index(ofKey: key), tags.values[index] != .varies,
                    let layer = Int64(dictionary.valueText(tags.values[index]))
                else { continue }
                sum &+= Int32(min(max(layer, -Int64(limit)), Int64(limit))) &* weight
            }
        }
        return sum
    }
}
