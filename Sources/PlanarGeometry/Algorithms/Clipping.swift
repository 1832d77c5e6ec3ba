/// Memory that `Clipping` reuses from call to call.
public struct ClippingScratch: Sendable {
    /// A ring between the cut along x and the cut along y.
    var ring: [TilePoint] = []

    public init() {}
}

/// Cutting lines and rings at the edges of a box. The box's edges belong to it.
///
/// Coordinates are subunits (`TilePoint`), each below 2^30 in size. Where a segment meets an edge, the point is the
/// exact one rounded half up, computed from the segment's ends in an order of their own: the two tiles on either side
/// of a shared edge, and the two directions of travel, get the same point. Results are identical on every machine.
public enum Clipping {
    /// The parts of lines inside a box, in their order. A line that leaves and comes back makes several parts; one
    /// that only touches the box makes none. Repeated points are dropped. Linear in the number of points.
    ///
    /// After Liang and Barsky 1984, with the parameters kept as exact fractions.
    public static func clipLines(_ source: TilePath, to box: TileBox, into destination: inout TilePath) {
        destination.removeAll()
        for part in 0..<source.partCount {
            let range = source.partRange(part)
            guard let bounds = Bounds.box(of: source.points, range), bounds.intersects(box) else { continue }
            if box.contains(bounds) {
                for index in range { append(source.points[index], to: &destination) }
            } else {
                var index = range.lowerBound &+ 1
                while index < range.upperBound {
                    clipSegment(source.points[index &- 1], source.points[index], to: box, into: &destination)
                    index &+= 1
                }
            }
            endLine(&destination)
        }
    }

    /// The points inside a box, each a part of its own.
    public static func clipPoints(_ source: TilePath, to box: TileBox, into destination: inout TilePath) {
        destination.removeAll()
        for point in source.points where box.contains(point) {
            destination.points.append(point)
            destination.endPart()
        }
    }

    /// Rings cut to a box, with their roles.
    ///
    /// The area inside the box is that of the source, winding numbers included; a ring that comes back into the box
    /// has doubled edges along the box between its visits, which `PolygonRepair` takes away. Rings without area in
    /// the box are dropped, and with an exterior its interior rings. Orientation and start are kept for rings inside.
    /// Linear in the number of points.
    ///
    /// After Sutherland and Hodgman 1974, two opposite edges at a time so that every cut is made on whole segments.
    public static func clipRings(
        _ source: TilePolygonPath, to box: TileBox, into destination: inout TilePolygonPath,
        scratch: inout ClippingScratch
    ) {
        destination.removeAll()
        var hasExterior = false
        for ring in 0..<source.ringCount {
            let role = source.roles[ring]
            if role == .interior, !hasExterior { continue }
            let start = destination.rings.points.count
            clipRing(source.rings.points, source.rings.partRange(ring), to: box, into: &destination, scratch: &scratch)
            let isKept = destination.rings.points.count > start
            if isKept { destination.endRing(role) }
            if role == .exterior { hasExterior = isKept }
        }
    }
}

extension Clipping {
    /// Appends what is left of one ring, or nothing.
    private static func clipRing(
        _ points: [TilePoint], _ range: Range<Int>, to box: TileBox, into destination: inout TilePolygonPath,
        scratch: inout ClippingScratch
    ) {
        guard range.count >= 3, let bounds = Bounds.box(of: points, range) else { return }
        if box.contains(bounds) {
            destination.rings.points.append(contentsOf: points[range])
            return
        }
        // What only touches the box from outside has no area in it.
        if bounds.maxX <= box.minX || bounds.minX >= box.maxX || bounds.maxY <= box.minY || bounds.minY >= box.maxY {
            return
        }
        let start = destination.rings.points.count
        if bounds.minX >= box.minX, bounds.maxX <= box.maxX {
            cut(points, range, from: box.minY, to: box.maxY, alongX: false, into: &destination.rings.points)
        } else if bounds.minY >= box.minY, bounds.maxY <= box.maxY {
            cut(points, range, from: box.minX, to: box.maxX, alongX: true, into: &destination.rings.points)
        } else {
            scratch.ring.removeAll(keepingCapacity: true)
            cut(points, range, from: box.minX, to: box.maxX, alongX: true, into: &scratch.ring)
            let rest = scratch.ring.indices
            cut(scratch.ring, rest, from: box.minY, to: box.maxY, alongX: false, into: &destination.rings.points)
        }
        let end = destination.rings.points.count
        guard end - start >= 3, let left = Bounds.box(of: destination.rings.points, start..<end),
            left.minX < left.maxX, left.minY < left.maxY
        else {
            destination.rings.points.removeLast(end - start)
            return
        }
    }

    /// Cuts a ring to the strip `low...high` of one coordinate.
    ///
    ///     low       high
    ///      |   b'    |        a is before the strip: enter at a'
    ///      | /   \   |        c is behind it: leave at c'
    ///      a'     \  |
    ///    / |       \ |
    ///   a  |        c'--c
    @inline(__always)
    private static func cut(
        _ points: [TilePoint], _ range: Range<Int>, from low: Int32, to high: Int32, alongX: Bool,
        into output: inout [TilePoint]
    ) {
        guard !range.isEmpty else { return }
        let start = output.count
        var previous = points[range.upperBound &- 1]
        var index = range.lowerBound
        while index < range.upperBound {
            let current = points[index]
            let from = alongX ? previous.x : previous.y
            let to = alongX ? current.x : current.y
            if from < low {
                if to > low { push(crossing(previous, current, at: low, alongX: alongX), since: start, to: &output) }
            } else if from > high {
                if to < high { push(crossing(previous, current, at: high, alongX: alongX), since: start, to: &output) }
            }
            if to > high {
                if from < high {
                    push(crossing(previous, current, at: high, alongX: alongX), since: start, to: &output)
                }
            } else if to < low {
                if from > low { push(crossing(previous, current, at: low, alongX: alongX), since: start, to: &output) }
            } else {
                push(current, since: start, to: &output)
            }
            previous = current
            index &+= 1
        }
        while output.count - start > 1, output[output.count - 1] == output[start] { output.removeLast() }
    }

    @inline(__always)
    private static func push(_ point: TilePoint, since start: Int, to output: inout [TilePoint]) {
        if output.count > start, output[output.count &- 1] == point { return }
        output.append(point)
    }

    /// Where a segment meets the line x = `position` (or y), which lies strictly between its ends.
    @inline(__always)
    private static func crossing(_ a: TilePoint, _ b: TilePoint, at position: Int32, alongX: Bool) -> TilePoint {
        if alongX {
            let (p, q) = a.x < b.x ? (a, b) : (b, a)
            let step = scaled(Int64(q.y) &- Int64(p.y), Int64(position) &- Int64(p.x), Int64(q.x) &- Int64(p.x))
            return TilePoint(x: position, y: Int32(truncatingIfNeeded: Int64(p.y) &+ step))
        }
        let (p, q) = a.y < b.y ? (a, b) : (b, a)
        let step = scaled(Int64(q.x) &- Int64(p.x), Int64(position) &- Int64(p.y), Int64(q.y) &- Int64(p.y))
        return TilePoint(x: Int32(truncatingIfNeeded: Int64(p.x) &+ step), y: position)
    }

    /// length * part / whole, rounded half up; `whole` positive, all below 2^31 in size.
    @inline(__always)
    private static func scaled(_ length: Int64, _ part: Int64, _ whole: Int64) -> Int64 {
        let product = length &* part
        var quotient = product / whole
        var remainder = product % whole
        if remainder < 0 {
            quotient &-= 1
            remainder &+= whole
        }
        return 2 &* remainder >= whole ? quotient &+ 1 : quotient
    }
}

extension Clipping {
    /// How far along a segment something is: a fraction from 0 to 1 and the edge of the box that it lies on.
    private struct Position {
        var numerator: Int64
        var denominator: Int64
        /// The coordinate of the edge; without meaning at an end of the segment.
        var edge: Int32
        var isAlongX: Bool

        @inline(__always)
        func isAfter(_ other: Position) -> Bool {
            numerator &* other.denominator > other.numerator &* denominator
        }
    }

    /// Appends the part of one segment inside the box to the current part, and ends the part where it leaves.
    private static func clipSegment(_ a: TilePoint, _ b: TilePoint, to box: TileBox, into destination: inout TilePath) {
        let startsInside = box.contains(a)
        let endsInside = box.contains(b)
        if startsInside, endsInside {
            append(a, to: &destination)
            append(b, to: &destination)
            return
        }
        var entry = Position(numerator: 0, denominator: 1, edge: 0, isAlongX: true)
        var exit = Position(numerator: 1, denominator: 1, edge: 0, isAlongX: true)
        let crosses =
            narrow(&entry, &exit, from: a.x, to: b.x, low: box.minX, high: box.maxX, alongX: true)
            && narrow(&entry, &exit, from: a.y, to: b.y, low: box.minY, high: box.maxY, alongX: false)
        guard crosses, exit.isAfter(entry) else {
            // Outside, or one point: an end on the edge, or a corner grazed.
            if !endsInside { endLine(&destination) }
            return
        }
        if startsInside {
            append(a, to: &destination)
        } else {
            append(crossing(a, b, at: entry.edge, alongX: entry.isAlongX), to: &destination)
        }
        if endsInside {
            append(b, to: &destination)
        } else {
            append(crossing(a, b, at: exit.edge, alongX: exit.isAlongX), to: &destination)
            endLine(&destination)
        }
    }

    /// Narrows the stretch between entry and exit to a strip of one coordinate; false if nothing is left.
    @inline(__always)
    private static func narrow(
        _ entry: inout Position, _ exit: inout Position, from: Int32, to: Int32, low: Int32, high: Int32, alongX: Bool
    ) -> Bool {
        if from == to { return from >= low && from <= high }
        let isRising = from < to
        let length = abs(Int64(to) &- Int64(from))
        let (near, far) = isRising ? (low, high) : (high, low)
        let toNear = isRising ? Int64(near) &- Int64(from) : Int64(from) &- Int64(near)
        let toFar = isRising ? Int64(far) &- Int64(from) : Int64(from) &- Int64(far)
        if toNear > length || toFar < 0 { return false }
        if toNear > 0 {
            let position = Position(numerator: toNear, denominator: length, edge: near, isAlongX: alongX)
            if position.isAfter(entry) { entry = position }
        }
        if toFar < length {
            let position = Position(numerator: toFar, denominator: length, edge: far, isAlongX: alongX)
            if exit.isAfter(position) { exit = position }
        }
        return true
    }

    /// Appends to the current part unless it repeats the part's last point.
    @inline(__always)
    private static func append(_ point: TilePoint, to destination: inout TilePath) {
        let count = destination.points.count
        if count > (destination.partEnds.last ?? 0), destination.points[count &- 1] == point { return }
        destination.points.append(point)
    }

    /// Ends the current part if it is a line, else takes it back.
    @inline(__always)
    private static func endLine(_ destination: inout TilePath) {
        let start = destination.partEnds.last ?? 0
        let count = destination.points.count &- start
        if count >= 2 {
            destination.endPart()
        } else if count == 1 {
            destination.points.removeLast()
        }
    }
}
