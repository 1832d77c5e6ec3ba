import OSMModel

/// Bus lines, a hiking trail, and a turn that is forbidden.
extension TownPlan {
    mutating func runRoutes() {
        runBus()
        markTrail()
        forbidTurn()
    }

    private mutating func runBus() {
        let roads: [StreetRole] = [.southRoad, .boulevard, .northRoad]
        var members: [TownDraft.Member] = []
        var stops = 0
        for role in roads {
            guard let street = streets.first(where: { $0.role == role }), !street.isRing else { continue }
            for metres in stride(from: 180, to: min(street.path.pathLength - 50, 2400), by: 420.0) {
                let (point, direction) = street.path.place(at: metres)
                stops += 1
                let node = draft.ownNode(
                    point + direction.left * -5.5,
                    [
                        ("highway", "bus_stop"), ("public_transport", "platform"),
                        ("name", "Arrêt \(FrenchNames.stops[stops % FrenchNames.stops.count])"),
                        ("shelter", random.chance(0.5) ? "yes" : "no"),
                    ])
                members.append(TownDraft.Member(kind: .node, number: node, role: "platform"))
            }
        }
        for role in roads {
            members += (streetWays[role] ?? []).map { TownDraft.Member(kind: .way, number: $0, role: "") }
        }
        let route = draft.relation(
            members,
            [
                ("type", "route"), ("route", "bus"), ("ref", "1"), ("from", "Courlis-sur-Roc"),
                ("to", "Saint-Aubin-des-Vents"), ("name", "Bus 1 : Courlis → Saint-Aubin"), ("network", "TPT"),
            ])
        draft.relation(
            [TownDraft.Member(kind: .relation, number: route, role: "")],
            [("type", "route_master"), ("route_master", "bus"), ("ref", "1"), ("name", "Bus 1")])
    }

    private mutating func markTrail() {
        let ways = (streetWays[.coastPath] ?? []) + (streetWays[.lane] ?? []).prefix(6)
        draft.relation(
            ways.map { TownDraft.Member(kind: .way, number: $0, role: "") },
            [
                ("type", "route"), ("route", "hiking"), ("network", "rwn"), ("ref", "GR 99"),
                ("name", "Tour de l’île"), ("osmc:symbol", "red:white:red_lower:99:black"),
            ])
    }

    /// From one street's end into another street that begins there.
    private mutating func forbidTurn() {
        var starts: [Int: Int] = [:]
        for (number, way) in draft.ways.enumerated() where way.tags.first?.key == "highway" {
            if let first = way.nodes.first { starts[first] = number }
        }
        for (number, way) in draft.ways.enumerated() where way.tags.first?.value == "residential" {
            guard let via = way.nodes.last, let to = starts[via], to != number else { continue }
            draft.relation(
                [
                    TownDraft.Member(kind: .way, number: number, role: "from"),
                    TownDraft.Member(kind: .node, number: via, role: "via"),
                    TownDraft.Member(kind: .way, number: to, role: "to"),
                ], [("type", "restriction"), ("restriction", "no_left_turn")])
            return
        }
    }
}

extension FrenchNames {
    static let stops = [
        "Briqueterie", "Grand Pont", "Corderie", "Belvédère", "Deux Moulins", "Croix Rousseau", "Pré Long",
    ]
}
