import ByteCoding
import ProtobufWire
import SystemIO

/// One file block: where its Blob message lies and what it claims to be.
struct PBFFileBlock: Sendable {
    enum Kind: Sendable { case header, data, unknown }

    var kind: Kind
    /// Counted from 0, the header.
    var index: Int
    /// File offset of the length field before the BlobHeader.
    var offset: Int
    /// File offsets of the Blob message.
    var blob: Range<Int>
}

/// Walks the file blocks of a mapped PBF file (`fileformat.proto`, "File format"):
///
/// | bytes | meaning |
/// |---|---|
/// | 4, big-endian | length of the BlobHeader, below 64 KiB |
/// | that many | BlobHeader: type, size of the Blob |
/// | `datasize`, below 32 MiB | Blob |
///
/// The file may end only before a length. Sizes are checked against limits and file before anything is read or allocated.
struct PBFBlobFraming {
    let file: MappedFile
    /// Where the next block begins.
    private(set) var offset = 0
    /// Number of the block that `next()` returns next, or that it failed in.
    private(set) var index = 0

    init(_ file: MappedFile) { self.file = file }

    /// The next block; `nil` at the end of the file.
    mutating func next() throws -> PBFFileBlock? {
        let end = file.byteCount
        if offset == end { return nil }
        guard end - offset >= 4 else {
            throw PBFFault(
                .truncated, at: end, "the file ends inside a block's length, \(end - offset) of 4 bytes are left")
        }
        var cursor = ByteCursor(file.bytes, at: offset)
        let length = Int(try cursor.uint32().byteSwapped)
        guard length > 0, length < PBFFields.blobHeaderLimit else {
            throw PBFFault(
                .limit, at: offset, "a block header of \(length) bytes, expected 1 to \(PBFFields.blobHeaderLimit - 1)")
        }
        let headerStart = offset + 4
        guard length <= end - headerStart else {
            throw PBFFault(
                .truncated, at: end,
                "the file ends inside a block header, \(end - headerStart) of \(length) bytes are left")
        }
        let blobStart = headerStart + length
        let (kind, byteCount) = try readHeader(headerStart..<blobStart)
        guard byteCount <= end - blobStart else {
            throw PBFFault(
                .truncated, at: end, "the file ends inside a blob, \(end - blobStart) of \(byteCount) bytes are left")
        }
        let block = PBFFileBlock(
            kind: kind, index: index, offset: offset, blob: blobStart..<(blobStart + byteCount))
        offset = block.blob.upperBound
        index += 1
        return block
    }

    private func readHeader(_ range: Range<Int>) throws -> (PBFFileBlock.Kind, byteCount: Int) {
        var reader = WireReader(file.bytes(range), base: range.lowerBound)
        var kind: PBFFileBlock.Kind?
        var byteCount: (value: Int64, offset: Int)?
        while try reader.next() {
            switch reader.field {
            case PBFFields.BlobHeader.type:
                kind =
                    switch try reader.bytes().toString() {
                    case "OSMHeader": .header
                    case "OSMData": .data
                    default: .unknown
                    }
            case PBFFields.BlobHeader.dataSize:
                let offset = reader.fieldOffset
                byteCount = (try reader.int64(), offset)
            default: try reader.skip()
            }
        }
        guard let kind else { throw PBFFault(.missingField, at: offset, "a block header without type") }
        guard let byteCount else { throw PBFFault(.missingField, at: offset, "a block header without datasize") }
        guard byteCount.value != 0 else { throw PBFFault(.noData, at: byteCount.offset, "a blob of 0 bytes") }
        guard byteCount.value > 0, byteCount.value < PBFFields.blobLimit else {
            throw PBFFault(
                .limit, at: byteCount.offset,
                "a blob of \(byteCount.value) bytes, expected less than \(PBFFields.blobLimit)")
        }
        return (kind, Int(byteCount.value))
    }
}
