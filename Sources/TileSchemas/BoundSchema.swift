public import OSMModel

/// A schema in the numbers of one dictionary: which placements a tag set has.
///
/// Asked once per distinct tag set and shape; the caller remembers the answer. Good only for tags coded with that dictionary
/// as it was when bound (see `BoundTagFilter`).
public struct BoundSchema: Sendable {
    public let schema: TileSchema
    /// Per layer, the fields that its features can have.
    public let fields: [[VectorLayerDescription.Field]]
    /// Lowest zoom of an object that never shows.
    public let neverZoom: Int

    let dictionary: any TagDictionary
    let rules: [BoundRule]
    let orders: [BoundOrder]
    /// Row of `candidates` for a key.
    let rowOfKey: [UInt32: Int]
    /// Rows of `wordCount` words: a bit per rule that may accept objects with the key. Row 0: rules to ask always.
    let candidates: [UInt64]
    let wordCount: Int
    let areaKey: UInt32?
    let areaYes: [TagValueCode]
    let areaNo: TagValueCode?
    let decisionKeyNumbers: [UInt32]

    /// Cost: a look-up per string of the schema.
    public init(_ schema: TileSchema, dictionary: some TagDictionary) {
        self.schema = schema
        self.dictionary = dictionary
        neverZoom = schema.zooms.upperBound + 1
        areaKey = dictionary.stringNumber("area")
        areaYes = ["yes", "1", "true"].compactMap(dictionary.valueCode)
        areaNo = dictionary.valueCode("no")
        decisionKeyNumbers = schema.decisionKeys.compactMap(dictionary.stringNumber)
        orders = schema.layers.map { BoundOrder($0.order, dictionary: dictionary) }

        var fields: [[VectorLayerDescription.Field]] = []
        var rules: [BoundRule] = []
        for (index, layer) in schema.layers.enumerated() {
            let layerFields = schema.fields(of: layer)
            fields.append(layerFields)
            let names = schema.nameAttributes(of: layer)
            for rule in layer.rules {
                let attributes = layer.attributes + rule.attributes + names
                rules.append(
                    BoundRule(
                        rule, layer: index, in: layer, attributes: attributes, fields: layerFields,
                        dictionary: dictionary))
            }
        }
        self.fields = fields
        self.rules = rules

        wordCount = (rules.count + 63) / 64
        var candidates = [UInt64](repeating: 0, count: wordCount)
        var rowOfKey: [UInt32: Int] = [:]
        for (index, rule) in rules.enumerated() where rule.filter.constantAnswer != false {
            let bit = UInt64(1) << UInt64(index % 64)
            guard let keys = rule.requiredAnyKey else {
                candidates[index / 64] |= bit
                continue
            }
            for key in keys.sorted().compactMap(dictionary.stringNumber) {
                let row = rowOfKey[key] ?? candidates.count / max(wordCount, 1)
                if rowOfKey.updateValue(row, forKey: key) == nil {
                    candidates += [UInt64](repeating: 0, count: wordCount)
                }
                candidates[row * wordCount + index / 64] |= bit
            }
        }
        self.candidates = candidates
        self.rowOfKey = rowOfKey
    }

    /// Whether placements hang on values that the objects of a set do not share. Then ask per object, with the
    /// object's own values filled in. Never so for sets of a store that keeps `TileSchema.decisionKeys` shared.
    public func dependsOnVaryingValues(_ tags: CodedTags) -> Bool {
        for index in tags.keys.indices where tags.values[index] == .varies {
            if decisionKeyNumbers.contains(tags.keys[index]) { return true }
        }
        return false
    }

    /// Where objects with these tags and this shape appear, at most once per layer, in the order of the layers.
    ///
    /// A condition on a value that varies counts as not met (see `dependsOnVaryingValues`).
    public func placements(of tags: CodedTags, shape: FeatureShape) -> [Placement] {
        var placements: [Placement] = []
        forEachMatch(of: tags, shape: shape) { rule in
            let order = orders[rule.layer]
            let ranks = order.ranks(of: tags)
            placements.append(
                Placement(
                    layer: rule.layer, output: rule.output(of: shape), minimumZoom: rule.minimumZoom,
                    maximumZoom: rule.maximumZoom ?? schema.zooms.upperBound, lastZoom: schema.zooms.upperBound,
                    smallest: rule.smallest, coarseRank: ranks.coarse,
                    fineRank: ranks.fine, attributes: rule.attributes(of: tags, dictionary: dictionary)))
        }
        return placements
    }

    /// The lowest zoom at which objects with these tags and this shape can show, if they are large enough;
    /// `neverZoom` (15 for Shortbread) when no layer takes them.
    public func lowestZoom(of tags: CodedTags, shape: FeatureShape) -> Int {
        var lowest = neverZoom
        forEachMatch(of: tags, shape: shape) { lowest = min(lowest, $0.minimumZoom) }
        return lowest
    }

    /// A field's value for one object; `nil` leaves the field out.
    /// - Parameter tags: the object's own tags, without `.varies`.
    public func value(of source: PlacementSource, tags: CodedTags, size: FeatureSize) -> FieldValue? {
        switch source {
        case .code(let code): return .code(code)
        case .text(let text): return .text(text)
        case .integer(let integer): return .integer(integer)
        case .boolean(let boolean): return .boolean(boolean)
        case .tag(let key): return value(of: key, tags).map(FieldValue.code)
        case .mercatorArea(let unit): return .integer(size.mercatorArea(in: unit))
        case .wholeNumber(let key):
            return text(of: key, tags).flatMap { WholeNumberText.value(of: $0) }.map(FieldValue.integer)
        case .population(let key, let fallback):
            return .integer(text(of: key, tags).flatMap { PopulationText.value(of: $0) } ?? fallback)
        case .references(let key):
            guard let joined = text(of: key, tags).flatMap({ ReferenceLines($0).joined }) else { return nil }
            return dictionary.valueCode(joined).map(FieldValue.code) ?? .text(joined)
        case .referenceRows(let key):
            return text(of: key, tags).flatMap { ReferenceLines($0).rows }.map(FieldValue.integer)
        case .referenceColumns(let key):
            return text(of: key, tags).flatMap { ReferenceLines($0).columns }.map(FieldValue.integer)
        }
    }

    private func value(of key: UInt32, _ tags: CodedTags) -> TagValueCode? {
        guard let index = tags.index(ofKey: key), tags.values[index] != .varies else { return nil }
        return tags.values[index]
    }

    private func text(of key: UInt32, _ tags: CodedTags) -> String? {
        value(of: key, tags).map(dictionary.valueText)
    }

    private func forEachMatch(of tags: CodedTags, shape: FeatureShape, _ body: (BoundRule) -> Void) {
        let shapes = FeatureShapes(shape)
        let area = areaTag(of: tags)
        var rows: [Int] = [0]
        for key in tags.keys { if let row = rowOfKey[key] { rows.append(row) } }
        var nextLayer = 0
        for word in 0..<wordCount {
            var bits: UInt64 = 0
            for row in rows { bits |= candidates[row * wordCount + word] }
            while bits != 0 {
                let index = word * 64 + bits.trailingZeroBitCount
                bits &= bits - 1
                // Rules are in the order of the layers, so what comes after a match in the same layer is passed over.
                if rules[index].layer < nextLayer || !rules[index].shapes.isSuperset(of: shapes) { continue }
                if shape == .closedLine && !rules[index].closedWays.accepts(area) { continue }
                guard rules[index].filter.evaluate(tags) == .yes else { continue }
                nextLayer = rules[index].layer + 1
                body(rules[index])
            }
        }
    }

    private func areaTag(of tags: CodedTags) -> AreaTag {
        guard let areaKey, let index = tags.index(ofKey: areaKey) else { return .silent }
        let value = tags.values[index]
        return areaYes.contains(value) ? .yes : value == areaNo ? .no : .silent
    }
}

/// What an `area` tag says about a closed way.
enum AreaTag {
    case yes, no, silent
}

extension ClosedWayUse {
    func accepts(_ area: AreaTag) -> Bool {
        switch self {
        case .always: true
        case .unlessAreaNo: area != .no
        case .onlyAreaYes: area == .yes
        case .unlessAreaYes: area != .yes
        case .onlyAreaNo: area == .no
        }
    }
}
