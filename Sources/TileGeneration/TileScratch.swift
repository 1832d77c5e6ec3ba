import FeatureStorage
import OSMModel
import PlanarGeometry
import TileSchemas
import VectorTiles

/// A worker's memory for making tiles, reused from tile to tile; after the first ones little is allocated.
public struct TileScratch: Sendable {
    var tile: TileCoordinate
    var numbers: [UInt32] = []
    /// Records that the tile may show, and where it sees them.
    var candidates: [Candidate] = []
    var geometry: FeatureGeometry
    var output: TileOutput
    struct Candidate: Sendable {
        var number: UInt32
        var view: TileWindow.View
    }

    private var sets: [CodedTags?]
    /// By set and shape.
    private var placements: [[Placement]?]

    public init(_ generator: TileGenerator) {
        let setCount = generator.store.tagSetCount
        sets = [CodedTags?](repeating: nil, count: setCount)
        placements = [[Placement]?](repeating: nil, count: setCount * FeatureShape.allCases.count)
        output = TileOutput(generator.schema, dictionary: generator.store)
        tile = TileCoordinate(containing: WorldPoint(x: 0, y: 0), zoom: 0)
        geometry = FeatureGeometry(tile)
    }

    mutating func begin(_ tile: TileCoordinate) {
        self.tile = tile
        geometry.tile = tile
        output.removeAll()
    }

    /// A tag set of the store, read once.
    mutating func tagSet(_ number: Int, _ store: FeatureStore) throws -> CodedTags {
        guard number >= 0, number < sets.count else { return CodedTags() }
        if let known = sets[number] { return known }
        let set = try store.tagSet(number)
        sets[number] = set
        return set
    }

    /// Where the schema puts a feature with these tags: asked once per set and shape, unless it hangs on values that the
    /// features of the set do not share.
    mutating func placements(
        _ set: Int, _ tags: CodedTags, _ shape: FeatureShape, _ schema: BoundSchema,
        ownTags: () throws -> CodedTags
    ) rethrows -> [Placement] {
        let place = set * FeatureShape.allCases.count + Int(shape.rawValue)
        guard place >= 0, place < placements.count else { return [] }
        if let known = placements[place] { return known }
        if schema.dependsOnVaryingValues(tags) { return schema.placements(of: try ownTags(), shape: shape) }
        let found = schema.placements(of: tags, shape: shape)
        placements[place] = found
        return found
    }
}
