import PlanarGeometry

/// The boundary of an area as segments without direction; equal ones cancel in pairs. Two sets of rings with equal sets
/// cover the same area by the even-odd rule, whatever their order, direction, start and cuts at touching points.
struct SegmentSet: Hashable {
    private struct Segment: Hashable {
        var ends: Set<WorldPoint>
    }

    private var segments: Set<Segment> = []

    mutating func toggle(_ a: WorldPoint, _ b: WorldPoint) {
        if a == b { return }
        let segment = Segment(ends: [a, b])
        if segments.remove(segment) == nil { segments.insert(segment) }
    }

    /// Rings whose first point is not repeated.
    init(rings: [[WorldPoint]]) {
        for ring in rings {
            for (index, point) in ring.enumerated() { toggle(point, ring[(index + 1) % ring.count]) }
        }
    }

    init(lines: [[WorldPoint]]) {
        for line in lines { for (from, to) in zip(line, line.dropFirst()) { toggle(from, to) } }
    }

    init(_ geometry: Geometry) { self.init(rings: geometry.parts) }

    /// The same boundary without points where it goes straight on.
    func withoutStraightPoints() -> SegmentSet {
        var result = self
        var pending = Set(segments.flatMap(\.ends))
        while let point = pending.popFirst() {
            let meeting = result.segments.filter { $0.ends.contains(point) }
            guard meeting.count == 2 else { continue }
            let others = meeting.flatMap { $0.ends.subtracting([point]) }
            guard SegmentIntersection.orientation(others[0], point, others[1]) == 0 else { continue }
            result.segments.subtract(meeting)
            result.toggle(others[0], others[1])
        }
        return result
    }

    var isEmpty: Bool { segments.isEmpty }
}

extension Geometry {
    var parts: [[WorldPoint]] { partEnds.indices.map { Array(points[partRange($0)]) } }

    /// Twice the area, holes taken off as their direction says.
    var doubledArea: Int128 { partEnds.indices.reduce(0) { $0 + RingArea.doubled(points, partRange($1)) } }

    /// What is wrong with polygons as `Geometry` describes them, looked at the slow way; `nil` when nothing is.
    func polygonFault() -> String? {
        var exterior: Int?
        for part in partEnds.indices {
            let ring = points[partRange(part)]
            let area = RingArea.doubled(points, partRange(part))
            if ring.count < 3 || area == 0 { return "ring \(part) has no area" }
            if Set(ring).count != ring.count { return "ring \(part) visits a point twice" }
            if area > 0 {
                exterior = part
                continue
            }
            guard let exterior else { return "hole \(part) comes before any exterior ring" }
            let around = points[partRange(exterior)]
            if !isInside(Array(ring), Array(around)) { return "hole \(part) is not in the exterior ring before it" }
        }
        return nil
    }

    /// By the middles of the ring's edges, which never lie on another ring of a valid area.
    private func isInside(_ ring: [WorldPoint], _ exterior: [WorldPoint]) -> Bool {
        ring.indices.allSatisfy { index in
            let next = ring[(index + 1) % ring.count]
            let x = Double(ring[index].x) / 2 + Double(next.x) / 2
            let y = Double(ring[index].y) / 2 + Double(next.y) / 2
            var inside = false
            for (corner, a) in exterior.enumerated() {
                let b = exterior[(corner + 1) % exterior.count]
                if (Double(a.y) > y) != (Double(b.y) > y),
                    x < Double(a.x) + (y - Double(a.y)) * (Double(b.x) - Double(a.x)) / (Double(b.y) - Double(a.y))
                {
                    inside.toggle()
                }
            }
            return inside
        }
    }
}
