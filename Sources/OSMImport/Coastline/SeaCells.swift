import PlanarGeometry

/// A sea cut into the cells of a quadtree, so that a tile reads only what is near it, and a cell without coast is a rectangle.
///
/// A cell reaches over its edge by `overlap`: as far as a tile of its zoom looks, so that a cell without coast covers all that
/// its tiles show, and more than simplification moves a line at the lowest zoom that shows cells. A cell without coast may be
/// larger than those of the lowest zoom.
struct SeaCells {
    /// The zoom of the largest cells with coast: that from which on tiles are made of cells.
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
        for child in tile.children {
            let box = box(of: child)
            let cut = rings.clipped(to: box)
            let area = cut.doubledArea
            // Holes alone, or an exterior that only touches, are no sea.
            if area <= 0 { continue }
            let isFull = cut.count == 1 && area == 2 * Int128(box.maxX - box.minX) * Int128(box.maxY - box.minY)
            let isSmall = cut.points.count <= SeaCells.pointLimit || child.zoom >= SeaCells.lastZoom
            if isFull || child.zoom >= lowestZoom && isSmall { cells.append(cut) } else { divide(cut, child) }
        }
    }

    private func box(of tile: TileCoordinate) -> WorldBox {
        func units(_ count: UInt64, _ zoom: UInt8) -> UInt64 { TileCoordinate.side(zoom: zoom) / 4096 * count }
        let overlap = max(
            units(SeaCells.overlapInUnits, tile.zoom), units(SeaCells.leastOverlapInUnits, lowestZoom))
        return tile.box.grown(by: UInt32(overlap))
    }
}
