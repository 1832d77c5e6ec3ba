import FeatureStorage
import OSMModel
import PlanarGeometry
import TileSchemas

/// The ocean of an extract, from its coastline.
///
/// Join the ways, cut them at the border of the extract, mend what is open, see which faces of the plane are water, leave out
/// what would flood land, and store the rest twice: whole for the low zooms, in cells for the others.
struct SeaAssembly {
    private(set) var drafts = FeatureDraftBatch()
    private(set) var problems: [MapProblem] = []
    private(set) var remarks: [ImportRemark] = []
    /// `nil` when no sea was asked for.
    private(set) var summary: StoreMetadata.Sea?

    /// Streets and settlements in a piece of sea, by which it is left out: this share of all, or, where the piece is small,
    /// this share of what its area would hold if they were spread evenly; and never fewer than three.
    static let floodShare = 0.01
    static let floodDensity = 0.1
    static let floodCount = 3
    /// The same for buildings: this share of all.
    static let floodShareOfBuildings = 0.25

    init(
        _ options: SeaOptions, _ header: OSMFileHeader, nodes: ElementCollector.TaggedNodes, locator: WayLocator,
        tags: inout TagCollector
    ) throws {
        if options.mode == .none { return }
        let nodeExtent = { NodeExtent(locator.locations) }
        guard let region = SeaRegion(options, header, nodes: nodeExtent, remarks: &remarks) else {
            let isSeaExpected = options.mode == .ocean || !SeaAssembly.coastWays(locator, tags).isEmpty
            if isSeaExpected { remarks.append(.regionWithoutArea) }
            return
        }
        var (seas, hasCoast) = try findSeas(in: region, options, nodes, locator, tags)
        SeaAssembly.makeValid(&seas)
        let derivation: StoreMetadata.Sea.Derivation =
            hasCoast ? .coastline : options.mode == .auto ? .context : .stated
        store(seas, region, derivation, &tags)
    }

    /// The pieces of sea, and whether there is coast at all. What is needed on the way to them is let go of step by step: it
    /// is several times as large as the coast.
    private mutating func findSeas(
        in region: SeaRegion, _ options: SeaOptions, _ nodes: ElementCollector.TaggedNodes, _ locator: WayLocator,
        _ tags: TagCollector
    ) throws -> (seas: [CoastFaces.Sea], hasCoast: Bool) {
        let border = SeaBorder(region)
        let (coast, hasCoast) = try mendedCoast(of: region, border, locator, tags)
        let evidence = try LandEvidence(tags, nodes, locator, withPlaces: hasCoast)
        let isSeaWithoutCoast = options.mode == .ocean || options.mode == .auto && evidence.hasSea && !evidence.hasLand
        var faces = CoastFaces(coast, border, undecidedIsSea: isSeaWithoutCoast, &problems)
        var seas = faces.seas()
        if hasCoast { dropFloods(&seas, &faces, region, evidence) }
        return (seas, hasCoast)
    }

    private mutating func mendedCoast(
        of region: SeaRegion, _ border: SeaBorder, _ locator: WayLocator, _ tags: TagCollector
    ) throws -> (coast: MendedCoast, hasCoast: Bool) {
        var segments = try SeaAssembly.segments(near: region, locator, tags)
        problems += segments.dropDuplicates()
        var strips = EdgeStrips(segments.segments.map { EdgeStrips.Edge($0.from, $0.to) })
        let crossings = CoastCrossings.problems(segments.segments, strips, region.frame)
        if !crossings.isEmpty {
            problems += crossings
            // Before lines are made of them, so that no line crosses itself or another one.
            segments.split()
            strips = EdgeStrips(segments.segments.map { EdgeStrips.Edge($0.from, $0.to) })
        }
        let pieces = CoastPieces(CoastJoining(segments.segments).lines(), inside: border)
        var coast = CoastMending(pieces, border, strips: strips, &problems).coast
        coast.cuts = segments.cuts
        return (coast, !segments.segments.isEmpty)
    }

    private static func segments(
        near region: SeaRegion, _ locator: WayLocator, _ tags: TagCollector
    ) throws -> CoastSegments {
        var segments = CoastSegments(near: region)
        var buffer = WayLocator.Buffer()
        for way in coastWays(locator, tags) {
            try locator.load(way, into: &buffer)
            for index in buffer.points.indices.dropFirst() where buffer.isLocated[index - 1] && buffer.isLocated[index]
            {
                segments.add(buffer.points[index - 1], buffer.points[index], way: locator.ways.ids[way])
            }
        }
        return segments
    }

    /// Indexes of the coastline ways, by ascending id.
    private static func coastWays(_ locator: WayLocator, _ tags: TagCollector) -> [Int] {
        guard let natural = tags.number(ofText: "natural"), let coastline = tags.valueCode("coastline") else {
            return []
        }
        return locator.lookup.ascending.filter { way in
            let list = locator.ways.tagLists[way]
            return list != .max && tags.range(list).contains { tags.tag(at: $0) == (natural, coastline) }
        }
    }

    /// Leaves out the pieces of sea in which the land's streets, settlements and buildings stand.
    private mutating func dropFloods(
        _ seas: inout [CoastFaces.Sea], _ faces: inout CoastFaces, _ region: SeaRegion, _ evidence: LandEvidence
    ) {
        let grounds = SeaAssembly.drowned(evidence.grounds, &faces, region)
        let buildings = SeaAssembly.drowned(evidence.buildings, &faces, region)
        let regionArea = Double(region.rings.doubledArea)
        seas.removeAll { sea in
            let (ground, building) = (grounds.byFace[sea.face], buildings.byFace[sea.face])
            let expected = Double(sea.rings.doubledArea) / regionArea
            var isFlood = false
            if let ground, ground.count >= SeaAssembly.floodCount {
                let share = Double(ground.count) / Double(grounds.total)
                isFlood = share > SeaAssembly.floodShare || share > SeaAssembly.floodDensity * expected
            }
            if let building, building.count >= SeaAssembly.floodCount {
                let share = Double(building.count) / Double(buildings.total)
                isFlood = isFlood || share > SeaAssembly.floodShareOfBuildings
            }
            guard isFlood, let place = ground?.first ?? building?.first else { return false }
            problems.append(
                MapProblem(
                    .coastlineFlood, ElementID(.way, sea.way ?? 0), at: region.frame.coordinate(place),
                    detail:
                        "\(ground?.count ?? 0) of \(grounds.total) streets and settlements, \(building?.count ?? 0) of "
                        + "\(buildings.total) buildings lie in the sea that it bounds"))
            return true
        }
    }

    /// Rings that meet themselves or each other in a point are taken apart there.
    private static func makeValid(_ seas: inout [CoastFaces.Sea]) {
        var scratch = WorldPolygonRepairScratch()
        for index in seas.indices {
            let rings = seas[index].rings
            let (outcome, geometry) = WorldPolygonRepair.repair(
                points: rings.points, partEnds: rings.ends, isExterior: rings.ends.indices.map { $0 == 0 },
                scratch: &scratch)
            guard outcome == .rebuilt || outcome == .empty else { continue }
            var repaired = RingList()
            for part in geometry.partEnds.indices { repaired.add(geometry.points[geometry.partRange(part)]) }
            seas[index].rings = repaired
        }
    }

    /// How many of some places lie in each face of sea, and the first of them; and how many lie in the region.
    private static func drowned(
        _ samples: [WorldPoint], _ faces: inout CoastFaces, _ region: SeaRegion
    ) -> (byFace: [CoastFaces.Face: (count: Int, first: WorldPoint)], total: Int) {
        var byFace: [CoastFaces.Face: (count: Int, first: WorldPoint)] = [:]
        var total = 0
        for sample in samples {
            let point = region.frame.point(sample)
            guard region.box.contains(point), let face = faces.face(at: point) else { continue }
            total += 1
            if faces.isSea(face) { byFace[face, default: (0, point)].count += 1 }
        }
        return (byFace, total)
    }

    private mutating func store(
        _ seas: [CoastFaces.Sea], _ region: SeaRegion, _ derivation: StoreMetadata.Sea.Derivation,
        _ tags: inout TagCollector
    ) {
        var area: Int128 = 0
        var box: WorldBox?
        var number: Int64 = 0
        let overview = tags.add(DerivedSea.overviewTags)
        let detail = tags.add(DerivedSea.detailTags)
        for sea in seas {
            area += sea.rings.doubledArea
            for rings in region.frame.worldAreas(sea.rings) {
                guard let own = rings.box else { continue }
                if box == nil { box = own } else { box?.extend(by: own) }
                number += 1
                add(rings, overview, number)
                for cell in SeaCells(rings, lowestZoom: UInt8(DerivedSea.detailZoom)).cells {
                    number += 1
                    add(cell, detail, number)
                }
            }
        }
        var summary = StoreMetadata.Sea(derivation: derivation)
        summary.pieces = seas.count
        summary.partsPerMillion = Int(Double(area) / Double(region.rings.doubledArea) * 1_000_000)
        if let box {
            summary.southWest = WebMercator.coordinate(WorldPoint(x: box.minX, y: box.maxY))
            summary.northEast = WebMercator.coordinate(WorldPoint(x: box.maxX, y: box.minY))
        }
        self.summary = summary
    }

    private mutating func add(_ rings: RingList, _ list: UInt32, _ number: Int64) {
        guard let box = rings.box else { return }
        var draft = FeatureDraft(element: ElementID(.relation, number), tagList: list)
        draft.role = .derived
        draft.shape = .area
        draft.box = box
        // Cut at 180 degrees already, and edges along the border may be longer than half the world.
        drafts.addFlat(
            draft, points: rings.points, partEnds: rings.ends,
            isExterior: rings.ends.indices.map { RingArea.doubled(rings.points, rings.range($0)) > 0 })
    }
}
