/// Step 1: rings without repeated points and spikes, and their edges.
extension RingRepair {
    /// Takes over the rings of which at least three points are left; the interiors of a vanished exterior go with it.
    @inline(__always)
    mutating func clean(_ source: [Point], _ partEnds: [Int], _ role: (Int) -> RingRole) {
        points.removeAll(keepingCapacity: true)
        rings.removeAll(keepingCapacity: true)
        if !cleaned.isEmpty { cleaned.removeAll(keepingCapacity: true) }
        polygonCount = 0
        var hasExterior = false
        var start = 0
        for (ring, end) in partEnds.enumerated() {
            let role = role(ring)
            if role == .exterior || hasExterior {
                let isKept = appendCleanRing(source, start..<end, role, Int32(truncatingIfNeeded: ring))
                if role == .exterior { hasExterior = isKept }
            }
            start = end
        }
    }

    /// Neither a repeated point nor a spike (out and back on one line) covers any area: leaving them out changes no
    /// winding number. Every step takes one point away, so it ends.
    private mutating func appendCleanRing(
        _ source: [Point], _ range: Range<Int>, _ role: RingRole, _ number: Int32
    ) -> Bool {
        let start = points.count
        for index in range {
            let point = Grid.clamped(source[index])
            var count = points.count
            while count > start {
                let last = points[count &- 1]
                if last != point {
                    if count &- start < 2 || !isSpike(points[count &- 2], last, point) { break }
                    note(.spike, last, number)
                }
                points.removeLast()
                count &-= 1
            }
            points.append(point)
        }
        // The same across the seam.
        var head = start
        while points.count - head >= 3 {
            let last = points[points.count - 1]
            if last == points[head] {
                points.removeLast()
            } else if isSpike(points[points.count - 2], last, points[head]) {
                note(.spike, last, number)
                points.removeLast()
            } else if isSpike(last, points[head], points[head + 1]) {
                note(.spike, points[head], number)
                head += 1
            } else {
                break
            }
        }
        guard points.count - head >= 3 else {
            points.removeLast(points.count - start)
            if let first = range.first { note(.collapsedRing, Grid.clamped(source[first]), number) }
            return false
        }
        if role == .exterior { polygonCount += 1 }
        rings.append(Ring(start: head, end: points.count, polygon: polygonCount - 1, role: role, source: number))
        return true
    }

    @inline(never)
    private mutating func note(_ kind: RingContact.Kind, _ point: Point, _ ring: Int32) {
        cleaned.append(Contact(key: Grid.key(point), kind: kind, firstRing: ring, secondRing: ring))
    }

    @inline(__always)
    private func isSpike(_ a: Point, _ b: Point, _ c: Point) -> Bool {
        let (first, second) = (Grid.delta(a, b), Grid.delta(b, c))
        return first.x &* second.y == first.y &* second.x && first.x &* second.x &+ first.y &* second.y < 0
    }

    mutating func makeEdges() {
        edges.removeAll(keepingCapacity: true)
        let points = points
        for (number, ring) in rings.enumerated() {
            let first = Int32(truncatingIfNeeded: edges.count)
            // At once: a growing array asks at each element whether it is shared.
            edges.append(addingCapacity: ring.end - ring.start) { output in
                var next = first
                var a = points[ring.start]
                var index = ring.start &+ 1
                while index < ring.end {
                    let b = points[index]
                    next &+= 1
                    output.append(Edge(a: a, b: b, next: next, ring: Int32(truncatingIfNeeded: number)))
                    a = b
                    index &+= 1
                }
                output.append(
                    Edge(a: a, b: points[ring.start], next: first, ring: Int32(truncatingIfNeeded: number)))
            }
        }
    }

    /// The rings as they stand, exteriors turned to positive area and interiors to negative.
    func copyRings(into resultPoints: inout [Point], _ resultEnds: inout [Int]) {
        for ring in rings {
            let area = Grid.doubledArea(points, ring.start..<ring.end)
            if (area > 0) == (ring.role == .exterior) {
                resultPoints.append(contentsOf: points[ring.start..<ring.end])
            } else {
                resultPoints.append(points[ring.start])
                resultPoints.append(contentsOf: points[ring.start + 1..<ring.end].reversed())
            }
            resultEnds.append(resultPoints.count)
        }
    }
}
