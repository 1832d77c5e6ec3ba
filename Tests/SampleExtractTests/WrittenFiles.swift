import ByteCoding
import Foundation
import OSMFormats
import OSMModel
import PlanarGeometry
import ProtobufWire
import SystemIO

/// One element with everything a writer must keep.
struct WrittenElement: Equatable {
    var id: ElementID
    var coordinates: [GeoCoordinate] = []
    var references: [Int64] = []
    var members: [String] = []
    var tags: [String] = []
}

/// The elements of a block in the order of its columns.
func elements(of block: OSMBlock) -> [WrittenElement] {
    func tags(_ columns: TagColumns, _ element: Int) -> [String] {
        columns.range(element).map { tag in
            "\(block.strings.string(Int(columns.keys[tag])))=\(block.strings.string(Int(columns.values[tag])))"
        }
    }
    let nodes = block.nodes.ids.indices.map { node in
        WrittenElement(
            id: ElementID(.node, block.nodes.ids[node]), coordinates: [block.nodes.coordinates[node]],
            tags: tags(block.nodes.tags, node))
    }
    let ways = block.ways.ids.indices.map { way in
        let range = block.ways.referenceRange(way)
        let places = block.ways.referenceCoordinates
        return WrittenElement(
            id: ElementID(.way, block.ways.ids[way]), coordinates: places.isEmpty ? [] : Array(places[range]),
            references: Array(block.ways.references[range]), tags: tags(block.ways.tags, way))
    }
    let relations = block.relations.ids.indices.map { relation in
        let members = block.relations.memberRange(relation).map { member in
            let id = ElementID(block.relations.memberKinds[member], block.relations.memberIDs[member])
            return "\(id) \(block.strings.string(Int(block.relations.memberRoles[member])))"
        }
        return WrittenElement(
            id: ElementID(.relation, block.relations.ids[relation]), members: members,
            tags: tags(block.relations.tags, relation))
    }
    return nodes + ways + relations
}

/// What our own reader finds in a file.
func read(_ path: String) async throws -> (header: OSMFileHeader, elements: [WrittenElement]) {
    var found: [WrittenElement] = []
    let source = try OSMFile.open(path: path)
    let collect: (OSMBlock) -> Void = { block in found += elements(of: block) }
    let header = try await source.readBlocks(threads: 1, transform: { $0 }, consume: collect)
    return (header, found)
}

/// The unpacked blobs of a PBF file with their types: what a file says, whatever the version of the compressor.
func unpackedBlobs(_ path: String) throws -> [(type: String, payload: [UInt8])] {
    let file = [UInt8](try Data(contentsOf: URL(filePath: path)))
    var blobs: [(type: String, payload: [UInt8])] = []
    let decompressor = Decompressor()
    var offset = 0
    while offset < file.count {
        let length = file[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        let header = Array(file[(offset + 4)..<(offset + 4 + length)])
        let type = String(decoding: try bytes(1, in: header).first ?? [], as: UTF8.self)
        let size = Int(try number(3, in: header))
        let blob = Array(file[(offset + 4 + length)..<(offset + 4 + length + size)])
        let packed = try bytes(3, in: blob).first ?? []
        blobs.append((type, try decompressor.zlib(packed.byteSpan, byteCount: Int(try number(2, in: blob)))))
        offset += 4 + length + size
    }
    return blobs
}

/// All values of a length-delimited field of a message.
func bytes(_ field: Int, in message: [UInt8]) throws -> [[UInt8]] {
    var values: [[UInt8]] = []
    var reader = WireReader(message.byteSpan)
    while try reader.next() {
        if reader.field == field { values.append(try reader.bytes().toArray()) } else { try reader.skip() }
    }
    return values
}

/// The last value of a varint field; 0 when it is absent.
func number(_ field: Int, in message: [UInt8]) throws -> UInt64 {
    var value: UInt64 = 0
    var reader = WireReader(message.byteSpan)
    while try reader.next() {
        if reader.field == field { value = try reader.uint64() } else { try reader.skip() }
    }
    return value
}
