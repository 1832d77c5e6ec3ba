import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport
import Testing
import TileSchemas
import VectorTiles

@testable import TileGeneration

@Suite("Large geometries")
struct ChunkedGeometryTests {
    static let vertexCount = 100_000

    /// A ring of many short segments, about ten tiles of zoom 14 across.
    static func largeRing() -> OSMBuilder {
        var generator = SeededGenerator(seed: 5)
        var builder = OSMBuilder()
        let center = WebMercator.worldPoint(GeoCoordinate(10, 47))
        let nodes = RandomMap.round(center, 1_300_000, vertexCount, least: 0.999, &generator)
        for (index, coordinate) in nodes.enumerated() { builder.addNode(Int64(index + 1), coordinate) }
        builder.addWay(1, RandomMap.closed((1...Int64(vertexCount)).map { $0 }), [("ground", "a")])
        builder.elementsPerBlock = 8000
        return builder
    }

    @Test("A tile at the edge of 100,000 vertices reads few of them, and shows what all of them give")
    func polygon() async throws {
        let imported = try await ImportedStore(Self.largeRing(), schema: .plain)
        let generator = imported.generator()
        var scratch = TileScratch(generator)
        let number = try imported.number("w1")
        var shown = 0
        let box = try #require(try imported.geometry("w1")?.box)
        let (first, last) = (
            TileCoordinate(containing: WorldPoint(x: box.minX, y: box.minY), zoom: 14),
            TileCoordinate(containing: WorldPoint(x: box.maxX, y: box.maxY), zoom: 14)
        )
        for x in [first.x, first.x + 1, last.x - 1] {
            for y in [first.y + 1, (first.y + last.y) / 2, last.y - 1] {
                let tile = TileCoordinate(14, x, y)
                let bytes = try generator.makeTile(at: tile, scratch: &scratch)
                // What the window leaves of the geometry: a chord for each chunk that is far off, and whole near ones.
                let read = scratch.geometry.buffer.points.count
                #expect(read < Self.vertexCount / 12, "\(tile) reads \(read) points")
                let features = try DecodedTile(bytes).features("ground")
                let found = features.first?.path ?? TilePath()

                let expected = try Self.whole(number, tile, generator)
                let area = TileArea.area(expected, inside: TileArea.tile)
                #expect(TileArea.area(found, inside: TileArea.tile) == area, "\(tile)")
                if area > 0 { shown += 1 }
                var random = SeededGenerator(seed: UInt64(x))
                for _ in 0..<50 {
                    let point = TilePoint(
                        x: .random(in: 0...4096, using: &random), y: .random(in: 0...4096, using: &random))
                    #expect(
                        PointInPolygon.locate(point, in: found) == PointInPolygon.locate(point, in: expected),
                        "\(tile), \(point)")
                }
            }
        }
        #expect(shown > 6)
    }

    /// The polygon of a tile from all points of a feature.
    static func whole(_ number: Int, _ tile: TileCoordinate, _ generator: TileGenerator) throws -> TilePath {
        var geometry = FeatureGeometry(tile)
        let store = generator.store
        let feature = try store.feature(number)
        try feature.decodeGeometry(
            varyingCount: store.varyingCount(ofSet: feature.tagSet), into: &geometry.buffer)
        geometry.begin(feature.shape, movedBy: 0, stored: nil, label: nil)
        guard let layer = generator.recipe.schema.layers.first(where: { $0.id == "ground" }) else { return TilePath() }
        return geometry.shape(.polygon, for: LayerSettings(layer), rank: VertexRank.finest) == nil
            ? TilePath() : geometry.result
    }

    /// Where lines, or the outlines of polygons, cross a vertical, in ascending order.
    static func crossings(_ features: [DecodedTile.Feature], x: Double) -> [Double] {
        var found: [Double] = []
        for feature in features {
            for part in 0..<feature.path.partCount {
                var line = Array(feature.path.points[feature.path.partRange(part)])
                if feature.type == .polygon { line.append(line[0]) }
                for (a, b) in zip(line, line.dropFirst()) where (Double(a.x) < x) != (Double(b.x) < x) {
                    found.append(Double(a.y) + (x - Double(a.x)) / Double(b.x - a.x) * Double(b.y - a.y))
                }
            }
        }
        return found.sorted()
    }

    @Test(
        "Neighbouring tiles agree on where a simplified line crosses the edge between them",
        arguments: [6, 8, 10, 12, 14] as [UInt8])
    func neighbours(zoom: UInt8) async throws {
        var generator = SeededGenerator(seed: UInt64(zoom))
        var builder = OSMBuilder()
        var nextNode: Int64 = 1
        let tile = TileCoordinate(zoom, 1 << UInt32(zoom - 1), 20)
        for way in 1...10 as ClosedRange<Int64> {
            let count = way.isMultiple(of: 2) ? 1500 : 200
            let line = RandomMap.wandering(
                from: tile.place(.random(in: 0...500, using: &generator), .random(in: 0...4096, using: &generator)),
                to: tile.place(.random(in: 7600...8192, using: &generator), .random(in: 0...4096, using: &generator)),
                count: count,
                width: Double(TileCoordinate.side(zoom: zoom)) / 400, &generator)
            for coordinate in line {
                builder.addNode(nextNode, coordinate)
                nextNode += 1
            }
            builder.addWay(way, Array((nextNode - Int64(count))..<nextNode), [("line", "a")])
        }
        let imported = try await ImportedStore(builder, schema: .plain)
        let left = Self.crossings(try imported.tile(tile).features("line"), x: 4096 + 0.25)
        let right = Self.crossings(
            try imported.tile(TileCoordinate(zoom, tile.x + 1, tile.y)).features("line"), x: 0.25)
        #expect(!left.isEmpty)
        #expect(left.count == right.count)
        for (a, b) in zip(left, right) { #expect(abs(a - b) <= 1) }
    }

    @Test(
        "The pieces of a polygon in its tiles have its area together: no gap and no overlap",
        arguments: [9, 11, 14] as [UInt8])
    func union(zoom: UInt8) async throws {
        var generator = SeededGenerator(seed: UInt64(zoom))
        let corner = TileCoordinate(zoom, 200, 150)
        let side = Double(TileCoordinate.side(zoom: zoom))
        let center = WorldPoint(x: corner.box.minX + UInt32(side * 1.5), y: corner.box.minY + UInt32(side * 1.5))
        var builder = OSMBuilder()
        for (way, radius) in [(1, side * 1.4), (2, side * 0.6)] as [(Int64, Double)] {
            let ring = RandomMap.round(center, radius, 200 * Int(way), &generator)
            for (index, coordinate) in ring.enumerated() { builder.addNode(way * 1000 + Int64(index), coordinate) }
            builder.addWay(way, RandomMap.closed(ring.indices.map { way * 1000 + Int64($0) }))
        }
        let members = [1, 2].map { RelationMember(element: ElementID(.way, $0), role: "") }
        builder.addRelation(1, members, [("type", "multipolygon"), ("ground", "a")])
        let imported = try await ImportedStore(builder, schema: .plain)
        let geometry = try #require(try imported.geometry("r1"))
        var sum = 0.0
        var crossingCount = 0
        for x in 0..<3 as Range<UInt32> {
            for y in 0..<3 as Range<UInt32> {
                let features = try imported.tile(TileCoordinate(zoom, corner.x + x, corner.y + y)).features("ground")
                sum += features.reduce(0) { $0 + TileArea.area($1.path, inside: TileArea.tile) }
                // Both sides of an edge between tiles see the outline cross it in the same places.
                if x == 2 { continue }
                let next = try imported.tile(TileCoordinate(zoom, corner.x + x + 1, corner.y + y)).features("ground")
                let (left, right) = (Self.crossings(features, x: 4096.25), Self.crossings(next, x: 0.25))
                #expect(left.count == right.count)
                // Where it is steep, rounding the ends at the buffer's edge moves the crossing by a little more than a unit.
                for (a, b) in zip(left, right) { #expect(abs(a - b) <= 2) }
                crossingCount += left.count
            }
        }
        #expect(crossingCount > 8)
        let unit = side / 4096
        var doubled: Int128 = 0
        for part in geometry.partEnds.indices { doubled += RingArea.doubled(geometry.points, geometry.partRange(part)) }
        let expected = Double(doubled) / 2 / unit / unit
        // Rounding and simplification move each of the edges by at most a few units, in either direction.
        #expect(abs(sum - expected) <= expected * 0.002, "\(sum) of \(expected)")
    }
}
