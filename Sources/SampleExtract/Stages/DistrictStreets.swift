/// The small streets: crooked lanes inside the old ring, bent grids around it, and the villages.
extension TownPlan {
    /// A grid of streets and how it is bent.
    private struct Grid {
        var origin: PlanPoint
        var turns: Double
        var spacing: (along: Double, across: Double)
        var bend: Double
        var reachOfLines: Int
        /// How far streets keep from the roads that were there before.
        var margin: Double
    }

    mutating func drawDistricts() {
        let main = streets
        let ring = main.first { $0.role == .boulevard }?.path ?? []
        addGrid(
            Grid(
                origin: PlanPoint(8, 12), turns: 0.04, spacing: (88, 70), bend: 20, reachOfLines: 4, margin: 22),
            in: ring, avoiding: main
        ) { point in point.distance(to: PlanPoint(0, 20)) < 125 ? "pedestrian" : "living_street" }
        addGrid(
            Grid(
                origin: PlanPoint(100, 480), turns: 0.025, spacing: (152, 108), bend: 32, reachOfLines: 8, margin: 34),
            in: Districts.north, avoiding: main
        ) { _ in "residential" }
        addGrid(
            Grid(
                origin: PlanPoint(0, -700), turns: 0.975, spacing: (148, 106), bend: 26, reachOfLines: 7, margin: 34),
            in: Districts.south, avoiding: main
        ) { _ in "residential" }
        addGrid(
            Grid(
                origin: PlanPoint(-540, 160), turns: 0.08, spacing: (112, 92), bend: 20, reachOfLines: 5, margin: 30),
            in: Districts.harbour, avoiding: main
        ) { _ in "residential" }
        addGrid(
            Grid(
                origin: PlanPoint(1180, -1080), turns: 0.93, spacing: (230, 170), bend: 6, reachOfLines: 4, margin: 40),
            in: Districts.industry, avoiding: main
        ) { _ in "unclassified" }
        for village in Districts.villages {
            let outline = Shapes.blob(
                village.centre, radii: PlanPoint(village.radius, village.radius * 0.8), roughness: 0.2, spacing: 60,
                &random)
            addGrid(
                Grid(
                    origin: village.centre + PlanPoint(60, 45), turns: random.number(0, 0.25), spacing: (150, 120),
                    bend: 30, reachOfLines: 2, margin: 42),
                in: outline, avoiding: main
            ) { _ in "residential" }
        }
    }

    private mutating func addGrid(
        _ grid: Grid, in area: PlanPath, avoiding main: [Street], kind: (PlanPoint) -> String
    ) {
        let turn = PlanAngle(turns: grid.turns)
        let waveLength = 640.0
        let phase = random.unit()
        let near = main.map(\.path).filter { path in
            let (low, high) = path.bounds
            let (areaLow, areaHigh) = area.bounds
            return high.x > areaLow.x - 60 && low.x < areaHigh.x + 60 && high.y > areaLow.y - 60
                && low.y < areaHigh.y + 60
        }
        for isAlong in [true, false] {
            let spacing = isAlong ? grid.spacing.across : grid.spacing.along
            for number in -grid.reachOfLines...grid.reachOfLines {
                let offset = Double(number) * spacing + random.number(-0.12, 0.12) * spacing
                let line: PlanPath = stride(from: -1100.0, through: 1100, by: 22).map { step in
                    let wave = grid.bend * PlanAngle(turns: step / waveLength + phase).sine
                    let local = isAlong ? PlanPoint(step, offset + wave) : PlanPoint(offset - wave, step)
                    return grid.origin + local.rotated(by: turn)
                }
                let parts = line.parts { point in
                    area.contains(point) && !isReserved(point)
                        && near.allSatisfy { $0.distance(to: point) > grid.margin }
                        && railways.allSatisfy { $0.distance(to: point) > 16 } && isDry(point, margin: 9)
                }
                for part in parts where part.pathLength > grid.margin * 1.6 {
                    // Some streets end blind or stop half way: towns are not chessboards.
                    let isShortened = number.isMultiple(of: 3) && part.pathLength > 260 && grid.margin > 30
                    let path =
                        isShortened ? TownPlan.split(part, at: part.pathLength * random.number(0.55, 0.8)).0 : part
                    addLocalStreet(path.simplified(tolerance: 1), kind(path[path.count / 2]))
                }
            }
        }
    }

    private mutating func addLocalStreet(_ path: PlanPath, _ kind: String) {
        var tags: [DraftTag] = [("name", names.street(&random))]
        switch kind {
        case "pedestrian": tags.append(("surface", "sett"))
        case "living_street": if random.chance(0.35) { tags.append(("oneway", "yes")) }
        case "residential":
            if random.chance(0.2) { tags.append(("oneway", random.chance(0.15) ? "-1" : "yes")) }
            if random.chance(0.5) { tags.append(("maxspeed", "30")) }
            if random.chance(0.4) { tags.append(("surface", "asphalt")) }
        default: tags.append(("surface", "asphalt"))
        }
        streets.append(Street(path: path, kind: kind, tags: tags, reach: 75))
    }
}
