import PlanarGeometry

/// Member ways of an area that goes around the world, for assembling on a flat plane: cut at 180 degrees, and closed there
/// along both edges of the plane, between every second crossing and the next, as the inside lies. Where rings go around the
/// world an odd number of times, the inside reaches to a pole: that of the hemisphere in which most nodes are.
///
/// Points are those of `AreaPlane.degrees`. What comes out has new nodes where segments cross 180 degrees, and along the pole.
struct WaysAroundWorld {
    private static let width = Int64(GeoCoordinate.longitudeLimit) * 2
    private static let height = Int64(GeoCoordinate.latitudeLimit) * 2

    /// Where segments cross 180 degrees.
    private var crossings: [UInt32] = []
    private var nodeCount = 0
    private var sumOfY = 0.0

    init() {}

    /// The stretches of a way between its crossings. Nodes at +180 and -180 degrees are on either edge of the plane, and a
    /// segment from one to the other crosses, though it has no length.
    mutating func cut(_ points: [WorldPoint]) -> [[WorldPoint]] {
        var stretches: [[WorldPoint]] = []
        var stretch: [WorldPoint] = []
        for point in points {
            nodeCount += 1
            sumOfY += Double(point.y)
            if let last = stretch.last, abs(point.wideX - last.wideX) > Self.width / 2 {
                let isEastward = last.x > point.x
                let edge = isEastward ? Self.width : 0
                let onwards = PlanePoint(x: point.wideX + (isEastward ? Self.width : -Self.width), y: point.wideY)
                let y = AntimeridianCut.y(at: edge, PlanePoint(x: last.wideX, y: last.wideY), onwards)
                let crossing = UInt32(clamping: y)
                crossings.append(crossing)
                stretch.append(WorldPoint(x: UInt32(clamping: edge), y: crossing))
                stretches.append(stretch)
                stretch = [WorldPoint(x: UInt32(clamping: Self.width - edge), y: crossing)]
            }
            stretch.append(point)
        }
        stretches.append(stretch)
        return stretches
    }

    /// The edges that close what was cut.
    func closing() -> [[WorldPoint]] {
        var stretches: [[WorldPoint]] = []
        var ends = crossings
        let east = UInt32(clamping: Self.width)
        if !ends.count.isMultiple(of: 2) {
            let pole = sumOfY / Double(nodeCount) > Double(Self.height / 2) ? UInt32(clamping: Self.height) : 0
            ends.append(pole)
            // In quarters, since what is longer than half the world would be taken to go the other way round.
            stretches.append((0...4).map { WorldPoint(x: $0 * (east / 4), y: pole) })
        }
        ends.sort()
        for pair in stride(from: 0, to: ends.count - 1, by: 2) where ends[pair] != ends[pair + 1] {
            for x in [0, east] {
                stretches.append([WorldPoint(x: x, y: ends[pair]), WorldPoint(x: x, y: ends[pair + 1])])
            }
        }
        return stretches
    }
}
