/// Memory that `Simplification` reuses from call to call.
public struct SimplificationScratch: Sendable {
    /// For each point of the current line whether it stays.
    var isKept: [Bool] = []
    /// Stretches still to be looked at.
    var stretches: [Range<Int>] = []
    /// The current ring from its canonical start, in its canonical direction, first point repeated.
    var ring: [TilePoint] = []
    /// Places where a ring visits its smallest point.
    var starts: [Int] = []

    public init() {}
}

/// Leaving out the points of lines and rings that lie closer than a tolerance to what is left (Douglas and Peucker
/// 1973, with distances to the segment, not to its line).
///
/// All comparisons are exact in integers, and among equally far points the smallest (by x, then y) is taken, so the
/// same line gives the same points in either direction, and the same ring from any start. Coordinates and tolerance
/// are in one unit of the caller's; coordinates are below 2^30 in size. Cost n log n as a rule, n^2 at worst.
public enum Simplification {
    /// Simplifies every line; first and last points stay.
    public static func simplifyLines(
        _ source: TilePath, tolerance: Int32, into destination: inout TilePath, scratch: inout SimplificationScratch
    ) {
        destination.removeAll()
        for part in 0..<source.partCount {
            let range = source.partRange(part)
            appendSimplifiedLine(
                source.points, range, tolerance: tolerance, to: &destination.points, scratch: &scratch)
            destination.endPart()
        }
    }

    /// Simplifies every ring. Rings of which fewer than three points are left are dropped, and with an exterior its
    /// interior rings. Rings keep their orientation; they may come to cross themselves or others (`PolygonRepair`).
    public static func simplifyRings(
        _ source: TilePolygonPath, tolerance: Int32, into destination: inout TilePolygonPath,
        scratch: inout SimplificationScratch
    ) {
        destination.removeAll()
        var hasExterior = false
        for ring in 0..<source.ringCount {
            let role = source.roles[ring]
            if role == .interior, !hasExterior { continue }
            let isKept = appendSimplifiedRing(
                source.rings.points, source.rings.partRange(ring), tolerance: tolerance, to: &destination.rings.points,
                scratch: &scratch)
            if isKept { destination.endRing(role) }
            if role == .exterior { hasExterior = isKept }
        }
    }

    /// Appends what is left of one line.
    public static func appendSimplifiedLine(
        _ points: [TilePoint], _ range: Range<Int>, tolerance: Int32, to output: inout [TilePoint],
        scratch: inout SimplificationScratch
    ) {
        guard range.count > 2 else {
            output.append(contentsOf: points[range])
            return
        }
        var low = range.lowerBound
        var high = range.upperBound - 1
        while low < high, points[low] == points[high] {
            low += 1
            high -= 1
        }
        let isReversed = isBefore(points[high], points[low])
        scratch.isKept.removeAll(keepingCapacity: true)
        scratch.isKept.append(contentsOf: repeatElement(false, count: range.count))
        scratch.isKept[0] = true
        scratch.isKept[range.count - 1] = true
        scratch.stretches.removeAll(keepingCapacity: true)
        scratch.stretches.append(range.lowerBound..<range.upperBound - 1)
        markKept(points, base: range.lowerBound, tolerance: tolerance, prefersLater: isReversed, &scratch)
        for index in range where scratch.isKept[index - range.lowerBound] { output.append(points[index]) }
    }

    /// Appends what is left of one ring, starting at its canonical start; false, and nothing, if that is no ring.
    public static func appendSimplifiedRing(
        _ points: [TilePoint], _ range: Range<Int>, tolerance: Int32, to output: inout [TilePoint],
        scratch: inout SimplificationScratch
    ) -> Bool {
        guard range.count > 3 else {
            guard range.count == 3 else { return false }
            output.append(contentsOf: points[range])
            return true
        }
        let isReversed = makeCanonical(points, range, &scratch)
        let count = range.count
        scratch.isKept.removeAll(keepingCapacity: true)
        scratch.isKept.append(contentsOf: repeatElement(false, count: count + 1))
        scratch.isKept[0] = true
        scratch.stretches.removeAll(keepingCapacity: true)
        scratch.stretches.append(0..<count)
        // Borrowed out of the scratch so that both can be used at once.
        var ring: [TilePoint] = []
        swap(&ring, &scratch.ring)
        defer { swap(&ring, &scratch.ring) }
        markKept(ring, base: 0, tolerance: tolerance, prefersLater: false, &scratch)
        let start = output.count
        output.append(ring[0])
        if isReversed {
            for index in stride(from: count - 1, to: 0, by: -1) where scratch.isKept[index] {
                output.append(ring[index])
            }
        } else {
            for index in 1..<count where scratch.isKept[index] { output.append(ring[index]) }
        }
        if output.count - start >= 3 { return true }
        output.removeLast(output.count - start)
        return false
    }
}

extension Simplification {
    /// Marks the points to keep inside the stretches on the stack.
    private static func markKept(
        _ points: [TilePoint], base: Int, tolerance: Int32, prefersLater: Bool, _ scratch: inout SimplificationScratch
    ) {
        let squaredTolerance = UInt128(UInt64(tolerance.magnitude) &* UInt64(tolerance.magnitude))
        while let stretch = scratch.stretches.popLast() {
            guard stretch.count > 1 else { continue }
            let chord = Chord(points[stretch.lowerBound], points[stretch.upperBound])
            var farthest = stretch.lowerBound &+ 1
            var distance = chord.scaledSquaredDistance(points[farthest])
            var index = farthest &+ 1
            while index < stretch.upperBound {
                let candidate = chord.scaledSquaredDistance(points[index])
                if candidate >= distance,
                    candidate > distance || isBefore(points[index], points[farthest])
                        || (prefersLater && points[index] == points[farthest])
                {
                    distance = candidate
                    farthest = index
                }
                index &+= 1
            }
            guard distance > squaredTolerance &* UInt128(chord.scale) else { continue }
            scratch.isKept[farthest &- base] = true
            scratch.stretches.append(stretch.lowerBound..<farthest)
            scratch.stretches.append(farthest..<stretch.upperBound)
        }
    }

    /// The segment that would replace a stretch.
    private struct Chord {
        let startX: Int64
        let startY: Int64
        let deltaX: Int64
        let deltaY: Int64
        /// Its length squared, or 1 if it is a point: distances are compared after multiplication by this.
        let scale: UInt64

        @inline(__always)
        init(_ start: TilePoint, _ end: TilePoint) {
            startX = Int64(start.x)
            startY = Int64(start.y)
            deltaX = Int64(end.x) &- startX
            deltaY = Int64(end.y) &- startY
            let length = UInt64(bitPattern: deltaX &* deltaX) &+ UInt64(bitPattern: deltaY &* deltaY)
            scale = max(length, 1)
        }

        /// Squared distance from the segment, times `scale`. Below 2^126 for coordinates below 2^30.
        @inline(__always)
        func scaledSquaredDistance(_ point: TilePoint) -> UInt128 {
            let x = Int64(point.x) &- startX
            let y = Int64(point.y) &- startY
            let along = deltaX &* x &+ deltaY &* y
            if along <= 0 {
                return UInt128(UInt64(bitPattern: x &* x &+ y &* y)) &* UInt128(scale)
            }
            if UInt64(bitPattern: along) >= scale {
                let beyondX = x &- deltaX
                let beyondY = y &- deltaY
                return UInt128(UInt64(bitPattern: beyondX &* beyondX &+ beyondY &* beyondY)) &* UInt128(scale)
            }
            let across = UInt128((deltaX &* y &- deltaY &* x).magnitude)
            return across &* across
        }
    }

    /// Order by x, then y.
    @inline(__always)
    private static func isBefore(_ a: TilePoint, _ b: TilePoint) -> Bool {
        a.x != b.x ? a.x < b.x : a.y < b.y
    }

    /// Copies a ring to the scratch from the smallest point on, in the direction whose sequence of points is smaller,
    /// and repeats the first point. Returns whether that direction is against the source's.
    private static func makeCanonical(
        _ points: [TilePoint], _ range: Range<Int>, _ scratch: inout SimplificationScratch
    ) -> Bool {
        let count = range.count
        scratch.starts.removeAll(keepingCapacity: true)
        var smallest = points[range.lowerBound]
        for index in range {
            if isBefore(points[index], smallest) {
                smallest = points[index]
                scratch.starts.removeAll(keepingCapacity: true)
            }
            if points[index] == smallest { scratch.starts.append(index - range.lowerBound) }
        }
        var start = scratch.starts[0]
        var step = 1
        @inline(__always)
        func point(_ start: Int, _ step: Int, _ offset: Int) -> TilePoint {
            var index = start + step * offset
            if index >= count { index -= count } else if index < 0 { index += count }
            return points[range.lowerBound + index]
        }
        // A ring rarely passes its smallest point twice; two readings rarely agree for long.
        let limit = min(scratch.starts.count, 64)
        for candidate in 0..<limit {
            for direction in stride(from: 1, through: -1, by: -2) where candidate > 0 || direction == -1 {
                for offset in 1..<count {
                    let mine = point(start, step, offset)
                    let other = point(scratch.starts[candidate], direction, offset)
                    if mine == other { continue }
                    if isBefore(other, mine) {
                        start = scratch.starts[candidate]
                        step = direction
                    }
                    break
                }
            }
        }
        scratch.ring.removeAll(keepingCapacity: true)
        for offset in 0..<count { scratch.ring.append(point(start, step, offset)) }
        scratch.ring.append(smallest)
        return step == -1
    }
}
