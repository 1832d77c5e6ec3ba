/// What covers the ground: built-up land, woods, and fields in between.
extension TownPlan {
    mutating func coverLand() {
        let forests = writeForests()
        writeResidential()
        writeFields(around: forests)
        for (points, tags) in TownPlan.patches {
            let ring = points.map { PlanPoint($0.0, $0.1) }.smoothed(spacing: 45, isRing: true)
            draft.ring(ring, tags)
        }
        for (from, to) in [(PlanPoint(1500, 160), PlanPoint(2080, 340)), (PlanPoint(2160, 365), PlanPoint(2760, 425))] {
            let row = [from, from.mixed(with: to, 0.5), to].map { $0 + PlanPoint(-4, 16) }
            draft.line(row, [("natural", "tree_row")])
        }
    }

    private static let patches: [([(Double, Double)], [DraftTag])] = [
        ([(1900, -560), (2350, -590), (2420, -740), (2080, -830)], [("natural", "wetland"), ("wetland", "marsh")]),
        (
            [(-700, -620), (-470, -660), (-500, -860), (-690, -830)],
            [("landuse", "allotments"), ("name", "Jardins de la Digue")]
        ),
        ([(2320, 1700), (2560, 1760), (2600, 1930), (2380, 1960)], [("natural", "bare_rock")]),
        ([(-1290, 1000), (-1130, 1010), (-1080, 1230), (-1260, 1260)], [("natural", "grassland")]),
        ([(5250, -1500), (5120, -900), (5200, -500), (5290, -800)], [("natural", "heath")]),
        ([(-100, -2560), (500, -2640), (420, -2820), (-180, -2740)], [("natural", "scrub")]),
        (
            [(1600, 1150), (1800, 1180), (1760, 1330), (1600, 1300)],
            [("landuse", "quarry"), ("name", "Carrière d’argile")]
        ),
    ]

    /// Returns the rings, so that fields keep out.
    private mutating func writeForests() -> [PlanPath] {
        let mountain = Shapes.blob(
            PlanPoint(2600, 1680), radii: PlanPoint(720, 560), roughness: 0.18, spacing: 48, &random)
        let clearing = Shapes.blob(
            PlanPoint(2480, 1830), radii: PlanPoint(190, 130), roughness: 0.16, spacing: 40, &random)
        draft.multipolygon(
            outer: mountain, inner: [clearing],
            [("landuse", "forest"), ("name", "Forêt du Haut-Mont"), ("leaf_type", "mixed")])
        let south = Shapes.blob(
            PlanPoint(1150, -1960), radii: PlanPoint(400, 260), roughness: 0.2, spacing: 48, &random)
        draft.ring(south, [("natural", "wood"), ("name", "Bois de Courlis"), ("leaf_type", "broadleaved")])
        let east = Shapes.blob(
            PlanPoint(4300, -1150), radii: PlanPoint(330, 420), roughness: 0.2, spacing: 48, &random)
        draft.ring(east, [("landuse", "forest"), ("name", "Møllerskov"), ("leaf_type", "needleleaved")])
        let pines = Shapes.blob(
            PlanPoint(-880, -1080), radii: PlanPoint(130, 380), roughness: 0.16, spacing: 48, &random)
        draft.ring(pines, [("natural", "wood"), ("name", "La Pinède"), ("leaf_type", "needleleaved")])
        return [mountain, south, east, pines]
    }

    private mutating func writeResidential() {
        for ring in [Districts.northBank, Districts.southBank] {
            draft.ring(ring.smoothed(spacing: 60, isRing: true), [("landuse", "residential")])
        }
        for village in Districts.villages {
            draft.ring(
                Shapes.blob(
                    village.centre, radii: PlanPoint(village.radius, village.radius * 0.85), roughness: 0.12,
                    spacing: 60, &random), [("landuse", "residential")])
        }
    }

    /// A bent net over the whole island; the meshes on free land are fields, which share their corners.
    private mutating func writeFields(around forests: [PlanPath]) {
        let mesh = (width: 300.0, height: 235.0)
        var corners: [[PlanPoint]] = []
        for row in -16...14 {
            corners.append(
                (-7...22).map { column in
                    let (u, v) = (Double(column) * mesh.width, Double(row) * mesh.height)
                    let wave = PlanPoint(
                        70 * PlanAngle(turns: v / 2300 + 0.1).sine, 60 * PlanAngle(turns: u / 2700).sine)
                    return moved(PlanPoint(u, v) + wave, by: 34)
                })
        }
        let urban = [Districts.northBank, Districts.southBank, Districts.industry]
        let shore = coast.closed
        for row in corners.indices.dropLast() {
            for column in corners[row].indices.dropLast() {
                let ring = [
                    corners[row][column], corners[row][column + 1], corners[row + 1][column + 1],
                    corners[row + 1][column],
                ]
                let probes = ring + [ring.centre] + ring.indices.map { ring[$0].mixed(with: ring[($0 + 1) % 4], 0.5) }
                let isFree = probes.allSatisfy { point in
                    coast.contains(point) && !lake.contains(point) && !riverBanks.contains(point)
                        && !urban.contains { $0.contains(point) } && !forests.contains { $0.contains(point) }
                        && !Districts.villages.contains { $0.centre.distance(to: point) < $0.radius }
                        && !isReserved(point) && shore.distance(to: point) > 70
                }
                guard isFree, random.chance(0.93) else { continue }
                draft.ring(ring, fieldTags())
            }
        }
    }

    private mutating func fieldTags() -> [DraftTag] {
        switch random.unit() {
        case ..<0.52: [("landuse", "farmland"), ("crop", random.pick(["wheat", "barley", "rape", "maize"]))]
        case ..<0.8: [("landuse", "meadow")]
        case ..<0.88: [("landuse", "orchard"), ("trees", "apple_trees")]
        case ..<0.95: [("landuse", "vineyard")]
        default: [("natural", "scrub")]
        }
    }
}
