/// Step 1 of `PolygonRepair`: rings without repeated points and spikes, and their edges.
extension PolygonRepairScratch {
    /// Takes over the rings of which at least three points are left; the interiors of a vanished exterior go with it.
    mutating func clean(_ source: TilePolygonPath) {
        points.removeAll(keepingCapacity: true)
        rings.removeAll(keepingCapacity: true)
        polygonCount = 0
        var hasExterior = false
        for ring in 0..<source.ringCount {
            let role = source.roles[ring]
            if role == .interior, !hasExterior { continue }
            let isKept = appendCleanRing(source.rings.points, source.rings.partRange(ring), role)
            if role == .exterior { hasExterior = isKept }
        }
    }

    /// Neither a repeated point nor a spike (out and back on one line) covers any area: leaving them out changes no
    /// winding number. Every step takes one point away, so it ends.
    private mutating func appendCleanRing(_ source: [TilePoint], _ range: Range<Int>, _ role: RingRole) -> Bool {
        let start = points.count
        for index in range {
            let point = TilePoint(
                x: min(max(source[index].x, -32767), 32767), y: min(max(source[index].y, -32767), 32767))
            while points.count > start {
                let last = points[points.count &- 1]
                if last == point || (points.count &- start >= 2 && isSpike(points[points.count &- 2], last, point)) {
                    points.removeLast()
                } else {
                    break
                }
            }
            points.append(point)
        }
        // The same across the seam.
        var head = start
        while points.count - head >= 3 {
            let last = points[points.count - 1]
            if last == points[head] || isSpike(points[points.count - 2], last, points[head]) {
                points.removeLast()
            } else if isSpike(last, points[head], points[head + 1]) {
                head += 1
            } else {
                break
            }
        }
        guard points.count - head >= 3 else {
            points.removeLast(points.count - start)
            return false
        }
        if role == .exterior { polygonCount += 1 }
        rings.append(Ring(start: head, end: points.count, polygon: polygonCount - 1, role: role))
        return true
    }

    @inline(__always)
    private func isSpike(_ a: TilePoint, _ b: TilePoint, _ c: TilePoint) -> Bool {
        PolygonRepairScratch.cross(a, b, c) == 0
            && Int64(b.x &- a.x) &* Int64(c.x &- b.x) &+ Int64(b.y &- a.y) &* Int64(c.y &- b.y) < 0
    }

    mutating func makeEdges() {
        edges.removeAll(keepingCapacity: true)
        for (number, ring) in rings.enumerated() {
            let first = Int32(truncatingIfNeeded: edges.count)
            var a = points[ring.start]
            var index = ring.start &+ 1
            while index < ring.end {
                let b = points[index]
                edges.append(
                    Edge(
                        a: a, b: b, next: Int32(truncatingIfNeeded: edges.count &+ 1),
                        ring: Int32(truncatingIfNeeded: number)))
                a = b
                index &+= 1
            }
            edges.append(Edge(a: a, b: points[ring.start], next: first, ring: Int32(truncatingIfNeeded: number)))
        }
    }

    /// The rings as they stand, exteriors turned to positive area and interiors to negative.
    func copyRings(into destination: inout TilePath) {
        for ring in rings {
            let area = RingArea.doubled(points, ring.start..<ring.end)
            if (area > 0) == (ring.role == .exterior) {
                destination.points.append(contentsOf: points[ring.start..<ring.end])
            } else {
                destination.points.append(points[ring.start])
                destination.points.append(contentsOf: points[ring.start + 1..<ring.end].reversed())
            }
            destination.endPart()
        }
    }
}
