import OSMModel

/// Fresh water: a river from a lake to the sea, the lake with its island, brooks and ponds.
extension TownPlan {
    mutating func drawWaters() {
        drawLake()
        drawRiver()
        let brook = curve(
            [(4750, 250), (4600, -80), (4380, -260), (4250, -520), (3990, -640)], jitter: 25, spacing: 45)
        draft.line(brook, [("waterway", "stream"), ("name", "Ruisseau du Val"), ("intermittent", "no")])
        let valley = curve(
            [(2350, 1500), (2080, 1000), (1960, 560), (1800, 100), (1690, -392)], jitter: 15, spacing: 45)
        draft.line(valley, [("waterway", "stream"), ("name", "Le Rieu")])
        draft.line(
            curve([(400, -2300), (260, -2480), (210, -2700), (195, -2925)], spacing: 60), [("waterway", "ditch")])
        draft.line(curve([(1500, -1500), (1750, -1650), (2050, -1640)], spacing: 80), [("waterway", "drain")])
    }

    private mutating func drawLake() {
        lake = Shapes.blob(PlanPoint(3480, -760), radii: PlanPoint(540, 330), roughness: 0.16, spacing: 38, &random)
        let island = Shapes.blob(
            PlanPoint(3600, -720), radii: PlanPoint(95, 70), roughness: 0.2, spacing: 24, &random)
        let half = lake.count / 2
        let first = draft.line(Array(lake[...half]), [])
        let second = draft.line(Array(lake[half...]) + [lake[0]], [])
        let hole = draft.ring(island, [("place", "island"), ("name", "Île du Pêcheur")])
        draft.relation(
            [
                TownDraft.Member(kind: .way, number: first, role: "outer"),
                TownDraft.Member(kind: .way, number: second, role: "outer"),
                TownDraft.Member(kind: .way, number: hole, role: "inner"),
            ],
            [
                ("type", "multipolygon"), ("natural", "water"), ("water", "lake"), ("name", "Lac de Miremont"),
                ("name:en", "Lake Miremont"), ("name:de", "Miremontsee"),
            ])
        draft.ring(
            Shapes.blob(PlanPoint(3600, -720), radii: PlanPoint(60, 42), roughness: 0.15, spacing: 25, &random),
            [("natural", "wood"), ("leaf_type", "mixed")])
    }

    private mutating func drawRiver() {
        guard let southIndex = coast.firstIndex(of: PlanPoint(-1290, -330)) else { return }
        let mouth = Array(coast[0...southIndex])
        let outlet = lake.min { $0.distance(to: PlanPoint(2900, -700)) < $1.distance(to: PlanPoint(2900, -700)) }
        let source = outlet ?? PlanPoint(2950, -700)
        let controls: [(Double, Double)] = [
            (2620, -500), (2150, -690), (1680, -400), (1180, -570), (660, -395), (200, -400), (-240, -325),
            (-700, -400), (-1000, -300),
        ]
        let inland = [source] + controls.map { moved(PlanPoint($0.0, $0.1), by: 12) }
        riverLine = (inland + [mouth[mouth.count / 2]]).smoothed(spacing: 55)
        // From 9 to 32 metres on either side of the middle.
        let widths = riverLine.indices.map { 9 + 23 * Double($0) / Double(riverLine.count) }
        let aside = riverLine.beside(1)
        // The last stretch opens into the mouth.
        let banks = riverLine.indices.dropLast(3).map { index in (aside[index] - riverLine[index]) * widths[index] }
        // The river runs west, so its left bank is the southern one.
        let left = banks.indices.map { riverLine[$0] + banks[$0] }
        let right = banks.indices.map { riverLine[$0] - banks[$0] }
        riverBanks = left + mouth.reversed() + right.reversed()
        draft.ring(
            riverBanks, [("natural", "water"), ("water", "river"), ("name", "La Miremonde")])
        draft.line(riverLine, [("waterway", "river"), ("name", "La Miremonde"), ("name:en", "River Miremonde")])
    }
}
