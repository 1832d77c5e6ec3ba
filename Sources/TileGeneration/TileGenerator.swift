import ByteCoding
public import FeatureStorage
import OSMModel
public import PlanarGeometry
import SystemIO
import TileArchives
import TileSchemas
import VectorTiles

/// Makes single tiles from a store: the one code path behind the server and every archive.
///
/// Select by the store's trees, shift to subunits, simplify, clip, round, repair, encode. Shared by all threads; what a
/// thread changes lies in its `TileScratch`.
public final class TileGenerator: Sendable {
    public let store: FeatureStore
    public let recipe: TileRecipe
    let schema: BoundSchema
    let layers: [LayerSettings]
    /// Whether the store's zoom bands were made for this schema.
    let usesBands: Bool
    /// The widest buffer of a layer, in tile units.
    let widestBuffer: Int32
    /// How far simplification moves what tiles of each zoom show, in grid units; 0 at the last.
    let deviations: [UInt32]

    public init(store: FeatureStore, recipe: TileRecipe) {
        self.store = store
        self.recipe = recipe
        schema = BoundSchema(recipe.schema, dictionary: store)
        let layers = recipe.schema.layers.map(LayerSettings.init)
        self.layers = layers
        usesBands = store.metadata.schemaHash == recipe.schema.contentHash
        widestBuffer = layers.map(\.buffer).max() ?? 0
        deviations = (0...recipe.schema.zooms.upperBound).map { zoom in
            let ranks = layers.map {
                TileRecipe.rank($0, zoom: zoom, lastZoom: recipe.schema.zooms.upperBound)
            }
            return VertexRank.deviation(ranks.min() ?? VertexRank.finest)
        }
    }

    /// Changes whenever any tile may: with the data, the program that imported them, the schema, the byte budget, and the program that
    /// draws.
    public var versionTag: String {
        let source = store.metadata.sourceHash.prefix(16)
        let versions = "\(store.metadata.programVersion)-\(recipe.programVersion)"
        return "\(source)-\(recipe.schema.contentHash)-\(recipe.maximumTileBytes)-\(versions)"
    }

    /// The tile as MVT bytes; empty when nothing shows there. The same bytes every time.
    public func makeTile(at tile: TileCoordinate, scratch: inout TileScratch) throws -> [UInt8] {
        scratch.begin(tile)
        let reach = layers.map { PointGrid.reach($0, zoom: Int(tile.zoom)) }.max() ?? 0
        collectCandidates(in: window(of: tile, reach: reach), zoom: usesBands ? tile.zoom : nil, scratch: &scratch)
        let store = store
        for index in scratch.candidates.indices {
            let candidate = scratch.candidates[index]
            let feature = try store.feature(Int(candidate.number))
            do { try place(feature, candidate.view, scratch: &scratch) } catch let error as ByteCodingError {
                throw store.damagedFeatures(error)
            }
        }
        return scratch.output.encode(zoom: Int(tile.zoom))
    }

    /// Lists what a tile may show, in the order of the store, each with where in its frame the tile is. A record comes twice
    /// where the tile sees it on both sides of the world.
    private func collectCandidates(in window: TileWindow, zoom: UInt8?, scratch: inout TileScratch) {
        scratch.candidates.removeAll(keepingCapacity: true)
        let views = window.views(turned: store.hasTurnedRecords)
        for view in views {
            scratch.numbers.removeAll(keepingCapacity: true)
            store.appendCandidates(in: view.box, frame: view.frame, zoom: zoom, to: &scratch.numbers)
            for number in scratch.numbers { scratch.candidates.append(.init(number: number, view: view)) }
        }
        if views.count > 1 {
            scratch.candidates.sort { ($0.number, $0.view.halfWorlds) < ($1.number, $1.view.halfWorlds) }
        }
    }

    /// What a tile looks at: its box with the widest buffer around it, and as many tile units more.
    func window(of tile: TileCoordinate, reach: Int32 = 0) -> TileWindow {
        let side = TileCoordinate.side(zoom: tile.zoom)
        let buffer = (side * UInt64(max(widestBuffer, 0) + reach) + 4095) / 4096 + 1
        return TileWindow(tile, buffer: UInt32(min(buffer, UInt64(WorldFrame.halfWorld))))
    }

    /// Puts one feature into the layers that take it at this zoom.
    private func place(
        _ feature: borrowing FeatureView, _ view: TileWindow.View, scratch: inout TileScratch
    ) throws {
        guard feature.isDrawn, let shape = feature.shape.featureShape else { return }
        let set = try scratch.tagSet(feature.tagSet, store)
        var own: CodedTags?
        let placements = try scratch.placements(feature.tagSet, set, shape, schema) {
            let tags = try store.tags(of: feature, in: set)
            own = tags
            return tags
        }
        let zoom = Int(scratch.tile.zoom)
        if !placements.contains(where: { $0.shows(at: zoom) }) { return }
        let varyingCount = set.varyingCount
        let tags = varyingCount == 0 ? set : try own ?? store.tags(of: feature, in: set)
        var selection = GeometrySelection(window: view.box, rank: rank(of: placements, zoom))
        try feature.decodeGeometry(varyingCount: varyingCount, selection, into: &scratch.geometry.buffer)
        scratch.geometry.begin(
            feature.shape, movedBy: view.halfWorlds, stored: try feature.storedSummary(varyingCount: varyingCount),
            label: try feature.labelPoint(varyingCount: varyingCount))
        for placement in placements where placement.shows(at: zoom) {
            let layer = layers[placement.layer]
            let rank = TileRecipe.rank(layer, zoom: zoom, lastZoom: placement.lastZoom)
            let size = scratch.geometry.size(for: placement, measure: layer.measure)
            if placement.smallest != nil, placement.minimumZoom(of: size) > zoom + roomToGrow(placement, zoom) {
                continue
            }
            if let held = scratch.geometry.buffer.onlyForRank, held != rank {
                selection.rank = rank
                try feature.decodeGeometry(varyingCount: varyingCount, selection, into: &scratch.geometry.buffer)
                scratch.geometry.bufferChanged()
            }
            guard let type = scratch.geometry.shape(placement.output, for: layer, rank: rank) else { continue }
            let entry = TileOutput.Entry(
                id: feature.isDerived ? nil : VectorTileID.of(feature.element), placement: placement, tags: tags,
                size: size)
            scratch.output.add(scratch.geometry, type, entry, zoom: zoom, schema: schema)
        }
    }

    /// In how many zooms an object must be large enough to be looked at now: what is joined with others may be so in two.
    private func roomToGrow(_ placement: Placement, _ zoom: Int) -> Int {
        guard zoom < layers[placement.layer].joinsPolygonsBelowZoom,
            case .areaInPixels? = placement.smallest
        else { return 0 }
        return 2
    }

    /// The rank that the first placement wants; mostly all want the same.
    private func rank(of placements: [Placement], _ zoom: Int) -> UInt8 {
        guard let first = placements.first(where: { $0.shows(at: zoom) }) else { return VertexRank.finest }
        return TileRecipe.rank(layers[first.layer], zoom: zoom, lastZoom: first.lastZoom)
    }
}

/// Feature ids in tiles: the element's number times ten plus 1 for nodes, 2 for ways, 3 for relations.
enum VectorTileID {
    /// `nil` for what does not fit: negative numbers, and ids above 2^53, which clients in JavaScript cannot hold.
    static func of(_ element: ElementID) -> UInt64? {
        guard element.number >= 0, element.number < (1 << 53) / 10 else { return nil }
        return UInt64(element.number) * 10 + UInt64(element.kind.rawValue) + 1
    }
}
