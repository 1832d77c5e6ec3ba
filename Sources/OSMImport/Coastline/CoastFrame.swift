import PlanarGeometry

/// The world grid turned so that its edge lies where an extract has nothing: an extract that crosses 180 degrees is then as
/// plain as any other. Points of the frame are `WorldPoint` whose x counts from the seam.
struct CoastFrame: Equatable {
    /// Column of the world grid where the frame begins; 0 leaves everything as it is.
    let seam: UInt32

    init(seam: UInt32 = 0) { self.seam = seam }

    /// Column of the frame on which the meridian of 180 degrees lies; `nil` when that is the frame's edge.
    var meridian: UInt32? { seam == 0 ? nil : 0 &- seam }

    /// From the world grid. In a turned frame +180 degrees, which the grid keeps on its last column, falls onto -180.
    @inline(__always)
    func point(_ world: WorldPoint) -> WorldPoint {
        if seam == 0 { return world }
        return WorldPoint(x: (world.x == .max ? 0 : world.x) &- seam, y: world.y)
    }

    func world(_ point: WorldPoint) -> WorldPoint { WorldPoint(x: point.x &+ seam, y: point.y) }

    func coordinate(_ point: WorldPoint) -> GeoCoordinate { WebMercator.coordinate(world(point)) }

    /// Turns an area of the frame back, cut at 180 degrees into areas that each lie in the world.
    func worldAreas(_ rings: RingList) -> [RingList] {
        guard let meridian else { return [rings] }
        var areas: [RingList] = []
        let west = rings.clipped(to: WorldBox(minX: 0, minY: 0, maxX: meridian, maxY: .max))
        if !west.isEmpty {
            // West of the meridian: what lies on it belongs to the last column.
            areas.append(west.mapped { WorldPoint(x: $0.x == meridian ? .max : $0.x &+ seam, y: $0.y) })
        }
        let east = rings.clipped(to: WorldBox(minX: meridian, minY: 0, maxX: .max, maxY: .max))
        if !east.isEmpty { areas.append(east.mapped(world)) }
        return areas
    }

    /// Where a set of occupied stretches of longitude leaves its widest gap: the frame whose seam is in the middle of it. The
    /// seam stays at 180 degrees unless the stretches cross it and fill less than half of the world.
    ///
    /// - Parameter stretches: west and east column of each, west not above east.
    static func around(_ stretches: [(west: UInt32, east: UInt32)]) -> CoastFrame {
        let sorted = stretches.sorted { ($0.west, $0.east) < ($1.west, $1.east) }
        guard let first = sorted.first else { return CoastFrame() }
        var reach = first.east
        var widest: (start: UInt32, width: UInt32) = (0, 0)
        for stretch in sorted.dropFirst() {
            if stretch.west > reach, stretch.west - reach > widest.width { widest = (reach, stretch.west - reach) }
            reach = max(reach, stretch.east)
        }
        let gapAtEdge = UInt64(first.west) + UInt64(UInt32.max - reach)
        guard UInt64(widest.width) > gapAtEdge, widest.width > 1 << 31 else { return CoastFrame() }
        return CoastFrame(seam: widest.start + widest.width / 2)
    }
}
