/// A part of the world that tiles are chosen by: boxes, or what rings go round.
public struct WorldRegion: Equatable, Sendable {
    /// How a box lies to a region.
    public enum Relation: Sendable {
        case outside
        /// It shares points with the region; touching counts.
        case partly
        /// All of it lies in the region.
        case covered
    }

    /// A ring of the world grid, of either orientation, its first point not repeated.
    public struct Ring: Sendable {
        public var points: [WorldPoint]
        /// Whether it takes its area away.
        public var isHole: Bool

        public init(points: [WorldPoint], isHole: Bool) {
            self.points = points
            self.isHole = isHole
        }
    }

    private struct Edge: Equatable, Sendable {
        var from: WorldPoint
        var to: WorldPoint
    }

    private let boxes: [WorldBox]
    /// Of exteriors turned to positive area and holes to negative: the region is where they go round more than not at all.
    private var edges: [Edge] = []
    /// Around each `blockSize` edges, which lie near each other.
    private var blocks: [WorldBox] = []
    private static let blockSize = 32

    /// Everything in one of the boxes.
    public init(boxes: [WorldBox]) { self.boxes = boxes }

    /// Everything that exteriors cover more often than holes do.
    public init(rings: [Ring]) {
        boxes = []
        for ring in rings where ring.points.count > 2 {
            let isPositive = RingArea.doubled(ring.points, ring.points.indices) > 0
            let points = isPositive == ring.isHole ? ring.points.reversed() : ring.points
            var before = points[points.count - 1]
            for point in points {
                edges.append(Edge(from: before, to: point))
                before = point
            }
        }
        for start in stride(from: 0, to: edges.count, by: WorldRegion.blockSize) {
            var box = WorldBox(edges[start].from)
            for edge in edges[start..<min(start + WorldRegion.blockSize, edges.count)] {
                box.extend(by: edge.from)
                box.extend(by: edge.to)
            }
            blocks.append(box)
        }
    }

    /// Exact. Cost: a test for every box, or for every 32 edges and the edges near `box`.
    public func relation(of box: WorldBox) -> Relation {
        if edges.isEmpty {
            if boxes.contains(where: { $0.contains(box) }) { return .covered }
            return boxes.contains { $0.intersects(box) } ? .partly : .outside
        }
        for (number, block) in blocks.enumerated() where block.intersects(box) {
            if self.block(number).contains(where: { SegmentIntersection.intersects($0.from, $0.to, box) }) {
                return .partly
            }
        }
        return winding(around: WorldPoint(x: box.minX, y: box.minY)) > 0 ? .covered : .outside
    }

    private func block(_ number: Int) -> ArraySlice<Edge> {
        edges[number * WorldRegion.blockSize..<min((number + 1) * WorldRegion.blockSize, edges.count)]
    }

    /// How often the rings go round a point that lies on none: by the edges west of it.
    private func winding(around point: WorldPoint) -> Int {
        var winding = 0
        for (number, block) in blocks.enumerated()
        where block.minX <= point.x && block.minY <= point.y && point.y <= block.maxY {
            for edge in self.block(number) where (edge.from.y <= point.y) != (edge.to.y <= point.y) {
                let side = SegmentIntersection.orientation(edge.from, edge.to, point)
                let isNorthward = edge.to.y < edge.from.y
                if isNorthward ? side < 0 : side > 0 { continue }
                winding += isNorthward ? 1 : -1
            }
        }
        return winding
    }
}
