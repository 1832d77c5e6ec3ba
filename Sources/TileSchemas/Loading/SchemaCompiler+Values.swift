import OSMModel

extension SchemaCompiler {
    /// A limit to the points of a square.
    mutating func pointGrid(_ node: SchemaNode) -> PointGridLimit? {
        let known = ["pixels", "most", "below"]
        guard let fields = reader.fields(of: node, "a grid", known: known) else { return nil }
        var grid = PointGridLimit(pixels: 0, most: 1, belowZoom: SchemaCompiler.zoomLimit)
        for (key, range) in [("pixels", 1...256), ("most", 1...1_000_000), ("below", 1...15)] {
            guard let value = fields[key] else {
                reader.report(node, "the grid has no \"\(key)\"")
                return nil
            }
            guard let number = reader.integer(value, key, in: range) else { return nil }
            switch key {
            case "pixels":
                grid.pixels = number
                if number.nonzeroBitCount != 1 {
                    reader.report(
                        value, "found \(number), expected a power of two, so that squares divide a tile evenly")
                    return nil
                }
            case "most": grid.most = number
            default: grid.belowZoom = number
            }
        }
        return grid
    }

    /// Sizes and orders.

    /// `{length-in-pixels: 0.25}`, `{area-in-pixels: 1}` or `{square-kilometres: {2: 2000000, 5: 0}}`.
    mutating func sizeLimit(_ node: SchemaNode) -> SizeLimit? {
        let known = ["length-in-pixels", "area-in-pixels", "square-kilometres"]
        guard let fields = reader.fields(of: node, "a smallest size", known: known) else { return nil }
        guard fields.count == 1 else {
            reader.report(node, "expected one of \(known.joined(separator: ", "))")
            return nil
        }
        if let length = fields["length-in-pixels"] {
            return reader.size(length, "a length in pixels").map(SizeLimit.lengthInPixels)
        }
        if let area = fields["area-in-pixels"] {
            return reader.size(area, "an area in square pixels").map(SizeLimit.areaInPixels)
        }
        guard let ground = fields["square-kilometres"], let entries = reader.entries(of: ground, "areas by zoom") else {
            return nil
        }
        var steps: [GroundAreaStep] = []
        for (key, value) in entries {
            guard let zoom = reader.integer(key, "a zoom", in: 0...SchemaCompiler.zoomLimit),
                let size = reader.size(value, "an area in square kilometres")
            else { continue }
            steps.append(GroundAreaStep(zoom: zoom, squareKilometres: size))
        }
        return .groundArea(steps)
    }

    mutating func order(_ node: SchemaNode) -> FeatureOrder {
        let known = ["measure", "ranks", "detail-from", "detail-ranks"]
        guard let fields = reader.fields(of: node, "an order", known: known) else { return .none }
        var order = FeatureOrder()
        if let measure = fields["measure"] {
            let word: SchemaMeasure? = reader.word(measure, "a measure")
            order.measure = word?.measure
        }
        if let ranks = fields["ranks"] { order.ranks = self.ranks(ranks) }
        if let ranks = fields["detail-ranks"] { order.detailRanks = self.ranks(ranks) }
        if let zoom = fields["detail-from"] {
            order.detailZoom = reader.integer(zoom, "a zoom", in: 0...SchemaCompiler.zoomLimit) ?? 0
        }
        return order
    }

    private mutating func ranks(_ node: SchemaNode) -> [FeatureRank] {
        (reader.items(of: node, "ranks") ?? []).compactMap { rank($0) }
    }

    /// `{table: {"[highway=motorway]": 10}, times: -1}` or `{layer-tag-within: 7, times: 14}`.
    private mutating func rank(_ node: SchemaNode) -> FeatureRank? {
        guard let fields = reader.fields(of: node, "a rank", known: ["table", "layer-tag-within", "times"]) else {
            return nil
        }
        let range = -1000...1000
        let weight = Int32(fields["times"].flatMap { reader.integer($0, "a factor", in: range) } ?? 1)
        if let limit = fields["layer-tag-within"] {
            return reader.integer(limit, "a limit", in: 0...1000).map { .layerTag(limit: Int32($0), weight: weight) }
        }
        guard let table = fields["table"] else {
            reader.report(node, "expected table or layer-tag-within")
            return nil
        }
        var entries: [RankEntry] = []
        for (key, value) in reader.entries(of: table, "a table of conditions and ranks") ?? [] {
            guard let filter = reader.filter(key), let rank = reader.integer(value, "a rank", in: range) else {
                continue
            }
            entries.append(RankEntry(filter, Int32(rank) * weight))
        }
        return .table(entries)
    }
}
