import ByteCoding
import OSMModel
import PlanarGeometry
import SystemIO
import Testing
import TileArchives
import TileSchemas
import VectorTiles

@testable import TileGeneration

/// Tiles of the sea: one feature each, and the open sea as runs that are made once.
@Suite struct OceanTilesTests {
    /// Keeps runs.
    private struct RunWriter: TileArchiveWriter, ~Copyable {
        struct NothingToFinish: Error {}

        var runs: [(first: TileCoordinate, count: Int, tile: EncodedTile)] = []

        var tileOrder: TileOrder { .hilbert }

        mutating func write(_ tile: EncodedTile, from first: TileCoordinate, count: Int) throws {
            runs.append((first, count, tile))
        }

        consuming func finish(_ metadata: TilesetMetadata, replacing: Bool) throws -> TileArchiveReport {
            throw NothingToFinish()
        }
    }

    /// An island of a few kilometres in a sea of six tenths of a degree, around 10 degrees east and 50 north.
    private static func island() throws -> OSMBuilder {
        var builder = OSMBuilder()
        var nodes: [Int64] = []
        let outline = [(0, 0), (3, 1), (6, 0), (7, 3), (6, 6), (4, 5), (2, 7), (0, 6), (-1, 3)]
        for (index, (x, y)) in outline.enumerated() {
            builder.addNode(
                Int64(index) + 1,
                GeoCoordinate(
                    longitude: 100_000_000 + Int32(x) * 100_000, latitude: 500_000_000 + Int32(y) * 100_000))
            nodes.append(Int64(index) + 1)
        }
        builder.addWay(1, nodes + [1], [("natural", "coastline")])
        builder.header.bounds = (
            GeoCoordinate(longitude: 97_000_000, latitude: 497_000_000),
            GeoCoordinate(longitude: 103_000_000, latitude: 503_000_000)
        )
        return builder
    }

    private static func runs(
        _ generator: TileGenerator, zooms: ClosedRange<UInt8>, bounds: [WorldBox] = [], threads: Int = 1
    ) async throws -> [(first: TileCoordinate, count: Int, tile: EncodedTile)] {
        var options = TilesetOptions()
        options.zooms = zooms
        if !bounds.isEmpty { options.region = WorldRegion(boxes: bounds) }
        options.threads = threads
        var writer = RunWriter()
        try await TilesetBuilder(generator, options: options).build(into: &writer)
        return writer.runs
    }

    private static func tiles(of first: TileCoordinate, count: Int) -> [TileCoordinate] {
        (0..<count).compactMap { step in
            let (x, y) = HilbertCurve.position(index: first.hilbertIndex + UInt64(step), order: Int(first.zoom))
            return TileCoordinate(zoom: first.zoom, x: x, y: y)
        }
    }

    @Test func runsHaveTheBytesThatEachTileWouldHave() async throws {
        let generator = try await ImportedStore(Self.island()).generator(.shortbread)
        let runs = try await Self.runs(generator, zooms: 0...13)
        #expect(runs.contains { $0.count > 1 })
        let decompressor = Decompressor()
        var scratch = TileScratch(generator)
        var made: Set<TileCoordinate> = []
        for run in runs {
            let bytes = try decompressor.gzip(run.tile.bytes.byteSpan, limit: 1 << 24)
            for tile in Self.tiles(of: run.first, count: run.count) {
                #expect(made.insert(tile).inserted)
                if try generator.makeTile(at: tile, scratch: &scratch) != bytes {
                    Issue.record("\(tile) of the run from \(run.first) has other bytes")
                }
            }
        }
        // Nothing is left out: all tiles that touch the sea.
        let sea = WorldBox(
            minX: WebMercator.worldX(longitude: 97_000_000), minY: WebMercator.worldY(latitude: 503_000_000),
            maxX: WebMercator.worldX(longitude: 103_000_000), maxY: WebMercator.worldY(latitude: 497_000_000))
        for zoom in UInt8(0)...13 {
            let first = TileCoordinate(containing: WorldPoint(x: sea.minX, y: sea.minY), zoom: zoom)
            let last = TileCoordinate(containing: WorldPoint(x: sea.maxX, y: sea.maxY), zoom: zoom)
            for x in first.x...last.x {
                for y in first.y...last.y {
                    let tile = TileCoordinate(containing: WorldPoint(x: x << (32 - UInt32(zoom)), y: 0), zoom: zoom)
                    guard zoom > 0, let place = TileCoordinate(zoom: tile.zoom, x: x, y: y) else { continue }
                    if try !generator.makeTile(at: place, scratch: &scratch).isEmpty {
                        #expect(made.contains(place), "\(place)")
                    }
                }
            }
        }
    }

    @Test func tilesAreTheSameAtAnyNumberOfThreadsAndInABox() async throws {
        let generator = try await ImportedStore(Self.island()).generator(.shortbread)
        let one = try await Self.runs(generator, zooms: 6...11)
        let four = try await Self.runs(generator, zooms: 6...11, threads: 4)
        #expect(one.map(\.first) == four.map(\.first) && one.map(\.count) == four.map(\.count))
        #expect(one.map(\.tile.bytes) == four.map(\.tile.bytes))
        let box = WorldBox(
            minX: WebMercator.worldX(longitude: 98_000_000), minY: WebMercator.worldY(latitude: 501_000_000),
            maxX: WebMercator.worldX(longitude: 101_000_000), maxY: WebMercator.worldY(latitude: 499_000_000))
        let inBox = try await Self.runs(generator, zooms: 6...11, bounds: [box])
        func all(_ runs: [(first: TileCoordinate, count: Int, tile: EncodedTile)]) -> Set<TileCoordinate> {
            Set(runs.flatMap { Self.tiles(of: $0.first, count: $0.count) })
        }
        #expect(all(inBox) == all(one).filter { $0.box.intersects(box) })
    }

    @Test func aTileHasOneOceanWithoutSeams() async throws {
        let imported = try await ImportedStore(Self.island())
        for zoom in UInt8(0)...14 {
            let point = WebMercator.worldPoint(GeoCoordinate(longitude: 100_200_000, latitude: 500_000_000))
            let tile = try imported.tile(TileCoordinate(containing: point, zoom: zoom), .shortbread)
            let ocean = tile.features("ocean")
            #expect(ocean.count == 1, "zoom \(zoom)")
            #expect(ocean.first?.id == nil)
            #expect(ocean.first?.attributes == [:])
            // Cells end inside the tile at zoom 9 and above only at the border of the sea.
            if zoom == 10, let path = ocean.first?.path { #expect(path.partCount <= 3) }
        }
    }

    @Test func openSeaIsTheTileWithItsBuffer() async throws {
        let imported = try await ImportedStore(Self.island())
        let point = WebMercator.worldPoint(GeoCoordinate(longitude: 98_500_000, latitude: 498_500_000))
        for zoom in UInt8(12)...14 {
            let tile = try imported.tile(TileCoordinate(containing: point, zoom: zoom), .shortbread)
            let path = try #require(tile.features("ocean").first?.path)
            #expect(path.points == points((-64, -64), (4160, -64), (4160, 4160), (-64, 4160)), "zoom \(zoom)")
        }
    }
}
