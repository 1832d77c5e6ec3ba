import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport
import Testing
import TileSchemas

@testable import TileGeneration

@Suite("Joined areas, and points that share squares")
struct JoinedAreaTests {
    static let tile = TileCoordinate(9, 270, 180)

    /// The plain schema with other settings of one layer.
    static func schema(_ layer: String, _ change: (inout LayerDetail) -> Void) throws -> TileSchema {
        var schema = TileSchema.plain
        let index = try #require(schema.layers.firstIndex { $0.id == layer })
        change(&schema.layers[index].detail)
        return schema
    }

    /// A field of square plots side by side, each of so many tile units, with holes left out.
    static func plots(_ count: Int, side: Double, without holes: Set<Int> = []) -> OSMBuilder {
        var builder = OSMBuilder()
        for number in 0..<(count * count) where !holes.contains(number) {
            let (x, y) = (1000 + side * Double(number % count), 1000 + side * Double(number / count))
            builder.addRing(
                Int64(number + 1), in: tile, [(x, y), (x, y + side), (x + side, y + side), (x + side, y)],
                [("ground", "a")])
        }
        return builder
    }

    @Test("Areas with the same fields are one below a zoom, with ids and apart from it on")
    func joining() async throws {
        let schema = try Self.schema("ground") { $0.joinsPolygonsBelowZoom = 10 }
        let imported = try await ImportedStore(Self.plots(3, side: 100), schema: schema)
        let joined = try imported.tile(Self.tile, schema).features("ground")
        #expect(joined.count == 1)
        #expect(joined.first?.id == nil)
        #expect(joined.first.map { TileArea.area($0.path, inside: TileArea.tile) } == 90_000)
        #expect(joined.first?.path.points.count == 4)
        let child = TileCoordinate(10, 540, 360)
        let apart = try imported.tile(child, schema).features("ground")
        #expect(apart.count == 9)
        #expect(apart.allSatisfy { $0.id != nil })
    }

    @Test("A district of plots that are each too small to be seen does not vanish; a single one does")
    func smallOnes() async throws {
        // 4 pixels are 32 by 32 units.
        let schema = try Self.schema("ground") {
            $0.joinsPolygonsBelowZoom = 15
            $0.smallest = .areaInPixels(4)
        }
        var builder = Self.plots(5, side: 20)
        builder.addRing(99, in: Self.tile, [(3000, 3000), (3000, 3020), (3020, 3020), (3020, 3000)], [("ground", "a")])
        let features = try await ImportedStore(builder, schema: schema).tile(Self.tile, schema).features("ground")
        #expect(features.count == 1)
        #expect(features.first.map { TileArea.area($0.path, inside: TileArea.tile) } == 10_000)

        // Alone, each plot has its own limit.
        let single = try Self.schema("ground") { $0.smallest = .areaInPixels(4) }
        let none = try await ImportedStore(builder, schema: single).tile(Self.tile, single).features("ground")
        #expect(none.isEmpty)
    }

    @Test("Holes too small to be seen are closed, larger ones stay")
    func holes() async throws {
        let schema = try Self.schema("ground") {
            $0.joinsPolygonsBelowZoom = 15
            $0.smallest = .areaInPixels(4)
        }
        let builder = Self.plots(9, side: 20, without: [10, 40, 41, 49, 50])
        let features = try await ImportedStore(builder, schema: schema).tile(Self.tile, schema).features("ground")
        #expect(features.first?.path.partCount == 2)
        let area = features.first.map { TileArea.area($0.path, inside: TileArea.tile) } ?? 0
        #expect(area.rounded() == 180 * 180 - 4 * 400)
    }

    @Test("At the tile's edge small pieces stay: nobody knows how they go on")
    func edge() async throws {
        let schema = try Self.schema("ground") {
            $0.joinsPolygonsBelowZoom = 15
            $0.smallest = .areaInPixels(4)
        }
        var builder = OSMBuilder()
        builder.addRing(1, in: Self.tile, [(4150, 10), (4150, 40), (4400, 40), (4400, 10)], [("ground", "a")])
        let features = try await ImportedStore(builder, schema: schema).tile(Self.tile, schema).features("ground")
        #expect(features.count == 1)
    }

    @Test("A layer may keep coarser lines", arguments: [0, -1, -2, -4])
    func coarser(zooms: Int) async throws {
        let schema = try Self.schema("line") { $0.finerByZooms = zooms }
        var builder = OSMBuilder()
        // A corner off the line by 1.6, 3.2, ... units is kept at finer tolerances than that.
        let nodes = builder.addNodes(
            1, in: Self.tile,
            [
                (0, 100), (200, 101.6), (400, 100), (600, 103.2), (800, 100), (1000, 106.4), (1200, 100), (1400, 125),
                (1600, 100),
            ])
        builder.addWay(1, nodes, [("line", "a")])
        let imported = try await ImportedStore(builder, schema: schema)
        let count = try imported.tile(Self.tile, schema).features("line").first?.path.points.count ?? 0
        // With a corner goes the straight point beside it.
        #expect(count == [0: 9, -1: 7, -2: 5, -4: 3][zooms])
    }

    static func scattered(_ seed: UInt64) -> OSMBuilder {
        var generator = SeededGenerator(seed: seed)
        var builder = OSMBuilder()
        for id in 1...400 as ClosedRange<Int64> {
            builder.addNode(
                id, tile.place(.random(in: 3500...4700, using: &generator), .random(in: 0...1200, using: &generator)),
                [("point", "p")])
        }
        return builder
    }

    @Test("A square holds the first points of the layer's order, and no more", arguments: [1, 3])
    func grid(most: Int) async throws {
        let schema = try Self.schema("point") { $0.pointGrid = PointGridLimit(pixels: 16, most: most, belowZoom: 10) }
        let imported = try await ImportedStore(Self.scattered(5), schema: schema)
        let shown = try imported.tile(Self.tile, schema).features("point")
        let all = try imported.tile(Self.tile).features("point")
        var squares: [TilePoint: Int] = [:]
        for feature in shown {
            let point = feature.path.points[0]
            #expect(point.x <= 4096 + 64)
            squares[TilePoint(x: point.x >> 8, y: point.y >> 8), default: 0] += 1
        }
        #expect(squares.values.allSatisfy { $0 <= most })
        #expect(squares.values.contains(most))
        let occupied = Set(all.map { TilePoint(x: $0.path.points[0].x >> 8, y: $0.path.points[0].y >> 8) })
        #expect(occupied.filter { $0.x < 16 }.isSubset(of: Set(squares.keys)))
        // From the limit's zoom on there is none.
        let child = TileCoordinate(10, 541, 360)
        #expect(try imported.tile(child, schema).features("point") == imported.tile(child).features("point"))
    }

    @Test("Tiles agree on every point that two of them see", arguments: 0..<4 as Range<UInt64>)
    func gridEdges(seed: UInt64) async throws {
        let schema = try Self.schema("point") { $0.pointGrid = PointGridLimit(pixels: 32, most: 2, belowZoom: 15) }
        let imported = try await ImportedStore(Self.scattered(seed), schema: schema)
        let left = try imported.tile(Self.tile, schema).features("point")
        let right = try imported.tile(TileCoordinate(9, 271, 180), schema).features("point")
        /// Ids of what lies in both tiles' buffers, in the left one's units.
        func common(_ features: [DecodedTile.Feature], movedBy offset: Int32) -> Set<UInt64> {
            Set(features.filter { (4032...4160).contains($0.path.points[0].x + offset) }.compactMap(\.id))
        }
        #expect(common(left, movedBy: 0) == common(right, movedBy: 4096))
        #expect(!common(left, movedBy: 0).isEmpty)
    }

    @Test("What a tile sees from both sides of the world is one feature")
    func bothSides() async throws {
        var builder = OSMBuilder()
        builder.addNode(1, GeoCoordinate(-179.9, 10))
        builder.addNode(2, GeoCoordinate(179.9, 12))
        builder.addWay(5, [1, 2], [("line", "a")])
        builder.addNode(7, GeoCoordinate(180, 10), [("point", "a")])
        let imported = try await ImportedStore(builder, schema: .plain)
        let world = try imported.tile(TileCoordinate(0, 0, 0))
        #expect(world.features("line").map(\.id) == [52])
        #expect(world.features("line").first?.path.partCount == 2)
        #expect(world.features("point").map(\.id) == [71])
        #expect(Set(world.features("point").first?.path.points.map(\.x) ?? []) == [0, 4096])
    }
}
