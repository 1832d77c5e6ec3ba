import ByteCoding
import PlanarGeometry
import ProtobufWire
import TestSupport
import Testing
import VectorTiles

@Suite struct GeometryEncodingTests {
    struct Example: Sendable, CustomStringConvertible {
        let description: String
        let type: VectorTileGeometryType
        let path: TilePath
        let integers: [UInt32]
    }

    /// The examples of MVT 2.1 section 4.3.5.
    static let examples: [Example] = [
        Example(
            description: "point", type: .point, path: TilePath(parts: [points((25, 17))]), integers: [9, 50, 34]),
        Example(
            description: "multipoint", type: .point, path: TilePath(parts: [points((5, 7)), points((3, 2))]),
            integers: [17, 10, 14, 3, 9]),
        Example(
            description: "line", type: .lineString, path: TilePath(parts: [points((2, 2), (2, 10), (10, 10))]),
            integers: [9, 4, 4, 18, 0, 16, 16, 0]),
        Example(
            description: "lines", type: .lineString,
            path: TilePath(parts: [points((2, 2), (2, 10), (10, 10)), points((1, 1), (3, 5))]),
            integers: [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8]),
        Example(
            description: "polygon", type: .polygon, path: TilePath(parts: [points((3, 6), (8, 12), (20, 34))]),
            integers: [9, 6, 12, 18, 10, 12, 24, 44, 15]),
        Example(
            description: "two polygons, the second with a hole", type: .polygon,
            path: TilePath(parts: [
                points((0, 0), (10, 0), (10, 10), (0, 10)), points((11, 11), (20, 11), (20, 20), (11, 20)),
                points((13, 13), (13, 17), (17, 17), (17, 13)),
            ]),
            integers: [
                9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13, 26, 0, 8, 8, 0,
                0, 7, 15,
            ]),
    ]

    @Test("Examples of section 4.3.5 encode to their integers", arguments: examples)
    func examplesEncode(_ example: Example) throws {
        #expect(try Self.geometryIntegers(type: example.type, example.path) == example.integers)
    }

    @Test("Examples of section 4.3.5 decode to their shapes", arguments: examples)
    func examplesDecode(_ example: Example) throws {
        let tile = try DecodedTile(TileWriter.feature(type: UInt64(example.type.rawValue), example.integers))
        #expect(tile.layers[0].features[0].path == example.path)
    }

    @Test("All points of a feature go into one MoveTo, whatever their parts (section 4.3.4.2)")
    func pointsShareOneMoveTo() throws {
        let joined = TilePath(parts: [points((5, 7), (3, 2))])
        let apart = TilePath(parts: [points((5, 7)), points((3, 2))])
        #expect(try Self.geometryIntegers(type: .point, joined) == Self.geometryIntegers(type: .point, apart))
    }

    @Test("Differences that need all 32 bits come back")
    func extremeCoordinatesSurvive() throws {
        let path = TilePath(parts: [points((.max, .min), (.min, .max), (0, 0), (.max, .max))])
        var layer = LayerBuilder(name: "l")
        layer.addFeature(id: nil, type: .lineString, tags: [], geometry: path)
        var builder = VectorTileBuilder()
        builder.layers = [layer]
        var bytes: [UInt8] = []
        builder.finish(into: &bytes)
        #expect(try DecodedTile(bytes).layers[0].features[0].path == path)
    }

    /// The integers of the geometry field of a tile of one feature.
    static func geometryIntegers(type: VectorTileGeometryType, _ path: TilePath) throws -> [UInt32] {
        var builder = VectorTileBuilder()
        let layer = builder.addLayer("l")
        builder.layers[layer].addFeature(id: nil, type: type, tags: [], geometry: path)
        var bytes: [UInt8] = []
        builder.finish(into: &bytes)
        var integers: [UInt32] = []
        var tile = WireReader(bytes.byteSpan)
        while try tile.next() {
            var layer = try tile.message()
            while try layer.next() {
                guard layer.field == 2 else {
                    try layer.skip()
                    continue
                }
                var feature = try layer.message()
                while try feature.next() {
                    guard feature.field == 4 else {
                        try feature.skip()
                        continue
                    }
                    var run = try feature.packedVarints()
                    while !run.isAtEnd { integers.append(UInt32(try run.next())) }
                }
            }
        }
        return integers
    }
}
