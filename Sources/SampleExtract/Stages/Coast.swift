import OSMModel

/// The shore: coastline, beach, an islet and a rock.
extension TownPlan {
    /// Runs west, south, east, north. The first two points are the banks of the river's mouth.
    private static let coastControls: [(Double, Double)] = [
        (-1230, -150), (-1290, -330), (-1420, -620), (-1380, -950), (-1190, -1300), (-1150, -1700), (-1310, -2050),
        (-1150, -2500), (-600, -2850), (200, -2930), (900, -3200), (1800, -3350), (2700, -3130), (3500, -3250),
        (4400, -2900), (5100, -2300), (5500, -1500), (5330, -800), (5650, -100), (5500, 700), (5000, 1300),
        (4350, 1900), (3700, 2480), (2900, 2650), (2100, 2470), (1400, 2800), (600, 2900), (-100, 2600), (-640, 2100),
        (-950, 1560), (-1340, 1230), (-1280, 880), (-960, 690), (-830, 460), (-930, 190), (-1130, -20),
    ]

    mutating func drawCoast() {
        var controls: PlanPath = []
        for (index, control) in TownPlan.coastControls.enumerated() {
            let point = PlanPoint(control.0, control.1)
            // The town's own shore stays: quays and streets are laid out by it.
            let isTownShore = index < 3 || index > 29
            controls.append(isTownShore ? point : moved(point, by: 60))
        }
        coast = controls.smoothed(spacing: 72, isRing: true).enumerated().map { index, point in
            controls.contains(point) ? point : moved(point, by: 7)
        }
        writeCoastline()
        let beach = coast.filter { $0.y < -640 && $0.y > -1800 && $0.x < -1000 }
        let aside = beach.beside(1)
        let inland = beach.indices.map { index in
            let width = index == 0 || index == beach.count - 1 ? 12.0 : 55
            return beach[index] + (aside[index] - beach[index]) * width
        }
        let back = inland.reversed().enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        draft.ring(
            beach + back,
            [("natural", "beach"), ("name", "Plage des Sablons"), ("surface", "sand"), ("supervised", "yes")])
        let islet = Shapes.blob(
            PlanPoint(-2900, 900), radii: PlanPoint(330, 210), roughness: 0.18, spacing: 35, &random)
        draft.ring(islet, [("natural", "coastline"), ("place", "islet"), ("name", "Île aux Mouettes")])
        draft.ring(
            Shapes.blob(PlanPoint(-2910, 910), radii: PlanPoint(220, 120), roughness: 0.2, spacing: 40, &random),
            [("natural", "heath")])
        let rock = Shapes.blob(
            PlanPoint(-2050, 1650), radii: PlanPoint(60, 45), roughness: 0.3, spacing: 25, &random)
        draft.ring(rock, [("natural", "coastline"), ("place", "islet"), ("name", "Le Chicot")])
    }

    /// The island's ring as several ways, end to end.
    private mutating func writeCoastline() {
        let nodesPerWay = 110
        let ring = coast.closed
        var members: [TownDraft.Member] = []
        var start = 0
        while start < ring.count - 1 {
            let end = min(start + nodesPerWay, ring.count - 1)
            let way = draft.line(Array(ring[start...end]), [("natural", "coastline"), ("source", "imagery")])
            members.append(TownDraft.Member(kind: .way, number: way, role: "outer"))
            start = end
        }
        draft.relation(members, [("type", "multipolygon"), ("place", "island"), ("name", "Grande Île")])
    }
}
