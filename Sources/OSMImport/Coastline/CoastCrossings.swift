import OSMModel
import PlanarGeometry

/// Finds coast that crosses, touches or overlaps other coast without a common node.
enum CoastCrossings {
    /// Each pair of ways once, at the first place where they meet. Compares what shares a strip, from north to south.
    static func problems(_ segments: [CoastSegment], _ strips: EdgeStrips, _ frame: CoastFrame) -> [MapProblem] {
        var problems: [MapProblem] = []
        var reported: Set<[Int64]> = []
        for strip in 0..<strips.stripCount {
            let numbers = strips.edges(inStrip: strip)
                .map { (top: min(strips.edges[Int($0)].west.y, strips.edges[Int($0)].east.y), number: Int($0)) }
                .sorted { ($0.top, $0.number) < ($1.top, $1.number) }
            for (rank, upper) in numbers.enumerated() {
                let a = strips.edges[upper.number]
                let bottom = max(a.west.y, a.east.y)
                for lower in numbers[(rank + 1)...] {
                    if lower.top > bottom { break }
                    let b = strips.edges[lower.number]
                    guard a.west.x <= b.east.x, b.west.x <= a.east.x, meet(a, b) else { continue }
                    let (first, second) = (
                        min(segments[upper.number].way, segments[lower.number].way),
                        max(segments[upper.number].way, segments[lower.number].way)
                    )
                    guard reported.insert([first, second]).inserted else { continue }
                    problems.append(
                        MapProblem(
                            .coastlineCrossing, ElementID(.way, first), at: frame.coordinate(place(a, b)),
                            other: first == second ? nil : ElementID(.way, second)))
                }
            }
        }
        return problems
    }

    private static func meet(_ a: EdgeStrips.Edge, _ b: EdgeStrips.Edge) -> Bool {
        switch SegmentIntersection.relation(a.west, a.east, b.west, b.east) {
        case .disjoint: false
        case .crossing, .overlapping: true
        case .touching: !(a.west == b.west || a.west == b.east || a.east == b.west || a.east == b.east)
        }
    }

    /// The end of one that is nearest to the other's middle stands for the place.
    private static func place(_ a: EdgeStrips.Edge, _ b: EdgeStrips.Edge) -> WorldPoint {
        let middle = (x: (b.west.wideX + b.east.wideX) / 2, y: (b.west.wideY + b.east.wideY) / 2)
        func distance(_ point: WorldPoint) -> Int64 { max(abs(point.wideX - middle.x), abs(point.wideY - middle.y)) }
        return distance(a.west) <= distance(a.east) ? a.west : a.east
    }
}
