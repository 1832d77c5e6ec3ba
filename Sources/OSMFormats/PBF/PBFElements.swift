import OSMModel
import PlanarGeometry
import ProtobufWire

/// Node, Way and Relation messages (`osmformat.proto`). Each appends to the block's columns as its fields come in; one
/// that turns out to be deleted is taken back out.
extension PBFPrimitiveBlockDecoder {
    mutating func decodeNode(_ message: consuming WireReader) throws {
        var reader = message
        let start = ElementStart(reader.offset, block.nodes.tags)
        var id: Int64?
        var latitude: Int32?
        var longitude: Int32?
        var isVisible = true
        while try reader.next() {
            switch reader.field {
            case PBFFields.Node.id: id = try reader.sint64()
            case PBFFields.Node.latitude:
                latitude = try coordinate(reader.sint64(), offset: scale.latitudeOffset, at: reader.fieldOffset)
            case PBFFields.Node.longitude:
                longitude = try coordinate(reader.sint64(), offset: scale.longitudeOffset, at: reader.fieldOffset)
            case PBFFields.Node.keys:
                try PBFColumns.appendStringNumbers(
                    reader.packedVarints(), stringCount: block.strings.count, what: "tag key",
                    to: &block.nodes.tags.keys)
            case PBFFields.Node.values:
                try PBFColumns.appendStringNumbers(
                    reader.packedVarints(), stringCount: block.strings.count, what: "tag value",
                    to: &block.nodes.tags.values)
            case PBFFields.Node.info: isVisible = try readInfo(reader.message())
            default: try reader.skip()
            }
        }
        guard let id else { throw PBFFault(.missingField, at: start.offset, "a node without id") }
        try start.check(block.nodes.tags, ElementID(.node, id))
        guard isVisible else {
            block.nodes.tags.truncate(to: start.firstKey)
            block.delete(ElementID(.node, id))
            return
        }
        guard let latitude, let longitude else {
            throw PBFFault(.missingField, at: start.offset, "node \(id) without latitude or longitude")
        }
        block.nodes.ids.append(id)
        block.nodes.coordinates.append(PBFCoordinateScale.position(longitude: longitude, latitude: latitude))
        if block.nodes.tags.keys.count > start.firstKey {
            block.nodes.tags.closeElements(upTo: block.nodes.ids.count - 1)
            block.nodes.tags.ends.append(UInt32(block.nodes.tags.keys.count))
        }
    }

    mutating func decodeWay(_ message: consuming WireReader) throws {
        var reader = message
        let start = ElementStart(reader.offset, block.ways.tags)
        let firstReference = block.ways.references.count
        var id: Int64?
        var referenceSum: Int64 = 0
        var latitudeSum: Int64 = 0
        var longitudeSum: Int64 = 0
        var locationsOffset: Int?
        var isVisible = true
        while try reader.next() {
            switch reader.field {
            case PBFFields.Way.id: id = try reader.int64()
            case PBFFields.Way.keys:
                try PBFColumns.appendStringNumbers(
                    reader.packedVarints(), stringCount: block.strings.count, what: "tag key",
                    to: &block.ways.tags.keys)
            case PBFFields.Way.values:
                try PBFColumns.appendStringNumbers(
                    reader.packedVarints(), stringCount: block.strings.count, what: "tag value",
                    to: &block.ways.tags.values)
            case PBFFields.Way.info: isVisible = try readInfo(reader.message())
            case PBFFields.Way.references:
                try PBFColumns.appendDeltas(reader.packedVarints(), sum: &referenceSum, to: &block.ways.references)
            case PBFFields.Way.latitude, PBFFields.Way.longitude:
                if locationsOffset == nil {
                    locationsOffset = reader.fieldOffset
                    latitudes.removeAll(keepingCapacity: true)
                    longitudes.removeAll(keepingCapacity: true)
                }
                if reader.field == PBFFields.Way.latitude {
                    try PBFColumns.appendCoordinates(
                        reader.packedVarints(), sum: &latitudeSum, scale: scale, offset: scale.latitudeOffset,
                        to: &latitudes)
                } else {
                    try PBFColumns.appendCoordinates(
                        reader.packedVarints(), sum: &longitudeSum, scale: scale, offset: scale.longitudeOffset,
                        to: &longitudes)
                }
            default: try reader.skip()
            }
        }
        guard let id else { throw PBFFault(.missingField, at: start.offset, "a way without id") }
        try start.check(block.ways.tags, ElementID(.way, id))
        let referenceCount = block.ways.references.count - firstReference
        if let locationsOffset, latitudes.count + longitudes.count > 0 {
            guard latitudes.count == referenceCount, longitudes.count == referenceCount else {
                throw PBFFault(
                    .length, at: locationsOffset,
                    """
                    way \(id) with \(referenceCount) node references, \(latitudes.count) latitudes and \
                    \(longitudes.count) longitudes
                    """)
            }
        }
        guard isVisible else {
            block.ways.tags.truncate(to: start.firstKey)
            block.ways.references.removeSubrange(firstReference...)
            block.delete(ElementID(.way, id))
            return
        }
        if locationsOffset != nil { appendWayLocations(firstReference: firstReference) }
        block.ways.ids.append(id)
        block.ways.tags.ends.append(UInt32(block.ways.tags.keys.count))
        block.ways.referenceEnds.append(UInt32(block.ways.references.count))
    }

    private mutating func appendWayLocations(firstReference: Int) {
        let missing = firstReference - block.ways.referenceCoordinates.count
        block.ways.referenceCoordinates.append(contentsOf: repeatElement(.undefined, count: missing))
        for index in latitudes.indices {
            block.ways.referenceCoordinates.append(
                PBFCoordinateScale.position(longitude: longitudes[index], latitude: latitudes[index]))
        }
    }

    mutating func decodeRelation(_ message: consuming WireReader) throws {
        var reader = message
        let start = ElementStart(reader.offset, block.relations.tags)
        let first = (
            roles: block.relations.memberRoles.count, ids: block.relations.memberIDs.count,
            kinds: block.relations.memberKinds.count
        )
        var id: Int64?
        var memberSum: Int64 = 0
        var isVisible = true
        while try reader.next() {
            switch reader.field {
            case PBFFields.Relation.id: id = try reader.int64()
            case PBFFields.Relation.keys:
                try PBFColumns.appendStringNumbers(
                    reader.packedVarints(), stringCount: block.strings.count, what: "tag key",
                    to: &block.relations.tags.keys)
            case PBFFields.Relation.values:
                try PBFColumns.appendStringNumbers(
                    reader.packedVarints(), stringCount: block.strings.count, what: "tag value",
                    to: &block.relations.tags.values)
            case PBFFields.Relation.info: isVisible = try readInfo(reader.message())
            case PBFFields.Relation.memberRoles:
                try PBFColumns.appendStringNumbers(
                    reader.packedVarints(), stringCount: block.strings.count, what: "member role",
                    to: &block.relations.memberRoles)
            case PBFFields.Relation.memberIDs:
                try PBFColumns.appendDeltas(reader.packedVarints(), sum: &memberSum, to: &block.relations.memberIDs)
            case PBFFields.Relation.memberTypes: try appendMemberKinds(reader.packedVarints())
            default: try reader.skip()
            }
        }
        guard let id else { throw PBFFault(.missingField, at: start.offset, "a relation without id") }
        try start.check(block.relations.tags, ElementID(.relation, id))
        let counts = (
            roles: block.relations.memberRoles.count - first.roles, ids: block.relations.memberIDs.count - first.ids,
            kinds: block.relations.memberKinds.count - first.kinds
        )
        guard counts.roles == counts.ids, counts.kinds == counts.ids else {
            throw PBFFault(
                .length, at: start.offset,
                "relation \(id) with \(counts.ids) members, \(counts.roles) roles and \(counts.kinds) types")
        }
        guard isVisible else {
            block.relations.tags.truncate(to: start.firstKey)
            block.relations.memberRoles.removeSubrange(first.roles...)
            block.relations.memberIDs.removeSubrange(first.ids...)
            block.relations.memberKinds.removeSubrange(first.kinds...)
            block.delete(ElementID(.relation, id))
            return
        }
        block.relations.ids.append(id)
        block.relations.tags.ends.append(UInt32(block.relations.tags.keys.count))
        block.relations.memberEnds.append(UInt32(block.relations.memberIDs.count))
    }

    private mutating func appendMemberKinds(_ run: consuming PackedVarints) throws {
        var values = run
        while !values.isAtEnd {
            let start = values.offset
            let value = try values.next()
            guard let kind = UInt8(exactly: value).flatMap(ElementKind.init(rawValue:)) else {
                throw PBFFault(.memberType, at: start, "member type \(value), expected 0, 1 or 2")
            }
            block.relations.memberKinds.append(kind)
        }
    }

    /// Whether the element is visible (Info). Missing means visible.
    private mutating func readInfo(_ message: consuming WireReader) throws -> Bool {
        var reader = message
        var isVisible = true
        while try reader.next() {
            switch reader.field {
            case PBFFields.Info.visible: isVisible = try reader.uint64() != 0
            case PBFFields.Info.userName:
                _ = try PBFColumns.stringNumber(
                    reader.uint64(), stringCount: block.strings.count, what: "user name", at: reader.fieldOffset)
            case PBFFields.Info.timestamp where options.readsTimestamps:
                try note(timestamp: reader.int64(), at: reader.fieldOffset)
            default: try reader.skip()
            }
        }
        return isVisible
    }

    private func coordinate(_ raw: Int64, offset: Int64, at place: Int) throws -> Int32 {
        guard let value = scale.value(raw, offset: offset) else {
            throw PBFFault(.overflow, at: place, "a coordinate past 64 bits in nanodegrees")
        }
        return value
    }
}

/// Where the message of an element starts, and the tags of its kind as they were then.
private struct ElementStart {
    let offset: Int
    let firstKey: Int
    private let firstValue: Int

    init(_ offset: Int, _ tags: TagColumns) {
        self.offset = offset
        firstKey = tags.keys.count
        firstValue = tags.values.count
    }

    /// Keys and values come apart and must be as many.
    func check(_ tags: TagColumns, _ element: ElementID) throws {
        let (keys, values) = (tags.keys.count - firstKey, tags.values.count - firstValue)
        guard keys == values else {
            throw PBFFault(
                .length, at: offset,
                "\(element.kind.name) \(element.number) with \(keys) tag keys and \(values) values")
        }
    }
}
