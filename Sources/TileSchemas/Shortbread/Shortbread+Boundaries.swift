import OSMModel

/// Shortbread 1.1, "Boundaries" and "Places".
extension Shortbread {
    static let boundaryLayers = [
        TileLayer(
            id: "boundaries", summary: "Borders of countries and states", geometry: .line,
            // 15: borders of one kind are one line at every zoom.
            detail: LayerDetail(joinsLinesBelowZoom: 15),
            attributes: [
                AttributeRule("maritime", .matches(.valueIn(DerivedBoundary.maritimeKey, ["yes"]))),
                AttributeRule("disputed", .matches(.valueIn(DerivedBoundary.disputedKey, ["yes"]))),
            ],
            rules: [boundary(level: 2, from: 0), boundary(level: 4, from: 7)]),
        TileLayer(
            id: "boundary_labels", summary: "Names of countries and states", geometry: .point,
            order: FeatureOrder(measure: .mercatorArea), hasNames: true,
            attributes: [AttributeRule("way_area", .mercatorArea(.hectares))],
            rules: [
                boundaryLabel(level: 2, steps: [(2, 2_000_000), (3, 700_000), (4, 100_000), (5, 0)]),
                boundaryLabel(level: 4, steps: [(3, 700_000), (4, 100_000), (5, 0)]),
            ]),
        TileLayer(
            id: "place_labels", summary: "Names of cities, towns, villages and smaller places", geometry: .point,
            order: FeatureOrder(measure: .population), hasNames: true, rules: places),
    ]

    private static func boundary(level: Int64, from zoom: Int) -> LayerRule {
        lines(
            .valueIn(DerivedBoundary.levelKey, [String(level)]), AttributeRule("admin_level", .integer(level)),
            from: zoom, closedWays: .always)
    }

    /// Thresholds in square kilometres on the ground.
    private static func boundaryLabel(level: Int64, steps: [(zoom: Int, squareKilometres: Double)]) -> LayerRule {
        LayerRule(
            filter: .all([
                .valueIn("boundary", ["administrative"]), .valueIn("admin_level", [String(level)]),
            ]),
            shapes: .area, closedWays: .always, minimumZoom: steps[0].zoom,
            smallest: .groundArea(steps.map { GroundAreaStep(zoom: $0.zoom, squareKilometres: $0.squareKilometres) }),
            attributes: [AttributeRule("admin_level", .integer(level))])
    }

    /// Capitals before the rest, each with the population that its `place` lets one guess.
    private static let places: [LayerRule] = {
        let settlements: [(place: String, zoom: Int, population: Int64)] = [
            ("city", 6, 100_000), ("town", 7, 5_000), ("village", 10, 100), ("hamlet", 10, 50),
        ]
        let parts: [(place: String, population: Int64)] = [
            ("suburb", 1_000), ("quarter", 500), ("neighbourhood", 100), ("isolated_dwelling", 5), ("farm", 5),
            ("locality", 0),
        ]
        var rules: [LayerRule] = []
        for (capital, kind) in [("yes", "capital"), ("4", "state_capital")] {
            for settlement in settlements {
                rules.append(
                    place(settlement.place, kind, from: 4, population: settlement.population)
                        .also(.valueIn("capital", [capital])))
            }
        }
        for settlement in settlements {
            rules.append(
                place(settlement.place, settlement.place, from: settlement.zoom, population: settlement.population))
        }
        for part in parts { rules.append(place(part.place, part.place, from: 10, population: part.population)) }
        // Islands are nearly always areas, and then have no node of their own.
        rules.append(place("island", "island", from: 10, population: 0, shapes: .pointsAndAreas))
        return rules
    }()

    private static func place(
        _ value: String, _ name: String, from zoom: Int, population: Int64, shapes: FeatureShapes = .point
    ) -> LayerRule {
        points(
            .all([.valueIn("place", [value]), named]),
            [kind(name), AttributeRule("population", .population(key: "population", fallback: population))],
            from: zoom, shapes: shapes)
    }
}
