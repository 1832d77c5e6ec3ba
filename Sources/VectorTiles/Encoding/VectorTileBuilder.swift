/// Builds one tile after another from the same set of layers (MVT 2.1), reusing all memory.
///
///     var builder = VectorTileBuilder()
///     let streets = builder.addLayer("streets")
///     builder.layers[streets].addFeature(...)
///     builder.finish(into: &bytes)                  // appends the tile
///     builder.removeAll()                           // ready for the next one
///
/// The same calls give the same bytes. Copying a builder copies its memory: keep one per worker.
public struct VectorTileBuilder: Sendable {
    /// In the order in which they are written.
    public var layers: [LayerBuilder] = []

    public init() {}

    /// Adds a layer after those there are; its place in `layers`. Names must be unique in a tile (section 4.1).
    public mutating func addLayer(_ name: String, extent: UInt32 = defaultVectorTileExtent) -> Int {
        precondition(!layers.contains { $0.name == name }, "two layers named \(name)")
        layers.append(LayerBuilder(name: name, extent: extent))
        return layers.count - 1
    }

    /// Forgets all features and values and keeps layers, keys and memory.
    public mutating func removeAll() {
        for index in layers.indices { layers[index].removeAll() }
    }

    /// Forgets all features and keeps layers, keys, values and memory.
    public mutating func removeFeatures() {
        for index in layers.indices { layers[index].removeFeatures() }
    }

    /// Whether the tile would be zero bytes.
    public var isEmpty: Bool { layers.allSatisfy { $0.featureCount == 0 } }

    public var featureCount: Int { layers.reduce(0) { $0 + $1.featureCount } }

    /// Bytes that `finish(into:)` would append now; costs one look at each key and value.
    public var byteCount: Int { layers.reduce(0) { $0 + $1.byteCount } }

    /// Appends the tile. Layers without features are left out; a tile without any is zero bytes.
    public func finish(into output: inout [UInt8]) {
        output.reserveCapacity(output.count + byteCount)
        for layer in layers { layer.append(to: &output) }
    }
}
