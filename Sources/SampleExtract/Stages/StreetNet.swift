/// Turns drawn streets into a net: where two cross or one ends near another, both get the same node.
extension TownPlan {
    /// Junctions closer than this become one.
    private static let weldDistance = 9.0

    mutating func joinStreets() {
        var junctions = JunctionSet(weldDistance: TownPlan.weldDistance)
        var cuts = [[PathCut]](repeating: [], count: streets.count)
        findCrossings(&junctions, &cuts)
        for index in streets.indices { insert(cuts[index], into: index) }
        for index in streets.indices { trimEnds(of: index, junctions) }
        cuts = [[PathCut]](repeating: [], count: streets.count)
        for index in streets.indices where !streets[index].isRing { leadEnds(of: index, &junctions, &cuts) }
        for index in streets.indices { insert(cuts[index], into: index) }
        // What is left of a street that lay along another one is not worth a way.
        streets.removeAll { $0.path.count < 2 || ($0.path.pathLength < 25 && $0.role == .local && !$0.isRing) }
    }

    private func findCrossings(_ junctions: inout JunctionSet, _ cuts: inout [[PathCut]]) {
        let boxes = streets.map(\.path.bounds)
        for left in streets.indices {
            for right in streets.indices.dropFirst(left + 1) {
                let (a, b) = (boxes[left], boxes[right])
                if a.high.x < b.low.x || b.high.x < a.low.x || a.high.y < b.low.y || b.high.y < a.low.y { continue }
                let (path, other) = (streets[left].path, streets[right].path)
                for i in path.indices.dropFirst() {
                    let segment = PlanSegment(path[i - 1], path[i])
                    for j in other.indices.dropFirst() {
                        guard let crossing = segment.crossing(PlanSegment(other[j - 1], other[j])) else { continue }
                        let place = junctions.junction(at: segment.from.mixed(with: segment.to, crossing.own))
                        cuts[left].append(PathCut(position: Double(i - 1) + crossing.own, point: place))
                        cuts[right].append(PathCut(position: Double(j - 1) + crossing.other, point: place))
                    }
                }
            }
        }
    }

    /// Puts junctions into a street's line in place of the corners next to them.
    private mutating func insert(_ cuts: [PathCut], into index: Int) {
        if cuts.isEmpty { return }
        let street = streets[index]
        var points: [PathCut] = street.path.enumerated().map { PathCut(position: Double($0.offset), point: $0.element) }
        let fixed = Set(cuts.map(\.point))
        let last = points.count - 1
        points = points.enumerated().filter { place, corner in
            let isEnd = place == 0 || place == last
            if isEnd && !street.isRing { return true }
            return !cuts.contains { $0.point.distance(to: corner.point) < TownPlan.weldDistance }
        }.map(\.element)
        points += cuts
        points.sort { left, right in
            if left.position != right.position { return left.position < right.position }
            return fixed.contains(left.point) && !fixed.contains(right.point)
        }
        var path: PlanPath = []
        for point in points.map(\.point) where path.last != point { path.append(point) }
        if street.isRing, let first = path.first, path.last != first { path.append(first) }
        streets[index].path = path
    }

    /// Cuts off the stubs that streets have beyond their last junction.
    private mutating func trimEnds(of index: Int, _ junctions: JunctionSet) {
        let street = streets[index]
        if street.isRing { return }
        let longestStub = 30.0
        var path = street.path
        for isStart in [true, false] {
            if isStart ? street.hasFixedStart : street.hasFixedEnd { continue }
            if !isStart { path.reverse() }
            if let first = path.firstIndex(where: { junctions.points.contains($0) }), first > 0, first < path.count - 1,
                Array(path[...first]).pathLength < longestStub
            {
                path.removeFirst(first)
            }
            if !isStart { path.reverse() }
        }
        streets[index].path = path
    }

    /// Leads loose ends to the nearest other street in reach.
    private mutating func leadEnds(of index: Int, _ junctions: inout JunctionSet, _ cuts: inout [[PathCut]]) {
        let street = streets[index]
        guard street.reach > 0, let first = street.path.first, let last = street.path.last else { return }
        for (end, isStart) in [(first, true), (last, false)] {
            if isStart ? street.hasFixedStart : street.hasFixedEnd { continue }
            if junctions.points.contains(end) { continue }
            let inner = isStart ? street.path[1] : street.path[street.path.count - 2]
            let heading = (end - inner).unit
            var best = street.reach
            var target: (street: Int, position: Double, point: PlanPoint)?
            for (other, candidate) in streets.enumerated() where other != index {
                for corner in candidate.path.indices.dropFirst() {
                    let segment = PlanSegment(candidate.path[corner - 1], candidate.path[corner])
                    let share = segment.share(nearest: end)
                    let point = segment.from.mixed(with: segment.to, share)
                    let distance = point.distance(to: end)
                    // No hooks: the last piece goes on roughly ahead, or the street ends blind.
                    if distance < best, distance < 6 || (point - end).unit.dot(heading) > 0.5 {
                        best = distance
                        target = (other, Double(corner - 1) + share, point)
                    }
                }
            }
            guard let target else { continue }
            let place = junctions.junction(at: target.point)
            cuts[target.street].append(PathCut(position: target.position, point: place))
            let ownPosition = isStart ? -1 : Double(street.path.count)
            cuts[index].append(PathCut(position: ownPosition, point: place))
        }
    }
}

/// A junction on a street's line: the number of the corner before it, and how far it is to the next one.
struct PathCut {
    var position: Double
    var point: PlanPoint
}

/// The nodes that streets share.
struct JunctionSet {
    let weldDistance: Double
    private(set) var points: Set<PlanPoint> = []
    private var list: PlanPath = []

    init(weldDistance: Double) { self.weldDistance = weldDistance }

    /// The junction at a place, or a near one.
    mutating func junction(at point: PlanPoint) -> PlanPoint {
        if let near = list.first(where: { $0.distance(to: point) < weldDistance }) { return near }
        list.append(point)
        points.insert(point)
        return point
    }
}
