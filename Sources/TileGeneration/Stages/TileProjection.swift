import FeatureStorage
import PlanarGeometry

/// From the world grid to subunits around a tile: a shift and a subtraction.
///
/// The shift rounds down. Rounding half up to tile units afterwards gives the same as rounding the grid coordinate
/// itself, since floor((floor(a) + 8) / 16) = floor((a + 8) / 16).
enum TileProjection {
    /// The north-west corner of a tile for points that are moved east by halves of the world, in subunits.
    ///
    /// The world is at most 2^30 subunits wide up to zoom 14, and what is moved comes to where the tile is, so differences to
    /// the corner fit, and those between points of a feature stay below 2^30.
    private static func corner(_ tile: TileCoordinate, movedBy halfWorlds: Int8) -> (left: Int32, top: Int32) {
        let halfWorld = Int64(WorldFrame.halfWorld >> shift(tile))
        return (
            Int32(truncatingIfNeeded: Int64(tile.x) << 16 - Int64(halfWorlds) * halfWorld),
            Int32(truncatingIfNeeded: Int64(tile.y) << 16)
        )
    }

    static func subunits(_ point: WorldPoint, _ tile: TileCoordinate, movedBy halfWorlds: Int8 = 0) -> TilePoint {
        let shift = shift(tile)
        let (left, top) = corner(tile, movedBy: halfWorlds)
        return TilePoint(
            x: Int32(truncatingIfNeeded: point.x &>> shift) &- left,
            y: Int32(truncatingIfNeeded: point.y &>> shift) &- top)
    }

    /// All parts; with `closing` the first point of each is repeated at its end.
    static func project(
        _ buffer: GeometryBuffer, _ tile: TileCoordinate, movedBy halfWorlds: Int8 = 0, closing: Bool,
        into path: inout TilePath
    ) {
        path.removeAll()
        let shift = shift(tile)
        let (left, top) = corner(tile, movedBy: halfWorlds)
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
