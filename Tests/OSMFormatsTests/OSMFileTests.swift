import ByteCoding
import Foundation
import SystemIO
import TestSupport
import Testing

@testable import OSMFormats

struct OSMFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func open(_ bytes: [UInt8], as name: String) throws -> String {
        let path = folder.path(name)
        try Data(bytes).write(to: URL(filePath: path))
        return "\(type(of: try OSMFile.open(path: path)))"
    }

    func refusal(_ bytes: [UInt8], as name: String) throws -> String {
        let error = #expect(throws: OSMFormatError.self) { _ = try open(bytes, as: name) }
        let text = "\(try #require(error))"
        #expect(text.hasPrefix(folder.path(name)) && !text.contains("\n"))
        return text
    }

    let xml = Array("<osm version='0.6'/>".utf8)

    @Test func theBytesDecideWhateverTheName() throws {
        #expect(try open(smallPBF(), as: "a.osm") == "PBFBlockSource")
        #expect(try open(smallPBF(), as: "a") == "PBFBlockSource")
        #expect(try open(xml, as: "a.gz") == "OSMXMLBlockSource")
        #expect(try open(Compressor().gzip(xml.byteSpan), as: "a.osm") == "OSMXMLBlockSource")
    }

    @Test func whatIsNotReadIsRefusedByName() throws {
        let pbf = smallPBF()
        #expect(try refusal([], as: "a.osm").contains("empty"))
        #expect(try refusal(Array("BZh91AY".utf8), as: "a.osm").contains("bzip2"))
        #expect(try refusal([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], as: "a.osm").contains("xz"))
        #expect(try refusal(Compressor().gzip(pbf.byteSpan), as: "a.pbf").contains("gzipped PBF"))
        #expect(try refusal(Compressor().gzip([UInt8]().byteSpan), as: "a.gz").contains("holds nothing"))
        #expect(try refusal([0x1f, 0x8b, 1, 2, 3], as: "a.gz").contains("gzip"))
        #expect(try refusal(xml, as: "a.osh").contains("history"))
        #expect(try refusal(xml, as: "a.pbf").contains("XML"))
        #expect(try refusal(Array("name,lat\n".utf8), as: "a.csv").contains("no OSM file"))
    }

    @Test func aChangeFileIsRefusedAsOne() async throws {
        let bytes = Array("<osmChange version='0.6'/>".utf8)
        let error = await #expect(throws: OSMFormatError.self) { _ = try await readBytes(bytes, name: "a.osc") }
        #expect("\(try #require(error))".contains("change file"))
    }

    @Test func whatCannotBeOpenedIsASystemError() {
        #expect(throws: SystemError.self) { _ = try OSMFile.open(path: folder.path("missing")) }
        #expect(throws: SystemError.self) { _ = try OSMFile.open(path: folder.url.path) }
        #expect(throws: SystemError.self) { _ = try OSMFile.open(path: "/dev/null") }
    }
}
