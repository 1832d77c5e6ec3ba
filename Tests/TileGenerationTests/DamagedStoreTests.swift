import FeatureStorage
import Foundation
import OSMImport
import OSMModel
import PlanarGeometry
import TestSupport
import Testing
import TileArchives
import TileSchemas

@testable import TileGeneration

@Suite("Tiles from damaged stores")
struct DamagedStoreTests {
    static let rounds = Int(ProcessInfo.processInfo.environment["TUILE_DAMAGE_ROUNDS"] ?? "") ?? 60

    /// Some of everything, small enough that most bytes matter.
    static func source() -> OSMBuilder {
        var generator = SeededGenerator(seed: 77)
        var builder = OSMBuilder()
        let tile = TileCoordinate(3, 4, 3)
        var way: Int64 = 1
        for (count, tags) in [
            (300, [("ground", "a"), ("point", "b")]), (5, [("ground", "c")]), (400, [("line", "d")]),
            (4, [("line", "e"), ("point", "f")]),
            (5, []), (3, []),
        ] as [(Int, [(key: String, value: String)])] {
            let radius = Double(TileCoordinate.side(zoom: 3)) * (tags.isEmpty && count == 3 ? 0.1 : 0.4)
            let nodes = RandomMap.round(tile.box.center, radius, count, &generator)
            for (index, coordinate) in nodes.enumerated() { builder.addNode(way * 1000 + Int64(index), coordinate) }
            builder.addWay(way, RandomMap.closed(nodes.indices.map { way * 1000 + Int64($0) }), tags)
            way += 1
        }
        builder.addWay(way, [1000, 9, 1001, 1002, 9, 1003, 1004], [("road", "major")])
        builder.addRelation(
            1, [5, 6].map { RelationMember(element: ElementID(.way, $0), role: "") },
            [("type", "multipolygon"), ("late", "a")])
        builder.addNode(50_000, tile.place(5, 5), [("point", "p")])
        builder.addNode(50_001, GeoCoordinate(180, 89), [("point", "q")])
        return builder
    }

    @Test("Whatever is damaged, a tile comes out or an error is thrown")
    func damage() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store")
        _ = try await OSMImporter(schema: .plain, options: ImportOptions()).run(Self.source(), to: path)
        let whole = try Data(contentsOf: URL(filePath: path))
        let tiles =
            RandomMap.tiles(zooms: 0...1) + [
                TileCoordinate(3, 4, 3), TileCoordinate(6, 35, 27), TileCoordinate(12, 2304, 1792),
            ]
        // Padding is left alone: nothing reads it.
        let places = whole.indices.filter { whole[$0] != 0 }
        var (made, refused) = (0, 0)
        for seed in 0..<Self.rounds {
            var generator = SeededGenerator(seed: UInt64(seed))
            var damaged = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let offset = places.randomElement(using: &generator) ?? 0
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: damaged[offset] ^= 1 << UInt8.random(in: 0...7, using: &generator)
                case 1: damaged[offset] = .random(in: 0...255, using: &generator)
                default:
                    for place in offset..<min(offset + 8, damaged.count) {
                        damaged[place] = [0, 0xff].randomElement(using: &generator) ?? 0
                    }
                }
            }
            let broken = folder.path("broken")
            try damaged.write(to: URL(filePath: broken))
            do {
                let store = try FeatureStore(path: broken)
                let generator = TileGenerator(store: store, recipe: TileRecipe(schema: .plain, programVersion: "test"))
                var scratch = TileScratch(generator)
                for tile in tiles {
                    do {
                        _ = try generator.makeTile(at: tile, scratch: &scratch)
                        made += 1
                    } catch { refused += 1 }
                }
                _ = try TileCoverage.tiles(generator, zooms: 0...3, region: nil, scratch: &scratch)
            } catch { refused += 1 }
        }
        #expect(made > 0)
        #expect(refused > 0)
    }
}
