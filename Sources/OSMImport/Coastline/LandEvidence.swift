import FeatureStorage
import OSMModel
import PlanarGeometry

/// What of an extract can only be on land, and what only at sea.
struct LandEvidence {
    /// A node of each street and settlement, on the world grid; at most `sampleLimit`, evenly taken.
    private(set) var grounds: [WorldPoint] = []
    /// A node of each building, likewise. Buildings may stand in the water: in a country of lagoons every tenth does.
    private(set) var buildings: [WorldPoint] = []
    private(set) var hasLand = false
    private(set) var hasSea = false

    static let sampleLimit = 50_000

    /// Streets for vehicles; paths and service ways lead out onto piers, and on tracks one fords.
    private static let streets = [
        "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street",
    ]
    private static let places = [
        "city", "town", "village", "hamlet", "suburb", "quarter", "neighbourhood", "isolated_dwelling", "farm",
    ]
    /// Keys whose presence says that a way is not on the ground, or afloat.
    private static let raised = ["bridge", "tunnel", "floating", "man_made"]

    /// Reads tags by number, one pass over all of them. Without coast nothing can be flooded: places are looked up only with it.
    init(
        _ tags: TagCollector, _ nodes: ElementCollector.TaggedNodes, _ locator: WayLocator, withPlaces: Bool
    ) throws {
        let rules = Rules(tags)
        var streets: [Int] = []
        var houses: [Int] = []
        for way in locator.lookup.ascending where locator.ways.tagLists[way] != .max {
            switch rules.verdict(ofWay: locator.ways.tagLists[way]) {
            case .ground: streets.append(way)
            case .building: houses.append(way)
            case .landWithoutSample: hasLand = true
            case .sea: hasSea = true
            case .none: break
            }
        }
        var placeNodes: [Int] = []
        for node in nodes.ids.indices {
            switch rules.verdict(ofNode: nodes.tagLists[node]) {
            case .ground: placeNodes.append(node)
            case .building, .landWithoutSample: hasLand = true
            case .sea: hasSea = true
            case .none: break
            }
        }
        hasLand = hasLand || !streets.isEmpty || !houses.isEmpty || !placeNodes.isEmpty
        if !withPlaces { return }
        let step = (streets.count + placeNodes.count) / LandEvidence.sampleLimit + 1
        for index in stride(from: 0, to: placeNodes.count, by: step) {
            let coordinate = nodes.coordinates[placeNodes[index]]
            if coordinate.isValid { grounds.append(WebMercator.worldPoint(coordinate)) }
        }
        var buffer = WayLocator.Buffer()
        func middle(_ way: Int) throws -> WorldPoint? {
            try locator.load(way, into: &buffer)
            let middle = buffer.points.count / 2
            return buffer.points.indices.contains(middle) && buffer.isLocated[middle] ? buffer.points[middle] : nil
        }
        for index in stride(from: 0, to: streets.count, by: step) {
            if let point = try middle(streets[index]) { grounds.append(point) }
        }
        for index in stride(from: 0, to: houses.count, by: houses.count / LandEvidence.sampleLimit + 1) {
            if let point = try middle(houses[index]) { buildings.append(point) }
        }
    }

    private enum Verdict { case ground, building, landWithoutSample, sea, none }

    private struct Rules {
        let tags: TagCollector
        let building: UInt32?
        let highway: UInt32?
        let landuse: UInt32?
        let place: UInt32?
        let route: UInt32?
        let maritime: UInt32?
        let seamark: UInt32?
        let no: TagValueCode?
        let ferry: TagValueCode?
        let yes: TagValueCode?
        let streets: Set<TagValueCode>
        let places: Set<TagValueCode>
        let raised: Set<UInt32>

        init(_ tags: TagCollector) {
            self.tags = tags
            building = tags.number(ofText: "building")
            highway = tags.number(ofText: "highway")
            landuse = tags.number(ofText: "landuse")
            place = tags.number(ofText: "place")
            route = tags.number(ofText: "route")
            maritime = tags.number(ofText: "maritime")
            seamark = tags.number(ofText: "seamark:type")
            no = tags.valueCode("no")
            ferry = tags.valueCode("ferry")
            yes = tags.valueCode("yes")
            streets = Set(LandEvidence.streets.compactMap(tags.valueCode))
            places = Set(LandEvidence.places.compactMap(tags.valueCode))
            raised = Set(LandEvidence.raised.compactMap(tags.number))
        }

        func verdict(ofWay list: UInt32) -> Verdict {
            var verdict = Verdict.none
            for index in tags.range(list) {
                let (key, value) = tags.tag(at: index)
                if raised.contains(key), value != no { return .none }
                if key == highway, streets.contains(value) {
                    verdict = .ground
                } else if key == building, value != no, verdict != .ground {
                    verdict = .building
                } else if key == landuse, verdict == .none {
                    verdict = .landWithoutSample
                } else if verdict == .none,
                    key == route && value == ferry || key == maritime && value == yes || key == seamark
                {
                    verdict = .sea
                }
            }
            return verdict
        }

        func verdict(ofNode list: UInt32) -> Verdict {
            for index in tags.range(list) {
                let (key, value) = tags.tag(at: index)
                if key == place, places.contains(value) { return .ground }
                if key == seamark { return .sea }
                if key == highway { return .landWithoutSample }
            }
            return .none
        }
    }
}
