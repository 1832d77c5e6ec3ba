import PlanarGeometry
import TestSupport
import Testing

@Suite struct HilbertCurveTests {
    /// PMTiles 3: the curves of all zooms one after another.
    private func tileID(_ zoom: UInt8, _ x: UInt32, _ y: UInt32) -> UInt64 {
        ((1 << (2 * UInt64(zoom))) - 1) / 3 + HilbertCurve.index(x: x, y: y, order: Int(zoom))
    }

    @Test("PMTiles 3, TileID: known values")
    func knownTileIDs() {
        let known: [(UInt8, UInt32, UInt32, UInt64)] = [
            (0, 0, 0, 0), (1, 0, 0, 1), (1, 0, 1, 2), (1, 1, 1, 3), (1, 1, 0, 4), (2, 0, 0, 5), (2, 3, 0, 20),
            (3, 7, 7, 63), (12, 3423, 1763, 19_078_479), (14, 0, 0, 89_478_485), (14, 8297, 10748, 239_147_278),
            (31, (1 << 31) - 1, (1 << 31) - 1, 4_611_686_018_427_387_903),
        ]
        for (zoom, x, y, id) in known { #expect(tileID(zoom, x, y) == id, "\(zoom)/\(x)/\(y)") }
    }

    @Test func theCurveVisitsEveryCellOnceAndStepsToNeighbours() {
        for order in 0...6 {
            let side = UInt32(1) << UInt32(order)
            var cells = [(x: UInt32, y: UInt32)?](repeating: nil, count: Int(side * side))
            for x in 0..<side {
                for y in 0..<side {
                    let index = Int(HilbertCurve.index(x: x, y: y, order: order))
                    #expect(cells[index] == nil)
                    cells[index] = (x, y)
                    #expect(HilbertCurve.position(index: UInt64(index), order: order) == (x, y))
                }
            }
            for (first, second) in zip(cells, cells.dropFirst()) {
                guard let first, let second else { continue }
                let distance = abs(Int(first.x) - Int(second.x)) + abs(Int(first.y) - Int(second.y))
                #expect(distance == 1)
            }
        }
    }

    @Test func positionInvertsIndexAtEveryOrder() {
        var generator = SeededGenerator(seed: 91)
        for order in 1...32 {
            let mask = UInt32.max >> UInt32(32 - order)
            for _ in 0..<200 {
                let (x, y) = (
                    UInt32.random(in: 0...mask, using: &generator), UInt32.random(in: 0...mask, using: &generator)
                )
                let index = HilbertCurve.index(x: x, y: y, order: order)
                #expect(HilbertCurve.position(index: index, order: order) == (x, y))
            }
        }
    }
}

@Suite struct TileCoordinateTests {
    @Test func coordinatesOutsideTheirZoomAreRefused() {
        #expect(TileCoordinate(zoom: 0, x: 0, y: 0) != nil)
        #expect(TileCoordinate(zoom: 0, x: 1, y: 0) == nil)
        #expect(TileCoordinate(zoom: 3, x: 7, y: 8) == nil)
        #expect(TileCoordinate(zoom: 31, x: (1 << 31) - 1, y: 0) != nil)
        #expect(TileCoordinate(zoom: 32, x: 0, y: 0) == nil)
    }

    @Test func theTileOfAPointHoldsItAtEveryZoom() throws {
        var generator = SeededGenerator(seed: 92)
        for zoom in UInt8(0)...31 {
            for _ in 0..<50 {
                let point = WorldPoint(
                    x: UInt32.random(in: 0 ... .max, using: &generator),
                    y: UInt32.random(in: 0 ... .max, using: &generator))
                let tile = TileCoordinate(containing: point, zoom: zoom)
                #expect(tile.box.contains(point))
                #expect(UInt64(tile.box.maxX - tile.box.minX) + 1 == TileCoordinate.side(zoom: zoom))
                #expect(TileCoordinate(zoom: zoom, x: tile.x, y: tile.y) == tile)
                if zoom > 0 { #expect(tile.parent == TileCoordinate(containing: point, zoom: zoom - 1)) }
            }
        }
        #expect(TileCoordinate(containing: WorldPoint(x: .max, y: .max), zoom: 0).box == .world)
    }

    @Test func childrenFollowTheCurveAndFillTheirParent() throws {
        let tile = try #require(TileCoordinate(zoom: 5, x: 17, y: 11))
        let children = tile.children
        #expect(children.count == 4)
        #expect(children.map(\.hilbertIndex) == (0..<4).map { tile.hilbertIndex * 4 + $0 })
        #expect(children.allSatisfy { $0.parent == tile && tile.box.contains($0.box) })
        #expect(try #require(TileCoordinate(zoom: 31, x: 0, y: 0)).children.isEmpty)
        #expect(try #require(TileCoordinate(zoom: 0, x: 0, y: 0)).parent == nil)
        #expect(tile.description == "5/17/11")
    }
}
