import ByteCoding
import OSMModel
import PlanarGeometry
import ProtobufWire

/// Encodes elements of one kind as the payload of an `OSMData` blob (OSM PBF, PrimitiveBlock). Scratch is kept.
struct PBFBlockEncoder {
    private let metadata: MadeUpMetadata?
    private let writesLocations: Bool
    /// For each string of the block: how often this blob uses it, later its number in the blob's table.
    private var numbers: [UInt32] = []
    /// The same for the metadata's users.
    private var userNumbers: [UInt32] = []
    private var scratch: [UInt8] = []

    init(metadata: MadeUpMetadata?, writesLocations: Bool) {
        self.metadata = metadata
        self.writesLocations = writesLocations
    }

    mutating func encode(_ block: OSMBlock, _ kind: ElementKind, _ elements: Range<Int>) -> [UInt8] {
        var writer = WireWriter()
        writeStringTable(block, kind, elements, to: &writer)
        var group = WireWriter()
        switch kind {
        case .node: writeDenseNodes(block.nodes, elements, to: &group)
        case .way: for way in elements { group.data(PBFFields.PrimitiveGroup.ways, encodeWay(block.ways, way)) }
        case .relation:
            for relation in elements {
                group.data(PBFFields.PrimitiveGroup.relations, encodeRelation(block.relations, relation))
            }
        }
        writer.data(PBFFields.PrimitiveBlock.primitiveGroup, group.bytes)
        return writer.bytes
    }

    // MARK: Strings

    /// Numbers the strings that are used: the most frequent first, for shorter varints; equally frequent ones by bytes.
    /// Number 0 is the empty string that never is a tag; a tag with an empty key or value gets another one.
    private mutating func writeStringTable(
        _ block: OSMBlock, _ kind: ElementKind, _ elements: Range<Int>, to writer: inout WireWriter
    ) {
        numbers = [UInt32](repeating: 0, count: block.strings.count)
        userNumbers = [UInt32](repeating: 0, count: metadata?.users.count ?? 0)
        let (tags, ids) =
            switch kind {
            case .node: (block.nodes.tags, block.nodes.ids)
            case .way: (block.ways.tags, block.ways.ids)
            case .relation: (block.relations.tags, block.relations.ids)
            }
        for element in elements {
            for tag in tags.range(element) {
                numbers[Int(tags.keys[tag])] += 1
                numbers[Int(tags.values[tag])] += 1
            }
            if kind == .relation {
                for member in block.relations.memberRange(element) {
                    let role = Int(block.relations.memberRoles[member])
                    if !block.strings.range(role).isEmpty { numbers[role] += 1 }
                }
            }
            if let metadata { userNumbers[metadata.values(of: ElementID(kind, ids[element])).user] += 1 }
        }
        var entries: [(count: UInt32, bytes: [UInt8], isUser: Bool, index: Int)] = []
        for index in numbers.indices where numbers[index] > 0 {
            entries.append((numbers[index], block.strings[index].toArray(), false, index))
        }
        for index in userNumbers.indices where userNumbers[index] > 0 {
            entries.append((userNumbers[index], Array(metadata?.users[index].utf8 ?? "".utf8), true, index))
        }
        entries.sort { left, right in
            if left.count != right.count { return left.count > right.count }
            if left.bytes != right.bytes { return left.bytes.lexicographicallyPrecedes(right.bytes) }
            return !left.isUser && right.isUser
        }
        writer.message(PBFFields.PrimitiveBlock.stringTable) { table in
            table.data(PBFFields.StringTable.string, [])
            for (place, entry) in entries.enumerated() {
                table.data(PBFFields.StringTable.string, entry.bytes)
                if entry.isUser {
                    userNumbers[entry.index] = UInt32(place + 1)
                } else {
                    numbers[entry.index] = UInt32(place + 1)
                }
            }
        }
    }

    // MARK: Nodes

    private mutating func writeDenseNodes(_ nodes: NodeColumns, _ elements: Range<Int>, to group: inout WireWriter) {
        var dense = WireWriter()
        writeDeltas(PBFFields.DenseNodes.id, elements.lazy.map { nodes.ids[$0] }, to: &dense)
        if let metadata { dense.data(PBFFields.DenseNodes.info, denseInfo(nodes, elements, metadata)) }
        writeDeltas(
            PBFFields.DenseNodes.latitude, elements.lazy.map { Int64(nodes.coordinates[$0].latitude) }, to: &dense)
        writeDeltas(
            PBFFields.DenseNodes.longitude, elements.lazy.map { Int64(nodes.coordinates[$0].longitude) }, to: &dense)
        if elements.contains(where: { !nodes.tags.range($0).isEmpty }) {
            scratch.removeAll(keepingCapacity: true)
            for node in elements {
                for tag in nodes.tags.range(node) {
                    scratch.appendVarint(UInt64(numbers[Int(nodes.tags.keys[tag])]))
                    scratch.appendVarint(UInt64(numbers[Int(nodes.tags.values[tag])]))
                }
                scratch.append(0)
            }
            dense.data(PBFFields.DenseNodes.keysAndValues, scratch)
        }
        group.data(PBFFields.PrimitiveGroup.dense, dense.bytes)
    }

    private mutating func denseInfo(_ nodes: NodeColumns, _ elements: Range<Int>, _ metadata: MadeUpMetadata)
        -> [UInt8]
    {
        let values = elements.map { metadata.values(of: ElementID(.node, nodes.ids[$0])) }
        var info = WireWriter()
        scratch.removeAll(keepingCapacity: true)
        for value in values { scratch.appendVarint(UInt64(value.version)) }
        info.data(PBFFields.DenseInfo.version, scratch)
        writeDeltas(PBFFields.DenseInfo.timestamp, values.lazy.map(\.timestamp), to: &info)
        writeDeltas(PBFFields.DenseInfo.changeset, values.lazy.map(\.changeset), to: &info)
        writeDeltas(PBFFields.DenseInfo.userID, values.lazy.map { Int64(metadata.userIDs[$0.user]) }, to: &info)
        let numbers = userNumbers
        writeDeltas(PBFFields.DenseInfo.userName, values.lazy.map { Int64(numbers[$0.user]) }, to: &info)
        return info.bytes
    }

    /// A packed field of zigzag differences, the first one from 0.
    private mutating func writeDeltas(_ field: Int, _ values: some Sequence<Int64>, to writer: inout WireWriter) {
        scratch.removeAll(keepingCapacity: true)
        var previous: Int64 = 0
        for value in values {
            scratch.appendZigzag(value &- previous)
            previous = value
        }
        writer.data(field, scratch)
    }

    // MARK: Ways and relations

    private mutating func encodeWay(_ ways: WayColumns, _ way: Int) -> [UInt8] {
        var writer = WireWriter()
        writeIdentity(ElementID(.way, ways.ids[way]), ways.tags, way, to: &writer)
        let references = ways.referenceRange(way)
        if references.isEmpty { return writer.bytes }
        writeDeltas(PBFFields.Way.references, ways.references[references], to: &writer)
        if writesLocations, !ways.referenceCoordinates.isEmpty {
            let coordinates = ways.referenceCoordinates[references]
            writeDeltas(PBFFields.Way.latitude, coordinates.lazy.map { Int64($0.latitude) }, to: &writer)
            writeDeltas(PBFFields.Way.longitude, coordinates.lazy.map { Int64($0.longitude) }, to: &writer)
        }
        return writer.bytes
    }

    private mutating func encodeRelation(_ relations: RelationColumns, _ relation: Int) -> [UInt8] {
        var writer = WireWriter()
        writeIdentity(ElementID(.relation, relations.ids[relation]), relations.tags, relation, to: &writer)
        let members = relations.memberRange(relation)
        if members.isEmpty { return writer.bytes }
        scratch.removeAll(keepingCapacity: true)
        // Plain numbers; empty roles were not counted, so theirs is 0, the empty string.
        for member in members { scratch.appendVarint(UInt64(numbers[Int(relations.memberRoles[member])])) }
        writer.data(PBFFields.Relation.memberRoles, scratch)
        // Differences run over all members whatever their kind.
        writeDeltas(PBFFields.Relation.memberIDs, relations.memberIDs[members], to: &writer)
        writer.data(PBFFields.Relation.memberTypes, relations.memberKinds[members].map(\.rawValue))
        return writer.bytes
    }

    /// Id (a plain varint), tags and metadata, whose fields have the same numbers in ways and relations.
    private mutating func writeIdentity(
        _ element: ElementID, _ tags: TagColumns, _ index: Int, to writer: inout WireWriter
    ) {
        writer.int64(PBFFields.Way.id, element.number)
        let range = tags.range(index)
        if !range.isEmpty {
            for (field, column) in [(PBFFields.Way.keys, tags.keys), (PBFFields.Way.values, tags.values)] {
                scratch.removeAll(keepingCapacity: true)
                for tag in range { scratch.appendVarint(UInt64(numbers[Int(column[tag])])) }
                writer.data(field, scratch)
            }
        }
        guard let metadata else { return }
        let values = metadata.values(of: element)
        writer.message(PBFFields.Way.info) { info in
            info.int64(PBFFields.Info.version, Int64(values.version))
            info.int64(PBFFields.Info.timestamp, values.timestamp)
            info.int64(PBFFields.Info.changeset, values.changeset)
            info.int64(PBFFields.Info.userID, Int64(metadata.userIDs[values.user]))
            info.uint64(PBFFields.Info.userName, UInt64(userNumbers[values.user]))
        }
    }
}
