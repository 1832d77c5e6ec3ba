public import OSMFormats
public import OSMModel
import PlanarGeometry

/// The made-up town of Port-Tuile on its made-up island, far out at sea: OSM data that is nobody's, of any size.
///
/// The same seed and scale give the same elements on every machine. Scale 1 has a few thousand nodes; scale N has N
/// islands side by side, each turned and drawn differently (of `distinctTowns` drawings), with ids that ascend without
/// gaps and blocks in the order nodes, ways, relations. Memory does not grow with the scale.
public struct Town: Sendable {
    public let seed: UInt64
    public let scale: Int

    /// So many towns are drawn; from then on they come again, elsewhere and turned.
    public static let distinctTowns = 24
    private static let elementsPerBlock = 8000
    /// Of one island and the sea around it, 1e-7 degree.
    private static let cell = (width: Int32(2_000_000), height: Int32(1_400_000))
    /// The first market square: 46.2 degrees north, 5.1 degrees west, in the Bay of Biscay.
    private static let origin = GeoCoordinate(longitude: -51_000_000, latitude: 462_000_000)
    private static let largestRowCount = 30

    /// `scale` is 1 or more; up to 2,000 islands stay at sea.
    public init(seed: UInt64 = 1, scale: Int = 1) {
        precondition(scale >= 1, "a sample has one town or more")
        self.seed = seed
        self.scale = scale
    }

    /// What the written file says of itself; the bounds are those of all nodes.
    public var header: OSMFileHeader { layOut().header }

    /// Hands on all elements, block by block: at most 8,000 of one kind each, nodes first, ids ascending from 1.
    public func forEachBlock<Failure: Error>(_ body: (OSMBlock) throws(Failure) -> Void) throws(Failure) {
        try forEachBlock(of: layOut(), body)
    }

    /// Writes a sample as a file, which appears under its name when it is complete, and returns what it holds.
    /// `metadata: nil` leaves versions, dates and authors out. Cost: about 3 microseconds an element.
    @discardableResult
    public static func write(
        scale: Int, seed: UInt64, to path: String, format: FileFormat, metadata: MadeUpMetadata? = MadeUpMetadata()
    ) throws(OSMWriterError) -> Counts {
        let town = Town(seed: seed, scale: scale)
        let layout = town.layOut()
        let options = OSMWriterOptions(isSorted: true, metadata: metadata)
        switch format {
        case .pbf:
            var writer = try PBFWriter(path: path, header: layout.header, options: options)
            try town.forEachBlock(of: layout) { block throws(OSMWriterError) in try writer.append(block) }
            try writer.finish()
        case .xml:
            var writer = try OSMXMLWriter(path: path, header: layout.header, options: options)
            try town.forEachBlock(of: layout) { block throws(OSMWriterError) in try writer.append(block) }
            try writer.finish()
        }
        return layout.counts
    }

    public enum FileFormat: Sendable {
        case pbf, xml
    }

    /// How many elements there are.
    public struct Counts: Equatable, Sendable {
        public var nodes = 0
        public var ways = 0
        public var relations = 0
    }

    // MARK: Layout

    /// The drawings, and where each town's copy lies.
    private struct Layout {
        var drafts: [TownDraft] = []
        var placements: [TownPlacement] = []
        var counts = Counts()
        var header = OSMFileHeader()

        func draft(_ town: Int) -> TownDraft { drafts[town % drafts.count] }
    }

    private func layOut() -> Layout {
        var layout = Layout()
        for drawing in 0..<UInt64(min(scale, Town.distinctTowns)) {
            layout.drafts.append(TownPlan(seed: seed &+ drawing &* 0x1000_0001).draft)
        }
        let rows = min(Town.squareRoot(scale), Town.largestRowCount)
        var turns = SampleRandom(seed: ~seed)
        for town in 0..<scale {
            // Columns go west from the first town, rows to the south and north of it by turns.
            let (column, row) = (town / rows, town % rows)
            let offset = row.isMultiple(of: 2) ? row / 2 : -(row + 1) / 2
            let centre = GeoCoordinate(
                longitude: Town.origin.longitude - Int32(column) * Town.cell.width,
                latitude: Town.origin.latitude + Int32(offset) * Town.cell.height)
            layout.placements.append(
                TownPlacement(
                    centre: centre, turn: PlanAngle(turns: town == 0 ? 0 : turns.unit()),
                    firstID: (
                        Int64(layout.counts.nodes + 1), Int64(layout.counts.ways + 1),
                        Int64(layout.counts.relations + 1)
                    )))
            layout.counts.nodes += layout.draft(town).nodes.count
            layout.counts.ways += layout.draft(town).ways.count
            layout.counts.relations += layout.draft(town).relations.count
        }
        layout.header.writingProgram = "tuile sample"
        layout.header.replicationTimestamp = 1_767_225_600  // 2026-01-01T00:00:00Z
        layout.header.bounds = Town.bounds(layout)
        return layout
    }

    private static func bounds(_ layout: Layout) -> (southWest: GeoCoordinate, northEast: GeoCoordinate) {
        var southWest = GeoCoordinate(longitude: .max, latitude: .max)
        var northEast = GeoCoordinate(longitude: .min, latitude: .min)
        for town in layout.placements.indices {
            for node in layout.draft(town).nodes {
                let coordinate = layout.placements[town].coordinate(node.point)
                southWest.longitude = min(southWest.longitude, coordinate.longitude)
                southWest.latitude = min(southWest.latitude, coordinate.latitude)
                northEast.longitude = max(northEast.longitude, coordinate.longitude)
                northEast.latitude = max(northEast.latitude, coordinate.latitude)
            }
        }
        return (southWest, northEast)
    }

    private static func squareRoot(_ number: Int) -> Int {
        var root = 1
        while root * root < number { root += 1 }
        return root
    }

    private func forEachBlock<Failure: Error>(of layout: Layout, _ body: (OSMBlock) throws(Failure) -> Void)
        throws(Failure)
    {
        for kind in ElementKind.allCases {
            var filler = BlockFiller()
            for (town, placement) in layout.placements.enumerated() {
                let draft = layout.draft(town)
                let count =
                    switch kind {
                    case .node: draft.nodes.count
                    case .way: draft.ways.count
                    case .relation: draft.relations.count
                    }
                for number in 0..<count {
                    let id = placement.id(kind, number)
                    switch kind {
                    case .node:
                        let node = draft.nodes[number]
                        filler.addNode(node, id: id, at: placement.coordinate(node.point))
                    case .way: filler.addWay(draft.ways[number], id: id, placement)
                    case .relation: filler.addRelation(draft.relations[number], id: id, placement)
                    }
                    if filler.elementCount == Town.elementsPerBlock {
                        try body(filler.block)
                        filler = BlockFiller()
                    }
                }
            }
            if filler.elementCount > 0 { try body(filler.block) }
        }
    }
}
