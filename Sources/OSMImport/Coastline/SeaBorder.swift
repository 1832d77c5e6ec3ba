import PlanarGeometry

/// The border of a region, laid half a grid unit outside its points so that no point of the coast lies on a corner of it and,
/// for a box, none on the border at all: what touches the border or runs along it is inside.
///
/// Coordinates are doubled grid units, so the half is an odd number.
struct SeaBorder {
    struct DoubledPoint: PlanarPoint {
        var wideX: Int64
        var wideY: Int64

        init(x: Int64, y: Int64) {
            wideX = x
            wideY = y
        }

        init(_ point: WorldPoint) { self.init(x: 2 * point.wideX, y: 2 * point.wideY) }
    }

    /// Where a segment of the coast crosses the border, or where a loose end was led to it.
    struct Crossing {
        /// Number of the border's edge.
        var edge: Int
        /// How far along the edge.
        var position: ExactFraction
        /// The nearest grid point of the region's box.
        var point: WorldPoint
    }

    let region: SeaRegion
    private var corners: [DoubledPoint] = []
    private let isBox: Bool
    private let strips: EdgeStrips

    init(_ region: SeaRegion) {
        self.region = region
        let box = region.box
        let ring = region.rings
        isBox =
            ring.count == 1 && ring.points.count == 4
            && ring.points.allSatisfy {
                ($0.x == box.minX || $0.x == box.maxX) && ($0.y == box.minY || $0.y == box.maxY)
            }
        for point in ring.points {
            let isEast = isBox && point.x == box.maxX
            let isSouth = isBox && point.y == box.maxY
            corners.append(
                DoubledPoint(x: 2 * point.wideX + (isEast ? 1 : -1), y: 2 * point.wideY + (isSouth ? 1 : -1)))
        }
        var edges: [EdgeStrips.Edge] = []
        for number in ring.ends.indices {
            let range = ring.range(number)
            for index in range {
                edges.append(
                    .init(ring.points[index], ring.points[index + 1 < range.upperBound ? index + 1 : range.lowerBound]))
            }
        }
        strips = EdgeStrips(edges)
    }

    var edgeCount: Int { corners.count }

    /// Ends of an edge on the grid.
    func ends(ofEdge edge: Int) -> (WorldPoint, WorldPoint) {
        (region.rings.points[edge], region.rings.points[next(edge)])
    }

    /// The edge after one in its ring.
    func next(_ edge: Int) -> Int {
        let ring = ring(ofEdge: edge)
        let range = region.rings.range(ring)
        return edge + 1 < range.upperBound ? edge + 1 : range.lowerBound
    }

    func ring(ofEdge edge: Int) -> Int {
        region.rings.ends.indices.partitioningIndex { region.rings.ends[$0] > edge }
    }

    func contains(_ point: WorldPoint) -> Bool {
        if isBox || !region.box.contains(point) { return region.box.contains(point) }
        let doubled = DoubledPoint(point)
        var isInside = false
        strips.forEachEdge(atX: point.x) { edge in
            let (p, q) = (corners[edge], corners[next(edge)])
            guard min(p.wideX, q.wideX) < doubled.wideX, doubled.wideX < max(p.wideX, q.wideX) else { return }
            // Above the point, the region's side counting as below an edge that heads east.
            let side = SegmentIntersection.orientation(p, q, doubled)
            if p.wideX < q.wideX ? side >= 0 : side < 0 { isInside.toggle() }
        }
        return isInside
    }

    /// Where the segment crosses the border, in the order of travel.
    func crossings(_ a: WorldPoint, _ b: WorldPoint) -> [Crossing] {
        if isBox, region.box.contains(a), region.box.contains(b) { return [] }
        var found: [(along: ExactFraction, crossing: Crossing)] = []
        let (from, to) = (DoubledPoint(a), DoubledPoint(b))
        func look(at edge: Int) {
            let (p, q) = (corners[edge], corners[next(edge)])
            guard max(p.wideX, q.wideX) >= min(from.wideX, to.wideX),
                min(p.wideX, q.wideX) <= max(from.wideX, to.wideX),
                max(p.wideY, q.wideY) >= min(from.wideY, to.wideY), min(p.wideY, q.wideY) <= max(from.wideY, to.wideY)
            else { return }
            // On the line counts as right of it, for every edge and segment that asks: the coast point as inside.
            guard isRight(from, of: p, q) != isRight(to, of: p, q), isRight(p, of: from, to) != isRight(q, of: from, to)
            else { return }
            let rise = (x: Int128(to.wideX - from.wideX), y: Int128(to.wideY - from.wideY))
            let run = (x: Int128(q.wideX - p.wideX), y: Int128(q.wideY - p.wideY))
            let offset = (x: Int128(p.wideX - from.wideX), y: Int128(p.wideY - from.wideY))
            let denominator = rise.x * run.y - rise.y * run.x
            if denominator == 0 { return }
            let along = ExactFraction(offset.x * run.y - offset.y * run.x, denominator)
            let position = ExactFraction(offset.x * rise.y - offset.y * rise.x, denominator)
            let point = gridPoint(
                from.wideX + ExactFraction.rounded(along.numerator * rise.x, along.denominator),
                from.wideY + ExactFraction.rounded(along.numerator * rise.y, along.denominator))
            found.append((along, Crossing(edge: edge, position: position, point: point)))
        }
        if isBox {
            for edge in corners.indices { look(at: edge) }
        } else {
            for edge in strips.edges(fromX: min(a.x, b.x), toX: max(a.x, b.x)) { look(at: edge) }
        }
        if found.count > 1 {
            found.sort { $0.along == $1.along ? $0.crossing.edge < $1.crossing.edge : $0.along < $1.along }
        }
        return found.map(\.crossing)
    }

    /// The point of the border nearest to a point, and its distance in grid units.
    func nearest(_ point: WorldPoint) -> (crossing: Crossing, distance: Double)? {
        let doubled = DoubledPoint(point)
        var best: (crossing: Crossing, distance: Double)?
        for edge in corners.indices {
            let (p, q) = (corners[edge], corners[next(edge)])
            let run = (x: Int128(q.wideX - p.wideX), y: Int128(q.wideY - p.wideY))
            let offset = (x: Int128(doubled.wideX - p.wideX), y: Int128(doubled.wideY - p.wideY))
            let square = run.x * run.x + run.y * run.y
            let along = min(max(offset.x * run.x + offset.y * run.y, 0), square)
            let x = p.wideX + ExactFraction.rounded(Int128(scaled(along, run.x, square)), 1)
            let y = p.wideY + ExactFraction.rounded(Int128(scaled(along, run.y, square)), 1)
            let (dx, dy) = (Double(x - doubled.wideX), Double(y - doubled.wideY))
            let distance = (dx * dx + dy * dy).squareRoot() / 2
            if distance < best?.distance ?? .infinity {
                best = (
                    Crossing(edge: edge, position: ExactFraction(along, square), point: gridPoint(x, y)), distance
                )
            }
        }
        return best
    }

    /// length * part / whole to the nearest integer, where the product may pass 128 bits.
    private func scaled(_ part: Int128, _ length: Int128, _ whole: Int128) -> Int64 {
        let (quotient, remainder) = whole.dividingFullWidth(part.multipliedFullWidth(by: length))
        return Int64(quotient) + (2 * remainder >= whole ? 1 : 2 * remainder < -whole ? -1 : 0)
    }

    private func isRight(_ point: DoubledPoint, of a: DoubledPoint, _ b: DoubledPoint) -> Bool {
        SegmentIntersection.orientation(a, b, point) >= 0
    }

    /// From doubled coordinates to the nearest point of the region's box.
    private func gridPoint(_ x: Int64, _ y: Int64) -> WorldPoint {
        let box = region.box
        return WorldPoint(
            x: UInt32(min(max((x + 1) >> 1, Int64(box.minX)), Int64(box.maxX))),
            y: UInt32(min(max((y + 1) >> 1, Int64(box.minY)), Int64(box.maxY))))
    }
}
