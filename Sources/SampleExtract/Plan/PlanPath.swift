import Glibc

/// Lines and rings on a plan. A ring's first point is not repeated at its end; counter-clockwise means area to the left.
typealias PlanPath = [PlanPoint]

extension Array where Element == PlanPoint {
    var pathLength: Double {
        var sum = 0.0
        for index in indices.dropFirst() { sum += self[index].distance(to: self[index - 1]) }
        return sum
    }

    /// The first point again at the end.
    var closed: PlanPath { self + [self[0]] }

    /// Twice the area of a ring, positive when it runs counter-clockwise.
    var doubledArea: Double {
        var sum = 0.0
        for index in indices { sum += self[index].cross(self[(index + 1) % count]) }
        return sum
    }

    var centre: PlanPoint {
        var sum = PlanPoint(0, 0)
        for point in self { sum = sum + point }
        return sum * (1 / Double(count))
    }

    var bounds: (low: PlanPoint, high: PlanPoint) {
        var low = self[0]
        var high = self[0]
        for point in self {
            low = PlanPoint(Swift.min(low.x, point.x), Swift.min(low.y, point.y))
            high = PlanPoint(Swift.max(high.x, point.x), Swift.max(high.y, point.y))
        }
        return (low, high)
    }

    /// The place so many metres along the line and the direction there. The line has two points or more.
    func place(at metres: Double) -> (point: PlanPoint, direction: PlanPoint) {
        var rest = metres
        for index in indices.dropFirst() {
            let step = self[index] - self[index - 1]
            let length = step.length
            if rest <= length || index == count - 1 {
                return (self[index - 1] + step.unit * Swift.min(rest, length), step.unit)
            }
            rest -= length
        }
        return (self[0], PlanPoint(1, 0))
    }

    /// A curve through the points (Catmull and Rom 1974, uniform), cut into steps of about `spacing` metres.
    func smoothed(spacing: Double, isRing: Bool = false) -> PlanPath {
        var curve: PlanPath = []
        let spans = isRing ? count : count - 1
        func control(_ index: Int) -> PlanPoint {
            isRing ? self[(index + count) % count] : self[Swift.min(Swift.max(index, 0), count - 1)]
        }
        for span in 0..<spans {
            let (before, from, to, after) = (control(span - 1), control(span), control(span + 1), control(span + 2))
            let steps = Swift.max(1, Int((from.distance(to: to) / spacing).rounded()))
            for step in 0..<steps {
                let t = Double(step) / Double(steps)
                let a = from * 2
                let b = (to - before) * t
                let c = (before * 2 - from * 5 + to * 4 - after) * (t * t)
                let d = (after - before + from * 3 - to * 3) * (t * t * t)
                curve.append((a + b + c + d) * 0.5)
            }
        }
        if !isRing { curve.append(self[count - 1]) }
        return curve
    }

    /// The line without the points nearer than `tolerance` to what is left (Douglas and Peucker 1973).
    func simplified(tolerance: Double) -> PlanPath {
        guard count > 2 else { return self }
        var worst = 0
        var worstDistance = tolerance
        for index in 1..<(count - 1) {
            let distance = PlanSegment(self[0], self[count - 1]).distance(to: self[index])
            if distance > worstDistance { (worst, worstDistance) = (index, distance) }
        }
        if worst == 0 { return [self[0], self[count - 1]] }
        return Array(self[...worst]).simplified(tolerance: tolerance).dropLast()
            + Array(self[worst...]).simplified(tolerance: tolerance)
    }

    /// A line beside this one, `distance` metres to the left.
    func beside(_ distance: Double) -> PlanPath {
        indices.map { index in
            let before = self[Swift.max(index - 1, 0)]
            let after = self[Swift.min(index + 1, count - 1)]
            return self[index] + (after - before).unit.left * distance
        }
    }

    /// Whether a point lies in the ring (even-odd rule).
    func contains(_ point: PlanPoint) -> Bool {
        var inside = false
        var previous = self[count - 1]
        for corner in self {
            if (corner.y > point.y) != (previous.y > point.y) {
                let x = corner.x + (previous.x - corner.x) * (point.y - corner.y) / (previous.y - corner.y)
                if point.x < x { inside.toggle() }
            }
            previous = corner
        }
        return inside
    }

    func distance(to point: PlanPoint) -> Double {
        var best = Double.infinity
        for index in indices.dropFirst() {
            best = Swift.min(best, PlanSegment(self[index - 1], self[index]).distance(to: point))
        }
        return best
    }

    /// The longest-first runs of the line where `isAllowed` holds, looked at every five metres.
    func parts(where isAllowed: (PlanPoint) -> Bool) -> [PlanPath] {
        let step = 5.0
        var parts: [PlanPath] = []
        var part: PlanPath = []
        func end() {
            if part.count > 1 { parts.append(part) }
            part = []
        }
        for index in indices.dropFirst() {
            let (from, to) = (self[index - 1], self[index])
            let steps = Swift.max(1, Int(from.distance(to: to) / step))
            for place in 0..<steps {
                let point = from.mixed(with: to, Double(place) / Double(steps))
                if isAllowed(point) { part.append(point) } else { end() }
            }
        }
        if let last, isAllowed(last) { part.append(last) }
        end()
        return parts.map { $0.simplified(tolerance: 0.05) }
    }
}

/// A straight piece of a line.
struct PlanSegment {
    var from: PlanPoint
    var to: PlanPoint

    init(_ from: PlanPoint, _ to: PlanPoint) {
        self.from = from
        self.to = to
    }

    /// How far along (0 at `from`, 1 at `to`) the nearest point lies.
    func share(nearest point: PlanPoint) -> Double {
        let step = to - from
        let square = step.dot(step)
        if square == 0 { return 0 }
        return min(1, max(0, (point - from).dot(step) / square))
    }

    func distance(to point: PlanPoint) -> Double { point.distance(to: from.mixed(with: to, share(nearest: point))) }

    /// Where the two cross, as shares of both; `nil` when they do not or are parallel.
    func crossing(_ other: PlanSegment) -> (own: Double, other: Double)? {
        let step = to - from
        let otherStep = other.to - other.from
        let turn = step.cross(otherStep)
        if abs(turn) < 1e-9 { return nil }
        let between = other.from - from
        let own = between.cross(otherStep) / turn
        let theirs = between.cross(step) / turn
        guard own >= 0, own <= 1, theirs >= 0, theirs <= 1 else { return nil }
        return (own, theirs)
    }
}
