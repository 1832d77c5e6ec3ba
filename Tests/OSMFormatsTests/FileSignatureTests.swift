import ByteCoding
import Testing

@testable import OSMFormats

struct FileSignatureTests {
    func signature(_ bytes: [UInt8]) -> FileSignature { FileSignature(bytes.byteSpan) }

    @Test func formatsAreKnownByTheirFirstBytes() {
        #expect(signature([]) == .empty)
        #expect(signature([0, 0, 0, 13, 10, 9]) == .pbf)
        #expect(signature([0]) == .pbf)
        #expect(signature(Array("<osm".utf8)) == .xml)
        #expect(signature([0xef, 0xbb, 0xbf] + Array(" \r\n\t<".utf8)) == .xml)
        #expect(signature([0xff, 0xfe, 0x3c, 0]) == .xml)
        #expect(signature([0x1f, 0x8b, 8]) == .gzip)
        #expect(signature(Array("BZh9".utf8)) == .other("a bzip2 file"))
        #expect(signature([0x28, 0xb5, 0x2f, 0xfd]) == .other("a zstd file"))
        #expect(signature([0x28, 0xb5, 0x2f]) == .unknown)
        #expect(signature(Array("hello".utf8)) == .unknown)
        #expect(signature(Array("   ".utf8)) == .unknown)
    }
}
