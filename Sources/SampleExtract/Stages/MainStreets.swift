/// The roads that the town grew along, drawn by hand.
extension TownPlan {
    mutating func drawMainStreets() {
        drawOldTownRing()
        road(
            .northRoad, "secondary", "Route de Saint-Aubin", ref: "D 12",
            [
                (20, 300), (60, 620), (90, 900), (175, 1215), (480, 1500), (960, 1780), (1300, 1950),
            ])
        road(
            .eastRoad, "primary", "Avenue de la Frontière", ref: "N 1",
            [
                (285, 60), (600, 110), (960, 85), (1500, 160), (2100, 350), (2800, 430), (3500, 520), (4350, 820),
            ])
        road(
            .southRoad, "secondary", "Rue du Grand Pont", ref: "D 7",
            [
                (30, -262), (45, -420), (60, -570), (30, -800), (190, -1120), (800, -1650), (1350, -2030),
                (1780, -2240),
            ])
        road(
            .harbourRoad, "tertiary", "Quai des Tuiles",
            [
                (-285, 0), (-520, 70), (-700, 240), (-735, 400), (-690, 560), (-640, 800),
            ])
        road(
            .westRoad, "primary", "Avenue des Dunes", ref: "N 1",
            [
                (-205, 230), (-430, 470), (-620, 790), (-700, 1125),
            ])
        road(
            .beachRoad, "tertiary", "Chemin de la Plage", ref: "D 20",
            [
                (-225, -165), (-310, -360), (-420, -620), (-640, -980), (-860, -1400), (-850, -1790),
            ])
        road(
            .bypass, "secondary", "Rocade Est", ref: "D 100",
            [
                (1060, 1420), (1010, 1265), (1000, 1135), (940, 800), (910, 420), (960, 85), (930, -240), (905, -480),
                (880, -760), (620, -1150), (190, -1120),
            ])
        road(.local, "tertiary", "Avenue de la Gare", [(60, -570), (300, -590), (525, -590)])
        road(
            .local, "tertiary", "Rue de la Ceinture",
            [
                (-560, 690), (-300, 640), (70, 660), (480, 690), (925, 610),
            ])
        roundabout(PlanPoint(-700, 1150))
        roundabout(PlanPoint(4180, 1080))
        road(.lane, "tertiary", "Route du Port Franc", ref: "D 1", [(4183, 1058), (4260, 930), (4350, 820)])
        drawLanes()
    }

    private mutating func drawOldTownRing() {
        let circle = Shapes.circle(Districts.oldTownCentre, radius: 272, corners: 9).map { corner in
            moved(PlanPoint(corner.x * 1.06, corner.y), by: 26)
        }
        let ring = circle.smoothed(spacing: 45, isRing: true)
        streets.append(
            Street(
                path: ring.closed, kind: "secondary", tags: [("name", "Boulevard des Remparts"), ("lanes", "2")],
                role: .boulevard, isRing: true))
        let square = Shapes.rectangle(PlanPoint(8, 12), PlanAngle(turns: 0.04).direction, length: 74, width: 52)
        streets.append(
            Street(
                path: square.closed, kind: "pedestrian",
                tags: [("area", "yes"), ("name", "Place du Marché"), ("surface", "sett")], role: .square, isRing: true))
        reserved.append(square)
    }

    private mutating func drawLanes() {
        let lanes: [(String, [(Double, Double)])] = [
            ("Route de Courlis", [(1780, -2240), (900, -2480), (100, -2290), (-480, -1940), (-850, -1790)]),
            (
                "Route du Lac",
                [
                    (2100, 350), (2560, -60), (2860, -330), (2790, -800), (2900, -1250), (2950, -1560), (2500, -1980),
                    (2150, -2190), (1780, -2240),
                ]
            ),
            (
                "Kystvejen",
                [
                    (4350, 820), (4960, 420), (5060, -500), (4990, -1500), (4250, -2420), (3450, -2760), (2650, -2600),
                    (1780, -2240),
                ]
            ),
            (
                "Route des Falaises",
                [
                    (1300, 1950), (640, 2430), (-40, 2190), (-420, 1650), (-690, 1172),
                ]
            ),
            ("Chemin de la Montagne", [(1300, 1950), (1720, 1830), (2080, 2040), (2420, 2210)]),
            ("Route du Tunnel", [(1060, 1420), (1180, 1700), (1300, 1950)]),
        ]
        for (name, points) in lanes { road(.lane, "unclassified", name, points) }
        let tracks: [[(Double, Double)]] = [
            [(-722, 1150), (-980, 1180), (-1230, 1190)], [(1500, 160), (1560, 560), (1480, 920)],
            [(2420, 2210), (2560, 1960), (2450, 1780)], [(800, -1650), (720, -2050), (900, -2480)],
            [(3500, 520), (3760, 120), (4080, -220), (4600, -60)], [(-480, -1940), (-260, -2330)],
        ]
        for track in tracks {
            streets.append(
                Street(
                    path: curve(track, spacing: 35).simplified(tolerance: 1), kind: "track",
                    tags: [("tracktype", "grade\(random.integer(2...4))"), ("surface", "gravel")], role: .lane))
        }
        streets.append(
            Street(
                path: curve(
                    [
                        (-850, -1790), (-1000, -1640), (-1040, -1300), (-1180, -980), (-1130, -640), (-860, -520),
                        (-420, -620),
                    ], jitter: 6, spacing: 30
                ).simplified(tolerance: 1), kind: "path",
                tags: [("name", "Sentier des Douaniers"), ("sac_scale", "hiking")], role: .coastPath))
    }

    private mutating func road(
        _ role: StreetRole, _ kind: String, _ name: String, ref: String? = nil, _ points: [(Double, Double)]
    ) {
        var tags: [DraftTag] = [("name", name)]
        if let ref { tags.append(("ref", ref)) }
        if role != .lane { tags.append(("maxspeed", kind == "tertiary" ? "50" : "80")) }
        tags.append(("surface", "asphalt"))
        let path = curve(points, jitter: role == .lane ? 14 : 5).simplified(tolerance: 1)
        streets.append(Street(path: path, kind: kind, tags: tags, role: role))
    }

    private mutating func roundabout(_ centre: PlanPoint) {
        streets.append(
            Street(
                path: Shapes.circle(centre, radius: 22, corners: 12).closed, kind: "primary",
                tags: [("junction", "roundabout"), ("oneway", "yes")], isRing: true))
    }
}
