import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport
import Testing
import VectorTiles

@testable import TileGeneration

/// The same map at Greenwich and half a world away, around 180 degrees.
struct MovedMap {
    var atGreenwich = OSMBuilder()
    var at180Degrees = OSMBuilder()
    private var next: Int64 = 1

    /// A place moved by half a world, exactly on the grid; `isEastern` is how 180 degrees themselves are written.
    static func moved(_ place: GeoCoordinate, isEastern: Bool = false) -> GeoCoordinate {
        var longitude = Int64(place.longitude) + (place.longitude < 0 ? 1_800_000_000 : -1_800_000_000)
        if place.longitude == 0, isEastern { longitude = 1_800_000_000 }
        return GeoCoordinate(longitude: Int32(longitude), latitude: place.latitude)
    }

    mutating func addNode(_ place: GeoCoordinate, _ tags: [(key: String, value: String)] = []) -> Int64 {
        atGreenwich.addNode(next, place, tags)
        at180Degrees.addNode(next, Self.moved(place, isEastern: next.isMultiple(of: 2)), tags)
        next += 1
        return next - 1
    }

    mutating func addWay(
        _ id: Int64, _ places: [GeoCoordinate], closed: Bool = false, _ tags: [(key: String, value: String)]
    ) {
        let nodes = places.map { addNode($0) }
        for isMoved in [false, true] {
            var builder = isMoved ? at180Degrees : atGreenwich
            builder.addWay(id, nodes + (closed ? nodes.prefix(1) : []), tags)
            if isMoved { at180Degrees = builder } else { atGreenwich = builder }
        }
    }

    mutating func addRelation(_ id: Int64, _ ways: [Int64], _ tags: [(key: String, value: String)]) {
        let members = ways.map { RelationMember(element: ElementID(.way, $0), role: "") }
        atGreenwich.addRelation(id, members, tags)
        at180Degrees.addRelation(id, members, tags)
    }

    static func twin(_ tile: TileCoordinate) -> TileCoordinate {
        TileCoordinate(tile.zoom, tile.x ^ (1 << (UInt32(tile.zoom) - 1)), tile.y)
    }

    /// Ring of a random size around a place near Greenwich.
    static func ring(_ radius: Double, _ count: Int, _ generator: inout SeededGenerator) -> [GeoCoordinate] {
        let center = WorldPoint(
            x: UInt32(2_147_483_648 + Int64.random(in: -20_000_000...20_000_000, using: &generator)),
            y: .random(in: 1_500_000_000...2_500_000_000, using: &generator))
        return RandomMap.round(center, radius, count, &generator)
    }
}

@Suite("Tiles around 180 degrees")
struct RoundWorldTests {
    /// Tiles of zooms 1 on that the archive of one map has, with their bytes.
    private static func tiles(_ source: OSMBuilder) async throws -> [TileCoordinate: [UInt8]] {
        let generator = try await ImportedStore(source, schema: .plain).generator()
        let listed = try TileCoverage.singleTiles(generator, zooms: 1...9)
        var scratch = TileScratch(generator)
        var tiles: [TileCoordinate: [UInt8]] = [:]
        for tile in listed { tiles[tile] = try generator.makeTile(at: tile, scratch: &scratch) }
        return tiles
    }

    private static func expectTwins(_ map: MovedMap, _ comment: Comment, isOrdered: Bool = true) async throws {
        let here = try await tiles(map.atGreenwich)
        let there = try await tiles(map.at180Degrees)
        #expect(Set(here.keys.map(MovedMap.twin)) == Set(there.keys), comment)
        for (tile, bytes) in here {
            guard let other = there[MovedMap.twin(tile)] else { continue }
            if isOrdered {
                #expect(bytes == other, "\(comment), \(tile)")
            } else {
                let (left, right) = (try DecodedTile(bytes), try DecodedTile(other))
                for layer in left.layers {
                    func texts(_ features: [DecodedTile.Feature]) -> [String] { features.map { "\($0)" }.sorted() }
                    #expect(texts(layer.features) == texts(right.features(layer.name)), "\(comment), \(tile)")
                }
            }
        }
    }

    @Test("A polygon across 180 degrees has the bytes of the same polygon elsewhere", arguments: 0..<8 as Range<UInt64>)
    func polygon(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var map = MovedMap()
        let radius = Double(UInt64(1) << UInt64.random(in: 16...28, using: &generator))
        // Past the threshold of chunks too, and with nodes at just 180 degrees, written both ways.
        var ring = MovedMap.ring(radius, [5, 40, 400][Int(seed % 3)], &generator)
        for index in ring.indices where abs(ring[index].longitude) < 400_000 { ring[index].longitude = 0 }
        map.addWay(1, ring, closed: true, [("ground", "a"), ("point", "a"), ("line", "a")])
        try await Self.expectTwins(map, "seed \(seed)")
    }

    @Test("A line across 180 degrees, back and forth", arguments: 10..<16 as Range<UInt64>)
    func line(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var map = MovedMap()
        let places = (0..<[2, 30, 600][Int(seed % 3)]).map { _ in
            GeoCoordinate(
                longitude: .random(in: -3_000_000...3_000_000, using: &generator),
                latitude: .random(in: -3_000_000...3_000_000, using: &generator))
        }
        map.addWay(1, places, [("road", "a"), ("line", "a")])
        try await Self.expectTwins(map, "seed \(seed)")
    }

    @Test("A multipolygon with holes across 180 degrees", arguments: 20..<24 as Range<UInt64>)
    func multipolygon(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var map = MovedMap()
        let center = WorldPoint(x: 2_147_500_000, y: 2_000_000_000)
        map.addWay(1, RandomMap.round(center, 30_000_000, 200, &generator), closed: true, [])
        map.addWay(2, RandomMap.round(center, 9_000_000, 50, &generator), closed: true, [])
        map.addRelation(1, [1, 2], [("type", "multipolygon"), ("ground", "a"), ("point", "a")])
        try await Self.expectTwins(map, "seed \(seed)")
    }

    @Test("A whole map: what lies on either side, within buffers, and across", arguments: 30..<33 as Range<UInt64>)
    func map(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var map = MovedMap()
        for number in 1...30 {
            let place = GeoCoordinate(
                longitude: .random(in: -100_000...100_000, using: &generator),
                latitude: .random(in: -40_000_000...40_000_000, using: &generator))
            _ = map.addNode(place, [("point", "\(number)")])
        }
        _ = map.addNode(GeoCoordinate(0, 1), [("point", "even")])
        _ = map.addNode(GeoCoordinate(0, 2), [("point", "odd")])
        for number in 1...40 as ClosedRange<Int64> {
            let radius = Double(UInt64(1) << UInt64.random(in: 12...26, using: &generator))
            map.addWay(
                number, MovedMap.ring(radius, 20, &generator), closed: true,
                [[("ground", "a")], [("point", "b")], [("line", "c"), ("point", "c")]][Int(number) % 3])
        }
        try await Self.expectTwins(map, "seed \(seed)", isOrdered: false)
    }

    @Test("A lake across 180 degrees has the tiles of a lake elsewhere, and at zoom 0 both its sides")
    func lake() async throws {
        var map = MovedMap()
        map.addWay(
            1,
            [
                GeoCoordinate(-0.01, 10), GeoCoordinate(0.01, 10), GeoCoordinate(0.012, 10.02),
                GeoCoordinate(-0.01, 10.02),
            ],
            closed: true, [("ground", "lake"), ("point", "lake")])
        var counts: [Int] = []
        for (source, labels) in [(map.atGreenwich, 1), (map.at180Degrees, 2)] {
            let imported = try await ImportedStore(source, schema: .plain)
            let tiles = try await TilesetBuilderTests.build(imported.generator(), zooms: 0...14)
            #expect(Set(tiles.map(\.coordinate.zoom)) == Set(0...14))
            counts.append(tiles.count)
            let world = try imported.tile(TileCoordinate(0, 0, 0))
            // So small a lake is nothing at zoom 0 but its label.
            #expect(world.features("point").reduce(0) { $0 + $1.path.points.count } == labels)
        }
        #expect(counts[0] == counts[1])
        #expect(counts[0] < 80)
    }

    @Test("A point at 180 degrees is in the tiles on both sides, however it is written")
    func point() async throws {
        for longitude in [180.0, -180, 179.9999999, -179.9999999] {
            var builder = OSMBuilder()
            builder.addNode(1, GeoCoordinate(longitude, 20), [("point", "a")])
            let imported = try await ImportedStore(builder, schema: .plain)
            for zoom in 1...14 as ClosedRange<UInt8> {
                let last = UInt32(1) << UInt32(zoom) - 1
                let y = WebMercator.worldY(latitude: 200_000_000) >> (32 - UInt32(zoom))
                let west = try imported.tile(TileCoordinate(zoom, 0, y)).features("point")
                let east = try imported.tile(TileCoordinate(zoom, last, y)).features("point")
                #expect(west.map { $0.path.points[0].x } == [0], "\(longitude) \(zoom)")
                #expect(east.map { $0.path.points[0].x } == [4096], "\(longitude) \(zoom)")
            }
            let world = try imported.tile(TileCoordinate(0, 0, 0)).features("point")
            #expect(world.count == 1)
            #expect(Set(world[0].path.points.map(\.x)) == [0, 4096])
            let tiles = try TileCoverage.singleTiles(imported.generator(), zooms: 0...14)
            #expect(tiles.allSatisfy { $0.x == 0 || $0.x == UInt32(1) << UInt32($0.zoom) - 1 })
            #expect(tiles.count >= 29)
        }
    }

    @Test("What touches 180 degrees from one side is drawn into the other side's buffer")
    func buffer() async throws {
        var builder = OSMBuilder()
        let edge = TileCoordinate(3, 7, 3)
        builder.addWay(1, builder.addNodes(1, in: edge, [(4000, 100), (4090, 200)]), [("line", "a")])
        let imported = try await ImportedStore(builder, schema: .plain)
        let path = try #require(try imported.tile(TileCoordinate(3, 0, 3)).features("line").first?.path)
        #expect(path.points.last == TilePoint(x: -6, y: 200))
        #expect(path.points.allSatisfy { $0.x < 0 })
    }

    @Test("A ring around a pole is an area up to the map's edge, in pieces that tiles alone see")
    func pole() async throws {
        var builder = OSMBuilder()
        let places = stride(from: -170.0, to: 180, by: 20).map { GeoCoordinate($0, -70) }
        for (index, place) in places.enumerated() { builder.addNode(Int64(index + 1), place) }
        let nodes = places.indices.map { Int64($0 + 1) }
        builder.addWay(1, nodes + nodes.prefix(1), [("ground", "ice"), ("landuse", "ice"), ("point", "ice")])
        builder.addWay(2, nodes + nodes.prefix(1), [("line", "circle")])
        let imported = try await ImportedStore(builder, schema: .plain)
        let world = try imported.tile(TileCoordinate(0, 0, 0))
        let row = (Double(WebMercator.worldY(latitude: -700_000_000)) / 1_048_576).rounded()
        let area = world.features("ground").reduce(0) { $0 + TileArea.area($1.path, inside: TileArea.tile) }
        #expect(abs(area - 4096 * (4096 - row)) < 4096)
        #expect(world.features("point").count == 1)
        let line = try #require(world.features("line").first?.path)
        #expect(line.points.allSatisfy { abs(Double($0.y) - row) <= 1 })
        #expect(world.features("ground").allSatisfy { $0.id == VectorTileID.of(ElementID(.way, 1)) })
        #expect(imported.store.metadata.wayCount == 2)
        // Nowhere else, and no seam.
        let tiles = try TileCoverage.singleTiles(imported.generator(), zooms: 3...3)
        #expect(Set(tiles.map(\.y)) == [6, 7])
        #expect(tiles.count == 16)
    }
}

extension TileCoverage {
    /// The tiles one by one, runs of equal ones unrolled.
    fileprivate static func singleTiles(
        _ generator: TileGenerator, zooms: ClosedRange<UInt8>
    ) throws -> [TileCoordinate] {
        var scratch = TileScratch(generator)
        return try tiles(generator, zooms: zooms, region: nil, scratch: &scratch).flatMap { run in
            (0..<UInt64(run.count)).compactMap { step in
                let zoom = run.first.zoom
                let (x, y) = HilbertCurve.position(index: run.first.hilbertIndex + step, order: Int(zoom))
                return TileCoordinate(zoom: zoom, x: x, y: y)
            }
        }
    }
}
