import PlanarGeometry
import TestSupport
import Testing

@testable import TileArchives

@Suite struct PMTilesTileIDTests {
    static let table: [(UInt8, UInt32, UInt32, UInt64)] = [
        (0, 0, 0, 0), (1, 0, 0, 1), (1, 0, 1, 2), (1, 1, 1, 3), (1, 1, 0, 4), (2, 0, 0, 5), (2, 3, 0, 20),
        (3, 7, 7, 63),
        (12, 3423, 1763, 19_078_479), (14, 0, 0, 89_478_485), (14, 8297, 10748, 239_147_278),
        (31, 2_147_483_647, 2_147_483_647, 4_611_686_018_427_387_903),
    ]

    @Test("Known tiles have their known ids, both ways", arguments: table)
    func knownIDs(zoom: UInt8, x: UInt32, y: UInt32, id: UInt64) {
        #expect(PMTilesTileID.id(tile(zoom, x, y)) == id)
        #expect(PMTilesTileID.coordinate(id) == tile(zoom, x, y))
    }

    @Test("The first ids count one by one through the zooms, each tile once")
    func idsAreDense() {
        var seen: Set<TileCoordinate> = []
        for id in 0..<PMTilesTileID.first(zoom: 6) {
            guard let coordinate = PMTilesTileID.coordinate(id) else {
                Issue.record("id \(id) has no tile")
                continue
            }
            #expect(PMTilesTileID.id(coordinate) == id)
            #expect(PMTilesTileID.zoom(id) == coordinate.zoom)
            seen.insert(coordinate)
        }
        #expect(seen.count == 1365)
    }

    @Test("Random tiles of all zooms come back from their ids")
    func randomTiles() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            let zoom = UInt8.random(in: 0...31, using: &random)
            let side = UInt32(1) << UInt32(zoom)
            let coordinate = tile(
                zoom, .random(in: 0..<side, using: &random), .random(in: 0..<side, using: &random))
            #expect(PMTilesTileID.coordinate(PMTilesTileID.id(coordinate)) == coordinate)
        }
    }

    @Test("Behind the last tile of zoom 31 there is none")
    func limit() {
        let end = PMTilesTileID.first(zoom: 32)
        #expect(end == 6_148_914_691_236_517_205)
        #expect(PMTilesTileID.coordinate(end - 1)?.zoom == 31)
        #expect(PMTilesTileID.coordinate(end) == nil)
        #expect(PMTilesTileID.coordinate(.max) == nil)
    }
}
