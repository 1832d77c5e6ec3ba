import ByteCoding
import FeatureStorage
import PlanarGeometry

/// The nodes of ways with their positions. Shared by all threads; read-only.
struct WayLocator: Sendable {
    let ways: CollectedWays
    /// Which of them count, and where each is.
    let lookup: ElementLookup
    let locations: NodeLocationIndex
    /// For files that put positions on ways.
    let locationsOnWays: NodeLocationIndex

    /// A way's nodes and points while they are looked up, with memory that is reused.
    struct Buffer {
        var nodes: [Int64] = []
        /// Position in the index of nodes; -1 when the file lacks the node.
        var positions: [Int] = []
        /// For each node whether a position is known.
        var isLocated: [Bool] = []
        var points: [WorldPoint] = []
        var exact: [Geometry.ExactCoordinate] = []
        fileprivate var hint = NodeLocationIndex.Hint()
        fileprivate var wayHint = NodeLocationIndex.Hint()

        init() {}

        var isComplete: Bool { !isLocated.contains(false) }

        /// Where a node is, in 1e-7 degree, as in the file; `nil` without a position.
        func coordinate(_ index: Int) -> GeoCoordinate? {
            guard isLocated[index] else { return nil }
            return exact.first { $0.index == index }?.coordinate ?? WebMercator.coordinate(points[index])
        }

        /// The first position that is known.
        var firstCoordinate: GeoCoordinate? { isLocated.firstIndex(of: true).flatMap(coordinate) }

        /// Every node's position; for ways that are complete.
        var coordinates: [GeoCoordinate] {
            var result = points.map(WebMercator.coordinate)
            for found in exact { result[found.index] = found.coordinate }
            return result
        }

        var hasNodeTwiceInARow: Bool {
            for index in nodes.indices.dropFirst() where nodes[index] == nodes[index - 1] { return true }
            return false
        }

        /// Four references and more, the first and last the same node.
        var isClosed: Bool { nodes.count >= 4 && nodes.first == nodes.last }
    }

    func load(_ way: Int, into buffer: inout Buffer) throws {
        buffer.nodes.removeAll(keepingCapacity: true)
        buffer.positions.removeAll(keepingCapacity: true)
        buffer.isLocated.removeAll(keepingCapacity: true)
        buffer.points.removeAll(keepingCapacity: true)
        buffer.exact.removeAll(keepingCapacity: true)
        let range = ways.referenceBytes(way)
        var cursor = ByteCursor(ways.references.byteSpan, at: range.lowerBound)
        var id: Int64 = 0
        while cursor.offset < range.upperBound {
            id = id &+ (try cursor.zigzag())
            buffer.nodes.append(id)
            let position = locations.position(ofNode: id, hint: &buffer.hint)
            buffer.positions.append(position ?? -1)
            var point = position.flatMap { locations.point(at: $0) }
            var exact = point == nil ? nil : position.flatMap { locations.exactCoordinate(at: $0) }
            if point == nil, locationsOnWays.count > 0,
                let other = locationsOnWays.position(ofNode: id, hint: &buffer.wayHint)
            {
                point = locationsOnWays.point(at: other)
                exact = locationsOnWays.exactCoordinate(at: other)
            }
            if let exact { buffer.exact.append(.init(index: buffer.points.count, coordinate: exact)) }
            buffer.isLocated.append(point != nil)
            buffer.points.append(point ?? WorldPoint(x: 0, y: 0))
        }
    }
}
