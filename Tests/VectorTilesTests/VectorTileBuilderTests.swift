import ByteCoding
import PlanarGeometry
import TestSupport
import Testing
import VectorTiles

@Suite struct VectorTileBuilderTests {
    @Test("A layer is written version first, then name, features, keys, values, extent (section 4.1)")
    func fieldOrder() {
        var builder = VectorTileBuilder()
        let layer = builder.addLayer("ab")
        let tag = LayerTag(builder.layers[layer].key("k"), builder.layers[layer].boolValue(true))
        builder.layers[layer].addFeature(
            id: 3, type: .point, tags: [tag], geometry: TilePath(parts: [points((25, 17))]))
        var bytes: [UInt8] = [0xff]
        builder.finish(into: &bytes)
        #expect(
            bytes == [
                0xff,
                0x1a, 31,
                0x78, 2,
                0x0a, 2, 0x61, 0x62,
                0x12, 13, 0x08, 3, 0x12, 2, 0, 0, 0x18, 1, 0x22, 3, 9, 50, 34,
                0x1a, 1, 0x6b,
                0x22, 2, 0x38, 1,
                0x28, 0x80, 0x20,
            ])
    }

    @Test("Layers without features are left out, and a tile without any is zero bytes")
    func emptyLayersAreOmitted() throws {
        var builder = VectorTileBuilder()
        _ = builder.addLayer("first")
        let second = builder.addLayer("second", extent: 512)
        var bytes: [UInt8] = []
        builder.finish(into: &bytes)
        #expect(bytes.isEmpty)
        #expect(builder.isEmpty)
        builder.layers[second].addFeature(
            id: nil, type: .point, tags: [], geometry: TilePath(parts: [points((0, 0))]))
        builder.finish(into: &bytes)
        let tile = try DecodedTile(bytes)
        #expect(tile.layers.map(\.name) == ["second"])
        #expect(tile.layers.map(\.extent) == [512])
        #expect(builder.featureCount == 1)
        builder.removeAll()
        #expect(builder.isEmpty)
    }

    @Test("Two layers of one name are the caller's mistake (section 4.1)")
    func layerNamesAreUnique() async {
        await #expect(processExitsWith: .failure) {
            var builder = VectorTileBuilder()
            _ = builder.addLayer("a")
            _ = builder.addLayer("a")
        }
    }

    @Test(
        "Random tiles come back as they were, twice encoded to the same bytes", arguments: 1...40 as ClosedRange<UInt64>
    )
    func roundTrip(seed: UInt64) throws {
        let tile = RandomTile.make(seed: seed)
        let bytes = tile.encoded()
        let decoded = try DecodedTile(bytes)
        #expect(decoded.layers.count == tile.layers.count)
        for (found, expected) in zip(decoded.layers, tile.layers) {
            #expect(found.name == expected.name && found.extent == expected.extent && found.version == 2)
            #expect(found.features == expected.features)
            #expect(Set(found.keys).count == found.keys.count)
            #expect(Set(found.values).count == found.values.count)
        }
        #expect(tile.encoded() == bytes)
        #expect(decoded.encoded() == bytes)
    }

    @Test(
        "What we write has no finding of the validator but rings that cross or turn",
        arguments: 1...20 as ClosedRange<UInt64>)
    func outputIsValid(seed: UInt64) {
        let bytes = RandomTile.make(seed: seed).encoded()
        #expect(VectorTileValidator.findings(in: bytes.byteSpan) == [])
    }
}

/// Made-up tiles: all value types, all geometry types, buffers, several parts; lines move and rings are squares, so that
/// the content is valid.
enum RandomTile {
    static func make(seed: UInt64) -> DecodedTile {
        var random = SeededGenerator(seed: seed)
        let layers = (0..<Int.random(in: 1...4, using: &random)).map { number in
            DecodedTile.Layer(
                name: "layer \(number)", version: 2, extent: [256, 4096, 1 << 20][number % 3], keys: [], values: [],
                features: (0..<Int.random(in: 1...60, using: &random)).map { feature($0, &random) })
        }
        return DecodedTile(layers: layers)
    }

    private static func feature(_ number: Int, _ random: inout SeededGenerator) -> DecodedTile.Feature {
        var attributes: [String: AttributeValue] = [:]
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            attributes["key \(Int.random(in: 0..<20, using: &random))"] = value(&random)
        }
        let type = [VectorTileGeometryType.point, .lineString, .polygon].randomElement(using: &random) ?? .point
        let id = Bool.random(using: &random) ? UInt64(number) << UInt64.random(in: 0..<50, using: &random) | 1 : nil
        return DecodedTile.Feature(
            id: id.map { $0 &* 64 &+ UInt64(number) }, type: type, attributes: attributes, path: path(type, &random))
    }

    private static func value(_ random: inout SeededGenerator) -> AttributeValue {
        let small = Int64.random(in: -50...50, using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return .string("text \(small)")
        case 1: return .string(String(repeating: "ä", count: Int(abs(small)) * 3))
        case 2: return .float(Float(small) / 3)
        case 3: return .double(Double(small) / 7)
        case 4: return .int(small << 40)
        case 5: return .uint(UInt64.max &- UInt64(abs(small)))
        case 6: return .sint(small)
        default: return .bool(small > 0)
        }
    }

    private static func path(_ type: VectorTileGeometryType, _ random: inout SeededGenerator) -> TilePath {
        func coordinate() -> Int32 { Int32.random(in: -64...4160, using: &random) }
        let parts = (0..<Int.random(in: 1...4, using: &random)).map { number -> [TilePoint] in
            switch type {
            case .unknown: return []
            case .point: return [TilePoint(x: coordinate(), y: coordinate())]
            case .lineString:
                var x = coordinate()
                return (0..<Int.random(in: 2...30, using: &random)).map { _ in
                    x += Int32.random(in: 1...9, using: &random)
                    return TilePoint(x: x, y: coordinate())
                }
            case .polygon:
                let corner = TilePoint(x: coordinate(), y: coordinate())
                let side = Int32.random(in: 1...500, using: &random)
                let ring = [
                    corner, TilePoint(x: corner.x + side, y: corner.y),
                    TilePoint(x: corner.x + side, y: corner.y + side), TilePoint(x: corner.x, y: corner.y + side),
                ]
                return number.isMultiple(of: 2) ? ring : ring.reversed()
            }
        }
        return TilePath(parts: parts)
    }
}
