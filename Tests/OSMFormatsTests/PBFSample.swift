import ByteCoding
import Foundation
import ProtobufWire
import SystemIO
import TestSupport

@testable import OSMFormats

/// A PBF file put together by hand, message by message.
struct PBFSample {
    var bytes: [UInt8] = []

    /// A file with a header block.
    init(required: [String] = ["OsmSchema-V0.6", "DenseNodes"], optional: [String] = []) {
        append(type: "OSMHeader", blob: PBFSample.raw(PBFSample.header(required: required, optional: optional)))
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    static func header(required: [String], optional: [String] = []) -> [UInt8] {
        var writer = WireWriter()
        for feature in required { writer.string(PBFFields.HeaderBlock.requiredFeatures, feature) }
        for feature in optional { writer.string(PBFFields.HeaderBlock.optionalFeatures, feature) }
        return writer.bytes
    }

    static func raw(_ payload: [UInt8]) -> [UInt8] {
        var writer = WireWriter()
        writer.data(PBFFields.Blob.raw, payload)
        return writer.bytes
    }

    static func zlib(_ payload: [UInt8]) -> [UInt8] {
        var writer = WireWriter()
        writer.int64(PBFFields.Blob.rawSize, Int64(payload.count))
        writer.data(PBFFields.Blob.zlibData, Compressor().zlib(payload.byteSpan))
        return writer.bytes
    }

    mutating func append(type: String, blob: [UInt8]) {
        var header = WireWriter()
        header.string(PBFFields.BlobHeader.type, type)
        header.int64(PBFFields.BlobHeader.dataSize, Int64(blob.count))
        append(header: header.bytes, blob: blob)
    }

    mutating func append(header: [UInt8], blob: [UInt8]) {
        for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: header.count >> shift)) }
        bytes += header + blob
    }

    /// A data block with these strings, the empty one before them, and what `groups` writes.
    mutating func append(
        strings: [String] = [], compressed: Bool = false, _ groups: (inout WireWriter) -> Void
    ) {
        let payload = PBFSample.block(strings: strings, groups)
        append(type: "OSMData", blob: compressed ? PBFSample.zlib(payload) : PBFSample.raw(payload))
    }

    static func block(strings: [String] = [], _ groups: (inout WireWriter) -> Void) -> [UInt8] {
        var writer = WireWriter()
        writer.message(PBFFields.PrimitiveBlock.stringTable) { table in
            for string in [""] + strings { table.string(PBFFields.StringTable.string, string) }
        }
        groups(&writer)
        return writer.bytes
    }

    func read(options: OSMReadingOptions = OSMReadingOptions(), threads: Int = 1) async throws -> FileContent {
        try await readBytes(bytes, options: options, threads: threads)
    }

    /// The fault that reading ends with; `nil` when it is read.
    func fault() async throws -> OSMFormatError.Fault? {
        do {
            _ = try await read()
            return nil
        } catch let error as OSMFormatError {
            return error.fault
        }
    }
}

/// Reads a file that holds these bytes.
func readBytes(
    _ bytes: [UInt8], name: String = "sample.osm.pbf", options: OSMReadingOptions = OSMReadingOptions(),
    threads: Int = 1
) async throws -> FileContent {
    let folder = try TemporaryFolder()
    let path = folder.path(name)
    try Data(bytes).write(to: URL(filePath: path))
    return try await readFile(path, threads: threads, options: options)
}

extension WireWriter {
    /// One primitive group.
    mutating func group(_ body: (inout WireWriter) -> Void) {
        message(PBFFields.PrimitiveBlock.primitiveGroup, body)
    }

    /// A group of dense nodes from deltas.
    mutating func dense(
        _ ids: [Int64], _ latitudes: [Int64], _ longitudes: [Int64], tags: [UInt32] = [],
        info: (inout WireWriter) -> Void = { _ in }
    ) {
        group { group in
            group.message(PBFFields.PrimitiveGroup.dense) { dense in
                dense.packedSInt64(PBFFields.DenseNodes.id, ids)
                var metadata = WireWriter()
                info(&metadata)
                if !metadata.bytes.isEmpty { dense.data(PBFFields.DenseNodes.info, metadata.bytes) }
                dense.packedSInt64(PBFFields.DenseNodes.latitude, latitudes)
                dense.packedSInt64(PBFFields.DenseNodes.longitude, longitudes)
                if !tags.isEmpty { dense.packedUInt32(PBFFields.DenseNodes.keysAndValues, tags) }
            }
        }
    }

    mutating func way(_ body: (inout WireWriter) -> Void) {
        group { $0.message(PBFFields.PrimitiveGroup.ways, body) }
    }

    mutating func relation(_ body: (inout WireWriter) -> Void) {
        group { $0.message(PBFFields.PrimitiveGroup.relations, body) }
    }

    mutating func node(_ body: (inout WireWriter) -> Void) {
        group { $0.message(PBFFields.PrimitiveGroup.nodes, body) }
    }
}

/// A small file with every kind of element and both kinds of blob.
func smallPBF() -> [UInt8] {
    var sample = PBFSample()
    sample.append(strings: ["name", "Café", "highway", "path", "outer"], compressed: true) { block in
        block.dense([1, 1, 1], [100, 10, -3], [200, -5, 7], tags: [1, 2, 0, 0, 3, 4, 0]) { info in
            info.packedUInt32(PBFFields.DenseInfo.version, [1, 1, 2])
            info.packedSInt64(PBFFields.DenseInfo.userName, [1, 0, 0])
        }
    }
    sample.append(strings: ["name", "Café", "highway", "path", "outer"]) { block in
        block.dense([1, 1, 1], [100, 10, -3], [200, -5, 7], tags: [1, 2, 0, 0, 3, 4, 0]) { info in
            info.packedUInt32(PBFFields.DenseInfo.version, [1, 1, 2])
            info.packedUInt32(PBFFields.DenseInfo.visible, [1, 0, 1])
        }
        block.node { node in
            node.sint64(PBFFields.Node.id, 9)
            node.packedUInt32(PBFFields.Node.keys, [1])
            node.packedUInt32(PBFFields.Node.values, [2])
            node.sint64(PBFFields.Node.latitude, -7)
            node.sint64(PBFFields.Node.longitude, 8)
        }
        block.way { way in
            way.int64(PBFFields.Way.id, 5)
            way.packedUInt32(PBFFields.Way.keys, [3])
            way.packedUInt32(PBFFields.Way.values, [4])
            way.message(PBFFields.Way.info) { $0.int64(PBFFields.Info.version, 3) }
            way.packedSInt64(PBFFields.Way.references, [1, 1, -2])
        }
        block.relation { relation in
            relation.int64(PBFFields.Relation.id, 6)
            relation.packedUInt32(PBFFields.Relation.memberRoles, [5, 0])
            relation.packedSInt64(PBFFields.Relation.memberIDs, [5, -4])
            relation.packedUInt32(PBFFields.Relation.memberTypes, [1, 0])
        }
    }
    return sample.bytes
}
