import ProtobufWire

/// A reading position among the layers of a vector tile (MVT 2.1), uncompressed. Nothing is copied; layers and features
/// borrow the tile's bytes.
///
///     var tile = VectorTile(bytes)
///     while var layer = try tile.nextLayer() {
///         while let feature = try layer.nextFeature() { try feature.decodeGeometry(into: &path) }
///     }
///
/// A tile of zero bytes is valid and has no layers.
public struct VectorTile: ~Escapable {
    private var reader: WireReader
    private var names: Set<String> = []
    private var hasFailed = false

    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) { reader = WireReader(bytes) }

    /// The next layer, `nil` after the last.
    ///
    /// After an error that `isRecoverable` the tile stands behind the layer that caused it, and the next call goes on from
    /// there; after any other error there are no more layers.
    @_lifetime(copy self)
    public mutating func nextLayer() throws(VectorTileError) -> VectorTileLayer? {
        if hasFailed { return nil }
        // Stays so if anything below throws.
        hasFailed = true
        while true {
            let isLayer: Bool
            do throws(WireError) {
                isLayer = try reader.seek(VectorTileFields.Tile.layers)
            } catch { throw .wire(error) }
            if !isLayer {
                hasFailed = false
                return nil
            }
            let payload: RawSpan
            do throws(WireError) { payload = try reader.bytes() } catch { throw .wire(error) }
            let base = reader.offset - payload.byteCount
            let layer: VectorTileLayer
            do throws(VectorTileError) {
                layer = try VectorTileLayer(payload, base: base)
            } catch {
                hasFailed = !error.isRecoverable
                throw error
            }
            guard names.insert(layer.name).inserted else {
                throw .layerNameRepeated(name: layer.name, offset: base)
            }
            hasFailed = false
            return layer
        }
    }
}

extension WireReader {
    /// Moves to the next field of this number, passing over others. False at the end of the message.
    @_lifetime(self: copy self)
    mutating func seek(_ number: Int) throws(WireError) -> Bool {
        while try next() {
            if field == number { return true }
            try skip()
        }
        return false
    }
}
