import ByteCoding
import FeatureStorage
import OSMImport
import OSMModel
import PlanarGeometry
import TestSupport
import Testing
import TileSchemas
import VectorTiles

@testable import TileGeneration

@Suite("Single tiles")
struct TileGeneratorTests {
    static let tile = TileCoordinate(14, 8600, 5700)
    static let right = TileCoordinate(14, 8601, 5700)

    static func points(_ pairs: (Int32, Int32)...) -> [TilePoint] { pairs.map { TilePoint(x: $0.0, y: $0.1) } }

    @Test("A node is a point with its id and fields")
    func point() async throws {
        var builder = OSMBuilder()
        builder.addNode(17, Self.tile.place(100, 200), [("point", "peak"), ("name", "ignored")])
        let tile = try await ImportedStore(builder, schema: .plain).tile(Self.tile)
        #expect(tile.layers.map(\.name) == ["point"])
        #expect(tile.layers.first?.version == 2)
        #expect(tile.layers.first?.extent == 4096)
        let feature = try #require(tile.features("point").first)
        #expect(tile.features("point").count == 1)
        #expect(feature.id == 171)
        #expect(feature.type == .point)
        #expect(feature.attributes == ["kind": .string("peak")])
        #expect(feature.path.points == Self.points((100, 200)))
    }

    @Test("A tile that nothing touches is empty")
    func empty() async throws {
        var builder = OSMBuilder()
        builder.addNode(1, Self.tile.place(100, 200), [("point", "peak")])
        let imported = try await ImportedStore(builder, schema: .plain)
        let generator = imported.generator()
        var scratch = TileScratch(generator)
        #expect(try generator.makeTile(at: Self.right, scratch: &scratch).isEmpty)
        #expect(try await ImportedStore("", schema: .plain).tile(TileCoordinate(0, 0, 0)).layers.isEmpty)
    }

    @Test("A line over the edge is in both tiles, cut 64 units beyond it")
    func crossingLine() async throws {
        var builder = OSMBuilder()
        let nodes = builder.addNodes(1, in: Self.tile, [(4000, 1000), (5000, 1000), (5000, 2000)])
        builder.addWay(4, nodes, [("line", "a")])
        let imported = try await ImportedStore(builder, schema: .plain)
        let left = try #require(try imported.tile(Self.tile).features("line").first)
        #expect(left.path.points == Self.points((4000, 1000), (4160, 1000)))
        #expect(left.id == 42)
        #expect(left.type == .lineString)
        let right = try #require(try imported.tile(Self.right).features("line").first)
        #expect(right.path.points == Self.points((-64, 1000), (904, 1000), (904, 2000)))
        #expect(right.id == 42)
    }

    @Test("A point is in every tile whose buffer holds it, edge included")
    func buffer() async throws {
        var builder = OSMBuilder()
        for (id, x) in [(1, 4095.0), (2, 4096), (3, 4160), (4, 4161)] {
            builder.addNode(Int64(id), Self.tile.place(x, 10), [("point", "a")])
        }
        let imported = try await ImportedStore(builder, schema: .plain)
        #expect(try imported.tile(Self.tile).features("point").compactMap(\.id).sorted() == [11, 21, 31])
        #expect(try imported.tile(Self.right).features("point").compactMap(\.id).sorted() == [11, 21, 31, 41])
    }

    @Test("A label member inside the area is its label point, whatever the geometry's size", arguments: [4, 400])
    func labelMember(corners: Int) async throws {
        func labelled(_ role: String, _ place: (Double, Double)) async throws -> TilePoint? {
            var builder = OSMBuilder()
            let steps = corners / 4
            var ring: [(Double, Double)] = []
            for step in 0..<steps { ring.append((1000, 1000 + 2000 * Double(step) / Double(steps))) }
            for step in 0..<steps { ring.append((1000 + 2000 * Double(step) / Double(steps), 3000)) }
            for step in 0..<steps { ring.append((3000, 3000 - 2000 * Double(step) / Double(steps))) }
            for step in 0..<steps { ring.append((3000 - 2000 * Double(step) / Double(steps), 1000)) }
            builder.addRing(1, in: Self.tile, ring)
            builder.addNode(77, Self.tile.place(place.0, place.1))
            builder.addRelation(
                9,
                [
                    RelationMember(element: ElementID(.way, 1), role: "outer"),
                    RelationMember(element: ElementID(.node, 77), role: role),
                ], [("type", "boundary"), ("point", "b")])
            let tile = try await ImportedStore(builder, schema: .plain).tile(Self.tile)
            return tile.features("point").first { $0.attributes["kind"] == .string("b") }?.path.points.first
        }
        #expect(try await labelled("label", (1200, 2800)) == TilePoint(x: 1200, y: 2800))
        // On the edge is inside; outside, the geometry decides, as it does without a label.
        #expect(try await labelled("label", (1000, 1500)) == TilePoint(x: 1000, y: 1500))
        let middle = try #require(try await labelled("admin_centre", (1200, 2800)))
        #expect(abs(middle.x - 2000) < 100 && abs(middle.y - 2000) < 100)
        #expect(try await labelled("label", (500, 500)) == middle)
    }

    @Test("A polygon's exterior ring has positive area and its hole follows with negative; a label point lies inside")
    func polygon() async throws {
        var builder = OSMBuilder()
        builder.addRing(1, in: Self.tile, [(1000, 1000), (1000, 3000), (3000, 3000), (3000, 1000)])
        builder.addRing(2, in: Self.tile, [(1500, 1500), (1500, 2500), (2500, 2500), (2500, 1500)])
        let members = [1, 2].map { RelationMember(element: ElementID(.way, $0), role: "") }
        builder.addRelation(9, members, [("type", "multipolygon"), ("ground", "a"), ("point", "b")])
        let tile = try await ImportedStore(builder, schema: .plain).tile(Self.tile)
        let polygon = try #require(tile.features("ground").first)
        #expect(polygon.id == 93)
        #expect(polygon.type == .polygon)
        let areas = (0..<polygon.path.partCount).map {
            RingArea.doubled(polygon.path.points, polygon.path.partRange($0))
        }
        #expect(areas == [8_000_000, -2_000_000])
        let label = try #require(tile.features("point").first)
        #expect(label.id == 93)
        #expect(label.type == .point)
        let location = PointInPolygon.locate(try #require(label.path.points.first), in: polygon.path)
        #expect(location == .inside)
    }

    @Test("A closed way is a line in one layer and a polygon in another")
    func closedWay() async throws {
        var builder = OSMBuilder()
        // Counter-clockwise as seen: turned round for the polygon.
        builder.addRing(
            3, in: Self.tile, [(100, 100), (100, 200), (200, 200), (200, 100)], [("line", "a"), ("ground", "b")])
        let tile = try await ImportedStore(builder, schema: .plain).tile(Self.tile)
        #expect(
            tile.features("line").first?.path.points
                == Self.points((100, 100), (100, 200), (200, 200), (200, 100), (100, 100)))
        let polygon = try #require(tile.features("ground").first?.path)
        #expect(RingArea.doubled(polygon.points, 0..<4) == 20_000)
    }

    @Test("Ids are ten times the element's and its kind; negative and large ones are left out")
    func ids() {
        #expect(VectorTileID.of(ElementID(.node, 0)) == 1)
        #expect(VectorTileID.of(ElementID(.way, 5)) == 52)
        #expect(VectorTileID.of(ElementID(.relation, 5)) == 53)
        #expect(VectorTileID.of(ElementID(.node, -1)) == nil)
        #expect(VectorTileID.of(ElementID(.node, .min)) == nil)
        #expect(VectorTileID.of(ElementID(.relation, .max)) == nil)
        let last: Int64 = (1 << 53) / 10 - 1
        #expect(VectorTileID.of(ElementID(.relation, last)).map { $0 <= 1 << 53 } == true)
        #expect(VectorTileID.of(ElementID(.relation, last + 1)) == nil)
    }

    @Test("A feature without an id in tiles is there all the same, and so is a border from relations")
    func withoutIDs() async throws {
        var builder = OSMBuilder()
        builder.addNode(-3, Self.tile.place(5, 5), [("point", "a")])
        #expect(try await ImportedStore(builder, schema: .plain).tile(Self.tile).features("point").map(\.id) == [nil])
        var border = OSMBuilder()
        let nodes = border.addNodes(1, in: Self.tile, [(10, 10), (500, 500)])
        border.addWay(1, nodes)
        border.addRelation(
            1, [RelationMember(element: ElementID(.way, 1), role: "outer")],
            [("type", "boundary"), ("boundary", "administrative"), ("admin_level", "2")])
        let feature = try #require(
            try await ImportedStore(border).tile(Self.tile, .shortbread).features("boundaries").first)
        #expect(feature.id == nil)
        #expect(feature.attributes["admin_level"]?.number == 2)
    }

    @Test("Layers keep the schema's order; features go by measure, greatest first, or by rank, smallest first")
    func order() async throws {
        var builder = OSMBuilder()
        for (id, side) in [(1, 10.0), (2, 30), (3, 20)] as [(Int64, Double)] {
            builder.addRing(id, in: Self.tile, [(0, 0), (side, 0), (side, side), (0, side)], [("ground", "a")])
        }
        for (id, road) in [(11, "major"), (12, "minor"), (13, "other"), (14, "minor")] {
            let nodes = builder.addNodes(Int64(id) * 1000, in: Self.tile, [(Double(id), 10), (Double(id), 20)])
            builder.addWay(Int64(id), nodes, [("road", road)])
        }
        builder.addNode(1, Self.tile.place(1, 1), [("point", "a")])
        let tile = try await ImportedStore(builder, schema: .plain).tile(Self.tile)
        #expect(tile.layers.map(\.name) == ["point", "road", "ground"])
        #expect(tile.features("ground").compactMap(\.id) == [22, 32, 12])
        let roads = tile.features("road").compactMap { $0.attributes["kind"] }
        #expect(roads == [.string("other"), .string("minor"), .string("minor"), .string("major")])
    }

    @Test("Below its zoom a feature is not there")
    func minimumZoom() async throws {
        var builder = OSMBuilder()
        let place = TileCoordinate(9, 268, 178)
        builder.addRing(1, in: place, [(0, 0), (900, 0), (900, 900)], [("late", "a")])
        let imported = try await ImportedStore(builder, schema: .plain)
        #expect(try imported.tile(place).layers.isEmpty)
        #expect(
            try imported.tile(place.children.first { $0.x == 536 && $0.y == 356 } ?? place).features("late").count == 1)
    }

    @Test("A part that only relations use, and a relation without area, are in no tile")
    func parts() async throws {
        var builder = OSMBuilder()
        let nodes = builder.addNodes(1, in: Self.tile, [(10, 10), (500, 500)])
        builder.addWay(1, nodes)
        builder.addRelation(
            1, [RelationMember(element: ElementID(.way, 1), role: "")],
            [("type", "route"), ("line", "a"), ("point", "a")])
        let imported = try await ImportedStore(builder, schema: .plain)
        #expect(try imported.records().count == 2)
        #expect(try imported.tile(Self.tile).layers.isEmpty)
    }

    @Test("A tile's bytes do not depend on what the scratch was used for before")
    func scratch() async throws {
        let imported = try await ImportedStore(RandomMap.builder(seed: 3), schema: .plain)
        let generator = imported.generator()
        var reused = TileScratch(generator)
        var generatorOfOrder = SeededGenerator(seed: 1)
        for tile in RandomMap.tiles(zooms: 0...4).shuffled(using: &generatorOfOrder) {
            var fresh = TileScratch(generator)
            let expected = try generator.makeTile(at: tile, scratch: &fresh)
            #expect(try generator.makeTile(at: tile, scratch: &reused) == expected, "\(tile)")
        }
    }

    @Test("The order of equals is that of their ids, whatever schema the store was imported with")
    func orderOfEquals() async throws {
        var builder = OSMBuilder()
        var random = SeededGenerator(seed: 8)
        for id in 1...40 as ClosedRange<Int64> {
            let place = Self.tile.place(.random(in: 0...4096, using: &random), .random(in: 0...4096, using: &random))
            builder.addNode(id, place, [("point", id % 3 == 0 ? "tree" : "peak")])
        }
        // Bands differ: what the one shows at once the other shows late.
        let late = TileSchema(
            name: "late", version: "1", summary: "for tests", languages: [],
            layers: [
                TileLayer(
                    id: "point", summary: "", geometry: .point,
                    rules: [
                        LayerRule(
                            filter: .valueIn("point", ["tree"]), shapes: .point, closedWays: .always, minimumZoom: 13),
                        LayerRule(filter: .hasKey("point"), shapes: .point, closedWays: .always, minimumZoom: 0),
                    ])
            ])
        let one = try await ImportedStore(builder, schema: .plain)
        let other = try await ImportedStore(builder, schema: late)
        let generator = one.generator()
        var scratch = TileScratch(generator)
        let bytes = try generator.makeTile(at: Self.tile, scratch: &scratch)
        let otherGenerator = other.generator()
        var otherScratch = TileScratch(otherGenerator)
        #expect(try otherGenerator.makeTile(at: Self.tile, scratch: &otherScratch) == bytes)
        #expect(try DecodedTile(bytes).features("point").compactMap(\.id) == (1...40).map { $0 * 10 + 1 })
    }

    @Test("Borders, which have no ids, come in the same order whatever schema the store was imported with")
    func orderOfBorders() async throws {
        var builder = OSMBuilder()
        var random = SeededGenerator(seed: 3)
        let corner = builder.addNodes(1, in: Self.tile, [(2000, 2000)])
        for way in 1...30 as ClosedRange<Int64> {
            let places = (0..<2).map { _ in
                (Double.random(in: 100...4000, using: &random), Double.random(in: 100...4000, using: &random))
            }
            let nodes = builder.addNodes(way * 10, in: Self.tile, places)
            builder.addWay(way, corner + nodes, [("source", "x")])
            builder.addRelation(
                way, [RelationMember(element: ElementID(.way, way), role: "outer")],
                [
                    ("type", "boundary"), ("boundary", "administrative"), ("admin_level", way % 2 == 0 ? "2" : "4"),
                    ("maritime", way % 5 == 0 ? "yes" : "no"),
                ])
        }
        var tiles: [[UInt8]] = []
        for schema in [BuiltInSchema.shortbread.schema, BuiltInSchema.openmaptiles.schema] {
            let generator = try await ImportedStore(builder, schema: schema).generator(
                BuiltInSchema.openmaptiles.schema)
            var scratch = TileScratch(generator)
            tiles.append(try generator.makeTile(at: Self.tile, scratch: &scratch))
        }
        #expect(try DecodedTile(tiles[0]).features("boundary").count > 1)
        #expect(tiles[0] == tiles[1])
    }
}
