import ByteCoding
import Foundation
import PlanarGeometry
import ProtobufWire
import TestSupport
import Testing
import VectorTiles

@Suite struct VectorTileValidatorTests {
    func sections(_ bytes: [UInt8]) -> [String] {
        VectorTileValidator.findings(in: bytes.byteSpan).map {
            ($0.severity == .violation ? "MUST " : "SHOULD ") + $0.section
        }
    }

    func oneFeature(_ body: (inout WireWriter) -> Void) -> [UInt8] {
        TileWriter.layer { layer in layer.message(2, body) }
    }

    @Test("A good tile has no findings")
    func goodTile() { #expect(sections(TileWriter.feature(type: 1, [9, 0, 0])) == []) }

    @Test("A missing version, extent or feature is found (section 4.1)")
    func bareLayer() {
        #expect(sections(TileWriter.tile { $0.string(1, "l") }) == ["MUST 4.1", "MUST 4.1", "SHOULD 4.1"])
    }

    @Test("A version that is not first is found (section 4.1)")
    func lateVersion() {
        let bytes = TileWriter.tile { layer in
            layer.string(1, "l")
            layer.uint64(15, 2)
            layer.uint64(5, 4096)
            layer.message(2) { feature in
                feature.uint64(3, 1)
                feature.packedUInt32(4, [9, 0, 0])
            }
        }
        #expect(sections(bytes) == ["SHOULD 4.1"])
    }

    @Test("Repeated keys, values and ids are found")
    func repetitions() {
        let bytes = TileWriter.layer { layer in
            for _ in 0..<2 {
                layer.string(3, "k")
                layer.message(4) { $0.int64(4, 1) }
                layer.message(2) { feature in
                    feature.uint64(1, 5)
                    feature.uint64(3, 1)
                    feature.packedUInt32(4, [9, 0, 0])
                }
            }
        }
        #expect(sections(bytes) == ["SHOULD 4.1", "SHOULD 4.1", "SHOULD 4.2"])
    }

    @Test("A key used twice by one feature is found (section 4.4)")
    func keyTwice() {
        let bytes = oneFeature { feature in
            feature.packedUInt32(2, [0, 0, 0, 0])
            feature.uint64(3, 1)
            feature.packedUInt32(4, [9, 0, 0])
        }
        #expect(sections(bytes) == ["MUST 4.4"])
    }

    @Test("A missing or UNKNOWN geometry type is found (section 4.2)")
    func unknownType() {
        #expect(sections(oneFeature { $0.packedUInt32(4, [9, 0, 0]) }) == ["MUST 4.2"])
        #expect(sections(TileWriter.feature(type: 0, [9, 0, 0])) == ["SHOULD 4.3.4.1"])
    }

    @Test("A LineTo that does not move is found (section 4.3.3.2)")
    func standingStep() {
        #expect(sections(TileWriter.feature(type: 2, [9, 0, 0, 18, 2, 2, 0, 0])) == ["MUST 4.3.3.2"])
    }

    @Test("An interior ring without an exterior one is found (section 4.3.4.4)")
    func interiorFirst() {
        #expect(sections(TileWriter.feature(type: 3, [9, 0, 0, 18, 0, 4, 4, 0, 15])) == ["MUST 4.3.4.4"])
        #expect(sections(TileWriter.feature(type: 3, [9, 0, 0, 18, 4, 0, 0, 4, 15])) == [])
    }

    @Test("A ring without area, and one that repeats its first point, are found")
    func flatRing() {
        #expect(sections(TileWriter.feature(type: 3, [9, 0, 0, 18, 4, 0, 4, 0, 15])) == ["SHOULD 4.3.4.4"])
        #expect(sections(TileWriter.feature(type: 3, [9, 0, 0, 26, 4, 0, 0, 4, 3, 3, 15])) == ["SHOULD 4.3.3.3"])
    }

    @Test("Broken parts are findings too, with their layer and feature")
    func brokenParts() {
        let findings = VectorTileValidator.findings(in: TileWriter.feature(type: 2, [9, 0, 0]).byteSpan)
        #expect(findings.map(\.section) == ["4.3.4"])
        #expect(findings.first?.layer == "l")
        #expect(findings.first?.feature == 0)
        #expect(findings.first?.description.contains("MUST") == true)
        #expect(sections([0xff]) == ["MUST 3"])
    }

    @Test("Invalid cases of mvt-fixtures have a violation", arguments: ConformanceCases.all)
    func conformance(_ example: ConformanceCases.Case) throws {
        let bytes = [UInt8](try #require(Data(base64Encoded: example.base64)))
        let findings = VectorTileValidator.findings(in: bytes.byteSpan)
        let hasViolation = findings.contains { $0.severity == .violation }
        switch example.verdict {
        case .featureSkipped, .layerSkipped, .geometryRefused, .fatal: #expect(hasViolation)
        case .valid, .unknownGeometry: break
        }
    }

    @Test("Findings stop at their limit")
    func limit() {
        let bytes = TileWriter.layer { layer in
            for _ in 0..<50 {
                layer.message(2) { $0.packedUInt32(4, [9, 0, 0]) }
            }
        }
        #expect(VectorTileValidator.findings(in: bytes.byteSpan, limit: 10).count == 10)
    }

    @Test("Ring areas agree with the formula written out")
    func areas() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            let ring = (0..<Int.random(in: 3...9, using: &random)).map { _ in
                TilePoint(x: .random(in: -4096...8191, using: &random), y: .random(in: -4096...8191, using: &random))
            }
            var expected: Int64 = 0
            for (index, point) in ring.enumerated() {
                let next = ring[(index + 1) % ring.count]
                expected += Int64(point.x) * Int64(next.y) - Int64(next.x) * Int64(point.y)
            }
            #expect(VectorTileValidator.doubledArea(TilePath(parts: [ring]), 0..<ring.count) == expected)
        }
    }
}
