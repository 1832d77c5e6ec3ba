import ByteCoding
import Foundation
import OSMModel
import SystemIO
import TestSupport
import Testing

@testable import OSMFormats

struct OSMXMLBlockSourceTests {
    func document(nodes: Int) -> [UInt8] {
        var text = "<osm version='0.6' generator='g'>"
        for id in 0..<nodes { text += "<node id='\(id)' lat='1' lon='1'><tag k='n' v='\(id % 50)'/></node>\n" }
        return Array((text + "</osm>").utf8)
    }

    @Test(arguments: [1, 3], [false, true])
    func elementsComeInOrderInBlocksOfBoundedSize(threads: Int, isGzip: Bool) async throws {
        let plain = document(nodes: 20001)
        let bytes = isGzip ? Compressor().gzip(plain.byteSpan) : plain
        let folder = try TemporaryFolder()
        try Data(bytes).write(to: URL(filePath: folder.path("a.osm")))
        var sizes: [Int] = []
        var strings: [Int] = []
        let content = try await readFile(folder.path("a.osm"), threads: threads) { block in
            sizes.append(block.elementCount)
            strings.append(block.strings.count)
        }
        #expect(sizes == [8000, 8000, 4001])
        // The empty one, the key, fifty values.
        #expect(strings == [52, 52, 52])
        #expect(content.elements.map(\.id.number) == Array(0..<20001))
        #expect(content.elements[15999].tags == ["n": "49"])
        #expect(content.header.writingProgram == "g")
    }

    @Test func membersOfAGzipFileAreOneDocument() async throws {
        let plain = document(nodes: 500)
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: plain.count, by: 1000) {
            let part = Array(plain[start..<min(start + 1000, plain.count)])
            bytes += Compressor().gzip(part.byteSpan)
        }
        #expect(try await readBytes(bytes, name: "a.osm.gz").count(.node) == 500)
        // A member is missing its end.
        let error = await #expect(throws: OSMFormatError.self) {
            _ = try await readBytes(Array(bytes.dropLast(3)), name: "a.osm.gz")
        }
        #expect(error?.fault == .compressedData)
    }

    @Test func aTokenOfManyMegabytesIsRefused() async throws {
        var bytes = Array("<osm version='0.6'><node id='1' lat='1' lon='1'><tag k='a' v='".utf8)
        bytes += [UInt8](repeating: 0x61, count: 6 << 20)
        bytes += Array("'/></node></osm>".utf8)
        let error = await #expect(throws: OSMFormatError.self) { _ = try await readBytes(bytes, name: "a.osm") }
        #expect(error?.fault == .limit)
    }

    @Test func manyTagsCloseABlockEarly() async throws {
        let tags = (0..<200_000).map { "<tag k='k' v='\($0 % 7)'/>" }.joined()
        var sizes: [Int] = []
        let text = "<osm version='0.6'><way id='1'>\(tags)</way><way id='2'>\(tags)</way><way id='3'/></osm>"
        let folder = try TemporaryFolder()
        try Data(text.utf8).write(to: URL(filePath: folder.path("a.osm")))
        _ = try await readFile(folder.path("a.osm")) { sizes.append($0.elementCount) }
        #expect(sizes == [2, 1])
    }
}
