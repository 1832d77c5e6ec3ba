import ByteCoding
import PlanarGeometry
import SystemIO
import TestSupport
import Testing
import TileArchives
import TileSchemas
import VectorTiles

@testable import TileGeneration

@Suite("Byte budget of tiles")
struct TileBudgetTests {
    private func recipe(_ bytes: Int) -> TileRecipe {
        TileRecipe(schema: .plain, programVersion: "test", maximumTileBytes: bytes)
    }

    private func decoded(_ tile: EncodedTile) throws -> DecodedTile {
        try DecodedTile(Decompressor().gzip(tile.bytes.byteSpan, limit: 1 << 24))
    }

    @Test(
        "A tile over its budget comes within it, keeps every layer, and says what it dropped; others stay as they are")
    func reduced() async throws {
        let store = try await ImportedStore(RandomMap.builder(seed: 61), schema: .plain).store
        let free = TileGenerator(store: store, recipe: recipe(0))
        let top = try #require(TileCoordinate(zoom: 0, x: 0, y: 0))
        var worker = TileWorker(free)
        let complete = try #require(try worker.made(at: top, free))
        #expect(complete.contents.dropped.isEmpty)
        #expect(complete.contents.completePackedByteCount == nil)
        let names = Set(complete.contents.layers.map(\.layer))
        for percent in [80, 65, 50, 10] {
            let budget = complete.contents.packedByteCount * percent / 100
            let tight = TileGenerator(store: store, recipe: recipe(budget))
            var tightWorker = TileWorker(tight)
            let made = try #require(try tightWorker.made(at: top, tight))
            // What is left at the end is a feature a layer, however large.
            #expect(made.tile.bytes.count <= budget || made.contents.layers.allSatisfy { $0.featureCount == 1 })
            #expect(percent == 10 || made.tile.bytes.count <= budget)
            #expect(made.contents.completePackedByteCount == complete.contents.packedByteCount)
            #expect(Set(made.contents.layers.map(\.layer)) == names)
            #expect(made.contents.dropped.reduce(0, +) > 0)
            // The same again, also from a worker that made other tiles before.
            var used = TileWorker(tight)
            for child in top.children { _ = try used.made(at: child, tight) }
            #expect(try used.made(at: top, tight)?.tile == made.tile)
            _ = try decoded(made.tile)
            #expect(tight.versionTag != free.versionTag)
        }
        let loose = TileGenerator(store: store, recipe: recipe(complete.contents.packedByteCount))
        var looseWorker = TileWorker(loose)
        #expect(try looseWorker.made(at: top, loose)?.tile == complete.tile)
    }

    @Test("The smallest go first, and of each layer one stays")
    func selection() {
        var paths = TilePath()
        var pending: [TileOutput.Pending] = []
        for (layer, side) in [(0, 10), (0, 30), (0, 20), (1, 5)] as [(Int, Int32)] {
            let start = paths.points.count
            paths.points += [
                TilePoint(x: 0, y: 0), TilePoint(x: side, y: 0), TilePoint(x: side, y: side), TilePoint(x: 0, y: side),
            ]
            paths.partEnds.append(paths.points.count)
            pending.append(
                TileOutput.Pending(
                    layer: layer, measure: 0, rank: 0, sequence: pending.count, id: nil, type: .polygon,
                    points: start..<paths.points.count, parts: pending.count..<(pending.count + 1), tags: 0..<0,
                    smallestArea: 0))
        }
        #expect(FeatureSelection(pending, paths, share: 1).isKept == [true, true, true, true])
        #expect(FeatureSelection(pending, paths, share: 0.7).isKept == [false, true, true, true])
        #expect(FeatureSelection(pending, paths, share: 0.01).isKept == [false, true, false, true])
    }

    @Test("Statistics add up by zoom and layer, runs count each position, and the largest are in order")
    func statistics() async throws {
        let generator = try await ImportedStore(RandomMap.builder(seed: 62), schema: .plain).generator()
        var options = TilesetOptions()
        options.zooms = 0...4
        var writer = CollectingWriter()
        let statistics = try await TilesetBuilder(generator, options: options).build(into: &writer)
        #expect(statistics.zooms.map(\.zoom) == Array(0...4))
        #expect(statistics.zooms.map(\.tileCount).reduce(0, +) == writer.tiles.count)
        #expect(
            statistics.zooms.map(\.packedByteCount).reduce(0, +)
                == writer.tiles.map(\.tile.bytes.count).reduce(0, +))
        let sizes = statistics.largest.map(\.packedByteCount)
        #expect(sizes == Array(writer.tiles.map(\.tile.bytes.count).sorted(by: >).prefix(10)))
        for zoom in statistics.zooms {
            #expect(zoom.layers.map(\.byteCount).reduce(0, +) == zoom.byteCount)
            var features = 0
            for (place, tile) in writer.tiles where place.zoom == zoom.zoom {
                features += try decoded(tile).layers.map(\.features.count).reduce(0, +)
            }
            #expect(zoom.layers.map(\.featureCount).reduce(0, +) == features)
        }
        #expect(statistics.reduced.isEmpty)
    }
}
