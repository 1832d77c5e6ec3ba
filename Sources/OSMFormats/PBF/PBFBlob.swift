import ByteCoding
import ProtobufWire
import SystemIO

/// The payload of a file block: where its bytes lie in the file, and how they are packed.
struct PBFBlob {
    enum Packing {
        case raw
        case zlib(unpackedByteCount: Int)
    }

    var packing: Packing
    /// File offsets of the packed bytes.
    var data: Range<Int>

    /// Reads a Blob message (`fileformat.proto`, Blob), whose fields may come in any order.
    init(reading range: Range<Int>, of file: MappedFile) throws {
        var reader = WireReader(file.bytes(range), base: range.lowerBound)
        var found: (field: Int, data: Range<Int>)?
        var size: (value: Int64, offset: Int)?
        while try reader.next() {
            switch reader.field {
            case PBFFields.Blob.rawSize:
                let offset = reader.fieldOffset
                size = (try reader.int64(), offset)
            case PBFFields.Blob.raw, PBFFields.Blob.zlibData, PBFFields.Blob.lzmaData, PBFFields.Blob.bzip2Data,
                PBFFields.Blob.lz4Data, PBFFields.Blob.zstdData:
                let (field, offset) = (reader.field, reader.fieldOffset)
                if let found, found.field != field {
                    throw PBFFault(
                        .noData, at: offset, "a blob with two kinds of data, fields \(found.field) and \(field)")
                }
                let byteCount = try reader.bytes().byteCount
                found = (field, (reader.offset - byteCount)..<reader.offset)
            default: try reader.skip()
            }
        }
        guard let (field, data) = found else {
            throw PBFFault(.noData, at: range.lowerBound, "a blob without data")
        }
        self.data = data
        if let size, size.value >= PBFFields.blobLimit {
            throw PBFFault(
                .limit, at: size.offset,
                "a block of \(size.value) bytes when unpacked, expected less than \(PBFFields.blobLimit)")
        }
        if field == PBFFields.Blob.raw {
            if let size, size.value != data.count {
                throw PBFFault(.size, at: size.offset, "raw_size \(size.value), but there are \(data.count) bytes")
            }
            packing = .raw
            return
        }
        if let name = PBFBlob.refusedPackings[field] {
            throw PBFFault(
                .unsupported, at: data.lowerBound,
                "a blob packed with \(name), which is not supported; rewrite the file with zlib blobs")
        }
        guard let size else {
            throw PBFFault(.missingField, at: range.lowerBound, "a blob packed with zlib without raw_size")
        }
        guard size.value >= 0 else {
            throw PBFFault(.size, at: size.offset, "raw_size \(size.value), expected 0 or more")
        }
        packing = .zlib(unpackedByteCount: Int(size.value))
    }

    private static let refusedPackings = [
        PBFFields.Blob.lzmaData: "lzma", PBFFields.Blob.bzip2Data: "bzip2", PBFFields.Blob.lz4Data: "lz4",
        PBFFields.Blob.zstdData: "zstd",
    ]

    /// Hands the unpacked bytes to `decode`, with the offset where they begin in the file, or 0 for bytes that were
    /// compressed; faults in those are told by the place of the compressed data.
    func withBytes<Value>(of file: MappedFile, _ decode: (RawSpan, Int) throws -> Value) throws -> Value {
        switch packing {
        case .raw: return try decode(file.bytes(data), data.lowerBound)
        case .zlib(let byteCount):
            let unpacked: [UInt8]
            do {
                unpacked = try Decompressor().zlib(file.bytes(data), byteCount: byteCount)
            } catch {
                if case .unexpectedSize = error { throw PBFFault(.size, at: data.lowerBound, error.description) }
                throw PBFFault(.compressedData, at: data.lowerBound, error.description)
            }
            do {
                return try decode(unpacked.byteSpan, 0)
            } catch {
                throw PBFFault(error)?.inCompressedData(at: data.lowerBound) ?? error
            }
        }
    }
}
