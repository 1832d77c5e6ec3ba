import ByteCoding
import SystemIO
import TestSupport
import Testing

struct CompressionTests {
    func sample(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in UInt8.random(in: 97...104, using: &random) }
    }

    @Test(arguments: [0, 1, 100, 100_000])
    func whatIsPackedComesBack(count: Int) throws {
        let bytes = sample(count)
        let compressor = Compressor()
        let decompressor = Decompressor()
        #expect(try decompressor.zlib(compressor.zlib(bytes.byteSpan).byteSpan, byteCount: count) == bytes)
        #expect(try decompressor.gzip(compressor.gzip(bytes.byteSpan).byteSpan, limit: 1 << 20) == bytes)
        #expect(compressor.gzip(bytes.byteSpan) == Compressor().gzip(bytes.byteSpan), "the same bytes each time")
    }

    @Test(arguments: [-1, 1, 5000])
    func zlibMustUnpackToTheStatedSize(difference: Int) {
        let packed = Compressor().zlib(sample(1000).byteSpan)
        #expect(throws: SystemError.self) {
            _ = try Decompressor().zlib(packed.byteSpan, byteCount: 1000 + difference)
        }
    }

    @Test func zlibMustUseAllOfItsInput() {
        let packed = Compressor().zlib(sample(1000).byteSpan) + [0]
        #expect(throws: SystemError.self) { _ = try Decompressor().zlib(packed.byteSpan, byteCount: 1000) }
    }

    @Test func damagedStreamsAreRefusedOrUnpackToSomething() throws {
        let packed = Compressor().zlib(sample(300).byteSpan)
        for index in packed.indices {
            var damaged = packed
            damaged[index] ^= 0x55
            _ = try? Decompressor().zlib(damaged.byteSpan, byteCount: 300)
            let cut = Array(packed.prefix(index))
            #expect(throws: SystemError.self) { _ = try Decompressor().zlib(cut.byteSpan, byteCount: 300) }
        }
    }

    @Test func gzipStopsAtItsLimit() {
        let packed = Compressor().gzip([UInt8](repeating: 7, count: 1 << 20).byteSpan)
        #expect(throws: SystemError.self) { _ = try Decompressor().gzip(packed.byteSpan, limit: 1000) }
    }

    func unpack(_ input: [UInt8], limit: Int) throws -> [UInt8] {
        var stream = GzipStream()
        var bytes: [UInt8] = []
        while true {
            let piece = try stream.next(from: input.byteSpan, limit: limit)
            #expect(piece.count <= limit)
            if piece.isEmpty { return bytes }
            bytes += piece
        }
    }

    @Test(arguments: [1, 7, 4096])
    func aGzipStreamReadsAllMembers(limit: Int) throws {
        let parts = [sample(500, seed: 1), [], sample(1, seed: 2), sample(3000, seed: 3), []]
        let packed = parts.flatMap { Compressor().gzip($0.byteSpan) }
        #expect(try unpack(packed, limit: limit) == parts.flatMap(\.self))
        #expect(try unpack(packed + [0, 0, 0], limit: limit) == parts.flatMap(\.self), "zero bytes are padding")
        #expect(throws: SystemError.self) { _ = try unpack(packed + [0, 1], limit: limit) }
    }

    @Test func aGzipStreamCutAnywhereIsTruncated() {
        let packed = Compressor().gzip(sample(400).byteSpan)
        for length in 0..<packed.count {
            #expect(throws: SystemError.self) { _ = try unpack(Array(packed.prefix(length)), limit: 64) }
        }
    }

    @Test func aGzipStreamChecksSizeAndChecksum() {
        let packed = Compressor().gzip(sample(400).byteSpan)
        for index in (packed.count - 8)..<packed.count {
            var damaged = packed
            damaged[index] ^= 1
            #expect(throws: SystemError.self) { _ = try unpack(damaged, limit: 1 << 16) }
        }
    }

    @Test func checksumsAreTheStandardOnes() {
        #expect(crc32(Array("123456789".utf8).byteSpan) == 0xcbf4_3926)
        #expect(
            hexadecimal(sha256(Array("abc".utf8).byteSpan))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            hexadecimal(sha256([UInt8]().byteSpan))
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
}
