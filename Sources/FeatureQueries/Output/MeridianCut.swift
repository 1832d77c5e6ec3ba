/// The part of a polygon on one side of a meridian, as polygons of their own.
///
/// Each ring is cut into the chains that lie on the side. Along the meridian, sorted by latitude, the ends of chains
/// come in pairs between which the polygon's inside lies (Weiler and Atherton 1977, for a line), so joining the pairs
/// closes the chains to the exteriors of the pieces. Rings wholly on the side stay; holes go to the piece around them.
struct MeridianCut {
    typealias Position = AntimeridianCut.Position

    /// Each an exterior ring and its interior ones.
    private(set) var polygons: [[[Position]]] = []

    private let meridian: Int64
    private let keepsWest: Bool
    /// Each begins and ends on the meridian.
    private var chains: [[Position]] = []

    init(_ rings: [[Position]], at meridian: Int64, keepingWest: Bool) {
        self.meridian = meridian
        keepsWest = keepingWest
        var holes: [[Position]] = []
        for (index, ring) in rings.enumerated() {
            if !ring.contains(where: isKept) { continue }
            if ring.allSatisfy({ isKept($0) || $0.x == meridian }) {
                if index == 0 { polygons.append([ring]) } else { holes.append(ring) }
            } else {
                cut(ring)
            }
        }
        for exterior in joinedChains() { polygons.append([exterior]) }
        for hole in holes {
            if let owner = polygons.count == 1 ? 0 : polygons.firstIndex(where: { Self.contains($0[0], hole) }) {
                polygons[owner].append(hole)
            }
        }
    }

    /// On the side that is kept, and not on the meridian itself.
    private func isKept(_ position: Position) -> Bool {
        keepsWest ? position.x < meridian : position.x > meridian
    }

    private mutating func cut(_ ring: [Position]) {
        guard let start = ring.firstIndex(where: { !isKept($0) }) else { return }
        var previous = ring[start]
        var chain: [Position] = []
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

    private func crossing(_ a: Position, _ b: Position) -> Position {
        Position(x: meridian, y: AntimeridianCut.latitude(at: meridian, a, b))
    }

    private struct ChainEnd {
        var latitude: Int64
        var chain: Int
        var isStart: Bool
    }

    private func joinedChains() -> [[Position]] {
        var ends: [ChainEnd] = []
        for (index, chain) in chains.enumerated() {
            guard let first = chain.first, let last = chain.last else { continue }
            ends.append(ChainEnd(latitude: first.y, chain: index, isStart: true))
            ends.append(ChainEnd(latitude: last.y, chain: index, isStart: false))
        }
        ends.sort { ($0.latitude, $0.chain) < ($1.latitude, $1.chain) }
        // For each chain the one that goes on where it ends.
        var next = Array(chains.indices)
        for pair in stride(from: 0, to: ends.count - 1, by: 2) {
            let (low, high) = (ends[pair], ends[pair + 1])
            if low.isStart == high.isStart { return chains }
            if low.isStart { next[high.chain] = low.chain } else { next[low.chain] = high.chain }
        }
        var result: [[Position]] = []
        var isUsed = [Bool](repeating: false, count: chains.count)
        for first in chains.indices where !isUsed[first] {
            var ring: [Position] = []
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

    /// Whether a ring lies inside another, by the first of its points that is not on the other's corners.
    private static func contains(_ exterior: [Position], _ ring: [Position]) -> Bool {
        guard let point = ring.first(where: { !exterior.contains($0) }) ?? ring.first, var previous = exterior.last
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
