import OSMModel

/// Data as it should not be but is: what every reader of OSM files must survive.
extension TownPlan {
    mutating func addOddities() {
        let spot = PlanPoint(1700, -700)
        // A way with one node, and one whose node comes twice in a row.
        draft.way(nodes: [draft.ownNode(spot, [])], [("highway", "path"), ("fixme", "one node only")])
        let pair = [draft.ownNode(spot + PlanPoint(30, 0), []), draft.ownNode(spot + PlanPoint(60, 9), [])]
        draft.way(nodes: [pair[0], pair[0], pair[1]], [("barrier", "fence")])
        // An area whose ring does not close.
        let open = draft.line(
            [spot + PlanPoint(0, 40), spot + PlanPoint(50, 40), spot + PlanPoint(50, 80)], [])
        draft.relation(
            [TownDraft.Member(kind: .way, number: open, role: "outer")],
            [("type", "multipolygon"), ("landuse", "grass"), ("note", "ring is open")])
        // A member that the file does not hold; roles that are wrong, empty and unheard of.
        draft.relation(
            [
                TownDraft.Member(kind: .way, number: nil, role: "outer"),
                TownDraft.Member(kind: .way, number: open, role: "inner"),
                TownDraft.Member(kind: .node, number: pair[0], role: ""),
                TownDraft.Member(kind: .node, number: pair[1], role: "büro"),
            ], [("type", "site"), ("name", "Site incomplet")])
        draft.relation([], [("type", "collection"), ("note", "no members")])
        // A bow tie: its ring crosses itself.
        let corner = spot + PlanPoint(120, 0)
        draft.ring(
            [corner, corner + PlanPoint(40, 40), corner + PlanPoint(40, 0), corner + PlanPoint(0, 40)],
            [("natural", "scrub"), ("note", "crosses itself")])
        draft.ownNode(spot + PlanPoint(-20, 20), [("created_by", "an editor of 2007")])
        draft.ownNode(
            spot + PlanPoint(-20, 40),
            [
                ("name", "Tab\tand\nline & <angle> \"quotes\" 'too'"), ("shop", "yes"),
                ("description", String(repeating: "long ", count: 50)),
            ])
        // Scripts, directions, marks that combine, and a character outside the basic plane.
        let names = [
            "Καφενείο Ο Φάρος", "Чайная «Маяк»", "茶館・灯台", "مقهى المنارة", "קפה המגדלור", "कैफ़े दीपस्तंभ",
            "ร้านกาแฟประภาคาร", "등대 찻집", "Cafe\u{301} décomposé", "⚓️ 🦀 🏴‍☠️", "თეთრი კოშკი", "ცისფერი",
        ]
        for (index, name) in names.enumerated() {
            guard !buildings.isEmpty else { return }
            let building = buildings[(index * 7 + 3) % buildings.count]
            draft.ownNode(building.ring.centre, [("amenity", "cafe"), ("name", name)])
        }
    }
}
