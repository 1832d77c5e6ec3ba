/// The part of a polygon on one side of a meridian, as polygons of their own.
///
/// Each ring is cut into the chains that lie on the side. Along the meridian, sorted by latitude, the ends of chains
/// come in pairs between which the polygon's inside lies (Weiler and Atherton 1977, for a line), so joining the pairs
/// closes the chains to the exteriors of the pieces. A polygon wholly on the side stays as it is; of one that is cut,
/// holes that lie on the side and touch the meridian in one point at most stay holes, of the piece around them.
struct MeridianCut {
    /// Each an exterior ring and its interior ones.
    private(set) var polygons: [[[PlanePoint]]] = []

    private let meridian: Int64
    private let keepsWest: Bool
    /// Each begins and ends on the meridian.
    private var chains: [[PlanePoint]] = []

    /// Holes run the other way than the exterior.
    init(_ rings: [[PlanePoint]], at meridian: Int64, keepingWest: Bool) {
        self.meridian = meridian
        keepsWest = keepingWest
        guard let exterior = rings.first, exterior.contains(where: isKept) else { return }
        if exterior.allSatisfy({ isKept($0) || $0.x == meridian }) {
            polygons = [rings]
            return
        }
        cut(exterior)
        var holes: [[PlanePoint]] = []
        for ring in rings.dropFirst() where ring.contains(where: isKept) {
            if ring.allSatisfy({ isKept($0) || $0.x == meridian }), touches(ring) < 2 {
                holes.append(ring)
            } else {
                cut(ring)
            }
        }
        for exterior in joinedChains() { polygons.append([exterior]) }
        for hole in holes {
            if let owner = polygons.count == 1 ? 0 : polygons.firstIndex(where: { contains($0[0], hole) }) {
                polygons[owner].append(hole)
            }
        }
    }

    /// On the side that is kept, and not on the meridian itself.
    private func isKept(_ position: PlanePoint) -> Bool {
        keepsWest ? position.x < meridian : position.x > meridian
    }

    /// In how many places a ring is on the meridian.
    private func touches(_ ring: [PlanePoint]) -> Int { Set(ring.lazy.filter { $0.x == meridian }).count }

    private mutating func cut(_ ring: [PlanePoint]) {
        guard let start = ring.firstIndex(where: { !isKept($0) }) else { return }
        var previous = ring[start]
        var chain: [PlanePoint] = []
        for offset in 1...ring.count {
            let current = ring[(start + offset) % ring.count]
            defer { previous = current }
            switch (isKept(previous), isKept(current)) {
            case (false, false): continue
            case (false, true): chain = [crossing(previous, current), current]
            case (true, true): chain.append(current)
            case (true, false):
                chain.append(crossing(previous, current))
                chains.append(chain)
            }
        }
    }

    private func crossing(_ a: PlanePoint, _ b: PlanePoint) -> PlanePoint {
        PlanePoint(x: meridian, y: AntimeridianCut.y(at: meridian, a, b))
    }

    private struct ChainEnd {
        var y: Int64
        var chain: Int
        var isStart: Bool
    }

    private func joinedChains() -> [[PlanePoint]] {
        var ends: [ChainEnd] = []
        for (index, chain) in chains.enumerated() {
            guard let first = chain.first, let last = chain.last else { continue }
            ends.append(ChainEnd(y: first.y, chain: index, isStart: true))
            ends.append(ChainEnd(y: last.y, chain: index, isStart: false))
        }
        ends.sort { ($0.y, $0.chain) < ($1.y, $1.chain) }
        // For each chain the one that goes on where it ends.
        var next = Array(chains.indices)
        for pair in stride(from: 0, to: ends.count - 1, by: 2) {
            if ends[pair].isStart == ends[pair + 1].isStart {
                // Where a ring touches the meridian two ends share a place: the one that fits comes first.
                let fitting = ends[(pair + 2)...].firstIndex { $0.isStart != ends[pair].isStart }
                guard let fitting, ends[fitting].y == ends[pair + 1].y else { return chains }
                ends.swapAt(pair + 1, fitting)
            }
            let (low, high) = (ends[pair], ends[pair + 1])
            if low.isStart { next[high.chain] = low.chain } else { next[low.chain] = high.chain }
        }
        var result: [[PlanePoint]] = []
        var isUsed = [Bool](repeating: false, count: chains.count)
        for first in chains.indices where !isUsed[first] {
            var ring: [PlanePoint] = []
            var index = first
            while !isUsed[index] {
                isUsed[index] = true
                ring += chains[index]
                index = next[index]
            }
            result.append(ring)
        }
        return result
    }

    /// Whether a ring lies inside another, by the first of its points that is neither a corner of the other nor on the meridian.
    private func contains(_ exterior: [PlanePoint], _ ring: [PlanePoint]) -> Bool {
        let corners = Set(exterior)
        guard let point = ring.first(where: { isKept($0) && !corners.contains($0) }) ?? ring.first,
            var previous = exterior.last
        else { return false }
        var isInside = false
        for current in exterior {
            if (previous.y <= point.y) != (current.y <= point.y) {
                let side =
                    Int128(current.x - previous.x) * Int128(point.y - previous.y)
                    - Int128(current.y - previous.y) * Int128(point.x - previous.x)
                if (side > 0) == (current.y > previous.y) { isInside.toggle() }
            }
            previous = current
        }
        return isInside
    }
}
