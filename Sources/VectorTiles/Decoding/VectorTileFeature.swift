public import PlanarGeometry
import ProtobufWire

/// One feature of a layer, borrowed from the tile's bytes. Its tags lie inside the layer's tables; its geometry is read on
/// demand.
public struct VectorTileFeature: ~Escapable {
    public let id: UInt64?
    /// `unknown` also when the message states none.
    public let type: VectorTileGeometryType
    public let tagCount: Int
    /// Where the feature's message starts in the tile.
    public let offset: Int

    /// Whether the message states its type, as section 4.2 wants.
    let statesType: Bool
    private let message: WireReader
    private let geometryIntegers: PackedVarints
    private let version: UInt32

    @_lifetime(copy payload)
    init(
        _ payload: RawSpan, base: Int, version: UInt32, keyCount: Int, valueCount: Int
    ) throws(VectorTileError) {
        var facts = FeatureFacts()
        let message = WireReader(payload, base: base)
        do throws(WireError) {
            try facts.scan(copy message, keyCount: keyCount, valueCount: valueCount)
        } catch { throw .wire(error) }
        guard let type = VectorTileGeometryType(rawValue: UInt8(clamping: facts.type ?? 0)) else {
            throw .geometryTypeInvalid(type: facts.type ?? 0, offset: base)
        }
        guard facts.tagNumberCount.isMultiple(of: 2) else {
            throw .tagCountOdd(count: facts.tagNumberCount, offset: base)
        }
        if let index = facts.keyOutOfRange {
            throw .keyIndexOutOfRange(index: index, count: keyCount, offset: base)
        }
        if let index = facts.valueOutOfRange {
            throw .valueIndexOutOfRange(index: index, count: valueCount, offset: base)
        }
        guard facts.geometryFieldCount == 1 else {
            throw .geometryFieldCount(found: facts.geometryFieldCount, offset: base)
        }
        var finder = message
        do throws(WireError) {
            _ = try finder.seek(VectorTileFields.Feature.geometry)
            geometryIntegers = try finder.packedVarints()
        } catch { throw .wire(error) }
        id = facts.id
        self.type = type
        statesType = facts.type != nil
        tagCount = facts.tagNumberCount / 2
        offset = base
        self.message = message
        self.version = version
    }

    /// Puts the feature's tags into `tags`, in the order written, instead of what it holds.
    public func decodeTags(into tags: inout [VectorTileTag]) throws(VectorTileError) {
        tags.removeAll(keepingCapacity: true)
        var reader = message
        do throws(WireError) {
            // A packed field may come in several runs, which concatenate; a pair may even span two of them.
            var key: UInt32?
            while try reader.seek(VectorTileFields.Feature.tags) {
                var run = try reader.packedVarints()
                while !run.isAtEnd {
                    let number = UInt32(truncatingIfNeeded: try run.next())
                    if let first = key {
                        tags.append(VectorTileTag(key: first, value: number))
                        key = nil
                    } else {
                        key = number
                    }
                }
            }
        } catch { throw .wire(error) }
    }

    /// The geometry as commands with absolute positions, checked against the grammar of its type.
    @_lifetime(copy self)
    public func geometryCommands() -> GeometryDecoder {
        GeometryDecoder(geometryIntegers, type: type, version: version)
    }

    /// Puts the geometry into `path`, in tile units, instead of what it holds: a part for each point, line or ring, rings
    /// without their first point repeated. After an error `path` holds what came before it.
    public func decodeGeometry(into path: inout TilePath) throws(VectorTileError) {
        path.removeAll()
        var commands = geometryCommands()
        while let command = try commands.next() {
            switch command {
            case .moveTo(let point):
                if path.points.count > path.partEnds.last ?? 0 { path.endPart() }
                path.points.append(point)
            case .lineTo(let point): path.points.append(point)
            case .closePath:
                // Only lines of version 1 end so; they come back to their first point.
                if type == .lineString { path.points.append(path.points[path.partEnds.last ?? 0]) }
            }
        }
        path.endPart()
    }
}

/// The fields of a Feature message as they stand, before any is judged.
private struct FeatureFacts {
    var id: UInt64?
    var type: UInt64?
    var geometryFieldCount = 0
    var tagNumberCount = 0
    var keyOutOfRange: UInt64?
    var valueOutOfRange: UInt64?

    mutating func scan(_ message: consuming WireReader, keyCount: Int, valueCount: Int) throws(WireError) {
        var reader = message
        while try reader.next() {
            switch reader.field {
            case VectorTileFields.Feature.id: id = try reader.uint64()
            case VectorTileFields.Feature.type: type = try reader.uint64()
            case VectorTileFields.Feature.geometry:
                geometryFieldCount += 1
                _ = try reader.packedVarints()
            case VectorTileFields.Feature.tags:
                var run = try reader.packedVarints()
                while !run.isAtEnd {
                    let number = try run.next()
                    if tagNumberCount.isMultiple(of: 2) {
                        if number >= UInt64(keyCount) { keyOutOfRange = keyOutOfRange ?? number }
                    } else if number >= UInt64(valueCount) {
                        valueOutOfRange = valueOutOfRange ?? number
                    }
                    tagNumberCount += 1
                }
            default: try reader.skip()
            }
        }
    }
}
