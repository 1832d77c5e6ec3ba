import FeatureStorage
import PlanarGeometry

/// From the world grid to subunits around a tile, a shift and a subtraction, of the vertices that a rank keeps.
///
/// The shift rounds down. Rounding half up to tile units afterwards gives the same as rounding the grid coordinate
/// itself, since floor((floor(a) + 8) / 16) = floor((a + 8) / 16). Vertices depend on the feature, never on the tile, so
/// neighbouring tiles agree.
struct TileProjection {
    private let shift: UInt32
    private let left: Int32
    private let top: Int32
    private let rank: UInt8

    /// Points are moved east by halves of the world.
    ///
    /// The world is at most 2^30 subunits wide up to zoom 14, and what is moved comes to where the tile is, so differences to
    /// the corner fit, and those between points of a feature stay below 2^30.
    init(_ tile: TileCoordinate, movedBy halfWorlds: Int8 = 0, rank: UInt8 = VertexRank.finest) {
        precondition(tile.zoom <= 14, "tiles are made for zooms 0 to 14")
        shift = 16 - UInt32(tile.zoom)
        let halfWorld = Int64(WorldFrame.halfWorld >> shift)
        left = Int32(truncatingIfNeeded: Int64(tile.x) << 16 - Int64(halfWorlds) * halfWorld)
        top = Int32(truncatingIfNeeded: Int64(tile.y) << 16)
        self.rank = rank
    }

    @inline(__always)
    func subunits(_ point: WorldPoint) -> TilePoint {
        TilePoint(
            x: Int32(truncatingIfNeeded: point.x &>> shift) &- left,
            y: Int32(truncatingIfNeeded: point.y &>> shift) &- top)
    }

    /// Makes `path` of all parts; with `closing` the first point of each is repeated at its end.
    func appendParts(of buffer: GeometryBuffer, closing: Bool, to path: inout TilePath) {
        path.removeAll()
        path.points.reserveCapacity(buffer.points.count + buffer.partEnds.count)
        var start = 0
        for end in buffer.partEnds {
            let first = path.points.count
            append(buffer, start..<end, to: &path.points)
            if closing, path.points.count > first { path.points.append(path.points[first]) }
            path.endPart()
            start = end
        }
    }

    /// Makes `path` of all rings of which three vertices are left; with an exterior its interiors go.
    func appendRings(of buffer: GeometryBuffer, allExterior: Bool, to path: inout TilePolygonPath) {
        path.removeAll()
        path.rings.points.reserveCapacity(buffer.points.count)
        var start = 0
        var hasExterior = false
        for (part, end) in buffer.partEnds.enumerated() {
            let isExterior = allExterior || buffer.isExterior[part]
            let first = path.rings.points.count
            if isExterior || hasExterior { append(buffer, start..<end, to: &path.rings.points) }
            let isRing = path.rings.points.count - first >= 3
            if isRing {
                path.endRing(isExterior ? .exterior : .interior)
            } else {
                path.rings.points.removeLast(path.rings.points.count - first)
            }
            if isExterior { hasExterior = isRing }
            start = end
        }
    }

    private func append(_ buffer: GeometryBuffer, _ range: Range<Int>, to points: inout [TilePoint]) {
        if rank == VertexRank.finest || buffer.ranks.isEmpty {
            for index in range { points.append(subunits(buffer.points[index])) }
        } else {
            for index in range where buffer.ranks[index] <= rank { points.append(subunits(buffer.points[index])) }
        }
    }
}
