import ByteCoding
import ProtobufWire
import SystemIO
import Testing

@testable import OSMFormats

/// OSM PBF, Blob.
struct PBFBlobTests {
    let payload = PBFSample.block { $0.dense([7], [1], [1]) }

    func fault(_ write: (inout WireWriter) -> Void) async throws -> OSMFormatError.Fault? {
        var blob = WireWriter()
        write(&blob)
        var sample = PBFSample()
        sample.append(type: "OSMData", blob: blob.bytes)
        return try await sample.fault()
    }

    @Test func sizeAndDataMayComeInEitherOrder() async throws {
        let packed = Compressor().zlib(payload.byteSpan)
        let size = Int64(payload.count)
        #expect(
            try await fault {
                $0.data(PBFFields.Blob.zlibData, packed)
                $0.int64(PBFFields.Blob.rawSize, size)
            } == nil)
    }

    @Test(arguments: [-1, 1, 1000])
    func theUnpackedSizeMustBeAsStated(difference: Int) async throws {
        let packed = Compressor().zlib(payload.byteSpan)
        let size = Int64(payload.count + difference)
        let found = try await fault {
            $0.int64(PBFFields.Blob.rawSize, size)
            $0.data(PBFFields.Blob.zlibData, packed)
        }
        #expect(found == .size || found == .compressedData)
    }

    @Test func anUnpackedSizeOf32MiBIsRefusedBeforeUnpacking() async throws {
        #expect(
            try await fault {
                $0.int64(PBFFields.Blob.rawSize, 32 << 20)
                $0.data(PBFFields.Blob.zlibData, [1])
            } == .limit)
    }

    @Test(arguments: [(4, "lzma"), (5, "bzip2"), (6, "lz4"), (7, "zstd")])
    func otherPackingsAreRefusedByName(field: Int, name: String) async throws {
        var blob = WireWriter()
        blob.int64(PBFFields.Blob.rawSize, 3)
        blob.data(field, [1, 2, 3])
        var sample = PBFSample()
        sample.append(type: "OSMData", blob: blob.bytes)
        let error = await #expect(throws: OSMFormatError.self) { _ = try await sample.read() }
        #expect(error?.fault == .unsupported)
        #expect("\(try #require(error))".contains(name))
    }

    @Test func aBlobNeedsExactlyOneKindOfData() async throws {
        let payload = payload
        #expect(try await fault { $0.int64(PBFFields.Blob.rawSize, 3) } == .noData)
        #expect(
            try await fault {
                $0.data(PBFFields.Blob.raw, payload)
                $0.data(PBFFields.Blob.zlibData, payload)
            } == .noData)
    }

    @Test func unknownFieldsArePassedOver() async throws {
        let payload = payload
        #expect(
            try await fault {
                $0.int64(99, 1)
                $0.data(PBFFields.Blob.raw, payload)
                $0.string(100, "future")
            } == nil)
    }
}
