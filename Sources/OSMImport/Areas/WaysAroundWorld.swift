import PlanarGeometry

/// Member ways of an area that goes around the world, for assembling on the flat grid: cut at 180 degrees, and closed there
/// along both edges of the grid, between every second crossing and the next, as the inside lies. Where rings go around the
/// world an odd number of times, the inside reaches to a pole: that of the hemisphere in which most nodes are.
///
/// What comes out has new nodes where segments cross 180 degrees, and along the pole.
struct WaysAroundWorld {
    private static let width: Int64 = 1 << 32

    /// Where segments cross 180 degrees.
    private var crossings: [UInt32] = []
    private var nodeCount = 0
    private var sumOfY = 0.0
    /// Coordinates of the new nodes, which the grid does not hold.
    private(set) var exact: [WorldPoint: GeoCoordinate] = [:]

    init() {}

    /// The stretches of a way between its crossings. Nodes at +180 and -180 degrees are on either edge of the grid, and a
    /// segment from one to the other crosses, though it has no length.
    mutating func cut(_ points: [WorldPoint]) -> [[WorldPoint]] {
        var stretches: [[WorldPoint]] = []
        var stretch: [WorldPoint] = []
        for point in points {
            nodeCount += 1
            sumOfY += Double(point.y)
            if let last = stretch.last, abs(point.wideX - last.wideX) > Self.width / 2 {
                let isEastward = last.x > point.x
                let onwards = PlanePoint(x: point.wideX + (isEastward ? Self.width : -Self.width), y: point.wideY)
                let y = AntimeridianCut.y(
                    at: isEastward ? Self.width : 0, PlanePoint(x: last.wideX, y: last.wideY), onwards)
                let crossing = UInt32(clamping: y)
                crossings.append(crossing)
                stretch.append(edgeNode(isEastern: isEastward, crossing))
                stretches.append(stretch)
                stretch = [edgeNode(isEastern: !isEastward, crossing)]
            }
            stretch.append(point)
        }
        stretches.append(stretch)
        return stretches
    }

    /// The edges that close what was cut.
    mutating func closing() -> [[WorldPoint]] {
        var stretches: [[WorldPoint]] = []
        var ends = crossings
        if !ends.count.isMultiple(of: 2) {
            let pole: UInt32 = sumOfY / Double(nodeCount) > Double(Self.width / 2) ? .max : 0
            ends.append(pole)
            // In quarters, since what is longer than half the world would be taken to go the other way round.
            let quarter: UInt32 = 1 << 30
            let nodes = [quarter, 2 * quarter, 3 * quarter].map { newNode(WorldPoint(x: $0, y: pole)) }
            stretches.append([edgeNode(isEastern: false, pole)] + nodes + [edgeNode(isEastern: true, pole)])
        }
        ends.sort()
        for pair in stride(from: 0, to: ends.count - 1, by: 2) where ends[pair] != ends[pair + 1] {
            for isEastern in [false, true] {
                stretches.append([
                    edgeNode(isEastern: isEastern, ends[pair]), edgeNode(isEastern: isEastern, ends[pair + 1]),
                ])
            }
        }
        return stretches
    }

    private mutating func edgeNode(isEastern: Bool, _ y: UInt32) -> WorldPoint {
        newNode(WorldPoint(x: isEastern ? .max : 0, y: y))
    }

    /// On the edge of the grid: the last column is +180 degrees, the first and last row are the poles.
    private mutating func newNode(_ point: WorldPoint) -> WorldPoint {
        var coordinate = WebMercator.coordinate(point)
        if point.x == .max { coordinate.longitude = GeoCoordinate.longitudeLimit }
        if point.y == 0 { coordinate.latitude = GeoCoordinate.latitudeLimit }
        if point.y == .max { coordinate.latitude = -GeoCoordinate.latitudeLimit }
        if !WebMercator.isExact(coordinate) { exact[point] = coordinate }
        return point
    }
}
