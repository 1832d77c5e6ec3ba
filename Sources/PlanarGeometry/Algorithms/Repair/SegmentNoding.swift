/// Cutting segments of the world grid where they meet, so that they have nothing but ends in common.
public enum SegmentNoding {
    /// A directed stretch of a segment.
    public struct Piece: Hashable, Sendable {
        public var from: WorldPoint
        public var to: WorldPoint
        /// Index of its segment.
        public var segment: Int
    }

    /// The pieces of all segments, segment by segment, each from its start to its end; `nil` when more segments cross than
    /// `PolygonRepair.crossingLimit`.
    ///
    /// Pieces may be equal or run against each other, where segments overlapped. If none cross, nothing moves: segments
    /// are cut at the ends that lie exactly on them. Otherwise crossings go to the nearest grid point and segments bend to
    /// ends and crossings less than 0.71 grid units away (hot pixels: Hobby 1999, doi:10.1016/S0925-7721(99)00021-8), after
    /// which no two cross (Guibas and Marimont 1998, doi:10.1142/S0218195998000096). A segment without length has no piece.
    ///
    /// Exact, and the same for the same segments in the same order. n log n and the number of crossings, as a rule; see
    /// `BoxSweep`.
    public static func pieces(of segments: [(from: WorldPoint, to: WorldPoint)]) -> [Piece]? {
        if segments.isEmpty { return [] }
        var repair = RingRepair<WorldRepairGrid>()
        for (index, segment) in segments.enumerated() where segment.from != segment.to {
            repair.addSegment(segment.from, segment.to, Int32(truncatingIfNeeded: index))
        }
        if repair.edges.isEmpty { return [] }
        guard repair.makeFragments() else { return nil }
        return repair.fragments.map { fragment in
            let low = WorldRepairGrid.point(WorldRepairGrid.upper(fragment.ends))
            let high = WorldRepairGrid.point(WorldRepairGrid.lower(fragment.ends))
            return fragment.direction > 0
                ? Piece(from: low, to: high, segment: Int(fragment.ring))
                : Piece(from: high, to: low, segment: Int(fragment.ring))
        }
    }
}

extension RingRepair {
    /// An edge that belongs to no ring and is next to no other.
    fileprivate mutating func addSegment(_ from: Point, _ to: Point, _ number: Int32) {
        edges.append(Edge(a: from, b: to, next: -1, ring: number))
        points.append(from)
        points.append(to)
        // Its ends are vertices like those of a ring.
        if rings.isEmpty { rings.append(Ring(start: 0, end: 0, polygon: 0, role: .exterior, source: 0)) }
        rings[0].end = points.count
    }
}
