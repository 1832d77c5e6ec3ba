import OSMModel

/// The railway along the south, the tram through the town, and the cable car up the hill.
extension TownPlan {
    private static let railTags: [DraftTag] = [("railway", "rail"), ("gauge", "1435"), ("electrified", "no")]

    mutating func drawRailways() {
        railways = [
            curve(
                [
                    (560, -606), (700, -640), (1000, -720), (1400, -850), (1850, -1280), (2130, -1800), (2600, -2240),
                    (3400, -2330), (4280, -1880), (4700, -1200), (4560, -420), (4330, 180), (4300, 560),
                ],
                jitter: 0, spacing: 55
            ).simplified(tolerance: 0.8)
        ]
        obstacles.add(railways[0], clearance: 9)
    }

    /// Where a street without a bridge crosses the railway, both lines get the crossing's node.
    mutating func crossRailway() {
        for index in streets.indices where !TownPlan.isBridgedOverRail(streets[index].kind) {
            for place in TownPlan.crossings(streets[index].path, railways[0]).reversed() {
                let (before, after) = TownPlan.split(streets[index].path, at: place)
                let crossing = before[before.count - 1]
                streets[index].path = before + after.dropFirst()
                guard let along = TownPlan.metres(along: railways[0], to: crossing) else { continue }
                let (west, east) = TownPlan.split(railways[0], at: along)
                railways[0] = Array(west.dropLast()) + [crossing] + east.dropFirst()
                levelCrossings.append(crossing)
            }
        }
    }

    static func isBridgedOverRail(_ kind: String) -> Bool {
        ["primary", "secondary", "tertiary", "unclassified"].contains(kind)
    }

    /// How far along a line the place nearest to a point lies.
    private static func metres(along path: PlanPath, to point: PlanPoint) -> Double? {
        var metres = 0.0
        var best: (distance: Double, metres: Double)?
        for index in path.indices.dropFirst() {
            let segment = PlanSegment(path[index - 1], path[index])
            let share = segment.share(nearest: point)
            let distance = segment.from.mixed(with: segment.to, share).distance(to: point)
            let length = segment.from.distance(to: segment.to)
            if distance < best?.distance ?? .infinity { best = (distance, metres + share * length) }
            metres += length
        }
        return best?.metres
    }

    mutating func writeRailways() {
        writeRailway()
        writeTram()
        writeCableCar()
    }

    private mutating func writeRailway() {
        let rail = railways[0]
        for place in levelCrossings { draft.tagSharedNode(place, [("railway", "level_crossing")]) }
        draft.line(rail, TownPlan.railTags + [("name", "Ligne du Sud"), ("usage", "branch")])
        let end = Array(rail[..<min(6, rail.count)])
        for side in [-1.0, 1] {
            let siding = end.beside(side * 6).dropLast() + [end[end.count - 1]]
            draft.line(Array(siding), TownPlan.railTags + [("service", side < 0 ? "siding" : "yard")])
        }
        let platform = Array(end[..<3]).beside(-12)
        draft.line(platform, [("railway", "platform"), ("public_transport", "platform"), ("ref", "1")])
        draft.tagSharedNode(
            end[1], [("railway", "station"), ("public_transport", "station"), ("name", "Port-Tuile")])
        if let halt = rail.min(by: { $0.distance(to: PlanPoint(2250, -1980)) < $1.distance(to: PlanPoint(2250, -1980)) }
        ) {
            draft.tagSharedNode(halt, [("railway", "halt"), ("name", "Courlis")])
        }
        draft.tagSharedNode(
            rail[rail.count - 1], [("railway", "station"), ("name", "Vesperholm Banegård"), ("name:en", "Vesperholm")])
    }

    private mutating func writeTram() {
        let roads = streets.filter { $0.role == .southRoad || $0.role == .northRoad }
        guard let south = roads.first(where: { $0.role == .southRoad }),
            let north = roads.first(where: { $0.role == .northRoad }),
            let ring = streets.first(where: { $0.role == .boulevard })
        else { return }
        // Up the main bridge, around the east of the old town, and north to the hospital.
        let start = TownPlan.split(south.path, at: min(420, south.path.pathLength - 10)).0.reversed()
        let end = TownPlan.split(north.path, at: 620).0
        let east = ring.path.dropLast().filter { $0.x > 40 && $0.y > -262 && $0.y < 275 }.sorted { $0.y < $1.y }
        let middle = Array(start) + east + end
        let track = middle.beside(-2.2).simplified(tolerance: 0.4)
        let bridges = TownPlan.crossings(track, riverBanks.closed)
        let tags: [DraftTag] = [
            ("railway", "tram"), ("gauge", "1000"), ("electrified", "contact_line"), ("name", "Tram A"),
        ]
        var ways: [Int] = []
        if bridges.count == 2 {
            let (before, after) = TownPlan.split(track, at: bridges[0] - 7)
            let (over, beyond) = TownPlan.split(after, at: bridges[1] - bridges[0] + 14)
            ways = [
                draft.line(before, tags), draft.line(over, tags + [("bridge", "yes"), ("layer", "1")]),
                draft.line(beyond, tags),
            ]
        } else {
            ways = [draft.line(track, tags)]
        }
        var members: [TownDraft.Member] = []
        let stops = ["Gare", "Grand Pont", "Remparts", "Porte Saint-Aubin", "Belvédère", "Hôpital"]
        for (index, name) in stops.enumerated() {
            let share = Double(index) / Double(stops.count - 1)
            let target = track.place(at: share * track.pathLength).point
            guard let stop = track.min(by: { $0.distance(to: target) < $1.distance(to: target) }) else { continue }
            let node = draft.tagSharedNode(
                stop, [("railway", "tram_stop"), ("public_transport", "stop_position"), ("name", name)])
            members.append(TownDraft.Member(kind: .node, number: node, role: "stop"))
        }
        members += ways.map { TownDraft.Member(kind: .way, number: $0, role: "") }
        draft.relation(
            members,
            [
                ("type", "route"), ("route", "tram"), ("ref", "A"), ("name", "Tram A : Gare – Hôpital"),
                ("colour", "#c0392b"), ("operator", "Transports de Port-Tuile"),
            ])
    }

    private mutating func writeCableCar() {
        let cable: PlanPath = [
            PlanPoint(2010, 1420), PlanPoint(2150, 1570), PlanPoint(2300, 1690), PlanPoint(2440, 1800),
        ]
        draft.line(cable, [("aerialway", "gondola"), ("name", "Téléphérique du Haut-Mont"), ("occupancy", "8")])
        draft.tagSharedNode(cable[0], [("aerialway", "station"), ("name", "Gare de la Vallée")])
        for pylon in cable[1...2] { draft.tagSharedNode(pylon, [("aerialway", "pylon")]) }
        draft.tagSharedNode(cable[3], [("aerialway", "station"), ("name", "Gare du Sommet")])
        draft.ownNode(
            PlanPoint(2470, 1850),
            [("natural", "peak"), ("name", "Le Haut-Mont"), ("ele", "214"), ("summit:cross", "yes")])
        draft.ownNode(PlanPoint(2462, 1838), [("tourism", "viewpoint"), ("direction", "225")])
    }
}
