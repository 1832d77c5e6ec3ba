import FeatureStorage
import PlanarGeometry

/// From the world grid to subunits around a tile: a shift and a subtraction.
///
/// The shift rounds down. Rounding half up to tile units afterwards gives the same as rounding the grid coordinate
/// itself, since floor((floor(a) + 8) / 16) = floor((a + 8) / 16).
enum TileProjection {
    static func subunits(_ point: WorldPoint, _ tile: TileCoordinate) -> TilePoint {
        let shift = shift(tile)
        return TilePoint(
            x: Int32(truncatingIfNeeded: Int64(point.x >> shift) - Int64(tile.x) << 16),
            y: Int32(truncatingIfNeeded: Int64(point.y >> shift) - Int64(tile.y) << 16))
    }

    /// All parts; with `closing` the first point of each is repeated at its end.
    static func project(_ buffer: GeometryBuffer, _ tile: TileCoordinate, closing: Bool, into path: inout TilePath) {
        path.removeAll()
        let shift = shift(tile)
        // The world is at most 2^30 subunits wide up to zoom 14, so differences fit.
        let left = Int32(truncatingIfNeeded: Int64(tile.x) << 16)
        let top = Int32(truncatingIfNeeded: Int64(tile.y) << 16)
        path.points.reserveCapacity(buffer.points.count + buffer.partEnds.count)
        var start = 0
        for end in buffer.partEnds {
            let first = path.points.count
            for index in start..<end {
                let point = buffer.points[index]
                path.points.append(
                    TilePoint(
                        x: Int32(truncatingIfNeeded: point.x &>> shift) &- left,
                        y: Int32(truncatingIfNeeded: point.y &>> shift) &- top))
            }
            if closing, end > start { path.points.append(path.points[first]) }
            path.endPart()
            start = end
        }
    }

    private static func shift(_ tile: TileCoordinate) -> UInt32 {
        precondition(tile.zoom <= 14, "tiles are made for zooms 0 to 14")
        return 16 - UInt32(tile.zoom)
    }
}
