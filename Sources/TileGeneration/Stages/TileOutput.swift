import OSMModel
import PlanarGeometry
import TileSchemas
import VectorTiles

/// The features of one tile as they come, then in the order of their layers, then bytes.
struct TileOutput: Sendable {
    struct Pending {
        var layer: Int
        /// Greatest first.
        var measure: Double
        /// Smallest first.
        var rank: Int32
        var sequence: Int
        var id: UInt64?
        var type: VectorTileGeometryType
        var points: Range<Int>
        var parts: Range<Int>
        var tags: Range<Int>
        /// Pieces of a union with less are dropped, in square tile units.
        var smallestArea: Double
    }

    /// What a feature is in a layer, beside its shape.
    struct Entry {
        /// `nil` for what is no object of its own.
        var id: UInt64?
        var placement: Placement
        var tags: CodedTags
        var size: FeatureSize
    }

    var builder = VectorTileBuilder()
    /// Keys of each layer's fields.
    private var keys: [[LayerKey]] = []
    let layers: [LayerSettings]
    var pending: [Pending] = []
    /// All features of the tile, when some of them were dropped.
    private var complete: [Pending] = []
    var paths = TilePath()
    /// For each part of `paths` its role, if it is a ring that waits to be united with others.
    var roles: [RingRole] = []
    var tags: [LayerTag] = []
    var path = TilePath()
    var polygons = TilePolygonPath()
    var union = PolygonUnion()
    var featureTags: [LayerTag] = []
    private let dictionary: any TagDictionary

    init(_ schema: BoundSchema, dictionary: any TagDictionary) {
        self.dictionary = dictionary
        layers = schema.schema.layers.map(LayerSettings.init)
        for (index, layer) in schema.schema.layers.enumerated() {
            let place = builder.addLayer(layer.id)
            keys.append(schema.fields[index].map { builder.layers[place].key($0.name) })
        }
    }

    mutating func removeAll() {
        builder.removeAll()
        pending.removeAll(keepingCapacity: true)
        complete.removeAll(keepingCapacity: true)
        paths.removeAll()
        roles.removeAll(keepingCapacity: true)
        tags.removeAll(keepingCapacity: true)
    }

    /// What `geometry` has made last of a feature, which is of this type.
    mutating func add(
        _ geometry: borrowing FeatureGeometry, _ type: VectorTileGeometryType, _ entry: Entry, zoom: Int,
        schema: BoundSchema
    ) {
        let placement = entry.placement
        let layer = placement.layer
        let settings = layers[layer]
        var measure = settings.measure == .mercatorArea ? entry.size.areaInWorldUnits : 0
        let firstTag = tags.count
        for attribute in placement.attributes {
            let isMeasure = settings.measure == .population && attribute.source.isPopulation
            if attribute.minimumZoom > zoom, !isMeasure { continue }
            guard let value = schema.value(of: attribute.source, tags: entry.tags, size: entry.size) else { continue }
            if isMeasure, case .integer(let population) = value { measure = Double(population) }
            if attribute.minimumZoom > zoom { continue }
            tags.append(LayerTag(keys[layer][attribute.field], layerValue(value, layer)))
        }
        let firstPoint = paths.points.count
        let firstPart = paths.partEnds.count
        paths.points += geometry.result.points
        for end in geometry.result.partEnds { paths.partEnds.append(firstPoint + end) }
        roles += geometry.roles
        roles += repeatElement(.exterior, count: paths.partEnds.count - roles.count)
        var smallestArea = 0.0
        if case .areaInPixels(let pixels)? = placement.smallest, zoom < placement.lastZoom {
            smallestArea = pixels * TileOutput.unitsPerPixel * TileOutput.unitsPerPixel
        }
        pending.append(
            Pending(
                layer: layer, measure: measure,
                rank: zoom >= settings.detailZoom ? placement.fineRank : placement.coarseRank,
                sequence: pending.count, id: entry.id, type: type, points: firstPoint..<paths.points.count,
                parts: firstPart..<paths.partEnds.count, tags: firstTag..<tags.count, smallestArea: smallestArea))
    }

    /// A pixel is a 256th of a tile.
    private static let unitsPerPixel = Double(TileRecipe.extent) / 256

    private mutating func layerValue(_ value: FieldValue, _ layer: Int) -> LayerValue {
        switch value {
        case .code(let code):
            let dictionary = dictionary
            return builder.layers[layer].stringValue(token: code.rawValue) { dictionary.valueText(code) }
        case .text(let text): return builder.layers[layer].stringValue(text)
        case .integer(let integer): return builder.layers[layer].intValue(integer)
        case .boolean(let flag): return builder.layers[layer].boolValue(flag)
        }
    }

    /// The tile's bytes.
    mutating func encode(zoom: Int) -> [UInt8] {
        sortPending()
        limitPoints(zoom: zoom)
        return encodePending(zoom: zoom)
    }

    /// By layer, measure, rank, and what tells equals apart.
    private mutating func sortPending() {
        let (points, pending) = (paths.points, pending)
        // Numbers are sorted, for a feature is twenty times as large.
        var order = Array(Int32(0)..<Int32(truncatingIfNeeded: pending.count))
        order.sort {
            let (left, right) = (pending[Int($0)], pending[Int($1)])
            if left.layer != right.layer { return left.layer < right.layer }
            if left.measure != right.measure { return left.measure > right.measure }
            if left.rank != right.rank { return left.rank < right.rank }
            return TileOutput.precedes(left, right, points)
        }
        self.pending = order.map { pending[Int($0)] }
    }

    /// The order of equals: by their ids, then what has none by its points. The store's order depends on the schema of its
    /// import, and is left to what looks the same.
    private static func precedes(_ left: Pending, _ right: Pending, _ points: [TilePoint]) -> Bool {
        if left.id != right.id { return left.id ?? .max < right.id ?? .max }
        if left.id == nil {
            for (a, b) in zip(points[left.points], points[right.points]) where a != b { return (a.x, a.y) < (b.x, b.y) }
            if left.points.count != right.points.count { return left.points.count < right.points.count }
        }
        return left.sequence < right.sequence
    }

    /// The same once more, after `encode`, with fewer features: of each layer those of greatest importance that make up this
    /// share of its bytes, at least one. Returns how many of each layer were dropped beside the bytes.
    mutating func encode(keeping share: Double, zoom: Int) -> (bytes: [UInt8], dropped: [Int]) {
        if complete.isEmpty { complete = pending }
        pending = complete
        let selection = FeatureSelection(pending, paths, share: share)
        var dropped = [Int](repeating: 0, count: layers.count)
        for (index, feature) in pending.enumerated() where !selection.isKept[index] { dropped[feature.layer] += 1 }
        pending = pending.indices.filter { selection.isKept[$0] }.map { pending[$0] }
        builder.removeFeatures()
        return (encodePending(zoom: zoom), dropped)
    }

    /// Of each layer that the tile has: its place in the schema, features and bytes.
    var contents: [TileContents.Layer] {
        builder.layers.indices.compactMap { index in
            let layer = builder.layers[index]
            if layer.featureCount == 0 { return nil }
            return TileContents.Layer(layer: index, featureCount: layer.featureCount, byteCount: layer.byteCount)
        }
    }

    /// `pending` is in order.
    private mutating func encodePending(zoom: Int) -> [UInt8] {
        var start = 0
        while start < pending.count {
            let layer = pending[start].layer
            var end = start
            while end < pending.count, pending[end].layer == layer { end += 1 }
            let settings = layers[layer]
            if zoom < settings.joinsPolygonsBelowZoom {
                addUnited(start..<end, layer, buffer: settings.buffer)
            } else if zoom < settings.joinsLinesBelowZoom {
                addJoined(start..<end, layer)
            } else {
                addSingly(start..<end)
            }
            start = end
        }
        var bytes: [UInt8] = []
        builder.finish(into: &bytes)
        return bytes
    }

    mutating func addFeature(_ feature: Pending) {
        path.removeAll()
        path.points += paths.points[feature.points]
        for end in paths.partEnds[feature.parts] { path.partEnds.append(end - feature.points.lowerBound) }
        addPath(as: feature)
    }

    /// Adds `path` as a feature with the id, type and fields of this one.
    mutating func addPath(as feature: Pending) {
        featureTags.removeAll(keepingCapacity: true)
        featureTags += tags[feature.tags]
        builder.layers[feature.layer].addFeature(
            id: layers[feature.layer].hasIDs ? feature.id : nil, type: feature.type, tags: featureTags, geometry: path)
    }
}

extension PlacementSource {
    fileprivate var isPopulation: Bool {
        if case .population = self { return true }
        return false
    }
}
