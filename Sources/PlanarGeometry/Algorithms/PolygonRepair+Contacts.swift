/// Step 2 of `PolygonRepair`: the quick exact test that most polygons pass, and the sweep it is made of.
extension PolygonRepairScratch {
    /// Up to so many boxes are compared each with each; sorting costs more.
    private static let pairwiseLimit = 24

    /// Whether any edges meet other than neighbours in their common vertex.
    mutating func hasContact() -> Bool {
        collectEdgeBoxes()
        return forEachOverlap { first, second in
            let p = edges[first]
            let q = edges[second]
            // After cleaning, neighbours share their vertex and nothing else.
            if Int(p.next) == second || Int(q.next) == first { return false }
            let c = PolygonRepairScratch.cross(p.a, p.b, q.a)
            let d = PolygonRepairScratch.cross(p.a, p.b, q.b)
            if (c > 0 && d > 0) || (c < 0 && d < 0) { return false }
            let a = PolygonRepairScratch.cross(q.a, q.b, p.a)
            let b = PolygonRepairScratch.cross(q.a, q.b, p.b)
            // On one line, overlapping boxes mean a shared point.
            return !((a > 0 && b > 0) || (a < 0 && b < 0))
        }
    }

    /// Whether rings that do not meet lie in each other as polygons should: interiors in their exterior and beside
    /// each other, polygons beside each other or in a hole.
    mutating func isNestingValid() -> Bool {
        if rings.count == 1 { return true }
        boxes.removeAll(keepingCapacity: true)
        for (number, ring) in rings.enumerated() {
            guard let box = Bounds.box(of: points, ring.start..<ring.end) else { return false }
            boxes.append(sweepBox(box, number))
        }
        var exterior = 0
        for (number, ring) in rings.enumerated() {
            if ring.role == .exterior {
                exterior = number
            } else if !isWithin(boxes[number], boxes[exterior]) || !isRing(number, inside: exterior) {
                return false
            }
        }
        sortBoxes()
        return !forEachOverlapBox { first, second in
            let (p, q) = (rings[Int(first.number)], rings[Int(second.number)])
            guard p.role == q.role, (p.polygon == q.polygon) == (p.role == .interior) else { return false }
            if isWithin(first, second) { return isMisplaced(Int(first.number), in: Int(second.number)) }
            if isWithin(second, first) { return isMisplaced(Int(second.number), in: Int(first.number)) }
            return false
        }
    }

    /// For two interiors of a polygon, or the exteriors of two: whether one lies in the other's area.
    private func isMisplaced(_ inner: Int, in outer: Int) -> Bool {
        guard isRing(inner, inside: outer) else { return false }
        if rings[outer].role == .interior { return true }
        var hole = outer + 1
        while hole < rings.count, rings[hole].role == .interior {
            if isRing(inner, inside: hole) { return false }
            hole += 1
        }
        return true
    }

    /// For rings that do not meet.
    private func isRing(_ inner: Int, inside outer: Int) -> Bool {
        let ring = rings[outer]
        return PointInPolygon.locate(points[rings[inner].start], inRing: points, ring.start..<ring.end) == .inside
    }

    private func isWithin(_ inner: SweepBox, _ outer: SweepBox) -> Bool {
        inner.minX >= outer.minX && inner.maxX <= outer.maxX && inner.minY >= outer.minY && inner.maxY <= outer.maxY
    }
}

extension PolygonRepairScratch {
    private func sweepBox(_ box: TileBox, _ number: Int) -> SweepBox {
        SweepBox(
            minX: Int16(truncatingIfNeeded: box.minX), minY: Int16(truncatingIfNeeded: box.minY),
            maxX: Int16(truncatingIfNeeded: box.maxX), maxY: Int16(truncatingIfNeeded: box.maxY),
            number: Int32(truncatingIfNeeded: number))
    }

    private mutating func collectEdgeBoxes() {
        boxes.removeAll(keepingCapacity: true)
        var number = 0
        while number < edges.count {
            let a = edges[number].a
            let b = edges[number].b
            boxes.append(
                SweepBox(
                    minX: Int16(truncatingIfNeeded: min(a.x, b.x)), minY: Int16(truncatingIfNeeded: min(a.y, b.y)),
                    maxX: Int16(truncatingIfNeeded: max(a.x, b.x)), maxY: Int16(truncatingIfNeeded: max(a.y, b.y)),
                    number: Int32(truncatingIfNeeded: number)))
            number &+= 1
        }
        sortBoxes()
    }

    /// Sorts by smallest x, by two stable passes over its bytes; few boxes are left as they are.
    private mutating func sortBoxes() {
        areBoxesSorted = boxes.count > PolygonRepairScratch.pairwiseLimit
        guard areBoxesSorted else { return }
        sortedBoxes.removeAll(keepingCapacity: true)
        sortedBoxes.append(contentsOf: boxes)
        for shift in [UInt16(0), 8] {
            var starts = InlineArray<256, Int>(repeating: 0)
            for box in boxes { starts[digit(box, shift)] &+= 1 }
            var sum = 0
            for value in 0..<256 {
                let count = starts[value]
                starts[value] = sum
                sum &+= count
            }
            for box in boxes {
                let value = digit(box, shift)
                sortedBoxes[starts[value]] = box
                starts[value] &+= 1
            }
            swap(&boxes, &sortedBoxes)
        }
    }

    @inline(__always)
    private func digit(_ box: SweepBox, _ shift: UInt16) -> Int {
        Int((UInt16(bitPattern: box.minX) ^ 0x8000) &>> shift & 0xFF)
    }

    /// Calls `body` with each pair of boxes that share a point until it returns true, and returns whether it did.
    @inline(__always)
    private func forEachOverlapBox(_ body: (SweepBox, SweepBox) -> Bool) -> Bool {
        let count = boxes.count
        var i = 0
        while i < count {
            let first = boxes[i]
            var j = i &+ 1
            while j < count {
                let second = boxes[j]
                j &+= 1
                if second.minX > first.maxX {
                    if areBoxesSorted { break }
                    continue
                }
                if second.maxX >= first.minX, second.minY <= first.maxY, second.maxY >= first.minY,
                    body(first, second)
                {
                    return true
                }
            }
            i &+= 1
        }
        return false
    }

    @inline(__always)
    private func forEachOverlap(_ body: (Int, Int) -> Bool) -> Bool {
        forEachOverlapBox { body(Int($0.number), Int($1.number)) }
    }

    /// Appends to `hotPixels` the grid point nearest to each crossing of two edges; false above the limit.
    /// The boxes are those of the edges.
    mutating func collectCrossings() -> Bool {
        collectEdgeBoxes()
        // Taken out, so that the sweep can read the rest of the scratch while they grow.
        var found: [UInt32] = []
        swap(&found, &hotPixels)
        defer { swap(&found, &hotPixels) }
        let limit = found.count + PolygonRepair.crossingLimit
        return !forEachOverlap { first, second in
            let p = edges[first]
            let q = edges[second]
            if Int(p.next) == second || Int(q.next) == first { return false }
            let c = PolygonRepairScratch.cross(p.a, p.b, q.a)
            let d = PolygonRepairScratch.cross(p.a, p.b, q.b)
            guard (c > 0 && d < 0) || (c < 0 && d > 0) else { return false }
            let a = PolygonRepairScratch.cross(q.a, q.b, p.a)
            let b = PolygonRepairScratch.cross(q.a, q.b, p.b)
            guard (a > 0 && b < 0) || (a < 0 && b > 0) else { return false }
            found.append(PolygonRepairScratch.gridKey(roundedCrossing(p, share: a, of: a &- b)))
            return found.count > limit
        }
    }

    /// The grid point whose unit square holds the point `share / whole` of the way along an edge; the squares are
    /// half-open, so there is one. All products are below 2^53.
    @inline(__always)
    private func roundedCrossing(_ edge: Edge, share: Int64, of whole: Int64) -> TilePoint {
        let part = whole < 0 ? 0 &- share : share
        let denominator = whole < 0 ? 0 &- whole : whole
        return TilePoint(
            x: edge.a.x &+ roundedHalfUp(part &* Int64(edge.b.x &- edge.a.x), denominator),
            y: edge.a.y &+ roundedHalfUp(part &* Int64(edge.b.y &- edge.a.y), denominator))
    }

    @inline(__always)
    private func roundedHalfUp(_ numerator: Int64, _ denominator: Int64) -> Int32 {
        let doubled = 2 &* numerator &+ denominator
        let divisor = 2 &* denominator
        let quotient = doubled / divisor
        return Int32(truncatingIfNeeded: doubled % divisor < 0 ? quotient &- 1 : quotient)
    }
}
