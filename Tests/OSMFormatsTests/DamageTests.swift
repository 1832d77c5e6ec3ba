import ByteCoding
import Foundation
import OSMModel
import ProtobufWire
import TestSupport
import Testing

@testable import OSMFormats

/// Broken files end with an error or with elements, never with a trap or without end.
struct DamageTests {
    static let xml = """
        <?xml version="1.0" encoding="UTF-8"?>
        <osm version="0.6" generator="hand"><bounds minlat="1" minlon="2" maxlat="3" maxlon="4"/>
        <node id="1" lat="1.5" lon="-2.25e-1" version="3" timestamp="2020-02-29T12:00:00Z"><tag k="a" v="&lt;b&#x26;"/></node>
        <way id="2" visible="true"><nd ref="1" lat="1" lon="2"/><tag k="a" v="c"/><nd ref="-1"/></way>
        <relation id="3"><member type="way" ref="2" role="x"/><unknown><deep/></unknown></relation>
        </osm>
        """

    func read(_ bytes: [UInt8], _ path: String) async throws {
        try Data(bytes).write(to: URL(filePath: path))
        var options = OSMReadingOptions()
        options.readsTimestamps = true
        do {
            let content = try await readFile(path, options: options)
            #expect(content.elements.count < 100_000)
        } catch {
            let text = "\(error)"
            #expect(!text.contains("\n"), "\(text)")
        }
    }

    @Test(arguments: ["pbf", "xml"])
    func filesCutAnywhere(kind: String) async throws {
        let bytes = kind == "pbf" ? smallPBF() : Array(Self.xml.utf8)
        let folder = try TemporaryFolder()
        for length in 0..<bytes.count { try await read(Array(bytes.prefix(length)), folder.path("cut.osm")) }
    }

    @Test(arguments: ["pbf", "xml"])
    func everyByteChanged(kind: String) async throws {
        let bytes = kind == "pbf" ? smallPBF() : Array(Self.xml.utf8)
        let folder = try TemporaryFolder()
        for index in bytes.indices {
            for change: UInt8 in [0x01, 0x80, 0xff] {
                var damaged = bytes
                damaged[index] ^= change
                try await read(damaged, folder.path("changed.osm"))
            }
        }
    }

    @Test(arguments: ["pbf", "xml"], [UInt64(1), 2])
    func severalBytesChangedRemovedOrRepeated(kind: String, seed: UInt64) async throws {
        let bytes = kind == "pbf" ? smallPBF() : Array(Self.xml.utf8)
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let index = Int.random(in: 0..<damaged.count, using: &random)
                let end = min(damaged.count, index + Int.random(in: 1...8, using: &random))
                switch Int.random(in: 0..<4, using: &random) {
                case 0: damaged[index] = UInt8.random(in: 0...255, using: &random)
                case 1: damaged.removeSubrange(index..<max(index, end - 1))
                case 2: damaged.insert(contentsOf: damaged[index..<end], at: index)
                default: damaged[index] = [0, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
                }
            }
            try await read(damaged, folder.path("damaged.osm"))
        }
    }

    /// Past the framing and the checksum: the payload itself is damaged.
    @Test(arguments: [UInt64(3), 4])
    func payloadsOfRandomBytes(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let good = PBFSample.block(strings: ["k", "v"]) { block in
            block.dense([1, 1], [1, 1], [1, 1], tags: [1, 2, 0, 0])
            block.way { way in
                way.int64(PBFFields.Way.id, 1)
                way.packedSInt64(PBFFields.Way.references, [1, 2])
            }
        }
        for round in 0..<1000 {
            var payload = good
            for _ in 0..<(1 + round % 4) {
                payload[Int.random(in: 0..<payload.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? PBFPrimitiveBlockDecoder.decode(
                payload.byteSpan, base: 0, options: OSMReadingOptions(), withLocations: round % 2 == 0)
        }
    }
}
