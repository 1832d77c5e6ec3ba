import OSMModel
import PlanarGeometry

/// A stretch of coastline between two neighbouring nodes, in a frame: land on its left, water on its right.
struct CoastSegment {
    var from: WorldPoint
    var to: WorldPoint
    /// Id of its way.
    var way: Int64
    /// How often it is there.
    var copies = 1

    /// Larger of the two sides of its box: a length that is the same on every machine.
    var extent: Int64 { max(abs(to.wideX - from.wideX), abs(to.wideY - from.wideY)) }
}

/// The segments of all coastline ways that come near a region.
struct CoastSegments {
    private(set) var segments: [CoastSegment] = []
    /// Where segments were cut inside.
    private(set) var cuts: Set<WorldPoint> = []
    private let region: SeaRegion

    init(near region: SeaRegion) { self.region = region }

    /// Adds the stretch of a way between two nodes. What crosses the frame's edge is cut there.
    mutating func add(_ from: WorldPoint, _ to: WorldPoint, way: Int64) {
        let a = region.frame.point(from)
        let b = region.frame.point(to)
        let run = b.wideX - a.wideX
        if abs(run) <= 1 << 31 {
            append(a, b, way)
            return
        }
        // The short way round leads over the edge.
        let width: Int64 = 1 << 32
        let toEdge = run < 0 ? width - a.wideX : -a.wideX
        let whole = run < 0 ? run + width : run - width
        let rise = Int128(b.wideY - a.wideY) * Int128(toEdge)
        let y = UInt32(a.wideY + ExactFraction.rounded(whole < 0 ? -rise : rise, Int128(abs(whole))))
        append(a, WorldPoint(x: run < 0 ? .max : 0, y: y), way)
        append(WorldPoint(x: run < 0 ? 0 : .max, y: y), b, way)
    }

    private mutating func append(_ a: WorldPoint, _ b: WorldPoint, _ way: Int64) {
        guard a != b, SegmentIntersection.intersects(a, b, region.box) else { return }
        segments.append(CoastSegment(from: a, to: b, way: way))
    }

    /// Leaves one of equal segments, which counts them. Two that run against each other have land on both sides, and neither
    /// is left. Returns what is to be reported: a pair of ways once, without cuts along 180 degrees, which are nobody's
    /// mistake. n log n.
    mutating func dropDuplicates() -> [MapProblem] {
        func key(_ segment: CoastSegment) -> (UInt64, UInt64, Bool) {
            let from = UInt64(segment.from.x) << 32 | UInt64(segment.from.y)
            let to = UInt64(segment.to.x) << 32 | UInt64(segment.to.y)
            return from < to ? (from, to, false) : (to, from, true)
        }
        let keyed = segments.indices.map { (key: key(segments[$0]), index: $0) }
            .sorted { left, right in
                if left.key.0 != right.key.0 { return left.key.0 < right.key.0 }
                if left.key.1 != right.key.1 { return left.key.1 < right.key.1 }
                return left.index < right.index
            }
        var isDropped = [Bool](repeating: false, count: segments.count)
        var problems: [MapProblem] = []
        var reported: Set<[Int64]> = []
        var start = 0
        while start < keyed.count {
            var end = start + 1
            while end < keyed.count, keyed[end].key.0 == keyed[start].key.0, keyed[end].key.1 == keyed[start].key.1 {
                end += 1
            }
            defer { start = end }
            if end - start == 1 { continue }
            let group = keyed[start..<end]
            // What runs one way more often than the other.
            let balance = group.reduce(0) { $0 + segments[$1.index].copies * ($1.key.2 ? -1 : 1) }
            let survivor = group.first { $0.key.2 == (balance < 0) && balance != 0 }?.index
            for entry in group { isDropped[entry.index] = entry.index != survivor }
            if let survivor { segments[survivor].copies = abs(balance) }
            let kept = segments[keyed[start].index]
            if let meridian = region.frame.meridian, kept.from.x == meridian, kept.to.x == meridian { continue }
            for entry in group.dropFirst() {
                let other = segments[entry.index]
                guard reported.insert([kept.way, other.way]).inserted else { continue }
                problems.append(
                    MapProblem(
                        .coastlineDuplicate, ElementID(.way, other.way), at: region.frame.coordinate(other.from),
                        other: ElementID(.way, kept.way)))
            }
        }
        var next = 0
        segments.removeAll { _ in
            defer { next += 1 }
            return isDropped[next]
        }
        return problems
    }

    /// Cuts segments where they cross, touch or overlap, so that they have only ends in common; the same again costs nothing.
    /// With more crossings than can be worked out they stay as they are.
    mutating func split() {
        guard let pieces = SegmentNoding.pieces(of: segments.map { ($0.from, $0.to) }) else { return }
        segments = pieces.map { piece in
            if piece.to != segments[piece.segment].to { cuts.insert(piece.to) }
            return CoastSegment(
                from: piece.from, to: piece.to, way: segments[piece.segment].way,
                copies: segments[piece.segment].copies)
        }
        // Where they overlapped; that was reported as what it is.
        _ = dropDuplicates()
    }
}
