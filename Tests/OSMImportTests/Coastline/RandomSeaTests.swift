import OSMImport
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

/// Seeded archipelagos on a raster, against the raster itself.
@Suite struct RandomSeaTests {
    /// Cells of land and water; a cell is ten thousandths of a degree wide.
    private struct Raster {
        let width: Int
        var isLand: [Bool]

        init(width: Int, landInTen: Int, _ random: inout SeededGenerator) {
            self.width = width
            isLand = (0..<width * width).map { _ in Int.random(in: 0..<10, using: &random) < landInTen }
            // Blobs instead of noise: each cell as most of its neighbours, twice.
            for _ in 0..<2 {
                let before = self
                for y in 0..<width {
                    for x in 0..<width {
                        var votes = 0
                        for (dx, dy) in [(-1, 0), (1, 0), (0, -1), (0, 1), (0, 0)] {
                            votes += before.land(x + dx, y + dy) ? 1 : -1
                        }
                        isLand[y * width + x] = votes > 0
                    }
                }
            }
        }

        /// Beyond the raster it goes on as at its edge.
        func land(_ x: Int, _ y: Int) -> Bool {
            isLand[min(max(y, 0), width - 1) * width + min(max(x, 0), width - 1)]
        }

        /// The coast with the land on its left, as single segments, also a cell beyond the raster.
        func segments() -> [(from: (Int, Int), to: (Int, Int))] {
            var segments: [(from: (Int, Int), to: (Int, Int))] = []
            for y in -1...width {
                for x in -1...width {
                    // North is up: heading north with land in the west.
                    if land(x, y), !land(x + 1, y) { segments.append(((x + 1, y), (x + 1, y + 1))) }
                    if !land(x, y), land(x + 1, y) { segments.append(((x + 1, y + 1), (x + 1, y))) }
                    if land(x, y), !land(x, y + 1) { segments.append(((x + 1, y + 1), (x, y + 1))) }
                    if !land(x, y), land(x, y + 1) { segments.append(((x, y + 1), (x + 1, y + 1))) }
                }
            }
            return segments
        }
    }

    @Test(arguments: 0..<24)
    func archipelagosAreAsTheirRaster(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed) + 77)
        let width = 14
        let raster = Raster(width: width, landInTen: 3 + seed % 5, &random)
        var segments = raster.segments()
        segments.shuffle(using: &random)
        var builder = OSMBuilder()
        func id(_ place: (Int, Int)) -> Int64 { Int64((place.1 + 5) * 1000 + place.0 + 5) }
        func degrees(_ cells: Int) -> Int32 { Int32(cells) * 100_000 }
        var known: Set<Int64> = []
        for (from, to) in segments {
            for place in [from, to] where known.insert(id(place)).inserted {
                builder.addNode(id(place), GeoCoordinate(longitude: degrees(place.0), latitude: degrees(place.1)))
            }
        }
        for (number, segment) in segments.enumerated() {
            builder.addWay(Int64(number) + 1, [id(segment.from), id(segment.to)], [("natural", "coastline")])
        }
        // The bounds run through the middle of cells in every second case, else along their edges.
        let inset = seed % 2 == 0 ? 50_000 : 0
        let sea = try await MadeUpSea(builder) {
            $0.bounds = (
                GeoCoordinate(longitude: Int32(inset), latitude: Int32(inset)),
                GeoCoordinate(
                    longitude: degrees(width) - Int32(inset), latitude: degrees(width) - Int32(inset))
            )
        }
        if segments.isEmpty { return }
        #expect(sea.problems == [])
        for y in 0..<width {
            for x in 0..<width {
                let place = WebMercator.worldPoint(
                    GeoCoordinate(
                        longitude: degrees(x) + (x == 0 ? 70_000 : 30_000),
                        latitude: degrees(y) + (y == 0 ? 70_000 : 30_000)))
                #expect(sea.isSea(place) == !raster.land(x, y), "cell \(x) \(y)")
            }
        }
    }
}
