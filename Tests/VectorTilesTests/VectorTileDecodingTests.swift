import ByteCoding
import Foundation
import PlanarGeometry
import ProtobufWire
import SystemIO
import TestSupport
import Testing
import VectorTiles

@Suite struct VectorTileDecodingTests {
    // MARK: Conformance cases

    static func verdict(_ bytes: [UInt8]) -> ConformanceCases.Verdict {
        var verdict = ConformanceCases.Verdict.valid
        var tile = VectorTile(bytes.byteSpan)
        while true {
            do throws(VectorTileError) {
                guard var layer = try tile.nextLayer() else { return verdict }
                while true {
                    do throws(VectorTileError) {
                        guard let feature = try layer.nextFeature() else { break }
                        var path = TilePath()
                        do throws(VectorTileError) {
                            try feature.decodeGeometry(into: &path)
                        } catch {
                            verdict = feature.type == .unknown ? .unknownGeometry : .geometryRefused
                        }
                    } catch {
                        if !error.isRecoverable { return .fatal }
                        verdict = .featureSkipped
                    }
                }
            } catch {
                if !error.isRecoverable { return .fatal }
                verdict = .layerSkipped
            }
        }
    }

    @Test("Cases of mvt-fixtures get their verdict", arguments: ConformanceCases.all)
    func conformance(_ example: ConformanceCases.Case) throws {
        let bytes = [UInt8](try #require(Data(base64Encoded: example.base64)))
        #expect(Self.verdict(bytes) == example.verdict)
    }

    @Test("The cursor wraps at 32 bits (cases 049 and 050)")
    func cursorWraps() throws {
        func path(_ number: String) throws -> TilePath {
            let example = try #require(ConformanceCases.all.first { $0.number == number })
            let bytes = [UInt8](try #require(Data(base64Encoded: example.base64)))
            return try DecodedTile(bytes).layers[0].features[0].path
        }
        #expect(try path("049").points == points((.max, 0), (.min, 1)))
        #expect(try path("050").points == points((0, .min), (-1, .max)))
    }

    static let realWorld = TestData.folder?.deletingLastPathComponent()
        .appending(path: "spec/fixtures/mvt/real-world")

    static var realWorldTiles: [URL] {
        guard let realWorld,
            let files = FileManager.default.enumerator(at: realWorld, includingPropertiesForKeys: nil)
        else { return [] }
        return files.compactMap { $0 as? URL }.filter { ["mvt", "gz"].contains($0.pathExtension) }
    }

    @Test(
        "Real tiles decode, and decode the same when we encode them again",
        .enabled(if: !realWorldTiles.isEmpty, "real tiles are absent: \(TestData.absent)"))
    func realTiles() throws {
        for file in Self.realWorldTiles {
            var bytes = [UInt8](try Data(contentsOf: file))
            if file.pathExtension == "gz" {
                bytes = try Decompressor().gzip(bytes.byteSpan, limit: 1 << 24)
            }
            let tile = try DecodedTile(bytes)
            #expect(!tile.layers.isEmpty)
            let again = try DecodedTile(tile.encoded())
            let filled = tile.layers.filter { !$0.features.isEmpty }
            #expect(again.layers.map(\.features) == filled.map(\.features), "\(file.lastPathComponent)")
        }
    }

    // MARK: Layers

    @Test("Zero bytes are a tile without layers")
    func emptyTile() throws { #expect(try DecodedTile([]).layers.isEmpty) }

    @Test("Tiles written one after another are one tile")
    func concatenation() throws {
        let first = TileWriter.tile { layer in layer.string(1, "a") }
        let second = TileWriter.tile { layer in layer.string(1, "b") }
        #expect(try DecodedTile(first + second).layers.map(\.name) == ["a", "b"])
    }

    @Test("A stated extent is kept, an absent one is 4096, 0 is refused (section 4.1)")
    func extents() throws {
        func tile(_ extent: UInt64?) -> [UInt8] {
            TileWriter.tile { layer in
                layer.string(1, "l")
                if let extent { layer.uint64(5, extent) }
            }
        }
        #expect(try DecodedTile(tile(512)).layers[0].extent == 512)
        #expect(try DecodedTile(tile(nil)).layers[0].extent == 4096)
        for extent in [0, 1 << 32] as [UInt64] {
            #expect(throws: VectorTileError.self) { try DecodedTile(tile(extent)) }
        }
    }

    @Test("Reading goes on behind a layer of unknown version")
    func unknownVersionIsSkipped() throws {
        let bytes =
            TileWriter.tile { layer in
                layer.uint64(15, 3)
                layer.string(1, "later")
            } + TileWriter.tile { layer in layer.string(1, "known") }
        var tile = VectorTile(bytes.byteSpan)
        do throws(VectorTileError) {
            _ = try tile.nextLayer()
            Issue.record("version 3 was read")
        } catch {
            #expect(error == .versionUnsupported(version: 3, layer: "later", offset: 2))
            #expect(error.description.contains("section 4.1"))
        }
        let next = try tile.nextLayer()
        #expect(next?.name == "known")
        #expect(try tile.nextLayer() == nil)
    }

    @Test("A second layer of the same name is refused, and ends the reading (section 4.1)")
    func repeatedName() {
        let layer = TileWriter.tile { layer in layer.string(1, "a") }
        #expect(throws: VectorTileError.layerNameRepeated(name: "a", offset: 7)) { try DecodedTile(layer + layer) }
    }

    @Test("A value has exactly one of the known fields (section 4.1)", arguments: [0, 2])
    func valueFields(count: Int) {
        let bytes = TileWriter.tile { layer in
            layer.string(1, "l")
            layer.message(4) { value in
                for field in 0..<count { value.int64(4 + field, 1) }
                value.int64(20, 1)
            }
        }
        #expect(throws: VectorTileError.self) { try DecodedTile(bytes) }
    }

    // MARK: Features

    @Test("Tags in several packed runs, or unpacked, are one list")
    func tagsMayBeSplit() throws {
        let bytes = TileWriter.layer { layer in
            layer.message(2) { feature in
                feature.packedUInt32(2, [0])
                feature.uint64(3, 1)
                feature.uint64(2, 0)
                feature.packedUInt32(4, [9, 0, 0])
            }
        }
        #expect(try DecodedTile(bytes).layers[0].features[0].attributes == ["k": .int(1)])
    }

    @Test(
        "Reading goes on behind a feature that cannot be used",
        arguments: ["odd tags", "type 8", "no geometry", "two geometries"])
    func badFeaturesAreSkipped(fault: String) throws {
        let bytes = TileWriter.layer { layer in
            layer.message(2) { feature in
                if fault == "odd tags" { feature.packedUInt32(2, [0, 0, 0]) }
                feature.uint64(3, fault == "type 8" ? 8 : 1)
                if fault != "no geometry" { feature.packedUInt32(4, [9, 0, 0]) }
                if fault == "two geometries" { feature.packedUInt32(4, [9, 0, 0]) }
            }
            layer.message(2) { feature in
                feature.uint64(1, 77)
                feature.uint64(3, 1)
                feature.packedUInt32(4, [9, 0, 0])
            }
        }
        var tile = VectorTile(bytes.byteSpan)
        guard var layer = try tile.nextLayer() else {
            Issue.record("no layer")
            return
        }
        do throws(VectorTileError) {
            _ = try layer.nextFeature()
            Issue.record("the feature was read")
        } catch { #expect(error.isRecoverable) }
        let next = try layer.nextFeature()
        #expect(next?.id == 77)
    }

    @Test("Tag indexes lie inside the layer's tables (section 4.4)")
    func tagIndexesAreChecked() {
        func tile(_ tags: [UInt32]) -> [UInt8] {
            TileWriter.layer { layer in
                layer.message(2) { feature in
                    feature.packedUInt32(2, tags)
                    feature.uint64(3, 1)
                    feature.packedUInt32(4, [9, 0, 0])
                }
            }
        }
        #expect(throws: Never.self) { try DecodedTile(tile([0, 0])) }
        #expect(throws: VectorTileError.keyIndexOutOfRange(index: 1, count: 1, offset: 9)) {
            try DecodedTile(tile([1, 0]))
        }
        #expect(throws: VectorTileError.valueIndexOutOfRange(index: 1, count: 1, offset: 9)) {
            try DecodedTile(tile([0, 1]))
        }
    }

    // MARK: Geometry

    struct BadGeometry: Sendable, CustomStringConvertible {
        let description: String
        let type: UInt64
        let integers: [UInt32]
        let section: String
    }

    static let badGeometries = [
        BadGeometry(description: "empty point", type: 1, integers: [], section: "4.3"),
        BadGeometry(description: "MoveTo of no points", type: 1, integers: [1], section: "4.3.4"),
        BadGeometry(description: "LineTo in points", type: 1, integers: [9, 0, 0, 10, 2, 2], section: "4.3.4"),
        BadGeometry(description: "second MoveTo in points", type: 1, integers: [9, 0, 0, 9, 2, 2], section: "4.3.4"),
        BadGeometry(description: "line without LineTo", type: 2, integers: [9, 0, 0], section: "4.3.4"),
        BadGeometry(description: "line that starts with LineTo", type: 2, integers: [10, 2, 2], section: "4.3.4"),
        BadGeometry(description: "line with MoveTo 2", type: 2, integers: [17, 0, 0, 2, 2], section: "4.3.4"),
        BadGeometry(description: "line with LineTo 0", type: 2, integers: [9, 0, 0, 2], section: "4.3.4"),
        BadGeometry(
            description: "two LineTo in a row", type: 2, integers: [9, 0, 0, 10, 2, 2, 10, 2, 2], section: "4.3.4"),
        BadGeometry(description: "ClosePath in a line", type: 2, integers: [9, 0, 0, 10, 2, 2, 15], section: "4.3.4"),
        BadGeometry(description: "ring of two points", type: 3, integers: [9, 0, 0, 10, 2, 2, 15], section: "4.3.4"),
        BadGeometry(description: "ring not closed", type: 3, integers: [9, 0, 0, 18, 2, 0, 0, 2], section: "4.3.4"),
        BadGeometry(description: "ClosePath 2", type: 3, integers: [9, 0, 0, 18, 2, 0, 0, 2, 23], section: "4.3.4"),
        BadGeometry(description: "ClosePath 0", type: 3, integers: [9, 0, 0, 18, 2, 0, 0, 2, 7], section: "4.3.4"),
        BadGeometry(description: "command 3", type: 1, integers: [11, 0, 0], section: "4.3.1"),
        BadGeometry(description: "half a parameter pair", type: 1, integers: [9, 0], section: "4.3.2"),
        BadGeometry(
            description: "a huge count", type: 1, integers: [(0x1fff_ffff << 3) | 1, 0, 0], section: "4.3.1"),
        BadGeometry(description: "UNKNOWN", type: 0, integers: [9, 0, 0], section: "4.3.4.1"),
    ]

    @Test("Geometries that break the grammar of their type are refused by section", arguments: badGeometries)
    func grammar(_ bad: BadGeometry) throws {
        let bytes = TileWriter.feature(type: bad.type, bad.integers)
        var tile = VectorTile(bytes.byteSpan)
        guard var layer = try tile.nextLayer(), let feature = try layer.nextFeature() else {
            Issue.record("no feature")
            return
        }
        var path = TilePath()
        do throws(VectorTileError) {
            try feature.decodeGeometry(into: &path)
            Issue.record("decoded to \(path)")
        } catch {
            #expect(error.section == bad.section)
            #expect(error.isRecoverable)
        }
    }

    @Test("ClosePath in a line of version 1 brings it back to its start")
    func closedLineOfVersion1() throws {
        let bytes = TileWriter.feature(type: 2, [9, 0, 0, 18, 4, 0, 0, 4, 15, 9, 2, 2, 10, 2, 2], version: 1)
        #expect(
            try DecodedTile(bytes).layers[0].features[0].path
                == TilePath(parts: [points((0, 0), (2, 0), (2, 2), (0, 0)), points((3, 3), (4, 4))]))
    }

    // MARK: Damage

    /// Reads everything that can be read and swallows what cannot.
    static func exhaust(_ bytes: [UInt8]) {
        _ = verdict(bytes)
        _ = try? DecodedTile(bytes)
        _ = VectorTileValidator.findings(in: bytes.byteSpan)
    }

    @Test("No truncation and no flipped bit traps or hangs")
    func damage() {
        let bytes = Array(RandomTile.make(seed: 5).encoded().prefix(1500))
        for end in stride(from: 0, to: bytes.count, by: 7) { Self.exhaust(Array(bytes[..<end])) }
        var small = RandomTile.make(seed: 9)
        for index in small.layers.indices {
            small.layers[index].features = Array(small.layers[index].features.prefix(3))
        }
        var flipped = small.encoded()
        for index in flipped.indices {
            for bit in 0..<8 as Range<UInt8> {
                flipped[index] ^= 1 << bit
                Self.exhaust(flipped)
                flipped[index] ^= 1 << bit
            }
        }
    }
}
