/// A town in the making: what earlier stages drew and later ones must know. Each stage is an extension in `Stages/`.
///
/// The island is laid out by hand, in control points; the seed moves them, names the streets and fills the lots.
struct TownPlan {
    var random: SampleRandom
    var names = FrenchNames()
    var draft = TownDraft()

    /// The island, counter-clockwise: land to the left, as coastlines run.
    var coast: PlanPath = []
    /// From the lake to the sea.
    var riverLine: PlanPath = []
    var riverBanks: PlanPath = []
    var lake: PlanPath = []

    var streets: [Street] = []
    /// Numbers of the ways that a street became.
    var streetWays: [StreetRole: [Int]] = [:]
    var motorways: [PlanPath] = []
    var railways: [PlanPath] = []
    var levelCrossings: [PlanPoint] = []

    /// Sites that are no lots: parks, schools, the market square.
    var reserved: [PlanPath] = []
    var obstacles = ObstacleIndex()
    var buildings: [Building] = []

    init(seed: UInt64) {
        random = SampleRandom(seed: seed)
        drawCoast()
        drawWaters()
        drawMotorway()
        drawMainStreets()
        drawRailways()
        reserveSites()
        drawDistricts()
        joinStreets()
        crossRailway()
        writeStreets()
        writeMotorway()
        writeRailways()
        buildSites()
        buildHouses()
        coverLand()
        openShops()
        placeThings()
        drawBoundaries()
        runRoutes()
        addOddities()
    }

    /// A control point moved a little, so that every seed has another island.
    mutating func moved(_ point: PlanPoint, by metres: Double) -> PlanPoint {
        PlanPoint(
            point.x + random.number(-metres, metres), point.y + random.number(-metres, metres))
    }

    mutating func curve(_ points: [(Double, Double)], jitter: Double = 8, spacing: Double = 40, isRing: Bool = false)
        -> PlanPath
    {
        let controls = points.map { moved(PlanPoint($0.0, $0.1), by: jitter) }
        return controls.smoothed(spacing: spacing, isRing: isRing)
    }

    /// Land, and so many metres from any bank or shore.
    func isDry(_ point: PlanPoint, margin: Double = 12) -> Bool {
        guard coast.contains(point), !riverBanks.contains(point), !lake.contains(point) else { return false }
        return riverBanks.closed.distance(to: point) >= margin && lake.closed.distance(to: point) >= margin
            && coast.closed.distance(to: point) >= margin
    }

    func isReserved(_ point: PlanPoint) -> Bool { reserved.contains { $0.contains(point) } }
}

/// A street as drawn, before crossings make its nodes.
struct Street {
    var path: PlanPath
    var kind: String
    var tags: [DraftTag]
    var role: StreetRole = .local
    var isRing = false
    /// How far an end may be from another street to be led there; 0 leaves ends alone.
    var reach = 40.0
    /// Fixed ends stay where they are: they lie on a carriageway that is not part of the street net.
    var hasFixedStart = false
    var hasFixedEnd = false
}

/// Streets that later stages ask for by name.
enum StreetRole: Hashable {
    case local, square, boulevard, northRoad, eastRoad, southRoad, harbourRoad, westRoad, beachRoad, bypass
    case coastPath, lane
}

/// A building on its lot.
struct Building {
    var ring: PlanPath
    /// Middle of the side towards the street.
    var front: PlanPoint
    var isInOldTown: Bool
    var way: Int
}

/// The built-up parts, as rings.
enum Districts {
    static let oldTownCentre = PlanPoint(0, 20)
    static let north: PlanPath = [
        PlanPoint(-430, 320), PlanPoint(-250, 270), PlanPoint(-80, 340), PlanPoint(140, 330), PlanPoint(300, 210),
        PlanPoint(340, 80), PlanPoint(860, 90), PlanPoint(880, 420), PlanPoint(820, 760), PlanPoint(520, 950),
        PlanPoint(60, 1000), PlanPoint(-360, 920), PlanPoint(-540, 680),
    ]
    static let south: PlanPath = [
        PlanPoint(-560, -560), PlanPoint(-330, -450), PlanPoint(60, -470), PlanPoint(500, -500), PlanPoint(540, -720),
        PlanPoint(480, -960), PlanPoint(60, -1060), PlanPoint(-380, -970), PlanPoint(-600, -780),
    ]
    static let harbour: PlanPath = [
        PlanPoint(-760, 20), PlanPoint(-780, 240), PlanPoint(-640, 420), PlanPoint(-430, 320), PlanPoint(-300, 190),
        PlanPoint(-320, -40), PlanPoint(-560, -200), PlanPoint(-740, -170),
    ]
    /// All that is built up on either side of the river.
    static let northBank: PlanPath = [
        PlanPoint(-770, -30), PlanPoint(-780, 240), PlanPoint(-650, 460), PlanPoint(-590, 690), PlanPoint(-390, 950),
        PlanPoint(60, 1040), PlanPoint(540, 990), PlanPoint(850, 800), PlanPoint(905, 430), PlanPoint(890, 50),
        PlanPoint(570, 0), PlanPoint(360, -130), PlanPoint(240, -310), PlanPoint(0, -320), PlanPoint(-250, -270),
        PlanPoint(-520, -290), PlanPoint(-740, -230),
    ]
    static let southBank: PlanPath = [
        PlanPoint(-610, -560), PlanPoint(-330, -430), PlanPoint(60, -450), PlanPoint(530, -480), PlanPoint(580, -740),
        PlanPoint(500, -990), PlanPoint(60, -1100), PlanPoint(-400, -1010), PlanPoint(-650, -790),
    ]
    static let industry: PlanPath = [
        PlanPoint(960, -800), PlanPoint(1260, -860), PlanPoint(1560, -1120), PlanPoint(1480, -1420),
        PlanPoint(1050, -1350), PlanPoint(840, -1080),
    ]
    static let villages: [(name: String, kind: String, population: Int, centre: PlanPoint, radius: Double)] = [
        ("Saint-Aubin-des-Vents", "village", 812, PlanPoint(1300, 1950), 260),
        ("Courlis-sur-Roc", "village", 437, PlanPoint(1780, -2240), 240),
        ("Vesperholm", "village", 1_106, PlanPoint(4350, 820), 280),
        ("Les Sablons", "hamlet", 64, PlanPoint(-850, -1790), 150),
        ("Haut-Fanal", "hamlet", 38, PlanPoint(2950, -1560), 130),
    ]
}
