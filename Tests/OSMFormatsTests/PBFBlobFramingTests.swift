import OSMModel
import ProtobufWire
import Testing

@testable import OSMFormats

/// OSM PBF, "File format".
struct PBFBlobFramingTests {
    @Test func aFileMayEndOnlyBeforeALength() async throws {
        let header = PBFSample().bytes.count
        var sample = PBFSample()
        sample.append { $0.dense([1], [1], [1]) }
        for length in 1..<sample.bytes.count where length != header {
            let cut = PBFSample(bytes: Array(sample.bytes.prefix(length)))
            #expect(try await cut.fault() == .truncated, "\(length) bytes")
        }
        #expect(try await PBFSample(bytes: Array(sample.bytes.prefix(header))).read().elements.isEmpty)
    }

    @Test(arguments: [0, 64 * 1024, 0xffff_fff0])
    func aBlobHeaderMustBeSmallerThan64KiB(length: Int) async throws {
        var sample = PBFSample()
        for shift in [24, 16, 8, 0] { sample.bytes.append(UInt8(truncatingIfNeeded: length >> shift)) }
        sample.bytes += [UInt8](repeating: 0, count: 70000)
        #expect(try await sample.fault() == .limit)
    }

    @Test(arguments: [(Int64(32 << 20), OSMFormatError.Fault.limit), (-1, .limit), (0, .noData), (1 << 40, .limit)])
    func aBlobMustBeSmallerThan32MiB(size: Int64, fault: OSMFormatError.Fault) async throws {
        var header = WireWriter()
        header.string(PBFFields.BlobHeader.type, "OSMData")
        header.int64(PBFFields.BlobHeader.dataSize, size)
        var sample = PBFSample()
        sample.append(header: header.bytes, blob: [])
        #expect(try await sample.fault() == fault)
    }

    @Test func aBlobHeaderNeedsTypeAndSize() async throws {
        var sized = WireWriter()
        sized.int64(PBFFields.BlobHeader.dataSize, 1)
        var typed = WireWriter()
        typed.string(PBFFields.BlobHeader.type, "OSMData")
        for header in [sized.bytes, typed.bytes] {
            var sample = PBFSample()
            sample.append(header: header, blob: [0])
            #expect(try await sample.fault() == .missingField)
        }
    }

    @Test func blocksOfUnknownTypeArePassedOver() async throws {
        var sample = PBFSample()
        sample.append(type: "_Index", blob: [1, 2, 3])
        sample.append { $0.dense([7], [1], [1]) }
        #expect(try await sample.read().elements.map(\.id) == [ElementID(.node, 7)])
    }

    @Test func theFirstBlockMustBeTheHeader() async throws {
        var sample = PBFSample(bytes: [])
        sample.append { $0.dense([7], [1], [1]) }
        #expect(try await sample.fault() == .noHeader)
    }

    @Test func errorsTellTheBlockAndItsPlaceInTheFile() async throws {
        var sample = PBFSample()
        sample.append { $0.dense([7], [1], [1]) }
        let end = sample.bytes.count
        sample.bytes += [0, 0]
        do {
            _ = try await sample.read()
            Issue.record("should be refused")
        } catch let OSMFormatError.pbf(_, block, offset, fault, _) {
            #expect(block == 2 && offset == end + 2 && fault == .truncated)
        }
    }
}
