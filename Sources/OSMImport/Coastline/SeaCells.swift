import PlanarGeometry

/// A sea cut into the cells of a quadtree, so that a tile reads only what is near it, and a cell without coast is a rectangle.
///
/// A cell reaches over its edge by `overlap`: as far as a tile of its zoom looks, so that a cell without coast covers all that
/// its tiles show, and more than simplification moves a line at the lowest zoom that shows cells.
struct SeaCells {
    /// The zoom of the largest cells: that from which on tiles are made of cells.
    let lowestZoom: UInt8
    private(set) var cells: [RingList] = []

    /// A cell of more points is divided, down to the last zoom.
    static let pointLimit = 400
    static let lastZoom: UInt8 = 14
    /// In units of a tile of the cell's zoom: the buffer of a layer, and four for rounding.
    static let overlapInUnits: UInt64 = 68
    /// In units of a tile of the lowest zoom.
    static let leastOverlapInUnits: UInt64 = 4

    /// Cost: the points times the zooms.
    init(_ sea: RingList, lowestZoom: UInt8) {
        self.lowestZoom = lowestZoom
        if let root = TileCoordinate(zoom: 0, x: 0, y: 0) { divide(sea, root) }
    }

    private mutating func divide(_ rings: RingList, _ tile: TileCoordinate) {
        if rings.isEmpty { return }
        if tile.zoom >= lowestZoom, rings.points.count <= SeaCells.pointLimit || tile.zoom >= SeaCells.lastZoom {
            cells.append(rings)
            return
        }
        for child in tile.children { divide(clipped(rings, to: child), child) }
    }

    private func clipped(_ rings: RingList, to tile: TileCoordinate) -> RingList {
        func units(_ count: UInt64, _ zoom: UInt8) -> UInt64 { TileCoordinate.side(zoom: zoom) / 4096 * count }
        let overlap = max(
            units(SeaCells.overlapInUnits, tile.zoom), units(SeaCells.leastOverlapInUnits, lowestZoom))
        let box = tile.box.grown(by: UInt32(overlap))
        let cut = rings.clipped(to: box)
        // Holes alone, or an exterior that only touches, are no sea.
        return cut.doubledArea > 0 ? cut : RingList()
    }
}
