import PlanarGeometry
import TestSupport
import Testing

@testable import TileServing

@Suite struct TileCoverageTests {
    private func tile(_ zoom: UInt8, _ x: UInt32, _ y: UInt32) throws -> TileCoordinate {
        try #require(TileCoordinate(zoom: zoom, x: x, y: y))
    }

    @Test func holdsTheTilesThatTouchTheBounds() throws {
        let vaduz = TileCoverage(minZoom: 5, maxZoom: 14, bounds: (9.4, 47.0, 9.7, 47.3))
        #expect(!vaduz.contains(try tile(4, 8, 5)))
        #expect(vaduz.contains(try tile(5, 16, 11)))
        #expect(!vaduz.contains(try tile(5, 17, 11)))
        #expect(!vaduz.contains(try tile(15, 17250, 11500)))
    }

    @Test(arguments: 0..<50)
    func agreesWithTheTilesOfPointsInsideTheBounds(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let west = Double.random(in: -180...180, using: &random)
        let east = Double.random(in: -180...180, using: &random)
        let latitudes = [Double.random(in: -85...85, using: &random), Double.random(in: -85...85, using: &random)]
            .sorted()
        let coverage = TileCoverage(minZoom: 0, maxZoom: 14, bounds: (west, latitudes[0], east, latitudes[1]))
        let width = west <= east ? east - west : east - west + 360
        for _ in 0..<50 {
            var longitude = west + Double.random(in: 0...1, using: &random) * width
            if longitude > 180 { longitude -= 360 }
            let latitude = Double.random(in: latitudes[0]...latitudes[1], using: &random)
            let point = try #require(GeoCoordinate(longitudeDegrees: longitude, latitudeDegrees: latitude))
            for zoom in [UInt8(0), 3, 9, 14] {
                let tile = TileCoordinate(containing: WebMercator.worldPoint(point), zoom: zoom)
                #expect(coverage.contains(tile), "seed \(seed): \(longitude) \(latitude) in \(tile)")
            }
        }
    }

    @Test func aPointIsInOneTilePerZoom() throws {
        let point = TileCoverage(minZoom: 0, maxZoom: 14, bounds: (10, 50, 10, 50))
        let all = (0..<16).flatMap { x in (0..<16).map { (UInt32(x), UInt32($0)) } }
        #expect(try all.filter { point.contains(try tile(4, $0.0, $0.1)) }.count == 1)
    }

    @Test func boundsThatAreNoPlaceMeanTheWorld() throws {
        for bounds in [(0.0, 10.0, 1.0, 5.0), (-500, 0, 500, 1), (.nan, 0, 1, 1)] as [(Double, Double, Double, Double)]
        {
            #expect(TileCoverage(minZoom: 0, maxZoom: 3, bounds: bounds).contains(try tile(3, 7, 0)))
        }
    }

    @Test func worldBoundsHoldTheEdgeTiles() throws {
        let world = TileCoverage(
            minZoom: 0, maxZoom: 14, bounds: (-180, -85.05112877980659, 180, 85.0511287798066))
        for (x, y) in [(0, 0), (7, 0), (0, 7), (7, 7)] as [(UInt32, UInt32)] {
            #expect(world.contains(try tile(3, x, y)))
        }
    }
}
