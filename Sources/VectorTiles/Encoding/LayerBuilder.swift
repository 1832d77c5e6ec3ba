import ByteCoding
public import PlanarGeometry
import ProtobufWire

/// A key of one layer builder; stays good when the builder is emptied.
public struct LayerKey: Hashable, Sendable {
    let slot: UInt32
}

/// A value of one layer builder; good until the builder is emptied.
public struct LayerValue: Hashable, Sendable {
    let slot: UInt32
}

/// One attribute of a feature to write.
public struct LayerTag: Hashable, Sendable {
    public var key: LayerKey
    public var value: LayerValue

    @inlinable
    public init(_ key: LayerKey, _ value: LayerValue) {
        self.key = key
        self.value = value
    }
}

/// Collects one layer's features in a single pass, straight into bytes.
///
///     let kind = layer.key("kind")                                       // once
///     tags.append(LayerTag(kind, layer.stringValue(token: 17) { "residential" }))
///     layer.addFeature(id: 42, type: .lineString, tags: tags, geometry: path)
///
/// Features are written in the order added. Keys and values are written in the order in which features first use them,
/// and only if one does; so the bytes depend on nothing but the calls. Emptied with `removeAll()` it keeps its memory: after
/// the first tiles, adding a feature allocates nothing.
public struct LayerBuilder: Sendable {
    public let name: String
    /// Tile units across a tile.
    public let extent: UInt32
    /// Features added since the last `removeAll()`.
    public private(set) var featureCount = 0

    private var features: [UInt8] = []
    private var geometry = GeometryEncoder()
    private var tagBytes: [UInt8] = []
    private var values = ValueTable()

    private var keyNames: [String] = []
    private var keySlots: [String: UInt32] = [:]
    /// For each key slot its place among the written keys, or `unused`.
    private var keyIndexes: [UInt32] = []
    private var writtenKeys: [UInt32] = []

    private static let unused = UInt32.max

    public init(name: String, extent: UInt32 = defaultVectorTileExtent) {
        precondition(extent > 0, "extent 0")
        self.name = name
        self.extent = extent
    }

    /// Forgets features and values and keeps keys and memory.
    public mutating func removeAll() {
        removeFeatures()
        values.removeAll()
    }

    /// Forgets features and keeps keys and values, for a layer that is written anew with fewer of them.
    public mutating func removeFeatures() {
        featureCount = 0
        features.removeAll(keepingCapacity: true)
        values.removeUses()
        for slot in writtenKeys { keyIndexes[Int(slot)] = LayerBuilder.unused }
        writtenKeys.removeAll(keepingCapacity: true)
    }

    // MARK: Keys and values

    /// The key of this name. Ask once and keep it: this looks the text up.
    public mutating func key(_ name: String) -> LayerKey {
        if let slot = keySlots[name] { return LayerKey(slot: slot) }
        let slot = UInt32(keyNames.count)
        keySlots[name] = slot
        keyNames.append(name)
        keyIndexes.append(LayerBuilder.unused)
        return LayerKey(slot: slot)
    }

    /// The value of a text that `token` stands for: equal tokens must mean equal texts until the builder is emptied.
    /// `text` is called only when the token is new.
    public mutating func stringValue(token: UInt64, text: () throws -> String) rethrows -> LayerValue {
        if let slot = values.find(token, .string) { return LayerValue(slot: slot) }
        let text = try text()
        return LayerValue(
            slot: values.insert(token, .string) { output in LayerBuilder.encode(text: text, into: &output) })
    }

    /// The same for text that is at hand as bytes, which must be UTF-8; they are copied only when the token is new.
    public mutating func stringValue(token: UInt64, utf8: RawSpan) -> LayerValue {
        if let slot = values.find(token, .string) { return LayerValue(slot: slot) }
        return LayerValue(
            slot: values.insert(token, .string) { output in
                output.appendLengthDelimited(field: VectorTileFields.Value.string, utf8)
            })
    }

    /// The value of a text without a token: found by its bytes, so dearer than with one.
    public mutating func stringValue(_ text: String) -> LayerValue {
        LayerValue(slot: values.insert { output in LayerBuilder.encode(text: text, into: &output) })
    }

    /// An integer, as `int_value` from 0 up and as `sint_value` below: the shortest forms that every client reads.
    public mutating func intValue(_ number: Int64) -> LayerValue {
        let token = UInt64(bitPattern: number)
        if let slot = values.find(token, .int) { return LayerValue(slot: slot) }
        let value: AttributeValue = number >= 0 ? .int(number) : .sint(number)
        return LayerValue(
            slot: values.insert(token, .int) { output in LayerBuilder.encode(value, into: &output) })
    }

    /// A number as `double_value`.
    public mutating func doubleValue(_ number: Double) -> LayerValue {
        if let slot = values.find(number.bitPattern, .double) { return LayerValue(slot: slot) }
        return LayerValue(
            slot: values.insert(number.bitPattern, .double) { output in
                LayerBuilder.encode(.double(number), into: &output)
            })
    }

    public mutating func boolValue(_ flag: Bool) -> LayerValue {
        let token: UInt64 = flag ? 1 : 0
        if let slot = values.find(token, .bool) { return LayerValue(slot: slot) }
        return LayerValue(
            slot: values.insert(token, .bool) { output in LayerBuilder.encode(.bool(flag), into: &output) })
    }

    /// A value with exactly this wire type; found by its bytes.
    public mutating func value(_ value: AttributeValue) -> LayerValue {
        LayerValue(slot: values.insert { output in LayerBuilder.encode(value, into: &output) })
    }

    private static func encode(text: String, into output: inout [UInt8]) {
        output.appendKey(field: VectorTileFields.Value.string, WireType.lengthDelimited)
        output.appendVarint(text.utf8.count)
        output.append(contentsOf: text.utf8)
    }

    private static func encode(_ value: AttributeValue, into output: inout [UInt8]) {
        switch value {
        case .string(let text): encode(text: text, into: &output)
        case .float(let number):
            output.appendKey(field: VectorTileFields.Value.float, WireType.fixed32)
            output.appendLittleEndian(number.bitPattern)
        case .double(let number):
            output.appendKey(field: VectorTileFields.Value.double, WireType.fixed64)
            output.appendLittleEndian(number.bitPattern)
        case .int(let number):
            output.appendKey(field: VectorTileFields.Value.int, WireType.varint)
            output.appendVarint(UInt64(bitPattern: number))
        case .uint(let number):
            output.appendKey(field: VectorTileFields.Value.uint, WireType.varint)
            output.appendVarint(number)
        case .sint(let number):
            output.appendKey(field: VectorTileFields.Value.sint, WireType.varint)
            output.appendZigzag(number)
        case .bool(let flag):
            output.appendKey(field: VectorTileFields.Value.bool, WireType.varint)
            output.append(flag ? 1 : 0)
        }
    }

    // MARK: Features

    /// Adds a feature. A path without points adds nothing.
    ///
    /// - `id`: left out when `nil`.
    /// - `tags`: each key at most once (MVT 2.1 section 4.4).
    /// - `geometry`: in tile units, clipped, rounded and repaired. Points: every point, in one MoveTo. Lines: parts of at
    ///   least two points, none equal to the one before. Polygons: rings of at least three points without the first
    ///   repeated, exterior rings of positive area (y down) each followed by its interior ones of negative area.
    public mutating func addFeature(
        id: UInt64?, type: VectorTileGeometryType, tags: [LayerTag], geometry path: TilePath
    ) {
        if path.points.isEmpty || (type != .point && path.partEnds.isEmpty) { return }
        geometry.encode(path, as: type)
        encode(tags)
        LayerBuilder.write(id: id, type: type, tagBytes: tagBytes, geometry: geometry, into: &features)
        featureCount += 1
    }

    /// Appends one Feature message, framed; its length is known before it is written.
    private static func write(
        id: UInt64?, type: VectorTileGeometryType, tagBytes: [UInt8], geometry: GeometryEncoder,
        into features: inout [UInt8]
    ) {
        var byteCount =
            2
            + lengthDelimitedByteCount(
                field: VectorTileFields.Feature.geometry, payload: geometry.byteCount)
        if let id { byteCount += 1 + varintByteCount(id) }
        if !tagBytes.isEmpty {
            byteCount += lengthDelimitedByteCount(field: VectorTileFields.Feature.tags, payload: tagBytes.count)
        }
        features.appendKey(field: VectorTileFields.Layer.features, WireType.lengthDelimited)
        features.appendVarint(byteCount)
        if let id {
            features.appendKey(field: VectorTileFields.Feature.id, WireType.varint)
            features.appendVarint(id)
        }
        if !tagBytes.isEmpty {
            features.appendLengthDelimited(field: VectorTileFields.Feature.tags, tagBytes.byteSpan)
        }
        features.appendKey(field: VectorTileFields.Feature.type, WireType.varint)
        features.append(type.rawValue)
        features.appendLengthDelimited(field: VectorTileFields.Feature.geometry, geometry.bytes)
    }

    private mutating func encode(_ tags: [LayerTag]) {
        tagBytes.removeAll(keepingCapacity: true)
        for tag in tags {
            tagBytes.appendVarint(UInt64(keyIndex(tag.key.slot)))
            tagBytes.appendVarint(UInt64(values.index(tag.value.slot)))
        }
    }

    @inline(__always)
    private mutating func keyIndex(_ slot: UInt32) -> UInt32 {
        let known = keyIndexes[Int(slot)]
        if known != LayerBuilder.unused { return known }
        let index = UInt32(writtenKeys.count)
        keyIndexes[Int(slot)] = index
        writtenKeys.append(slot)
        return index
    }

    // MARK: Output

    /// Bytes of the Layer message without its frame; 0 without features.
    private var payloadByteCount: Int {
        if featureCount == 0 { return 0 }
        var total = 2 + lengthDelimitedByteCount(field: VectorTileFields.Layer.name, payload: name.utf8.count)
        total += features.count
        for slot in writtenKeys {
            total += lengthDelimitedByteCount(
                field: VectorTileFields.Layer.keys, payload: keyNames[Int(slot)].utf8.count)
        }
        total += values.byteCount(field: VectorTileFields.Layer.values)
        return total + 1 + varintByteCount(UInt64(extent))
    }

    /// Bytes that the tile has of this layer; costs one look at each key and value.
    public var byteCount: Int {
        let payload = payloadByteCount
        return payload == 0 ? 0 : lengthDelimitedByteCount(field: VectorTileFields.Tile.layers, payload: payload)
    }

    /// Writes the layer as a field of a Tile message: version first, as section 4.1 asks, then name, features, keys, values,
    /// extent. Nothing without features.
    func append(to output: inout [UInt8]) {
        let payload = payloadByteCount
        if payload == 0 { return }
        output.appendKey(field: VectorTileFields.Tile.layers, WireType.lengthDelimited)
        output.appendVarint(payload)
        let start = output.count
        output.appendKey(field: VectorTileFields.Layer.version, WireType.varint)
        output.append(2)
        output.appendText(field: VectorTileFields.Layer.name, name)
        output.append(contentsOf: features)
        for slot in writtenKeys { output.appendText(field: VectorTileFields.Layer.keys, keyNames[Int(slot)]) }
        values.append(to: &output, field: VectorTileFields.Layer.values)
        output.appendKey(field: VectorTileFields.Layer.extent, WireType.varint)
        output.appendVarint(UInt64(extent))
        precondition(output.count - start == payload, "layer length miscounted")
    }
}

extension Array where Element == UInt8 {
    fileprivate mutating func appendText(field: Int, _ text: String) {
        appendKey(field: field, WireType.lengthDelimited)
        appendVarint(text.utf8.count)
        append(contentsOf: text.utf8)
    }
}
