import ByteCoding
public import OSMModel
import PlanarGeometry
import ProtobufWire
import SystemIO

/// Writes blocks of elements as an OSM PBF file that appears under its name when `finish()` returns.
///
/// Blocks may hold any number of elements of any kinds; each kind's elements become blobs of their own, at most 8,000
/// elements and 16 MiB each (OSM PBF, "File format" and "Encoding OSM entities"). Nodes are written dense, coordinates at
/// granularity 100, strings by falling frequency. Deleted elements of a block are not written. Same blocks, same
/// options, same version of libdeflate: same bytes. Dropping the value without `finish()` leaves no file.
public struct PBFWriter: ~Copyable {
    private var file: AtomicFile
    private let options: OSMWriterOptions
    private let compressor: Compressor
    private let writesLocations: Bool
    private var encoder: PBFBlockEncoder
    private var order = ElementOrderCheck()

    /// Opens the file and writes its header block.
    public init(path: String, header: OSMFileHeader, options: OSMWriterOptions = OSMWriterOptions())
        throws(OSMWriterError)
    {
        // Everything that may throw comes before the first property is set: the compiler wants it so.
        let compressor = Compressor(level: 9)
        var opened = try OSMWriterError.wrap { () throws(SystemError) in try AtomicFile(path: path) }
        try PBFWriter.write("OSMHeader", PBFWriter.headerBlock(header, options), compressor, to: &opened)
        file = opened
        self.options = options
        self.compressor = compressor
        writesLocations = header.hasLocationsOnWays
        encoder = PBFBlockEncoder(metadata: options.metadata, writesLocations: header.hasLocationsOnWays)
    }

    /// Appends all elements of a block: its nodes, then its ways, then its relations.
    ///
    /// After an error the writer is of no use but to be dropped.
    public mutating func append(_ block: OSMBlock) throws(OSMWriterError) {
        if options.isSorted {
            try order.check(.node, block.nodes.ids)
            try order.check(.way, block.ways.ids)
            try order.check(.relation, block.relations.ids)
        }
        try append(block, .node, block.nodes.ids)
        try append(block, .way, block.ways.ids)
        try append(block, .relation, block.relations.ids)
    }

    /// Syncs the file and gives it its name.
    public consuming func finish() throws(OSMWriterError) {
        do { try file.commit() } catch { throw .system(error) }
    }

    /// What readers should be ready for; they refuse 32 MiB.
    private static let blobByteLimit = 16 << 20

    private mutating func append(_ block: OSMBlock, _ kind: ElementKind, _ ids: [Int64]) throws(OSMWriterError) {
        var start = 0
        while start < ids.count {
            var end = min(start + PBFFields.elementsPerBlock, ids.count)
            var payload = encoder.encode(block, kind, start..<end)
            // Only elements of thousands of members or tags each come here.
            while payload.count > PBFWriter.blobByteLimit {
                guard end - start > 1 else {
                    throw .elementTooLarge(
                        element: ElementID(kind, ids[start]), byteCount: payload.count,
                        limit: PBFWriter.blobByteLimit)
                }
                end = start + (end - start) / 2
                payload = encoder.encode(block, kind, start..<end)
            }
            try PBFWriter.write("OSMData", payload, compressor, to: &file)
            start = end
        }
    }

    private static func write(
        _ type: String, _ payload: [UInt8], _ compressor: Compressor, to file: inout AtomicFile
    ) throws(OSMWriterError) {
        var blob = WireWriter()
        blob.int64(PBFFields.Blob.rawSize, Int64(payload.count))
        blob.data(PBFFields.Blob.zlibData, compressor.zlib(payload.byteSpan))
        var header = WireWriter()
        header.string(PBFFields.BlobHeader.type, type)
        header.int64(PBFFields.BlobHeader.dataSize, Int64(blob.bytes.count))
        // The only big-endian number of the format.
        let length = UInt32(header.bytes.count)
        do {
            try file.append((0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) })
            try file.append(header.bytes)
            try file.append(blob.bytes)
        } catch { throw .system(error) }
    }

    private static func headerBlock(_ header: OSMFileHeader, _ options: OSMWriterOptions) -> [UInt8] {
        typealias Field = PBFFields.HeaderBlock
        let nanodegreesPerUnit: Int64 = 100
        var writer = WireWriter()
        if let bounds = header.bounds {
            writer.message(Field.boundingBox) { box in
                box.sint64(PBFFields.HeaderBBox.left, Int64(bounds.southWest.longitude) * nanodegreesPerUnit)
                box.sint64(PBFFields.HeaderBBox.right, Int64(bounds.northEast.longitude) * nanodegreesPerUnit)
                box.sint64(PBFFields.HeaderBBox.top, Int64(bounds.northEast.latitude) * nanodegreesPerUnit)
                box.sint64(PBFFields.HeaderBBox.bottom, Int64(bounds.southWest.latitude) * nanodegreesPerUnit)
            }
        }
        writer.string(Field.requiredFeatures, "OsmSchema-V0.6")
        writer.string(Field.requiredFeatures, "DenseNodes")
        if options.isSorted { writer.string(Field.optionalFeatures, "Sort.Type_then_ID") }
        if header.hasLocationsOnWays { writer.string(Field.optionalFeatures, "LocationsOnWays") }
        writer.string(Field.writingProgram, header.writingProgram ?? "tuile")
        if let timestamp = header.replicationTimestamp { writer.int64(Field.replicationTimestamp, timestamp) }
        if let sequence = header.replicationSequence { writer.int64(Field.replicationSequence, sequence) }
        if let url = header.replicationBaseURL { writer.string(Field.replicationBaseURL, url) }
        return writer.bytes
    }
}
