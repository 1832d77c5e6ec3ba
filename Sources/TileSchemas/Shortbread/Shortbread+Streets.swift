import OSMModel

/// Shortbread 1.1, "Streets".
extension Shortbread {
    static let streetLayers = [
        TileLayer(
            id: "streets", summary: "Streets, paths, railways, runways", geometry: .line,
            detail: LayerDetail(joinsLinesBelowZoom: 11), order: streetOrder, attributes: surfaceAttributes(from: 11),
            rules: highways + railways + aeroways),
        TileLayer(
            id: "street_polygons", summary: "Squares, service areas, runways as areas", geometry: .polygon,
            order: streetOrder,
            attributes: [
                tunnel(), bridge(), AttributeRule("rail", .boolean(false)), AttributeRule("surface", .tag("surface")),
                AttributeRule("service", .tag("service")),
            ],
            rules: streetAreas),
        TileLayer(
            id: "streets_polygons_labels", summary: "Names of squares and other street areas", geometry: .point,
            hasNames: true,
            rules: streetAreas.map {
                var rule = $0.labelling(nil)
                rule.minimumZoom = 14
                return rule
            }),
        TileLayer(
            id: "street_labels", summary: "Names and numbers of streets", geometry: .line, order: labelOrder,
            hasNames: true,
            attributes: [
                AttributeRule("ref", .references("ref")), AttributeRule("ref_rows", .referenceRows("ref")),
                AttributeRule("ref_cols", .referenceColumns("ref")), tunnel(),
            ],
            rules: labels.map { $0.also(.any([named, .hasKey("ref")])) }),
        TileLayer(
            id: "street_labels_points", summary: "Motorway junctions", geometry: .point, hasNames: true,
            attributes: [AttributeRule("ref", .tag("ref"))],
            rules: [
                points(
                    .valueIn("highway", ["motorway_junction"]), [kind("motorway_junction")], from: 12, shapes: .point)
            ]),
        TileLayer(
            id: "bridges", summary: "Outlines of bridges", geometry: .polygon,
            rules: [polygons("man_made", ["bridge"], from: 12)]),
        TileLayer(
            id: "aerialways", summary: "Cable cars and lifts", geometry: .line,
            rules: [
                lines(
                    "aerialway",
                    [
                        "cable_car", "gondola", "goods", "chair_lift", "drag_lift", "t-bar", "j-bar", "platter",
                        "rope_tow",
                    ], from: 12)
            ]),
        TileLayer(
            id: "ferries", summary: "Ferry lines", geometry: .line, hasNames: true,
            rules: [
                lines(
                    .all([.valueIn("route", ["ferry"]), .valueIn("motor_vehicle", ["no"])]), kind("ferry"), from: 12),
                lines("route", ["ferry"], from: 10),
            ]),
    ]

    // MARK: Lines

    private static let classes = ["motorway", "trunk", "primary", "secondary", "tertiary"]
    private static let links = classes.map { $0 + "_link" }
    private static let trains = ["rail", "narrow_gauge"]
    private static let trams = ["tram", "light_rail", "funicular", "subway", "monorail"]
    private static let townStreets = ["unclassified", "residential", "busway", "bus_guideway"]
    private static let smallWays = [
        "living_street", "service", "pedestrian", "track", "footway", "steps", "path", "cycleway",
    ]

    private static func surfaceAttributes(from zoom: Int) -> [AttributeRule] {
        [
            AttributeRule("link", .matches(.valueIn("highway", links)), fromZoom: zoom),
            tunnel(fromZoom: zoom), bridge(fromZoom: zoom),
            AttributeRule("tracktype", .tag("tracktype"), fromZoom: zoom),
            AttributeRule("surface", .tag("surface"), fromZoom: zoom),
            AttributeRule("service", .tag("service"), fromZoom: zoom),
        ]
    }

    /// Highways first: an object that is several things is a street, then a railway, then an aeroway.
    private static let highways: [LayerRule] =
        (zip(classes, [5, 6, 8, 9, 10]).map { name, zoom in
            lines(.valueIn("highway", [name, name + "_link"]), kind(name), from: zoom)
        } + [lines("highway", townStreets, from: 12), lines("highway", smallWays, from: 13)])
        .map { $0.with([AttributeRule("rail", .boolean(false))] + access + oneway) }

    private static let railways: [LayerRule] = [
        lines(.all([.valueIn("railway", trains), .hasKey("service")]), kind(ofTag: "railway"), from: 10),
        lines("railway", trains, from: 8),
        lines("railway", trams, from: 10),
    ].map {
        $0.with([
            AttributeRule("rail", .boolean(true)), AttributeRule("oneway", .boolean(false), fromZoom: 14),
            AttributeRule("oneway_reverse", .boolean(false), fromZoom: 14),
        ])
    }

    private static let aeroways: [LayerRule] = [
        lines("aeroway", ["runway"], from: 11), lines("aeroway", ["taxiway"], from: 13),
    ].map { $0.with([AttributeRule("rail", .boolean(false))] + oneway) }

    private static let oneway = [
        AttributeRule("oneway", .matches(.valueIn("oneway", ["yes", "1", "true", "-1"])), fromZoom: 14),
        AttributeRule("oneway_reverse", .matches(.valueIn("oneway", ["-1"])), fromZoom: 14),
    ]

    private static let access: [AttributeRule] = [
        ("motorcar", ["motorcar", "motor_vehicle", "vehicle", "access"]),
        ("bicycle", ["bicycle", "vehicle", "access"]),
        ("foot", ["foot", "access"]), ("horse", ["horse", "access"]),
    ].map { field, keys in AttributeRule(field, .firstMapped(keys: keys, accessValues), fromZoom: 13) }

    private static let accessValues = [
        ValueMapping(["yes", "designated", "permissive"], to: "yes"),
        ValueMapping(
            ["customers", "destination", "agricultural", "forestry", "delivery", "discouraged", "permit"],
            to: "limited"),
        ValueMapping(["dismount", "military", "private", "no"], to: "no"),
    ]

    // MARK: Areas

    /// Closed highways are lines unless they say area=yes; `area:aeroway` says it by itself.
    private static let streetAreas = [
        polygons("highway", ["pedestrian", "service"], from: 14, closedWays: .onlyAreaYes),
        polygons("area:aeroway", ["runway"], from: 11),
        polygons("area:aeroway", ["taxiway"], from: 13),
        polygons("aeroway", ["runway"], from: 11, closedWays: .onlyAreaYes),
        polygons("aeroway", ["taxiway"], from: 13, closedWays: .onlyAreaYes),
    ]

    // MARK: Labels

    /// The kind keeps its `_link` here.
    private static let labels = [
        lines("highway", ["motorway"], from: 10),
        lines("highway", ["trunk", "primary"], from: 12),
        lines(
            "highway",
            ["motorway_link", "trunk_link", "primary_link", "secondary", "secondary_link", "tertiary"], from: 13),
        lines("highway", ["tertiary_link"] + townStreets + smallWays, from: 14),
        lines("railway", trains + trams, from: 10),
        lines("aeroway", ["runway"], from: 11),
        lines("aeroway", ["taxiway"], from: 13),
    ]

    // MARK: Order

    /// What lies above what. The text leaves the direction open; this is a painter's order: later on top. One level of
    /// `layer` outweighs every class, a bridge or tunnel counts as one level more or less.
    private static let streetOrder = FeatureOrder(
        ranks: [.table(streetClasses)],
        detailRanks: [
            .layerTag(limit: 7, weight: 14), .table([RankEntry(isBridge, 14), RankEntry(isTunnel, -14)]),
        ], detailZoom: 11)

    /// Labels are placed in the tile's order until there is no room: the important ones first.
    private static let labelOrder = FeatureOrder(
        ranks: [.table(streetClasses.map { RankEntry($0.filter, -$0.rank) })])

    private static let streetClasses: [RankEntry] = [
        RankEntry(.valueIn("highway", ["motorway"]), 10),
        RankEntry(.valueIn("highway", ["trunk"]), 9),
        RankEntry(.valueIn("highway", ["primary"]), 8),
        RankEntry(.valueIn("highway", ["secondary"]), 7),
        RankEntry(.valueIn("highway", ["tertiary"]), 6),
        RankEntry(.valueIn("highway", townStreets + links), 5),
        RankEntry(.valueIn("highway", ["living_street", "pedestrian"]), 4),
        RankEntry(.valueIn("highway", ["service"]), 3),
        RankEntry(.valueIn("highway", ["track", "path", "footway", "cycleway"]), 2),
        RankEntry(.valueIn("highway", ["steps"]), 1),
        RankEntry(.all([.valueIn("railway", trains), .hasKey("service")]), 12),
        RankEntry(.valueIn("railway", trains), 13),
        RankEntry(.valueIn("railway", trams), 11),
    ]
}

extension LayerRule {
    fileprivate func with(_ attributes: [AttributeRule]) -> LayerRule {
        var rule = self
        rule.attributes += attributes
        return rule
    }
}
