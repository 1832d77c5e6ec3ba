/// Places with grounds of their own: parks, schools, the hospital, sports, the cemetery, the harbour, industry.
extension TownPlan {
    /// A site's ring, in the order in which streets have to go around it.
    private struct Site {
        var ring: PlanPath
        var tags: [DraftTag]
    }

    static let parkCentre = PlanPoint(520, 470)
    static let cemeteryCentre = PlanPoint(-330, 770)
    static let schoolCentre = PlanPoint(190, 560)
    static let hospitalCentre = PlanPoint(230, 830)
    static let sportsCentre = PlanPoint(330, -840)
    static let collegeCentre = PlanPoint(-230, -790)
    static let retailCentre = PlanPoint(1080, 610)

    private static let parkShape: PlanPath = [
        PlanPoint(-150, -60), PlanPoint(-30, -105), PlanPoint(120, -90), PlanPoint(165, 10), PlanPoint(90, 100),
        PlanPoint(-40, 115), PlanPoint(-140, 60),
    ]

    private var sites: [Site] {
        let turn = PlanAngle(turns: 0.025).direction
        return [
            Site(
                ring: TownPlan.parkShape.map { $0 + TownPlan.parkCentre }.smoothed(spacing: 28, isRing: true),
                tags: [("leisure", "park"), ("name", "Parc du Belvédère"), ("name:en", "Belvedere Park")]),
            Site(
                ring: Shapes.rectangle(TownPlan.cemeteryCentre, turn, length: 130, width: 92),
                tags: [("landuse", "cemetery"), ("name", "Cimetière du Nord"), ("religion", "christian")]),
            Site(
                ring: Shapes.rectangle(TownPlan.schoolCentre, turn, length: 96, width: 74),
                tags: [("amenity", "school"), ("name", "École des Goélands"), ("isced:level", "1")]),
            Site(
                ring: Shapes.rectangle(TownPlan.hospitalCentre, turn, length: 170, width: 110),
                tags: [
                    ("amenity", "hospital"), ("name", "Hôpital de la Miremonde"), ("emergency", "yes"), ("beds", "180"),
                ]),
            Site(
                ring: Shapes.rectangle(TownPlan.sportsCentre, turn, length: 200, width: 140),
                tags: [("leisure", "sports_centre"), ("name", "Complexe sportif des Saules"), ("sport", "multi")]),
            Site(
                ring: Shapes.rectangle(TownPlan.collegeCentre, turn, length: 120, width: 90),
                tags: [("amenity", "college"), ("name", "Collège Honorine-Mestral")]),
            Site(
                ring: Shapes.rectangle(TownPlan.retailCentre, turn, length: 200, width: 170),
                tags: [("landuse", "retail"), ("name", "Les Portes de l’Est")]),
        ]
    }

    mutating func reserveSites() { reserved += sites.map(\.ring) }

    mutating func buildSites() {
        for site in sites { draft.ring(site.ring, site.tags) }
        buildPark()
        buildGrounds()
        buildRetailPark()
        buildHarbour()
        buildIndustry()
        buildOldTownHeart()
    }

    private mutating func buildPark() {
        let centre = TownPlan.parkCentre
        let pond = Shapes.blob(
            centre + PlanPoint(30, 5), radii: PlanPoint(46, 30), roughness: 0.2, spacing: 14, &random)
        draft.ring(pond, [("natural", "water"), ("water", "pond")])
        let loop = Shapes.blob(centre, radii: PlanPoint(105, 68), roughness: 0.08, spacing: 30, &random)
        draft.line(loop.closed, [("highway", "footway"), ("surface", "fine_gravel")])
        for (index, corner) in [PlanPoint(-150, -60), PlanPoint(120, -90), PlanPoint(90, 100)].enumerated() {
            guard
                let entry = loop.min(by: {
                    $0.distance(to: centre + corner) < $1.distance(to: centre + corner)
                })
            else { continue }
            draft.line(
                [centre + corner * 1.02, entry], [("highway", index == 0 ? "steps" : "footway"), ("lit", "yes")])
        }
        let playground = Shapes.rectangle(
            centre + PlanPoint(-75, 15), PlanAngle(turns: 0.1).direction, length: 34, width: 24)
        draft.ring(playground, [("leisure", "playground"), ("name", "Aire des Moussaillons")])
        for _ in 0..<34 {
            let spot = centre + PlanPoint(random.number(-140, 150), random.number(-95, 105))
            let isOnLawn =
                loop.closed.distance(to: spot) > 5 && !pond.contains(spot) && !playground.contains(spot)
                && pond.closed.distance(to: spot) > 4
            guard isOnLawn, isReserved(spot) else { continue }
            draft.ownNode(
                spot, [("natural", "tree"), ("leaf_type", random.chance(0.7) ? "broadleaved" : "needleleaved")])
        }
        for index in stride(from: 0, to: loop.count, by: 4) {
            draft.ownNode(loop[index] + PlanPoint(2.5, 1), [("amenity", "bench"), ("backrest", "yes")])
        }
        draft.ownNode(
            centre + PlanPoint(-20, -40),
            [("tourism", "artwork"), ("artwork_type", "sculpture"), ("name", "Le Tuilier")])
        draft.ownNode(centre + PlanPoint(-62, -14), [("amenity", "drinking_water")])
    }

    private mutating func buildGrounds() {
        let turn = PlanAngle(turns: 0.025)
        func at(_ site: PlanPoint, _ x: Double, _ y: Double) -> PlanPoint { site + PlanPoint(x, y).rotated(by: turn) }
        let school = TownPlan.schoolCentre
        house(Footprints.letterU(at(school, 0, 14), turn.direction, length: 70, width: 34), [("building", "school")])
        draft.ring(
            Shapes.rectangle(at(school, -20, -22), turn.direction, length: 28, width: 15),
            [("leisure", "pitch"), ("sport", "basketball"), ("surface", "asphalt")])
        let college = TownPlan.collegeCentre
        house(
            Footprints.letterL(at(college, -10, 10), turn.direction, length: 80, width: 52), [("building", "college")])
        let hospital = TownPlan.hospitalCentre
        house(
            Footprints.letterT(at(hospital, -22, 12), turn.direction, length: 96, width: 62),
            [("building", "hospital"), ("building:levels", "5"), ("height", "18")])
        house(
            Shapes.rectangle(at(hospital, 55, -28), turn.direction, length: 38, width: 18),
            [("building", "yes"), ("building:levels", "2")])
        parking(at(hospital, 52, 28), turn, length: 52, width: 36, name: nil)
        draft.ownNode(at(hospital, 70, 0), [("aeroway", "helipad"), ("name", "Hélisurface de l’hôpital")])
        let sports = TownPlan.sportsCentre
        draft.ring(
            Shapes.rectangle(at(sports, -30, 0), turn.direction, length: 105, width: 68),
            [("leisure", "pitch"), ("sport", "soccer"), ("surface", "grass")])
        let track = Shapes.rectangle(at(sports, -30, 0), turn.direction, length: 122, width: 84)
        draft.ring(track.smoothed(spacing: 24, isRing: true), [("leisure", "track"), ("sport", "athletics")])
        for court in 0..<3 {
            draft.ring(
                Shapes.rectangle(at(sports, 66, -44 + 40 * Double(court)), turn.direction, length: 24, width: 11),
                [("leisure", "pitch"), ("sport", "tennis"), ("surface", "clay")])
        }
        house(Shapes.rectangle(at(sports, 88, 0), turn.direction, length: 14, width: 60), [("building", "sports_hall")])
        let cemetery = TownPlan.cemeteryCentre
        draft.line([at(cemetery, -62, 0), at(cemetery, 0, 0), at(cemetery, 62, 0)], [("highway", "footway")])
        draft.line([at(cemetery, 0, -44), at(cemetery, 0, 0), at(cemetery, 0, 44)], [("highway", "footway")])
        house(
            Shapes.rectangle(at(cemetery, 34, 24), turn.direction, length: 14, width: 9),
            [("building", "chapel"), ("amenity", "place_of_worship"), ("religion", "christian")])
    }

    private mutating func buildRetailPark() {
        let turn = PlanAngle(turns: 0.025)
        let centre = TownPlan.retailCentre
        house(
            Footprints.letterL(
                centre + PlanPoint(0, 45).rotated(by: turn), turn.direction, length: 120, width: 62),
            [
                ("building", "retail"), ("shop", "supermarket"), ("name", "Hyper Marée"),
                ("opening_hours", "Mo-Sa 08:30-20:30"),
            ])
        parking(centre + PlanPoint(-10, -36).rotated(by: turn), turn, length: 130, width: 62, name: "Parking Est")
        house(
            Shapes.rectangle(centre + PlanPoint(80, -40).rotated(by: turn), turn.direction, length: 22, width: 44),
            [("building", "retail"), ("shop", "doityourself"), ("name", "Brico des Îles")])
        draft.ownNode(
            centre + PlanPoint(-90, -66).rotated(by: turn),
            [("amenity", "fuel"), ("name", "Station de l’Est"), ("brand", "Pétrel"), ("fuel:diesel", "yes")])
    }

    /// A car park with aisles.
    private mutating func parking(
        _ centre: PlanPoint, _ turn: PlanAngle, length: Double, width: Double, name: String?
    ) {
        var tags: [DraftTag] = [
            ("amenity", "parking"), ("parking", "surface"), ("capacity", "\(Int(length * width / 30))"),
        ]
        if let name { tags.append(("name", name)) }
        draft.ring(Shapes.rectangle(centre, turn.direction, length: length, width: width), tags)
        for row in stride(from: -width / 2 + 9, to: width / 2, by: 18) {
            draft.line(
                [-length / 2 + 5, length / 2 - 5].map { centre + PlanPoint($0, row).rotated(by: turn) },
                [("highway", "service"), ("service", "parking_aisle")])
        }
    }

    private mutating func buildHarbour() {
        draft.line(
            [PlanPoint(-960, 690), PlanPoint(-1075, 640), PlanPoint(-1130, 530), PlanPoint(-1120, 420)],
            [("man_made", "breakwater"), ("name", "Grande Digue")])
        draft.ring(
            [
                PlanPoint(-830, 460), PlanPoint(-905, 452), PlanPoint(-985, 440), PlanPoint(-983, 428),
                PlanPoint(-903, 440), PlanPoint(-836, 446),
            ],
            [("man_made", "pier"), ("name", "Embarcadère"), ("surface", "concrete"), ("area", "yes")])
        draft.line(
            [PlanPoint(-1196, -1300), PlanPoint(-1260, -1312), PlanPoint(-1345, -1330)],
            [("man_made", "pier"), ("name", "Jetée des Bains"), ("surface", "wood")])
        for index in 0..<4 {
            let root = PlanPoint(-893, 320 - 24 * Double(index))
            draft.line([root, root + PlanPoint(-62, -14)], [("man_made", "pier"), ("floating", "yes")])
        }
        draft.ownNode(
            PlanPoint(-978, 434), [("amenity", "ferry_terminal"), ("name", "Port-Tuile Embarcadère"), ("ferry", "yes")])
        draft.ownNode(
            PlanPoint(-2680, 800), [("amenity", "ferry_terminal"), ("name", "Île aux Mouettes")])
        draft.line(
            [
                PlanPoint(-978, 434), PlanPoint(-1250, 400), PlanPoint(-1700, 520), PlanPoint(-2300, 700),
                PlanPoint(-2640, 770), PlanPoint(-2680, 800),
            ],
            [
                ("route", "ferry"), ("name", "Port-Tuile – Île aux Mouettes"), ("motor_vehicle", "no"),
                ("duration", "00:20"),
            ])
        draft.ownNode(
            PlanPoint(-1318, 1218), [("man_made", "lighthouse"), ("name", "Phare de la Pointe"), ("height", "31")])
    }

    private mutating func buildIndustry() {
        draft.ring(Districts.industry, [("landuse", "industrial"), ("name", "Zone de la Briqueterie")])
        let turn = PlanAngle(turns: 0.93)
        for row in -3...3 {
            for column in -4...4 {
                let centre =
                    PlanPoint(1180, -1080) + PlanPoint(Double(column) * 92, Double(row) * 62).rotated(by: turn)
                let ring = Shapes.rectangle(
                    centre, turn.direction, length: random.number(42, 78), width: random.number(24, 46))
                guard ring.allSatisfy({ Districts.industry.contains($0) }), obstacles.isFree(ring) else { continue }
                house(ring, [("building", random.chance(0.6) ? "industrial" : "warehouse")])
            }
        }
        draft.ownNode(PlanPoint(1290, -1010), [("man_made", "tower"), ("tower:type", "cooling")])
        draft.ownNode(PlanPoint(1410, -1290), [("man_made", "water_works"), ("name", "Usine des eaux")])
    }

    /// The church and the town hall by the market square.
    private mutating func buildOldTownHeart() {
        let turn = PlanAngle(turns: 0.04)
        let square = PlanPoint(8, 12)
        func at(_ x: Double, _ y: Double) -> PlanPoint { square + PlanPoint(x, y).rotated(by: turn) }
        let church: PlanPath = [
            at(-20, 33), at(14, 33), at(14, 28.5), at(24, 28.5), at(24, 33), at(32, 35), at(34, 39.5), at(32, 44),
            at(24, 46), at(24, 50.5), at(14, 50.5), at(14, 46), at(-20, 46),
        ]
        let way = house(
            church,
            [
                ("building", "church"), ("amenity", "place_of_worship"), ("religion", "christian"),
                ("denomination", "catholic"), ("name", "Église Sainte-Tuile"), ("historic", "monument"),
            ])
        _ = way
        draft.ring([at(-20, 33), at(-8, 33), at(-8, 46), at(-20, 46)], [("building:part", "yes"), ("height", "42")])
        let hall = Shapes.rectangle(at(0, -38), turn.direction, length: 44, width: 17)
        let tags: [DraftTag] = [
            ("building", "public"), ("amenity", "townhall"), ("name", "Hôtel de Ville"), ("building:levels", "3"),
        ]
        obstacles.add(footprint: hall)
        draft.multipolygon(
            outer: hall, inner: [Shapes.rectangle(at(-4, -38), turn.direction, length: 16, width: 6)], tags)
        draft.ownNode(at(0, 4), [("amenity", "fountain"), ("name", "Fontaine des Tuiliers")])
        draft.ownNode(at(20, -10), [("historic", "memorial"), ("name", "Monument aux Marins")])
        draft.ownNode(
            at(-22, 12), [("tourism", "information"), ("information", "office"), ("name", "Office de tourisme")])
        for (x, y) in [(-30.0, -18.0), (-30, 18), (30, 18), (30, -18)] {
            draft.ownNode(at(x, y), [("natural", "tree")])
            draft.ownNode(at(x * 0.85, y * 0.8), [("amenity", "bench")])
        }
    }

    /// A building that stands by itself.
    @discardableResult
    mutating func house(_ ring: PlanPath, _ tags: [DraftTag]) -> Int {
        let (low, high) = ring.bounds
        obstacles.add(
            footprint: ring.count == 4 ? ring : [low, PlanPoint(high.x, low.y), high, PlanPoint(low.x, high.y)])
        return draft.ring(ring, tags)
    }
}
