import ByteCoding
import ProtobufWire

/// One layer of a tile: its attribute tables, read at once, and a reading position among its features.
public struct VectorTileLayer: ~Escapable {
    public let name: String
    /// Major version of the encoding, 1 or 2. A layer that states none is version 1, the default of the message.
    public let version: UInt32
    /// Tile units across the tile. A layer that states none has 4096, the default of the message.
    public let extent: UInt32
    public let keys: [String]
    public let values: [AttributeValue]

    /// What the message itself stated, for the validator.
    let facts: LayerFacts
    private var reader: WireReader
    private var hasFailed = false

    /// `base` is the payload's place in the tile.
    @_lifetime(copy payload)
    init(_ payload: RawSpan, base: Int) throws(VectorTileError) {
        var facts = LayerFacts()
        do throws(WireError) {
            try facts.scan(WireReader(payload, base: base))
        } catch {
            // A later version may have other fields; its number decides first.
            try facts.checkVersion(base: base)
            throw .wire(error)
        }
        try facts.checkVersion(base: base)
        guard let name = facts.name else { throw .layerNameMissing(offset: base) }
        let statedExtent = facts.extent ?? UInt64(defaultVectorTileExtent)
        guard let extent = UInt32(exactly: statedExtent), extent > 0 else {
            throw .extentInvalid(extent: statedExtent, layer: name, offset: base)
        }
        if let (found, offset) = facts.valueFault {
            throw .valueFieldCount(found: found, layer: name, offset: offset)
        }
        self.name = name
        self.version = UInt32(facts.version ?? 1)
        self.extent = extent
        keys = facts.keys
        values = facts.values
        self.facts = facts
        reader = WireReader(payload, base: base)
    }

    /// The next feature, `nil` after the last. Its tags are checked against the layer's tables; its geometry is not read.
    ///
    /// After an error that `isRecoverable` the layer stands behind the feature that caused it; after any other error there
    /// are no more features.
    @_lifetime(copy self)
    public mutating func nextFeature() throws(VectorTileError) -> VectorTileFeature? {
        if hasFailed { return nil }
        hasFailed = true
        let payload: RawSpan
        do throws(WireError) {
            guard try reader.seek(VectorTileFields.Layer.features) else {
                hasFailed = false
                return nil
            }
            payload = try reader.bytes()
        } catch { throw .wire(error) }
        do throws(VectorTileError) {
            let feature = try VectorTileFeature(
                payload, base: reader.offset - payload.byteCount, version: version, keyCount: keys.count,
                valueCount: values.count)
            hasFailed = false
            return feature
        } catch {
            hasFailed = !error.isRecoverable
            throw error
        }
    }
}

/// The fields of a Layer message as they stand, before any is judged.
struct LayerFacts {
    var version: UInt64?
    /// Section 4.1 wants it there so that a decoder knows early what it reads.
    var isVersionFirst = false
    var name: String?
    var extent: UInt64?
    var featureCount = 0
    var keys: [String] = []
    var values: [AttributeValue] = []
    /// The first value without exactly one known field: how many it has, and where.
    var valueFault: (found: Int, offset: Int)?

    mutating func scan(_ message: consuming WireReader) throws(WireError) {
        var reader = message
        var isFirst = true
        while try reader.next() {
            switch reader.field {
            case VectorTileFields.Layer.version:
                version = try reader.uint64()
                isVersionFirst = isVersionFirst || isFirst
            case VectorTileFields.Layer.name: name = try reader.bytes().toString()
            case VectorTileFields.Layer.extent: extent = try reader.uint64()
            case VectorTileFields.Layer.features:
                featureCount += 1
                try reader.skip()
            case VectorTileFields.Layer.keys: keys.append(try reader.bytes().toString())
            case VectorTileFields.Layer.values: try scanValue(try reader.message())
            default: try reader.skip()
            }
            isFirst = false
        }
    }

    private mutating func scanValue(_ message: consuming WireReader) throws(WireError) {
        var reader = message
        let offset = reader.offset
        var found = 0
        var value = AttributeValue.bool(false)
        while try reader.next() {
            found += 1
            switch reader.field {
            case VectorTileFields.Value.string: value = .string(try reader.bytes().toString())
            case VectorTileFields.Value.float: value = .float(Float(bitPattern: try reader.fixed32()))
            case VectorTileFields.Value.double: value = .double(Double(bitPattern: try reader.fixed64()))
            case VectorTileFields.Value.int: value = .int(try reader.int64())
            case VectorTileFields.Value.uint: value = .uint(try reader.uint64())
            case VectorTileFields.Value.sint: value = .sint(try reader.sint64())
            case VectorTileFields.Value.bool: value = .bool(try reader.uint64() != 0)
            default:
                found -= 1
                try reader.skip()
            }
        }
        if found != 1, valueFault == nil { valueFault = (found, offset) }
        values.append(value)
    }

    func checkVersion(base: Int) throws(VectorTileError) {
        if let version, version != 1, version != 2 {
            throw .versionUnsupported(version: version, layer: name, offset: base)
        }
    }
}
