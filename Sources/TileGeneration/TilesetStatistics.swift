import PlanarGeometry
import TileArchives
import TileSchemas

/// Sizes of the tiles of a pyramid, and what was left out of them.
public struct TilesetStatistics: Sendable {
    public struct Zoom: Equatable, Sendable {
        public var zoom: UInt8
        /// Positions; those of a run count each.
        public var tileCount = 0
        /// Tiles that were made.
        public var madeCount = 0
        /// Of tiles made, before and after packing.
        public var byteCount = 0
        public var packedByteCount = 0
        public var largestPackedByteCount = 0
        /// By the schema's layers, of tiles made.
        public var layers: [Layer]
    }

    public struct Layer: Equatable, Sendable {
        public var featureCount = 0
        /// Before packing.
        public var byteCount = 0
        public var droppedCount = 0
    }

    /// Names of the schema's layers.
    public let layerNames: [String]
    /// Zooms with tiles, ascending.
    public private(set) var zooms: [Zoom] = []
    /// The largest once packed, largest first.
    public private(set) var largest: [TileContents] = []
    /// Tiles that had to give up features, in the order of the archive.
    public private(set) var reduced: [TileContents] = []

    /// Over all tiles.
    private(set) var tree = TileHashTree()
    /// The root of the hash tree over all tiles.
    public var treeRoot: [UInt8] { tree.root() }

    static let largestLimit = 10

    init(_ schema: TileSchema) { layerNames = schema.layers.map(\.id) }

    /// Tiles come by ascending zoom.
    mutating func add(_ contents: TileContents, count: Int) {
        if zooms.last?.zoom != contents.tile.zoom {
            zooms.append(
                Zoom(zoom: contents.tile.zoom, layers: [Layer](repeating: Layer(), count: layerNames.count)))
        }
        tree.add(contents.digest, from: contents.tile, count: count)
        let last = zooms.count - 1
        zooms[last].tileCount += count
        zooms[last].madeCount += 1
        zooms[last].byteCount += contents.byteCount
        zooms[last].packedByteCount += contents.packedByteCount
        zooms[last].largestPackedByteCount = max(zooms[last].largestPackedByteCount, contents.packedByteCount)
        for layer in contents.layers {
            zooms[last].layers[layer.layer].featureCount += layer.featureCount
            zooms[last].layers[layer.layer].byteCount += layer.byteCount
        }
        for (layer, dropped) in contents.dropped.enumerated() { zooms[last].layers[layer].droppedCount += dropped }
        if !contents.dropped.isEmpty { reduced.append(contents) }
        if largest.count < TilesetStatistics.largestLimit
            || contents.packedByteCount > largest[largest.count - 1].packedByteCount
        {
            let place = largest.firstIndex { $0.packedByteCount < contents.packedByteCount } ?? largest.count
            largest.insert(contents, at: place)
            if largest.count > TilesetStatistics.largestLimit { largest.removeLast() }
        }
    }
}
