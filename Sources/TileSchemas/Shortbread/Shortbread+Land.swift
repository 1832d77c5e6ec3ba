import OSMModel

/// Shortbread 1.1, "Land", "Sites" and "Buildings".
extension Shortbread {
    static let landLayers = [
        TileLayer(
            id: "land", summary: "Land cover and land use", geometry: .polygon,
            detail: LayerDetail(smallest: .areaInPixels(1)),
            rules: [
                // One kind per area; the text gives no precedence.
                polygons("landuse", ["forest"], from: 7),
                polygons(
                    "landuse",
                    [
                        "residential", "industrial", "commercial", "garages", "retail", "railway", "landfill",
                        "brownfield", "greenfield", "farmyard", "farmland",
                    ], from: 10),
                polygons(
                    "landuse",
                    [
                        "grass", "meadow", "orchard", "vineyard", "allotments", "village_green", "recreation_ground",
                        "greenhouse_horticulture", "plant_nursery", "quarry",
                    ], from: 11),
                polygons("landuse", ["cemetery"], from: 13),
                polygons(.valueIn("natural", ["wood"]), kind("forest"), from: 7),
                polygons("amenity", ["grave_yard"], from: 13),
                polygons("natural", ["sand", "beach"], from: 10),
                polygons("natural", ["heath", "scrub", "grassland", "bare_rock", "scree", "shingle"], from: 11),
                polygons("wetland", ["swamp", "bog", "string_bog", "wet_meadow", "marsh"], from: 11),
                polygons("leisure", ["golf_course", "park", "garden", "playground", "miniature_golf"], from: 11),
            ]),
        TileLayer(
            id: "sites", summary: "Grounds of schools, hospitals, car parks and the like", geometry: .polygon,
            rules: [
                polygons("military", ["danger_area"], from: 14),
                polygons("leisure", ["sports_centre"], from: 14),
                polygons(
                    "amenity",
                    [
                        "university", "college", "school", "hospital", "prison", "parking", "bicycle_parking",
                    ], from: 14),
                polygons("landuse", ["construction"], from: 14),
            ]),
        TileLayer(
            id: "buildings", summary: "Buildings", geometry: .polygon,
            rules: [
                polygons(
                    .all([.hasKey("building"), .notValueIn("building", ["no"])]), AttributeRule("dummy", .integer(1)),
                    from: 14)
            ]),
    ]
}
