import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@testable import OSMImport

/// Coast that crosses, touches and overlaps itself: what is sea is decided after it was cut there.
@Suite struct CrossingCoastTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var ways: [String]
        var places: String
        var picture: String
        var problems: [String]

        init(_ description: String, _ ways: [String], _ places: String, _ picture: String, _ problems: [String]) {
            testDescription = description
            self.ways = ways
            self.places = places
            self.picture = picture
            self.problems = problems
        }
    }

    private static let crossing = "coastline-crossing w1"

    static let cases = [
        // Lobes of 20 and 10 wide: the left one is an island, the right one runs the wrong way.
        Case(
            "a figure eight in the sea is two islands", ["40,40 60,60 60,40 40,60 20,60 20,40 40,40"],
            "30,50 48,50 58,50 5,5 90,90", "...~~", [crossing]),
        Case(
            "a figure eight in land floods neither the land nor the lobe that is land",
            ["-10,2 110,2", "30,20 30,40 50,60 70,60 50,40 30,60 10,60 10,20 30,20"],
            "20,40 55,58 60,58 48,45 50,90 50,1", ".~~~.~", ["coastline-crossing w2"]),
        Case(
            "equal halves say nothing of the land around them", ["20,20 80,80 80,20 20,80 20,20"],
            "25,50 75,50 50,20 5,5", ".~..", [crossing]),
        Case(
            "coast that loops to the water side keeps its sides",
            ["-10,50 60,50 60,30 40,30 40,70 110,70"], "50,90 20,40 90,40 50,5 55,60 50,40", ".~~~~.",
            [crossing]),
        Case(
            "coast that loops to the land side keeps its sides",
            ["-10,50 60,50 60,70 40,70 40,30 110,30"], "50,90 20,40 90,40 50,20 50,60", ".~.~.", [crossing]),
        Case(
            "a spike is nothing", ["20,20 60,20 60,40 90,40 60,40 60,60 20,60 20,20"], "40,40 70,41 70,39 90,90",
            ".~~~", ["coastline-duplicate w1"]),
        Case(
            "a spike that runs back past its start is nothing",
            ["20,20 60,20 60,40 90,40 50,40 50,60 20,60 20,20"], "40,40 55,30 55,50 70,41 70,39 90,90", "..~~~~",
            [crossing]),
        Case(
            "an island the wrong way round that crosses itself is land",
            ["20,20 20,60 60,60 60,30 55,30 55,65 50,65 50,20 20,20", "-10,95 110,95"], "30,40 52,62 57,50 90,90",
            "...~", [crossing]),
        Case(
            "a bay that the extract's edge closes is sea", ["-10,70 70,70 70,30 -10,30"], "30,50 80,50 30,10 30,90",
            "~...", []),
        Case(
            "a bay whose shores cross ends there", ["70,70 -10,30", "-10,70 70,30"], "10,50 60,50 20,10 20,90 95,50",
            "~....", [crossing, "coastline-gap w2"]),
        Case(
            "an end that runs past the coast that it should join is no matter",
            ["-10,50 60.5,50", "60,49.5 60,110"], "20,80 80,80 20,20 58,52 62,48", ".~~.~",
            [crossing, "coastline-end w1", "coastline-end w2"]),
        Case(
            "land at sea that overlaps the mainland is one with it",
            ["50,-10 50,110", "40,40 60,40 60,60 40,60 40,40"], "20,50 45,50 55,50 70,50 50.5,30", "...~~",
            [crossing]),
        Case(
            "islands that have an edge in common by halves are one",
            ["20,20 50,20 50,50 20,50 20,20", "40,20 70,20 70,50 40,50 40,20"], "30,30 45,30 60,30 45,18 45,52 90,90",
            "...~~~", [crossing]),
        Case(
            "seas that have an edge in common by halves flood no land",
            ["20,20 20,50 50,50 50,20 20,20", "40,20 40,50 70,50 70,20 40,20", "-10,2 110,2"],
            "45,30 45,18 45,52 90,90 50,1", "~...~", [crossing]),
    ]

    @Test(arguments: cases)
    func coastIsCutBeforeItsSidesAreJudged(_ example: Case) async throws {
        let sea = try await MadeUpSea(example.ways)
        #expect(sea.picture(example.places) == example.picture)
        #expect(sea.problems == example.problems)
    }

    /// A pocket that two islands leave to each other is land as long as a third one covers it.
    @Test func aHoleInOverlappingLandIsLandWhereOtherLandIs() async throws {
        let sea = try await MadeUpSea([
            "10,10 90,10 90,90 10,90 10,10", "20,20 80,20 80,80 20,80 20,60 40,60 40,40 20,40 20,20",
            "20,30 30,30 30,70 20,70 20,75 15,75 15,25 20,25 20,30",
        ])
        #expect(sea.picture("35,50 50,50 25,50 12,50 95,95") == "....~")
    }

    /// Islands, however they overlap: sea is what none of them covers.
    @Test(arguments: 0..<30)
    func overlappingIslandsAreTheUnionOfTheirLand(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed) + 901)
        // Every third: rectangles on a coarse raster, so that edges run along each other, one way and the other.
        let islands: [[(Int, Int)]] = (0..<Int.random(in: 2...7, using: &random)).map { _ in
            if seed % 3 == 0 {
                let (x, y) = (Int.random(in: 1...6, using: &random) * 10, Int.random(in: 1...6, using: &random) * 10)
                let (right, top) = (
                    x + Int.random(in: 1...3, using: &random) * 10, y + Int.random(in: 1...3, using: &random) * 10
                )
                return [(x, y), (right, y), (right, top), (x, top)]
            }
            let centre = (x: Int.random(in: 35...65, using: &random), y: Int.random(in: 35...65, using: &random))
            return [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)].map { x, y in
                let reach = Int.random(in: 4...30, using: &random)
                return (centre.x + x * reach, centre.y + y * reach)
            }
        }
        let sea = try await MadeUpSea(
            islands.map { island in
                (island + [island[0]]).map { "\($0.0),\($0.1)" }.joined(separator: " ")
            })
        #expect(!sea.problems.contains { $0.hasPrefix("coastline-end") || $0.hasPrefix("coastline-gap") })
        func point(_ x: Double, _ y: Double) -> WorldPoint {
            WebMercator.worldPoint(GeoCoordinate(longitude: Int32(x * 10_000), latitude: Int32(y * 10_000)))
        }
        let shapes = islands.map { $0.map { point(Double($0.0), Double($0.1)) } }
        for x in stride(from: 2.37, to: 100, by: 7) {
            for y in stride(from: 2.61, to: 100, by: 7) {
                let isLand = shapes.contains {
                    PointInPolygon.locate(point(x, y), inRing: $0, $0.indices) != .outside
                }
                #expect(sea.isSea(x, y) == !isLand, "\(x) \(y) of \(islands)")
            }
        }
    }

    /// Rings without any order: whatever they say, what they wind around as land more often than as sea is not flooded,
    /// and whole pieces and cells agree.
    @Test(arguments: 0..<40)
    func tangledRingsFloodNoLand(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed) + 40)
        // On a coarse raster edges touch, overlap and run back; on a fine one they cross.
        let step = [5, 10, 1][seed % 3]
        let rings: [[(Int, Int)]] = (0..<Int.random(in: 1...4, using: &random)).map { _ in
            (0..<Int.random(in: 3...9, using: &random)).map { _ in
                (
                    Int.random(in: 5...95, using: &random) / step * step,
                    Int.random(in: 5...95, using: &random) / step * step
                )
            }
        }
        let sea = try await MadeUpSea(
            rings.map { ring in (ring + [ring[0]]).map { "\($0.0),\($0.1)" }.joined(separator: " ") })
        func point(_ x: Double, _ y: Double) -> WorldPoint {
            WebMercator.worldPoint(GeoCoordinate(longitude: Int32(x * 10_000), latitude: Int32(y * 10_000)))
        }
        let shapes = rings.map { $0.map { point(Double($0.0), Double($0.1)) } }
        for x in stride(from: 2.37, to: 100, by: 7) {
            for y in stride(from: 2.61, to: 100, by: 7) {
                let isSea = sea.isSea(x, y)
                #expect(isSea != nil, "\(x) \(y) of \(rings)")
                let windings = shapes.reduce(0) { $0 + Self.windings(of: $1, around: point(x, y)) }
                #expect(isSea != true || windings <= 0, "\(x) \(y) of \(rings)")
            }
        }
    }

    /// How often a ring goes around a point that is not on it, counter-clockwise as seen: by the edges below it.
    private static func windings(of ring: [WorldPoint], around point: WorldPoint) -> Int {
        var count = 0
        for (index, b) in ring.enumerated() {
            let a = ring[(index + ring.count - 1) % ring.count]
            guard (a.x <= point.x) != (b.x <= point.x) else { continue }
            // South of the point, eastwards, and it is on the left.
            let side = SegmentIntersection.orientation(a, b, point)
            if a.x < b.x, side < 0 { count += 1 }
            if a.x > b.x, side > 0 { count -= 1 }
        }
        return count
    }
}
