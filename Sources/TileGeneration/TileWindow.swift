import PlanarGeometry

/// What a tile looks at: its box and a buffer around it, on a world that goes on past 180 degrees.
///
/// A tile at the world's edge sees what lies on the other side within its buffer, as if the world came again there; and what
/// is stored in the turned frame, half a world from where it is. So tiles meet without a seam, and a shape in the tiles is the same
/// wherever it lies. At zoom 0 the tile sees both its own edges from the other side.
struct TileWindow: Equatable {
    /// Grid units of the standard frame; below 0 and above 2^32 - 1 lies the world again.
    let minX: Int64
    let maxX: Int64
    /// Cut at the world's upper and lower edge.
    let minY: UInt32
    let maxY: UInt32

    /// Where in a frame the tile looks.
    struct View: Equatable {
        var frame: WorldFrame
        /// How far records must be moved east to come to where the tile sees them, in halves of the world.
        var halfWorlds: Int8
        /// What of the frame the tile sees.
        var box: WorldBox
    }

    private init(minX: Int64, maxX: Int64, minY: UInt32, maxY: UInt32) {
        self.minX = minX
        self.maxX = maxX
        self.minY = minY
        self.maxY = maxY
    }

    /// The buffer in grid units, at most half the world.
    init(_ tile: TileCoordinate, buffer: UInt32) {
        let grown = tile.box.grown(by: buffer)
        self.init(
            minX: Int64(tile.box.minX) - Int64(buffer), maxX: Int64(tile.box.maxX) + Int64(buffer), minY: grown.minY,
            maxY: grown.maxY)
    }

    func grown(by margin: UInt32) -> TileWindow {
        let rows = WorldBox(minX: 0, minY: minY, maxX: 0, maxY: maxY).grown(by: margin)
        return TileWindow(
            minX: minX - Int64(margin), maxX: maxX + Int64(margin), minY: rows.minY, maxY: rows.maxY)
    }

    /// What of a frame's records, moved east by that many halves of the world, is in the window; `nil` when nothing can be.
    private func view(_ frame: WorldFrame, _ halfWorlds: Int8) -> View? {
        let move = Int64(halfWorlds) * Int64(WorldFrame.halfWorld)
        let last = Int64(UInt32.max)
        let (left, right) = (minX - move, maxX - move)
        if right < 0 || left > last { return nil }
        let box = WorldBox(minX: UInt32(max(left, 0)), minY: minY, maxX: UInt32(min(right, last)), maxY: maxY)
        return View(frame: frame, halfWorlds: halfWorlds, box: box)
    }

    /// Everything the tile sees: mostly one view, at the world's edge more, and one or two of the turned frame.
    func views(turned: Bool) -> [View] {
        var views: [View] = []
        for halfWorlds in [0, -2, 2] as [Int8] { if let view = view(.standard, halfWorlds) { views.append(view) } }
        if turned {
            for halfWorlds in [-1, 1] as [Int8] { if let view = view(.turned, halfWorlds) { views.append(view) } }
        }
        return views
    }
}
