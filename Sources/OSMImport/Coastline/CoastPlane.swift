import PlanarGeometry

/// The edges of the coast and of the border, with what lies above and below each: the way from any place to the face of the
/// plane that it is in.
///
/// A *side* is one side of a line: what is there may be known by its number alone, or follow from what lies around.
struct CoastPlane {
    enum Side: Hashable {
        /// Beyond the region.
        case beyond
        /// Right of a closed walk along lines and border.
        case walk(Int)
        case insideRing(Int)
        case outsideRing(Int)
    }

    private let strips: EdgeStrips
    private let above: [Side]
    private let below: [Side]
    /// For each side, of the edges that have it above and are not upright, the one that reaches highest.
    private var edgeBelowSide: [Side: Int] = [:]

    struct Builder {
        fileprivate var edges: [EdgeStrips.Edge] = []
        fileprivate var above: [Side] = []
        fileprivate var below: [Side] = []

        mutating func add(_ from: WorldPoint, _ to: WorldPoint, right: Side, left: Side) {
            if from == to { return }
            let edge = EdgeStrips.Edge(from, to)
            edges.append(edge)
            below.append(edge.isReversed ? left : right)
            above.append(edge.isReversed ? right : left)
        }
    }

    init(_ builder: Builder) {
        strips = EdgeStrips(builder.edges)
        above = builder.above
        below = builder.below
        for (index, edge) in builder.edges.enumerated() where edge.west.x < edge.east.x {
            let known = edgeBelowSide[above[index]].map { CoastPlane.top(builder.edges[$0]) }
            if known.map({ CoastPlane.top(edge) < $0 }) ?? true { edgeBelowSide[above[index]] = index }
        }
    }

    /// What lies right below the nearest edge over a point; a point on an edge is taken as below it.
    func side(at point: WorldPoint) -> Side {
        let column = 2 * point.wideX + 1
        let height = ExactFraction(Int128(2 * point.wideY), 1)
        var best: (edge: Int, height: ExactFraction)?
        strips.forEachEdge(atX: point.x) { edge in
            guard let found = self.height(edge, column), found <= height else { return }
            if best == nil || best.map({ $0.height < found }) == true { best = (edge, found) }
        }
        return best.map { below[$0.edge] } ?? .beyond
    }

    private static func top(_ edge: EdgeStrips.Edge) -> UInt32 { min(edge.west.y, edge.east.y) }

    /// The side that the outer side of something belongs to, by looking up from where it reaches highest; `nil` when it has
    /// no edge that is not upright. What is seen from there reaches higher itself, so that following on comes to an end.
    func surroundings(of side: Side) -> Side? {
        guard let start = edgeBelowSide[side] else { return nil }
        let highest = strips.edges[start]
        let x = highest.west.y <= highest.east.y ? highest.west.x : highest.east.x - 1
        let column = 2 * Int64(x) + 1
        var top: ExactFraction?
        strips.forEachEdge(atX: x) { edge in
            guard above[edge] == side, let found = height(edge, column) else { return }
            if top.map({ found < $0 }) ?? true { top = found }
        }
        guard let top else { return nil }
        var best: (edge: Int, height: ExactFraction)?
        strips.forEachEdge(atX: x) { edge in
            guard let found = height(edge, column), found < top else { return }
            if best.map({ $0.height < found }) ?? true { best = (edge, found) }
        }
        return best.map { below[$0.edge] } ?? .beyond
    }

    /// Twice the y of an edge at half a unit east of a column of the grid, `column` being doubled; `nil` when the edge does not
    /// span it. No point of the grid lies there, so that no edge ends there.
    private func height(_ edge: Int, _ column: Int64) -> ExactFraction? {
        let (west, east) = (strips.edges[edge].west, strips.edges[edge].east)
        guard 2 * west.wideX < column, column < 2 * east.wideX else { return nil }
        let run = Int128(east.wideX - west.wideX)
        let rise = Int128(east.wideY - west.wideY)
        return ExactFraction(Int128(2 * west.wideY) * run + rise * Int128(column - 2 * west.wideX), run)
    }
}
