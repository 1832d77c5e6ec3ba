public import OSMModel
import SystemIO
import WorkPipeline

/// An OSM PBF file, read block by block.
///
/// File blocks are found one after the other; each is unpacked, decoded and transformed in one task, several at once, and
/// the results come back in file order. Blocks of unknown type are passed over. A second header, as in files set end to end, is accepted
/// if its features are understood. Memory is bounded by the format: a block unpacks to less than 32 MiB.
public struct PBFBlockSource: OSMBlockSource {
    public var progress: (@Sendable (Int) -> Void)?
    private let file: MappedFile
    private let options: OSMReadingOptions

    /// A data block on its way to a worker.
    fileprivate struct DataBlock: Sendable {
        var frame: PBFFileBlock
        var withLocations: Bool
    }

    init(_ file: MappedFile, options: OSMReadingOptions) {
        self.file = file
        self.options = options
    }

    public func readBlocks<Value: Sendable>(
        threads: Int,
        transform: @escaping @Sendable (OSMBlock) throws -> Value,
        consume: (Value) throws -> Void
    ) async throws -> OSMFileHeader {
        file.advise(.sequential)
        var framing = PBFBlobFraming(file)
        var header: OSMFileHeader?
        try await orderedParallelMap(
            threads: threads,
            next: { try nextDataBlock(&framing, &header) },
            transform: { [file, options] block in
                (try transform(decode(block, file: file, options: options)), block.frame.blob.upperBound)
            },
            consume: { value, offset in
                try consume(value)
                progress?(offset)
            })
        guard let header else {
            throw PBFFault(.noHeader, at: 0, "the file is empty").located(path: file.path, block: 0)
        }
        progress?(file.byteCount)
        return header
    }

    /// Goes on to the next data block, reading headers on the way.
    private func nextDataBlock(_ framing: inout PBFBlobFraming, _ header: inout OSMFileHeader?) throws -> DataBlock? {
        var index = framing.index
        do {
            while let frame = try framing.next() {
                index = frame.index
                if frame.kind == .header {
                    let found = try PBFBlob(reading: frame.blob, of: file).withBytes(of: file) { payload, base in
                        try PBFHeaderBlock.decode(payload, base: base)
                    }
                    if header == nil { header = found }
                    if found.hasLocationsOnWays { header?.hasLocationsOnWays = true }
                } else if let header {
                    guard frame.kind == .data else {
                        index = framing.index
                        continue
                    }
                    return DataBlock(frame: frame, withLocations: header.hasLocationsOnWays)
                } else {
                    throw PBFFault(.noHeader, at: frame.offset, "the first block is no OSMHeader")
                }
                index = framing.index
            }
            return nil
        } catch {
            throw PBFFault(error)?.located(path: file.path, block: index) ?? error
        }
    }
}

private func decode(
    _ block: PBFBlockSource.DataBlock, file: MappedFile, options: OSMReadingOptions
) throws -> OSMBlock {
    do {
        return try PBFBlob(reading: block.frame.blob, of: file).withBytes(of: file) { payload, base in
            try PBFPrimitiveBlockDecoder.decode(
                payload, base: base, options: options, withLocations: block.withLocations)
        }
    } catch {
        throw PBFFault(error)?.located(path: file.path, block: block.frame.index) ?? error
    }
}
