import OSMModel

/// Two countries share the island: borders of levels 2, 4 and 8 as relations of ways that they have in common.
extension TownPlan {
    /// The sea limit is an oval of 72 nodes, counted counter-clockwise from the east.
    private static let limitNodeCount = 72

    private enum LimitNode {
        static let north = 16, northWest = 28, west = 36, southWest = 46, south = 56
    }

    mutating func drawBoundaries() {
        let centre = PlanPoint(2100, -150)
        let limit: PlanPath = (0..<TownPlan.limitNodeCount).map { node in
            let direction = PlanAngle(turns: Double(node) / Double(TownPlan.limitNodeCount)).direction
            return centre + PlanPoint(direction.x * 5900, direction.y * 4500)
        }
        func arc(_ from: Int, _ to: Int) -> PlanPath {
            (from...to).map { limit[$0 % TownPlan.limitNodeCount] }
        }
        let land = curve(
            [
                (3100, 2200), (2960, 1850), (3170, 1300), (2950, 700), (3160, 180), (3230, -330), (3380, -790),
                (3330, -1330), (3520, -1980), (3320, -2550),
            ], jitter: 20, spacing: 70)
        guard let town = land.firstIndex(where: { $0.y < 700 }), let river = land.firstIndex(where: { $0.y < -780 }),
            let southern = land.firstIndex(where: { $0.y < -1330 })
        else { return }
        let border: [PlanPath] = [
            [limit[LimitNode.north], PlanPoint(3120, 2900)] + land[...town], Array(land[town...river]),
            Array(land[river...southern]), land[southern...] + [PlanPoint(3280, -3300), limit[LimitNode.south]],
        ]
        let northern =
            ([
                limit[LimitNode.northWest], PlanPoint(-760, 1830), PlanPoint(-100, 1500), PlanPoint(700, 1500),
                PlanPoint(1500, 1330), PlanPoint(1900, 760), land[town],
            ]).smoothed(spacing: 180)
        let middle =
            [limit[LimitNode.west]] + riverLine.reversed() + [PlanPoint(3200, -760), land[river]]
        let lower =
            ([
                limit[LimitNode.southWest], PlanPoint(-1330, -2040), PlanPoint(-500, -1500), PlanPoint(700, -1420),
                PlanPoint(2100, -1080), land[southern],
            ]).smoothed(spacing: 180)

        let borders = border.map { borderWay($0, level: 2) }
        let seaNorth = borderWay(arc(LimitNode.north, LimitNode.northWest), level: 2, isMaritime: true)
        let seaTown = borderWay(arc(LimitNode.northWest, LimitNode.west), level: 2, isMaritime: true)
        let seaSouth = borderWay(arc(LimitNode.west, LimitNode.southWest), level: 2, isMaritime: true)
        let seaFar = borderWay(arc(LimitNode.southWest, LimitNode.south), level: 2, isMaritime: true)
        let seaAbroad = borderWay(
            arc(LimitNode.south, TownPlan.limitNodeCount + LimitNode.north), level: 2, isMaritime: true)
        let regional = borderWay(middle, level: 4)
        let upperLimit = borderWay(northern, level: 8)
        let lowerLimit = borderWay(lower, level: 8)

        let capital = draft.ownNode(
            PlanPoint(10, -4),
            [
                ("place", "town"), ("name", "Port-Tuile"), ("population", "18 240"), ("capital", "yes"),
                ("name:en", "Tile Harbour"), ("name:de", "Ziegelhafen"), ("name:ru", "Порт-Тюиль"),
                ("name:ja", "ポール・テュイル"), ("name:ar", "بور تويل"), ("name:zh", "瓦港"), ("name:he", "פור טויל"),
                ("name:el", "Πορ-Τυίλ"), ("name:hi", "पोर-तुइल"), ("name:th", "ปอร์ต-ตุยล์"), ("name:ko", "포르튀일"),
            ])
        let label = draft.ownNode(
            PlanPoint(1300, 700), [("place", "country"), ("name", "Valmer"), ("name:en", "Valmere")])
        let abroad = draft.ownNode(PlanPoint(4300, -200), [("place", "country"), ("name", "Estermark")])
        boundary(
            2, "République de Valmer", [seaNorth, seaTown, seaSouth, seaFar] + borders.reversed(),
            [("ISO3166-1", "XV")],
            nodes: [(capital, "admin_centre"), (label, "label")])
        boundary(
            2, "Estermark", [seaAbroad] + borders, [("ISO3166-1", "XE"), ("name:fr", "Estermarque")],
            nodes: [(abroad, "label")])
        boundary(4, "Haute-Valmer", [seaNorth, seaTown, regional, borders[1], borders[0]], [("ref", "HV")])
        boundary(4, "Basse-Valmer", [seaSouth, seaFar, borders[3], borders[2], regional], [("ref", "BV")])
        boundary(4, "Vesterland", [seaAbroad] + borders, [])
        boundary(8, "Saint-Aubin-des-Vents", [seaNorth, upperLimit, borders[0]], [("ref:INSEE", "99002")])
        boundary(
            8, "Port-Tuile", [seaTown, regional, borders[1], upperLimit], [("ref:INSEE", "99001")],
            nodes: [(capital, "admin_centre")])
        boundary(8, "Outre-Miremonde", [seaSouth, lowerLimit, borders[2], regional], [("ref:INSEE", "99003")])
        boundary(8, "Courlis-sur-Roc", [seaFar, borders[3], lowerLimit], [("ref:INSEE", "99004")])
    }

    private mutating func borderWay(_ path: PlanPath, level: Int, isMaritime: Bool = false) -> Int {
        var tags: [DraftTag] = [("boundary", "administrative"), ("admin_level", "\(level)")]
        if isMaritime { tags.append(("maritime", "yes")) }
        return draft.line(path, tags)
    }

    private mutating func boundary(
        _ level: Int, _ name: String, _ ways: [Int], _ extra: [DraftTag], nodes: [(Int, String)] = []
    ) {
        var members = ways.map { TownDraft.Member(kind: .way, number: $0, role: "outer") }
        members += nodes.map { TownDraft.Member(kind: .node, number: $0.0, role: $0.1) }
        draft.relation(
            members,
            [("type", "boundary"), ("boundary", "administrative"), ("admin_level", "\(level)"), ("name", name)] + extra)
    }
}
