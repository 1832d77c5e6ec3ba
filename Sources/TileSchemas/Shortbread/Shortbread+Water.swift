import OSMModel

/// Shortbread 1.1, "Water".
extension Shortbread {
    /// Below this an area is a speck; the schema lets implementations choose.
    private static let smallestWater = SizeLimit.areaInPixels(0.25)
    /// About ten by ten pixels, the least room in which a label makes sense.
    private static let smallestLabelledWater = SizeLimit.areaInPixels(100)
    /// "Longer than a quarter of a pixel."
    private static let shortestRiver = SizeLimit.lengthInPixels(0.25)

    static let waterLayers = [
        TileLayer(
            id: "ocean", summary: "The sea", geometry: .polygon, detail: LayerDetail(joinsPolygons: true),
            rules: [
                ocean(DerivedSea.overview, zooms: 0...(DerivedSea.detailZoom - 1)),
                ocean(DerivedSea.detail, zooms: DerivedSea.detailZoom...14),
            ]),
        TileLayer(
            id: "water_polygons", summary: "Lakes, rivers as areas, glaciers, docks and basins", geometry: .polygon,
            detail: LayerDetail(smallest: smallestWater),
            attributes: [AttributeRule("way_area", .mercatorArea(.squareMetres))], rules: waterAreas),
        TileLayer(
            id: "water_polygons_labels", summary: "Names of water areas", geometry: .point,
            order: FeatureOrder(measure: .mercatorArea), hasNames: true,
            attributes: [AttributeRule("way_area", .mercatorArea(.squareMetres))],
            rules: waterAreas.map { $0.labelling(smallestLabelledWater) }),
        TileLayer(
            id: "water_lines", summary: "Rivers, canals, streams, ditches and drains", geometry: .line,
            detail: LayerDetail(joinsLinesBelowZoom: 12),
            order: FeatureOrder(ranks: [.layerTag(limit: 100, weight: 1)]), attributes: [tunnel(), bridge()],
            rules: [
                lines("waterway", ["river", "canal"], from: 9).smallest(shortestRiver),
                lines("waterway", ["stream", "ditch", "drain"], from: 14),
            ]),
        TileLayer(
            id: "water_lines_labels", summary: "Names of rivers, canals, streams and ditches", geometry: .line,
            hasNames: true, attributes: [tunnel(), bridge()],
            rules: [
                lines("waterway", ["river", "canal"], from: 12).labelling(shortestRiver),
                lines("waterway", ["stream", "ditch"], from: 14).labelling(nil),
            ]),
        TileLayer(
            id: "dam_lines", summary: "Dams mapped as lines", geometry: .line,
            rules: [lines("waterway", ["dam"], from: 12, closedWays: .onlyAreaNo)]),
        TileLayer(
            id: "dam_polygons", summary: "Dams mapped as areas", geometry: .polygon,
            rules: [polygons("waterway", ["dam"], from: 12)]),
        TileLayer(
            id: "pier_lines", summary: "Piers, breakwaters and groynes mapped as lines", geometry: .line,
            rules: [lines("man_made", piers, from: 12, closedWays: .onlyAreaNo)]),
        TileLayer(
            id: "pier_polygons", summary: "Piers, breakwaters and groynes mapped as areas", geometry: .polygon,
            rules: [polygons("man_made", piers, from: 12)]),
    ]

    private static func ocean(_ value: String, zooms: ClosedRange<Int>) -> LayerRule {
        LayerRule(
            filter: .valueIn(DerivedSea.key, [value]), shapes: .area, closedWays: .always,
            minimumZoom: zooms.lowerBound, maximumZoom: zooms.upperBound)
    }

    private static let piers = ["pier", "breakwater", "groyne"]

    /// In order of precedence. A closed waterway=canal is a ring of canal unless it says area=yes: the tag implies a
    /// line.
    private static let waterAreas = [
        polygons("natural", ["glacier"], from: 4),
        polygons(
            .all([.valueIn("natural", ["water"]), .valueIn("water", ["river"])]), kind("river"), from: 4),
        polygons("natural", ["water"], from: 4),
        polygons(.valueIn("waterway", ["riverbank"]), kind("river"), from: 4),
        polygons("waterway", ["dock"], from: 10),
        polygons("waterway", ["canal"], from: 10, closedWays: .onlyAreaYes),
        polygons("landuse", ["reservoir", "basin"], from: 4),
    ]
}
