import PlanarGeometry
import TestSupport
import Testing

@testable import TileGeneration

@Suite("Projection and rounding")
struct TileQuantizationTests {
    @Test(
        "Subunits rounded half up are the grid coordinate rounded half up, at every zoom",
        arguments: 0...14 as ClosedRange<UInt8>)
    func directRounding(zoom: UInt8) {
        var generator = SeededGenerator(seed: UInt64(zoom))
        let side = TileCoordinate.side(zoom: zoom)
        for round in 0..<2000 {
            var point = WorldPoint(
                x: .random(in: 0...(.max), using: &generator), y: .random(in: 0...(.max), using: &generator))
            // Every other point near the border between two tile units.
            if round.isMultiple(of: 2) {
                let unit = UInt32(side / 4096)
                point.x = point.x / unit * unit &+ unit / 2 &+ .random(in: 0...2, using: &generator) &- 1
            }
            let tile = TileCoordinate(containing: point, zoom: zoom)
            let neighbours = [
                tile, TileCoordinate(zoom: zoom, x: tile.x &- 1, y: tile.y),
                TileCoordinate(zoom: zoom, x: tile.x, y: tile.y + 1),
            ]
            for tile in neighbours.compactMap({ $0 }) {
                let subunits = TileProjection(tile).subunits(point)
                let rounded = TilePoint(x: TileQuantization.round(subunits.x), y: TileQuantization.round(subunits.y))
                #expect(rounded == tile.directlyRounded(point), "\(point) in \(tile)")
            }
        }
    }

    @Test("Half a unit goes up, towards the south and east, on both sides of zero")
    func halves() {
        #expect([-25, -24, -9, -8, 7, 8, 23, 24].map { TileQuantization.round($0) } == [-2, -1, -1, 0, 0, 1, 1, 2])
    }

    @Test("Lines lose points that fall together, and parts of which one point is left")
    func lines() {
        func points(_ xs: Int32...) -> [TilePoint] { xs.map { TilePoint(x: $0, y: 0) } }
        var result = TilePath()
        TileQuantization.lines(
            TilePath(parts: [points(0, 3, 16, 17, 32), points(1, 2, 3), points(160, 176)]), into: &result)
        #expect(result == TilePath(parts: [points(0, 1, 2), points(10, 11)]))
    }
}
