import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport

/// Features of every size all over the world, for comparisons of whole pyramids.
enum RandomMap {
    static func coordinate(_ generator: inout SeededGenerator) -> GeoCoordinate {
        let point = WorldPoint(
            x: .random(in: 0...(.max), using: &generator), y: .random(in: 0...(.max), using: &generator))
        return WebMercator.coordinate(point)
    }

    /// Points on the way from one to another, off to the sides at random, on the grid.
    static func wandering(
        from start: GeoCoordinate, to end: GeoCoordinate, count: Int, width: Double, _ generator: inout SeededGenerator
    ) -> [GeoCoordinate] {
        let (a, b) = (WebMercator.worldPoint(start), WebMercator.worldPoint(end))
        return (0..<count).map { step in
            let share = Double(step) / Double(max(1, count - 1))
            func mix(_ from: UInt32, _ to: UInt32) -> UInt32 {
                let value =
                    Double(from) + (Double(to) - Double(from)) * share + .random(in: -width...width, using: &generator)
                return UInt32(min(max(value, 0), 4_294_967_295))
            }
            return WebMercator.coordinate(WorldPoint(x: mix(a.x, b.x), y: mix(a.y, b.y)))
        }
    }

    static func builder(seed: UInt64) -> OSMBuilder {
        var generator = SeededGenerator(seed: seed)
        var builder = OSMBuilder()
        var nextNode: Int64 = 1
        func nodes(_ coordinates: [GeoCoordinate]) -> [Int64] {
            for coordinate in coordinates {
                builder.addNode(nextNode, coordinate)
                nextNode += 1
            }
            return Array((nextNode - Int64(coordinates.count))..<nextNode)
        }
        // Corners and edges of the world, and what lies beyond.
        for coordinate in [
            GeoCoordinate(-180, 85.0511287), GeoCoordinate(180, -85.0511287), GeoCoordinate(179.9999999, 0),
            GeoCoordinate(0, 89),
            GeoCoordinate(-180, -90),
        ] {
            builder.addNode(nextNode, coordinate, [("point", "edge")])
            nextNode += 1
        }
        for _ in 0..<6 {
            builder.addNode(nextNode, coordinate(&generator), [("point", "a")])
            nextNode += 1
        }
        // Long diagonals, straight and wandering; some past the threshold of chunks.
        for number in 1...6 as ClosedRange<Int64> {
            let width =
                Double.random(in: 0...1, using: &generator) < 0.4
                ? 0 : Double.random(in: 1000...20_000_000, using: &generator)
            let line = wandering(
                from: coordinate(&generator), to: coordinate(&generator),
                count: number == 1 ? 2 : .random(in: 3...700, using: &generator),
                width: width, &generator)
            builder.addWay(number, nodes(line), [(number.isMultiple(of: 2) ? "line" : "road", "\(number % 3)")])
        }
        // Round shapes: polygons, only labels, closed lines with labels, late ones.
        let kinds = [
            [("ground", "a")], [("point", "b")], [("line", "c"), ("point", "c")], [("late", "d")],
            [("ground", "e"), ("point", "e")],
        ]
        for number in 11...22 as ClosedRange<Int64> {
            let center = WebMercator.worldPoint(coordinate(&generator))
            let radius = Double(UInt64(1) << UInt64.random(in: 10...30, using: &generator))
            let count = Int.random(in: 3...400, using: &generator)
            builder.addWay(
                number, closed(nodes(round(center, radius, count, &generator))), kinds[Int(number) % kinds.count])
        }
        // A large polygon with a hole.
        let center = WorldPoint(x: 2_000_000_000, y: 1_500_000_000)
        builder.addWay(31, closed(nodes(round(center, 1_200_000_000, 300, &generator))))
        builder.addWay(32, closed(nodes(round(center, 500_000_000, 40, &generator))))
        let members = [31, 32].map { RelationMember(element: ElementID(.way, $0), role: "") }
        builder.addRelation(1, members, [("type", "multipolygon"), ("ground", "large")])
        return builder
    }

    static func closed(_ nodes: [Int64]) -> [Int64] { nodes + nodes.prefix(1) }

    /// A ring seen from its centre, its radius between `least` times `radius` and all of it.
    static func round(
        _ center: WorldPoint, _ radius: Double, _ count: Int, least: Double = 0.7, _ generator: inout SeededGenerator
    )
        -> [GeoCoordinate]
    {
        (0..<count).map { step in
            // Steps of a square's outline instead of a circle's: no trigonometry, and exact corners.
            let side = Double(step) * 4 / Double(count)
            let along = side - side.rounded(.down)
            let (x, y): (Double, Double) =
                switch Int(side) {
                case 0: (-1 + 2 * along, -1)
                case 1: (1, -1 + 2 * along)
                case 2: (1 - 2 * along, 1)
                default: (-1, 1 - 2 * along)
                }
            let length = radius * .random(in: least...1, using: &generator)
            func clamped(_ value: Double) -> UInt32 { UInt32(min(max(value, 0), 4_294_967_295)) }
            return WebMercator.coordinate(
                WorldPoint(x: clamped(Double(center.x) + x * length), y: clamped(Double(center.y) + y * length)))
        }
    }

    static func tiles(zooms: ClosedRange<UInt8>) -> [TileCoordinate] {
        zooms.flatMap { zoom in
            (0..<(1 << UInt32(zoom))).flatMap { y in (0..<(1 << UInt32(zoom))).map { x in TileCoordinate(zoom, x, y) } }
        }
    }
}
