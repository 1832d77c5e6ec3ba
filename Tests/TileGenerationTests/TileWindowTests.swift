import PlanarGeometry
import Testing

@testable import TileGeneration

@Suite("What a tile looks at")
struct TileWindowTests {
    private static func views(_ tile: TileCoordinate, turned: Bool = false) -> [TileWindow.View] {
        TileWindow(tile, buffer: 100).views(turned: turned)
    }

    @Test("A tile inside the world has one view, and one of the turned frame on its own side")
    func inside() {
        let tile = TileCoordinate(3, 5, 2)
        #expect(Self.views(tile) == [.init(frame: .standard, halfWorlds: 0, box: tile.box.grown(by: 100))])
        let turned = Self.views(tile, turned: true).filter { $0.frame == .turned }
        #expect(turned.map(\.halfWorlds) == [1])
        #expect(turned[0].box.minX == tile.box.minX - 100 - 1 << 31)
        #expect(Self.views(TileCoordinate(3, 2, 2), turned: true).map(\.halfWorlds) == [0, -1])
        // With its buffer it reaches over Greenwich, where the turned frame ends.
        #expect(Self.views(TileCoordinate(3, 4, 2), turned: true).map(\.halfWorlds) == [0, -1, 1])
    }

    @Test("A tile at the world's edge sees the other side within its buffer")
    func edge() {
        let west = Self.views(TileCoordinate(3, 0, 0))
        #expect(west.map(\.halfWorlds) == [0, -2])
        #expect(west[1].box == WorldBox(minX: .max - 99, minY: 0, maxX: .max, maxY: west[0].box.maxY))
        let east = Self.views(TileCoordinate(3, 7, 0))
        #expect(east.map(\.halfWorlds) == [0, 2])
        #expect(east[1].box == WorldBox(minX: 0, minY: 0, maxX: 99, maxY: east[0].box.maxY))
    }

    @Test("The tile of the world sees both sides of itself, and the turned frame twice")
    func world() {
        let views = Self.views(TileCoordinate(0, 0, 0), turned: true)
        #expect(views.map(\.halfWorlds) == [0, -2, 2, -1, 1])
        #expect(views[0].box == .world)
        #expect(views[3].box.minX == 1 << 31 - 100)
        #expect(views[4].box.maxX == 1 << 31 + 99)
    }
}
