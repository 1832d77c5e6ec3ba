import PlanarGeometry
import TileSchemas

/// Squares of a tile, and how many points each may still take.
struct PointGrid {
    private let shift: Int32
    private let most: Int
    private var taken: [TilePoint: Int] = [:]

    /// `nil` where the layer sets no limit at this zoom.
    init?(_ layer: LayerSettings, zoom: Int) {
        guard let grid = layer.pointGrid, zoom < grid.belowZoom else { return nil }
        shift = Int32(PointGrid.side(grid).trailingZeroBitCount)
        most = grid.most
    }

    /// Takes a point, in tile units, unless its square is full.
    mutating func takes(_ point: TilePoint) -> Bool {
        let square = TilePoint(x: point.x >> shift, y: point.y >> shift)
        let count = taken[square, default: 0]
        if count >= most { return false }
        taken[square] = count + 1
        return true
    }

    /// How far beyond a layer's buffer a tile has to look at this zoom, in tile units, so that squares are judged as a whole.
    static func reach(_ layer: LayerSettings, zoom: Int) -> Int32 {
        guard let grid = layer.pointGrid, zoom < grid.belowZoom else { return 0 }
        return side(grid)
    }

    private static func side(_ grid: PointGridLimit) -> Int32 { Int32(grid.pixels) * TileRecipe.extent / 256 }
}

extension TileOutput {
    /// Drops points beyond their layer's grid limit, then those that came for the sake of their square alone. `pending` is in order.
    mutating func limitPoints(zoom: Int) {
        var start = 0
        var kept: [Pending]?
        while start < pending.count {
            let layer = layers[pending[start].layer]
            var end = start
            while end < pending.count, pending[end].layer == pending[start].layer { end += 1 }
            if var grid = PointGrid(layer, zoom: zoom) {
                if kept == nil { kept = Array(pending[..<start]) }
                let box = TileBox(
                    minX: -layer.buffer, minY: -layer.buffer, maxX: TileRecipe.extent + layer.buffer,
                    maxY: TileRecipe.extent + layer.buffer)
                for feature in pending[start..<end] {
                    let point = paths.points[feature.points.lowerBound]
                    if grid.takes(point), box.contains(point) { kept?.append(feature) }
                }
            } else {
                kept?.append(contentsOf: pending[start..<end])
            }
            start = end
        }
        if let kept { pending = kept }
    }
}
