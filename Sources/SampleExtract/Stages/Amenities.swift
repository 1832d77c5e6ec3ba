/// Shops, offices and street furniture.
extension TownPlan {
    /// Kinds of places and how many of a hundred are such; most as a node inside a building.
    private static let trades: [(tags: [DraftTag], names: [String], weight: Int)] = [
        ([("amenity", "cafe")], ["Café du Port", "Café des Arts", "Le Petit Noir", "Au Bon Quai"], 10),
        ([("amenity", "restaurant"), ("cuisine", "seafood")], ["La Marée Haute", "L’Estran", "Chez Basile"], 7),
        ([("amenity", "restaurant"), ("cuisine", "pizza")], ["Pizzeria Vesuvio", "La Tuile Rouge"], 4),
        ([("amenity", "restaurant"), ("cuisine", "vietnamese")], ["Hội An", "Le Lotus Bleu"], 3),
        ([("amenity", "bar")], ["Le Cabestan", "Bar de la Marine"], 4),
        ([("amenity", "pub"), ("cuisine", "burger")], ["The Lost Anchor"], 2),
        ([("amenity", "fast_food"), ("cuisine", "kebab")], ["Istanbul Grill"], 3),
        ([("shop", "bakery")], ["Au Pain Doré", "Boulangerie Mestral", "Le Fournil"], 9),
        ([("shop", "butcher")], ["Boucherie Rivoire"], 3),
        ([("shop", "clothes")], ["Mode & Mer", "Fil d’Azur", "L’Armoire"], 7),
        ([("shop", "books")], ["Librairie des Embruns", "La Page Salée"], 3),
        ([("shop", "hairdresser")], ["Coup de Vent", "L’Atelier Coiffure"], 6),
        ([("shop", "florist")], ["Aux Mimosas"], 2),
        ([("shop", "bicycle")], ["Vélo Libre"], 2),
        ([("shop", "optician")], ["Optique du Phare"], 2),
        ([("shop", "convenience")], ["Proxi Marché", "Épicerie du Coin"], 4),
        ([("shop", "toys")], ["Le Coffre à Jouets"], 1),
        ([("amenity", "pharmacy"), ("dispensing", "yes")], ["Pharmacie du Marché", "Pharmacie du Pont"], 4),
        ([("amenity", "bank"), ("atm", "yes")], ["Banque des Îles", "Crédit Maritime"], 4),
        ([("amenity", "doctors")], ["Cabinet Quintard"], 2),
        ([("amenity", "dentist")], ["Cabinet Belloir"], 2),
        ([("tourism", "hotel"), ("stars", "3")], ["Hôtel de la Plage", "Hôtel du Vieux Port"], 4),
        ([("tourism", "guest_house")], ["Chambres d’Hôtes Aubrac"], 2),
        ([("office", "estate_agent")], ["Agence du Littoral"], 2),
    ]

    mutating func openShops() {
        let old = buildings.filter(\.isInOldTown)
        let outside = buildings.filter { !$0.isInOldTown }
        guard !old.isEmpty, !outside.isEmpty else { return }
        let wheel = TownPlan.trades.indices.flatMap { index in
            [Int](repeating: index, count: TownPlan.trades[index].weight)
        }
        var taken: Set<Int> = []
        for count in 0..<120 {
            let building = count.isMultiple(of: 4) ? random.pick(outside) : random.pick(old)
            guard taken.insert(building.way).inserted else { continue }
            let trade = TownPlan.trades[random.pick(wheel)]
            var tags = trade.tags + [("name", random.pick(trade.names))]
            if random.chance(0.4) { tags.append(("opening_hours", "Tu-Sa 09:00-12:30,14:00-19:00")) }
            if random.chance(0.3) { tags.append(("wheelchair", random.pick(["yes", "limited", "no"]))) }
            if random.chance(0.15) {
                tags.append(("phone", "+999 5 55 \(random.integer(10...99)) \(random.integer(10...99))"))
            }
            draft.ownNode(building.front.mixed(with: building.ring.centre, random.number(0.3, 0.8)), tags)
        }
        let civic: [[DraftTag]] = [
            [("amenity", "post_office"), ("name", "La Poste des Îles")],
            [("amenity", "police"), ("name", "Commissariat")],
            [("amenity", "library"), ("name", "Médiathèque Sidonie-Marquet")],
            [("amenity", "cinema"), ("name", "Le Rex")],
            [("amenity", "theatre"), ("name", "Théâtre de la Halle")],
            [("amenity", "marketplace"), ("name", "Les Halles")],
            [("tourism", "museum"), ("name", "Musée de la Tuile")],
            [("amenity", "courthouse"), ("name", "Palais de justice")],
            [("amenity", "toilets")], [("office", "diplomatic"), ("name", "Consulat d’Estermark")],
            [("historic", "archaeological_site"), ("name", "Vestiges romains")],
            [("amenity", "arts_centre"), ("name", "L’Atelier")],
        ]
        for tags in civic {
            let building = random.pick(old)
            if taken.insert(building.way).inserted { draft.ownNode(building.ring.centre, tags) }
        }
        for building in outside where random.chance(0.1) {
            draft.ownNode(
                building.front,
                [
                    ("addr:housenumber", "\(random.integer(1...90))\(random.chance(0.3) ? " bis" : "")"),
                    ("entrance", "yes"),
                ])
        }
    }

    /// Furniture, crossings, bus stops.
    mutating func placeThings() {
        let furniture: [[DraftTag]] = [
            [("amenity", "bench")], [("amenity", "waste_basket")], [("amenity", "post_box")],
            [("highway", "street_lamp")],
            [("amenity", "bicycle_parking"), ("capacity", "8")], [("emergency", "fire_hydrant")], [("natural", "tree")],
            [("amenity", "vending_machine"), ("vending", "parking_tickets")], [("amenity", "telephone")],
            [
                ("amenity", "recycling"), ("recycling_type", "container"), ("recycling:glass_bottles", "yes"),
                ("recycling:paper", "yes"), ("recycling:clothes", "no"),
            ],
            [("emergency", "defibrillator")], [("man_made", "surveillance")],
        ]
        for street in streets where ["residential", "living_street", "pedestrian", "tertiary"].contains(street.kind) {
            guard !street.isRing, random.chance(0.6) else { continue }
            let (point, direction) = street.path.place(at: street.path.pathLength * random.number(0.2, 0.8))
            let side = random.chance(0.5) ? 1.0 : -1
            draft.ownNode(
                point + direction.left * (side * TownPlan.freeWidth(street.kind) * 0.8), random.pick(furniture))
        }
        for street in streets where street.kind == "primary" || street.kind == "secondary" {
            for corner in street.path.indices.dropFirst().dropLast() where random.chance(0.12) {
                let point = street.path[corner]
                if isNearTown(point) {
                    draft.tagSharedNode(point, [("highway", "crossing"), ("crossing", "uncontrolled")])
                }
            }
        }
        for (name, kind, population, centre, _) in Districts.villages {
            let isAbroad = centre.x > 3200
            var tags: [DraftTag] = [("place", kind), ("name", name), ("population", "\(population)")]
            if isAbroad { tags += [("name:fr", "Vesperol"), ("capital", "yes")] }
            draft.ownNode(centre + PlanPoint(12, 14), tags)
            if kind == "village" {
                house(
                    Shapes.rectangle(
                        centre + PlanPoint(38, 30), PlanAngle(turns: 0.02).direction, length: 24, width: 10),
                    [
                        ("building", "church"), ("amenity", "place_of_worship"), ("religion", "christian"),
                        ("denomination", isAbroad ? "lutheran" : "catholic"),
                    ])
                draft.ownNode(
                    centre + PlanPoint(-26, 20),
                    [("shop", "bakery"), ("name", "Boulangerie \(FrenchNames.family(&random))")])
            }
        }
        for (name, kind, population, x, y) in [
            ("Bellevue", "suburb", 4100, 560.0, 800.0), ("Outre-Pont", "suburb", 2900, -60.0, -760.0),
            ("Le Port", "quarter", 1200, -540.0, 120.0), ("Vieille Ville", "quarter", 3300, 120.0, 110.0),
            ("La Pointe", "locality", 0, -1230.0, 1150.0),
        ] {
            var tags: [DraftTag] = [("place", kind), ("name", name)]
            if population > 0 { tags.append(("population", "\(population)")) }
            draft.ownNode(PlanPoint(x, y), tags)
        }
        for point in [PlanPoint(3020, -1650), PlanPoint(1500, 880)] {
            draft.ring(
                Shapes.rectangle(point, PlanAngle(turns: 0.1).direction, length: 34, width: 14), [("building", "farm")])
            draft.ownNode(
                point + PlanPoint(24, 10), [("place", "farm"), ("name", "Ferme \(FrenchNames.family(&random))")])
        }
        draft.ownNode(PlanPoint(-1160, -1500), [("tourism", "camp_site"), ("name", "Camping de la Pinède")])
        draft.ownNode(PlanPoint(3080, -420), [("tourism", "picnic_site")])
        draft.ownNode(
            PlanPoint(2620, -120), [("historic", "castle"), ("name", "Château de Miremont"), ("castle_type", "ruins")])
        draft.ownNode(PlanPoint(700, -2120), [("man_made", "windmill"), ("name", "Moulin Verdier")])
    }

    private func isNearTown(_ point: PlanPoint) -> Bool { point.distance(to: PlanPoint(0, 0)) < 1000 }
}
