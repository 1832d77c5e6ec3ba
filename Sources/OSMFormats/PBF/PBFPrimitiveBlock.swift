import ByteCoding
import OSMModel
import PlanarGeometry
import ProtobufWire

/// Decodes the payload of one OSMData block (`osmformat.proto`, PrimitiveBlock) into columns.
///
/// Throws `PBFFault` or `WireError`. Metadata are passed over, apart from what says that an element is deleted, the
/// numbers of user names, which must be in the string table, and, on request, timestamps.
struct PBFPrimitiveBlockDecoder {
    var block = OSMBlock()
    let options: OSMReadingOptions
    var scale = PBFCoordinateScale()
    /// Milliseconds per unit of a timestamp.
    var dateGranularity: Int64 = 1000
    // Columns of one message, kept to reuse their memory.
    var latitudes: [Int32] = []
    var longitudes: [Int32] = []
    var visibility: [Bool] = []

    private init(_ options: OSMReadingOptions) { self.options = options }

    /// `withLocations`: the header declares locations on ways, so that every node reference gets one.
    static func decode(
        _ payload: RawSpan, base: Int, options: OSMReadingOptions, withLocations: Bool
    ) throws -> OSMBlock {
        var decoder = PBFPrimitiveBlockDecoder(options)
        // Strings and scales may stand after the groups that need them.
        try decoder.readTables(WireReader(payload, base: base))
        var reader = WireReader(payload, base: base)
        while try reader.next() {
            if reader.field == PBFFields.PrimitiveBlock.primitiveGroup {
                try decoder.decodeGroup(reader.message())
            } else {
                try reader.skip()
            }
        }
        decoder.finish(withLocations: withLocations)
        return decoder.block
    }

    private mutating func readTables(_ message: consuming WireReader) throws {
        var reader = message
        while try reader.next() {
            switch reader.field {
            case PBFFields.PrimitiveBlock.stringTable: try readStrings(reader.message())
            case PBFFields.PrimitiveBlock.granularity:
                let offset = reader.fieldOffset
                scale.granularity = try reader.int64()
                guard scale.granularity > 0, scale.granularity <= Int32.max else {
                    throw PBFFault(.range, at: offset, "granularity \(scale.granularity), expected above 0")
                }
            case PBFFields.PrimitiveBlock.dateGranularity: dateGranularity = try reader.int64()
            case PBFFields.PrimitiveBlock.latitudeOffset: scale.latitudeOffset = try reader.int64()
            case PBFFields.PrimitiveBlock.longitudeOffset: scale.longitudeOffset = try reader.int64()
            default: try reader.skip()
            }
        }
    }

    private mutating func readStrings(_ message: consuming WireReader) throws {
        var reader = message
        var counting = reader
        var count = 0
        var byteCount = 0
        while try counting.next() {
            if counting.field == PBFFields.StringTable.string {
                count += 1
                byteCount += try counting.bytes().byteCount
            } else {
                try counting.skip()
            }
        }
        block.strings.reserveCapacity(
            strings: block.strings.count + count, bytes: block.strings.bytes.count + byteCount)
        while try reader.next() {
            if reader.field == PBFFields.StringTable.string {
                block.strings.append(try reader.bytes())
            } else {
                try reader.skip()
            }
        }
    }

    /// One kind per group is what the format says, and what readers must not rely on.
    private mutating func decodeGroup(_ message: consuming WireReader) throws {
        var reader = message
        while try reader.next() {
            switch reader.field {
            case PBFFields.PrimitiveGroup.nodes: try decodeNode(reader.message())
            case PBFFields.PrimitiveGroup.dense: try decodeDenseNodes(reader.message())
            case PBFFields.PrimitiveGroup.ways: try decodeWay(reader.message())
            case PBFFields.PrimitiveGroup.relations: try decodeRelation(reader.message())
            default: try reader.skip()
            }
        }
    }

    private mutating func finish(withLocations: Bool) {
        if block.nodes.tags.keys.isEmpty {
            block.nodes.tags.ends = []
        } else {
            block.nodes.tags.closeElements(upTo: block.nodes.ids.count)
        }
        if block.ways.tags.keys.isEmpty { block.ways.tags.ends = [] }
        if block.relations.tags.keys.isEmpty { block.relations.tags.ends = [] }
        if withLocations || !block.ways.referenceCoordinates.isEmpty { block.ways.padCoordinates() }
    }

    /// Takes a timestamp as it stands in the file into account; 0 means "not set".
    mutating func note(timestamp raw: Int64, at offset: Int) throws {
        guard raw != 0 else { return }
        let (milliseconds, overflow) = raw.multipliedReportingOverflow(by: dateGranularity)
        if overflow { throw PBFFault(.overflow, at: offset, "a timestamp past 64 bits in milliseconds") }
        block.newestTimestamp = max(block.newestTimestamp ?? .min, milliseconds / 1000)
    }
}

extension WayColumns {
    /// Gives node references that have no position yet the undefined one.
    mutating func padCoordinates() {
        let missing = references.count - referenceCoordinates.count
        if missing > 0 { referenceCoordinates.append(contentsOf: repeatElement(.undefined, count: missing)) }
    }
}
