import OSMModel

extension TileSchema {
    /// All of the schema as text, the same for equal schemas and different for different ones, whatever the machine.
    ///
    /// Its hash stands for the schema in a store and in the recipe of a tile set.
    public var canonicalText: String {
        var lines = [
            "schema \(quoted(name)) version \(quoted(version)) summary \(quoted(summary))",
            "zooms \(zooms.lowerBound)-\(zooms.upperBound) languages \(languages.map(quoted).joined(separator: " "))",
        ]
        if let attribution { lines.append("attribution \(quoted(attribution))") }
        for layer in layers {
            lines.append("layer \(quoted(layer.id)) \(layer.geometry.rawValue) summary \(quoted(layer.summary))")
            lines.append(
                " buffer \(layer.buffer) finer \(layer.detail.finerByZooms) joins \(layer.detail.joinsLinesBelowZoom)"
                    + " \(layer.detail.joinsPolygonsBelowZoom) smallest \(text(layer.detail.smallest)) names \(layer.hasNames)"
                    + " ids \(layer.hasIDs)"
            )
            if let grid = layer.detail.pointGrid {
                lines.append(" grid \(grid.pixels) most \(grid.most) below \(grid.belowZoom)")
            }
            lines.append(
                " order measure \(layer.order.measure?.rawValue ?? "none") from \(layer.order.detailZoom)")
            for rank in layer.order.ranks { lines.append("  rank \(text(rank))") }
            for rank in layer.order.detailRanks { lines.append("  detail \(text(rank))") }
            for attribute in layer.attributes { lines.append(" \(text(attribute))") }
            for rule in layer.rules {
                lines.append(
                    " rule \(rule.filter) shapes \(rule.shapes.rawValue) closed \(rule.closedWays.rawValue)"
                        + " from \(rule.minimumZoom) to \(rule.maximumZoom ?? zooms.upperBound) smallest \(text(rule.smallest))"
                )
                for attribute in rule.attributes { lines.append("  \(text(attribute))") }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func text(_ attribute: AttributeRule) -> String {
        "field \(quoted(attribute.field)) from \(attribute.minimumZoom) when \(attribute.condition ?? .everything)"
            + " is \(text(attribute.source))"
    }

    private func text(_ source: AttributeSource) -> String {
        switch source {
        case .text(let text): return "text \(quoted(text))"
        case .integer(let integer): return "integer \(integer)"
        case .boolean(let boolean): return "boolean \(boolean)"
        case .tag(let key): return "tag \(quoted(key))"
        case .matches(let filter): return "matches \(filter)"
        case .firstMapped(let keys, let mappings):
            let results = mappings.map { "\($0.values.map(quoted).joined(separator: ",")) to \(quoted($0.result))" }
            return "first of \(keys.map(quoted).joined(separator: ",")) mapped \(results.joined(separator: "; "))"
        case .wholeNumber(let key): return "whole number \(quoted(key))"
        case .mercatorArea(let unit): return "area \(unit.rawValue)"
        case .population(let key, let fallback): return "population \(quoted(key)) else \(fallback)"
        case .references(let key): return "references \(quoted(key))"
        case .referenceRows(let key): return "reference rows \(quoted(key))"
        case .referenceColumns(let key): return "reference columns \(quoted(key))"
        }
    }

    private func text(_ limit: SizeLimit?) -> String {
        switch limit {
        case nil: "none"
        case .lengthInPixels(let pixels): "length \(pixels)"
        case .areaInPixels(let pixels): "area \(pixels)"
        case .groundArea(let steps):
            "ground " + steps.map { "\($0.zoom):\($0.squareKilometres)" }.joined(separator: ",")
        }
    }

    private func text(_ rank: FeatureRank) -> String {
        switch rank {
        case .table(let entries): "table " + entries.map { "\($0.filter):\($0.rank)" }.joined(separator: " ")
        case .layerTag(let limit, let weight): "layer tag within \(limit) times \(weight)"
        }
    }

    /// In quotes and on one line, so that no text can be taken for another part.
    private func quoted(_ text: String) -> String { text.debugDescription }
}
