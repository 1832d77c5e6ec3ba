import OSMModel

extension TileSchema {
    /// Shortbread 1.1 (https://shortbread-tiles.org/schema/1.1/, CC0), all layers; `ocean` from `DerivedSea`.
    ///
    /// Where the text is silent or can be read in two ways:
    /// - Areas: boundary and multipolygon relations always; closed ways as `ClosedWayUse` of each rule says.
    /// - Names: only what is tagged; no language stands in for another. False booleans are written.
    /// - Small waters and woods come later than their kind's zoom (`LayerDetail.smallest`); labels of waters need room.
    /// - `area:aeroway` and `aeroway` with area=yes are both street areas.
    /// - An unlisted `highway` does not hide a listed `railway` or `aeroway` of the same object.
    /// - `streets` are ordered for a painter, `street_labels` for whoever places labels until there is no room.
    /// - `boundary_labels`: thresholds are square kilometres on the ground, `way_area` is Mercator hectares.
    /// - Land kinds by precedence: landuse, wood, grave_yard, other natural, wetland, leisure.
    /// - `population` is a number with separators at the tag's start, else the kind's default.
    public static let shortbread = TileSchema(
        name: "shortbread", version: "1.1", summary: "General-purpose vector tiles of OpenStreetMap",
        layers: Shortbread.waterLayers + Shortbread.boundaryLayers + Shortbread.landLayers + Shortbread.streetLayers
            + Shortbread.pointLayers)
}

/// The pieces of the Shortbread schema, a file per chapter of its text.
enum Shortbread {
    static let named = TagFilter.hasKey("name")

    /// "Bridges and tunnels": attributes that several layers share.
    static let isTunnel = TagFilter.any([
        .valueIn("tunnel", ["yes", "building_passage"]), .valueIn("covered", ["yes"]),
    ])
    static let isBridge = TagFilter.valueIn(
        "bridge", ["yes", "viaduct", "boardwalk", "cantilever", "covered", "low_water_crossing", "movable", "trestle"])

    static func tunnel(fromZoom zoom: Int = 0) -> AttributeRule {
        AttributeRule("tunnel", .matches(isTunnel), fromZoom: zoom)
    }

    static func bridge(fromZoom zoom: Int = 0) -> AttributeRule {
        AttributeRule("bridge", .matches(isBridge), fromZoom: zoom)
    }

    static func kind(_ text: String) -> AttributeRule { AttributeRule("kind", .text(text)) }

    static func kind(ofTag key: String) -> AttributeRule { AttributeRule("kind", .tag(key)) }

    /// The tag's value is the kind.
    static func polygons(
        _ key: String, _ values: [String], from zoom: Int, closedWays: ClosedWayUse = .unlessAreaNo
    ) -> LayerRule {
        polygons(.valueIn(key, values), kind(ofTag: key), from: zoom, closedWays: closedWays)
    }

    static func polygons(
        _ filter: TagFilter, _ attribute: AttributeRule, from zoom: Int, closedWays: ClosedWayUse = .unlessAreaNo
    ) -> LayerRule {
        LayerRule(
            filter: filter, shapes: .areas, closedWays: closedWays, minimumZoom: zoom, attributes: [attribute])
    }

    static func lines(
        _ key: String, _ values: [String], from zoom: Int, closedWays: ClosedWayUse = .unlessAreaYes
    ) -> LayerRule {
        lines(.valueIn(key, values), kind(ofTag: key), from: zoom, closedWays: closedWays)
    }

    static func lines(
        _ filter: TagFilter, _ attribute: AttributeRule, from zoom: Int, closedWays: ClosedWayUse = .unlessAreaYes
    ) -> LayerRule {
        LayerRule(
            filter: filter, shapes: .lines, closedWays: closedWays, minimumZoom: zoom, attributes: [attribute])
    }

    /// A node, or a point inside an area.
    static func points(
        _ filter: TagFilter, _ attributes: [AttributeRule], from zoom: Int, shapes: FeatureShapes = .pointsAndAreas
    ) -> LayerRule {
        LayerRule(
            filter: filter, shapes: shapes, closedWays: .unlessAreaNo, minimumZoom: zoom, attributes: attributes)
    }
}

extension LayerRule {
    /// The same rule for objects that match a further filter.
    func also(_ condition: TagFilter) -> LayerRule {
        var rule = self
        rule.filter = .all([condition, filter])
        return rule
    }

    func smallest(_ limit: SizeLimit) -> LayerRule {
        var rule = self
        rule.smallest = limit
        return rule
    }

    /// The same rule for a layer of points inside the areas.
    func labelling(_ limit: SizeLimit?) -> LayerRule {
        var rule = self
        rule.smallest = limit
        return rule.also(Shortbread.named)
    }
}
