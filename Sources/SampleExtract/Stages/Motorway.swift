/// The motorway along the north: two carriageways, a tunnel, and one junction.
extension TownPlan {
    static let junction = PlanPoint(1000, 1200)
    private static let halfGap = 8.0

    /// Traffic keeps to the right: the southern carriageway runs east.
    mutating func drawMotorway() {
        let middle = curve(
            [
                (-560, 1172), (-200, 1215), (400, 1228), (1000, 1200), (1700, 1090), (2400, 1190), (3050, 1350),
                (3700, 1270), (4060, 1130),
            ], jitter: 0, spacing: 60)
        // Carriageways end in the roundabouts' nodes a twelfth of a turn beside the axis.
        let west = Shapes.circle(PlanPoint(-700, 1150), radius: 22, corners: 12)
        let east = Shapes.circle(PlanPoint(4180, 1080), radius: 22, corners: 12)
        motorways = [
            [west[11]] + middle.beside(-TownPlan.halfGap) + [east[6]],
            [east[5]] + middle.beside(TownPlan.halfGap).reversed() + [west[1]],
        ]
        let name: [DraftTag] = [("oneway", "yes"), ("surface", "asphalt"), ("maxspeed", "70")]
        let (eastbound, westbound) = (motorways[0], motorways[1])
        func nearest(_ path: PlanPath, _ x: Double) -> PlanPoint {
            path.min { abs($0.x - x) < abs($1.x - x) } ?? TownPlan.junction
        }
        let links: [PlanPath] = [
            [nearest(eastbound, 660), PlanPoint(820, 1180), PlanPoint(940, 1145), PlanPoint(996, 1136)],
            [PlanPoint(1004, 1138), PlanPoint(1080, 1140), PlanPoint(1200, 1152), nearest(eastbound, 1370)],
            [nearest(westbound, 1370), PlanPoint(1200, 1212), PlanPoint(1090, 1255), PlanPoint(1016, 1264)],
            [PlanPoint(1004, 1266), PlanPoint(920, 1268), PlanPoint(800, 1252), nearest(westbound, 660)],
        ]
        for (index, link) in links.enumerated() {
            streets.append(
                Street(
                    path: link.smoothed(spacing: 35), kind: "motorway_link", tags: name,
                    hasFixedStart: index.isMultiple(of: 2), hasFixedEnd: !index.isMultiple(of: 2)))
        }
    }

    mutating func writeMotorway() {
        let tags: [DraftTag] = [
            ("highway", "motorway"), ("ref", "A 1"), ("name", "Autoroute des Îles"), ("oneway", "yes"), ("lanes", "2"),
            ("maxspeed", "110"),
        ]
        for path in motorways {
            let tunnel = path.indices.filter { path[$0].x > 2650 && path[$0].x < 3350 }
            guard let first = tunnel.first, let last = tunnel.last else { continue }
            // The ends by the roundabouts are trunk road.
            let trunk: [DraftTag] = [("highway", "trunk"), ("ref", "N 10"), ("oneway", "yes"), ("maxspeed", "70")]
            draft.line(Array(path[...1]), trunk)
            draft.line(Array(path[1...first]), tags)
            draft.line(
                Array(path[first...last]),
                tags + [("tunnel", "yes"), ("layer", "-1"), ("tunnel:name", "Tunnel du Haut-Mont")])
            draft.line(Array(path[last...(path.count - 2)]), tags)
            draft.line(Array(path[(path.count - 2)...]), trunk)
        }
        for (path, x) in [(motorways[0], 660.0), (motorways[1], 1370)] {
            if let place = path.min(by: { abs($0.x - x) < abs($1.x - x) }) {
                draft.tagSharedNode(
                    place, [("highway", "motorway_junction"), ("ref", "1"), ("name", "Saint-Aubin")])
            }
        }
    }
}
