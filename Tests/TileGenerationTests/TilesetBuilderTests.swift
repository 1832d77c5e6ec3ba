import ByteCoding
import FeatureStorage
import OSMImport
import OSMModel
import PlanarGeometry
import SystemIO
import TestSupport
import Testing
import TileArchives
import TileSchemas
import VectorTiles

@testable import TileGeneration

/// Keeps what it is given.
struct CollectingWriter: TileArchiveWriter, ~Copyable {
    struct NothingToFinish: Error {}

    var tiles: [(coordinate: TileCoordinate, tile: EncodedTile)] = []

    var tileOrder: TileOrder { .hilbert }

    mutating func write(_ tile: EncodedTile, from first: TileCoordinate, count: Int) throws {
        #expect(count == 1)
        tiles.append((first, tile))
    }

    consuming func finish(_ metadata: TilesetMetadata, replacing: Bool) throws -> TileArchiveReport {
        throw NothingToFinish()
    }
}

@Suite("Tilesets")
struct TilesetBuilderTests {
    static func build(_ generator: TileGenerator, zooms: ClosedRange<UInt8>, threads: Int = 1, bounds: [WorldBox] = [])
        async throws
        -> [(coordinate: TileCoordinate, tile: EncodedTile)]
    {
        var options = TilesetOptions()
        options.zooms = zooms
        options.threads = threads
        if !bounds.isEmpty { options.region = WorldRegion(boxes: bounds) }
        var writer = CollectingWriter()
        try await TilesetBuilder(generator, options: options).build(into: &writer)
        return writer.tiles
    }

    /// Every tile that is not empty, by asking for all of them.
    static func everyTile(_ generator: TileGenerator, zooms: ClosedRange<UInt8>) throws -> [TileCoordinate: [UInt8]] {
        var scratch = TileScratch(generator)
        var tiles: [TileCoordinate: [UInt8]] = [:]
        for tile in RandomMap.tiles(zooms: zooms) {
            let bytes = try generator.makeTile(at: tile, scratch: &scratch)
            if !bytes.isEmpty { tiles[tile] = bytes }
        }
        return tiles
    }

    static func check(_ source: OSMBuilder, zooms: ClosedRange<UInt8>, _ comment: Comment) async throws {
        let generator = try await ImportedStore(source, schema: .plain).generator()
        let expected = try everyTile(generator, zooms: zooms)
        let built = try await build(generator, zooms: zooms)
        let decompressor = Decompressor()
        #expect(built.count == Set(built.map(\.coordinate)).count, comment)
        let missing = Set(expected.keys).subtracting(built.map(\.coordinate))
        #expect(missing.isEmpty, comment)
        for (coordinate, tile) in built {
            #expect(tile.compression == .gzip)
            let bytes = try decompressor.gzip(tile.bytes.byteSpan, limit: 1 << 24)
            if bytes != expected[coordinate] {
                Issue.record("\(comment): \(coordinate) has other bytes in the archive")
            }
        }
    }

    @Test(
        "An archive holds every tile that is not empty, and nothing else, with the bytes of the single tile",
        arguments: [0, 4, 5] as [UInt64])
    func pyramid(seed: UInt64) async throws {
        try await Self.check(RandomMap.builder(seed: seed), zooms: 0...6, "seed \(seed)")
    }

    @Test("So does a deep one, whose tiles are many times smaller than its features")
    func deep() async throws {
        var builder = OSMBuilder()
        let corner = TileCoordinate(4, 8, 5)
        // A straight diagonal over a quarter of the world, and a triangle.
        let nodes = builder.addNodes(1, in: TileCoordinate(1, 0, 0), [(10, 20), (4000, 3900)])
        builder.addWay(1, nodes, [("line", "a")])
        builder.addRing(2, in: corner, [(100, 100), (4000, 300), (2000, 3000)], [("ground", "a")])
        try await Self.check(builder, zooms: 0...8, "deep")
    }

    @Test("A label inside a closed line is found where the line itself does not come")
    func labelInsideLine() async throws {
        var builder = OSMBuilder()
        builder.addRing(
            1, in: TileCoordinate(2, 1, 1), [(0, 0), (4000, 0), (4000, 4000), (0, 4000)],
            [("line", "a"), ("point", "b")])
        try await Self.check(builder, zooms: 0...7, "label")
    }

    @Test("Lines that simplification moves into a tile's buffer are found", arguments: 0..<2 as Range<UInt64>)
    func simplified(seed: UInt64) async throws {
        // Bends of about the tolerance, slantwise past the corner of a tile's buffer: the bend stays out, the chord comes in.
        var generator = SeededGenerator(seed: seed)
        var builder = OSMBuilder()
        for number in 1...40 as ClosedRange<Int64> {
            let tile = TileCoordinate(6, UInt32(number), UInt32(2 * number % 60))
            let places = (-60...60).map { step in
                let across = step == 0 ? 0.1 : Double.random(in: -0.75...(-0.7), using: &generator)
                return (4160 + across + Double(step) * 2, 4160 + across - Double(step) * 2)
            }
            builder.addWay(number, builder.addNodes(number * 1000, in: tile, places), [("line", "a")])
        }
        try await Self.check(builder, zooms: 0...7, "seed \(seed)")
    }

    @Test("The same tiles in the same order at any number of threads: ascending zoom, along the Hilbert curve")
    func threads() async throws {
        let generator = try await ImportedStore(RandomMap.builder(seed: 40), schema: .plain).generator()
        let expected = try await Self.build(generator, zooms: 0...6)
        let order = expected.map { (UInt64($0.coordinate.zoom), $0.coordinate.hilbertIndex) }
        #expect(zip(order, order.dropFirst()).allSatisfy { $0 < $1 })
        for threads in [2, 4] {
            let built = try await Self.build(generator, zooms: 0...6, threads: threads)
            #expect(built.map(\.coordinate) == expected.map(\.coordinate))
            #expect(built.map(\.tile) == expected.map(\.tile))
        }
    }

    @Test("Bounds and zooms leave out tiles and change none")
    func bounds() async throws {
        let generator = try await ImportedStore(RandomMap.builder(seed: 41), schema: .plain).generator()
        let all = try await Self.build(generator, zooms: 0...6)
        let bounds = WorldBox(minX: 1_000_000_000, minY: 1_000_000_000, maxX: 2_500_000_000, maxY: 1_200_000_000)
        let some = try await Self.build(generator, zooms: 2...5, bounds: [bounds])
        let expected = all.filter { (2...5).contains($0.coordinate.zoom) && bounds.intersects($0.coordinate.box) }
        #expect(some.map(\.coordinate) == expected.map(\.coordinate))
        #expect(some.map(\.tile) == expected.map(\.tile))
    }

    @Test("A store that was imported for another schema gives the same tiles without its zoom bands")
    func otherSchema() async throws {
        let imported = try await ImportedStore(RandomMap.builder(seed: 42), schema: .plain)
        var renamed = TileSchema.plain
        renamed.version = "2"
        let (own, other) = (imported.generator(), imported.generator(renamed))
        #expect(own.usesBands)
        #expect(!other.usesBands)
        #expect(try Self.everyTile(own, zooms: 0...5) == Self.everyTile(other, zooms: 0...5))

        // Imported for quite another schema, features come in another order, and are the same.
        let foreign = try await ImportedStore(RandomMap.builder(seed: 42), schema: .shortbread)
        for tile in RandomMap.tiles(zooms: 0...3) {
            let (left, right) = (try imported.tile(tile), try foreign.tile(tile))
            #expect(left.layers.map(\.name) == right.layers.map(\.name), "\(tile)")
            for layer in left.layers where layer.name != "road" {
                func texts(_ features: [DecodedTile.Feature]) -> [String] { features.map { "\($0)" }.sorted() }
                #expect(texts(layer.features) == texts(right.features(layer.name)), "\(tile) \(layer.name)")
            }
        }
    }
}
