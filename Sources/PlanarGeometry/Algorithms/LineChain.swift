/// Joins lines that meet end to end, in the order in which they come, turning them where needed.
///
/// A line that meets neither end that is open begins a new one, so branches keep all of their geometry. Closed lines
/// (roundabouts) stay apart, and what runs past them goes on. The segments of the result are those of the lines given,
/// each as often as it came. Linear in the number of points.
public struct LineChain {
    /// Two points are one place only when what the grid cannot hold of them is the same too.
    private struct Vertex: Equatable {
        var point: WorldPoint
        var exact: GeoCoordinate?
    }

    private var current: [Vertex] = []
    /// Whether `current` is one line as it came, whose direction nothing has settled.
    private var mayTurn = false
    private var next: [Vertex] = []

    public init() {}

    /// Adds a line of at least two points; shorter ones are passed over. Lines that are done are appended to `geometry`.
    /// - Parameters:
    ///   - exact: coordinates that the grid cannot hold, with indexes into `points`, ascending.
    ///   - closing: repeat the first point at the end.
    public mutating func append(
        _ points: ArraySlice<WorldPoint>, exact: [Geometry.ExactCoordinate] = [], closing: Bool = false,
        to geometry: inout Geometry
    ) {
        next.removeAll(keepingCapacity: true)
        for point in points { next.append(Vertex(point: point)) }
        for exact in exact where points.indices.contains(exact.index) {
            next[exact.index - points.startIndex].exact = exact.coordinate
        }
        if closing, let first = next.first { next.append(first) }
        guard next.count >= 2, let first = next.first, let last = next.last else { return }
        if first == last { return LineChain.write(next, to: &geometry) }
        if join(first, last) { return }
        LineChain.write(current, to: &geometry)
        swap(&current, &next)
        mayTurn = true
    }

    /// Appends the line that is still open.
    public mutating func finish(into geometry: inout Geometry) {
        LineChain.write(current, to: &geometry)
        current.removeAll(keepingCapacity: true)
    }

    /// Whether `next`, which runs from `first` to `last`, could be put behind `current`.
    private mutating func join(_ first: Vertex, _ last: Vertex) -> Bool {
        guard let start = current.first, let end = current.last else { return false }
        if end != first, end != last {
            guard mayTurn, start == first || start == last else { return false }
            current.reverse()
        }
        if current.last == first {
            current += next.dropFirst()
        } else {
            current += next.reversed().dropFirst()
        }
        mayTurn = false
        return true
    }

    private static func write(_ line: [Vertex], to geometry: inout Geometry) {
        if line.isEmpty { return }
        for vertex in line {
            if let exact = vertex.exact {
                geometry.exactCoordinates.append(.init(index: geometry.points.count, coordinate: exact))
            }
            geometry.points.append(vertex.point)
        }
        geometry.endPart()
    }
}
