import ByteCoding
public import OSMModel
import SystemIO
import WorkPipeline

/// An OSM XML file, plain or gzip, read block by block.
///
/// The document is unpacked and parsed in order, piece by piece; blocks of up to 8000 elements are transformed several at
/// once. Memory does not grow with the file.
public struct OSMXMLBlockSource: OSMBlockSource {
    public var progress: (@Sendable (Int) -> Void)?
    private let file: MappedFile
    private let isGzip: Bool
    private let options: OSMReadingOptions

    init(_ file: MappedFile, isGzip: Bool, options: OSMReadingOptions) {
        self.file = file
        self.isGzip = isGzip
        self.options = options
    }

    public func readBlocks<Value: Sendable>(
        threads: Int,
        transform: @escaping @Sendable (OSMBlock) throws -> Value,
        consume: (Value) throws -> Void
    ) async throws -> OSMFileHeader {
        file.advise(.sequential)
        let reading = OSMXMLReading(file, isGzip: isGzip, options: options)
        try await orderedParallelMap(
            threads: threads,
            next: {
                let block = try reading.nextBlock()
                progress?(reading.inputOffset)
                return block
            },
            transform: transform, consume: consume)
        return reading.header
    }
}

/// One pass over the file: bytes, parser and decoder together.
private final class OSMXMLReading {
    private let file: MappedFile
    private var gzip: GzipStream?
    private let decoder: OSMXMLDecoder
    private let parser: ExpatParser
    /// Bytes of the file used so far.
    private(set) var inputOffset = 0
    private var isAtEnd = false

    private static let pieceByteCount = 1 << 16

    init(_ file: MappedFile, isGzip: Bool, options: OSMReadingOptions) {
        self.file = file
        gzip = isGzip ? GzipStream() : nil
        decoder = OSMXMLDecoder(options)
        parser = ExpatParser(decoder)
    }

    var header: OSMFileHeader { decoder.header }

    func nextBlock() throws -> OSMBlock? {
        while true {
            if let block = decoder.takeBlock() { return block }
            if isAtEnd { return nil }
            try parsePiece()
        }
    }

    private func parsePiece() throws {
        // A span borrows the variable that holds its owner, which must be a local one.
        let file = self.file
        if gzip == nil {
            let end = min(file.byteCount, inputOffset + OSMXMLReading.pieceByteCount)
            let start = inputOffset
            inputOffset = end
            try parse(file.bytes(start..<end), isLast: end == file.byteCount)
            return
        }
        let piece: [UInt8]
        do {
            piece = try gzip?.next(from: file.bytes, limit: OSMXMLReading.pieceByteCount) ?? []
        } catch {
            throw OSMFormatError.xml(
                path: file.path, line: parser.line, fault: .compressedData, reason: error.description)
        }
        inputOffset = gzip?.inputOffset ?? inputOffset
        try parse(piece.byteSpan, isLast: piece.isEmpty)
    }

    private func parse(_ piece: RawSpan, isLast: Bool) throws {
        do {
            try parser.parse(piece, isLast: isLast)
        } catch let fault as XMLFault {
            throw OSMFormatError.xml(
                path: file.path, line: parser.failureLine, fault: fault.kind, reason: fault.reason)
        }
        if isLast {
            isAtEnd = true
            decoder.finish()
        }
    }
}
