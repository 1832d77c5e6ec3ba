import ByteCoding
import PlanarGeometry
import VectorTiles

/// A whole tile as values, for comparisons.
struct DecodedTile: Equatable {
    struct Feature: Equatable {
        var id: UInt64?
        var type: VectorTileGeometryType
        var attributes: [String: AttributeValue]
        var path: TilePath
    }

    struct Layer: Equatable {
        var name: String
        var version: UInt32
        var extent: UInt32
        var keys: [String]
        var values: [AttributeValue]
        var features: [Feature]
    }

    var layers: [Layer] = []

    init(layers: [Layer] = []) { self.layers = layers }

    init(_ bytes: [UInt8]) throws {
        var tile = VectorTile(bytes.byteSpan)
        while var layer = try tile.nextLayer() {
            var decoded = Layer(
                name: layer.name, version: layer.version, extent: layer.extent, keys: layer.keys,
                values: layer.values, features: [])
            var tags: [VectorTileTag] = []
            while let feature = try layer.nextFeature() {
                try feature.decodeTags(into: &tags)
                var attributes: [String: AttributeValue] = [:]
                for tag in tags { attributes[decoded.keys[Int(tag.key)]] = decoded.values[Int(tag.value)] }
                var path = TilePath()
                if feature.type != .unknown { try feature.decodeGeometry(into: &path) }
                decoded.features.append(
                    Feature(id: feature.id, type: feature.type, attributes: attributes, path: path))
            }
            layers.append(decoded)
        }
    }

    /// The same content written by our builder. Layers without features do not come back.
    func encoded() -> [UInt8] {
        var builder = VectorTileBuilder()
        for layer in layers {
            let at = builder.addLayer(layer.name, extent: layer.extent)
            for feature in layer.features {
                var tags: [LayerTag] = []
                for (name, value) in feature.attributes.sorted(by: { $0.key < $1.key }) {
                    tags.append(LayerTag(builder.layers[at].key(name), builder.layers[at].value(value)))
                }
                builder.layers[at].addFeature(
                    id: feature.id, type: feature.type, tags: tags, geometry: feature.path)
            }
        }
        var bytes: [UInt8] = []
        builder.finish(into: &bytes)
        return bytes
    }
}

func points(_ pairs: (Int32, Int32)...) -> [TilePoint] { pairs.map { TilePoint(x: $0.0, y: $0.1) } }
