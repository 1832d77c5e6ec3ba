import Glibc

/// What must not be built upon: lines with a free strip on both sides, and convex footprints. Squares of 50 metres hold
/// what reaches into them.
struct ObstacleIndex {
    private struct Line {
        var segment: PlanSegment
        var clearance: Double
    }

    private struct Cell {
        var lines: [Int] = []
        var footprints: [Int] = []
    }

    private var lines: [Line] = []
    private var footprints: [PlanPath] = []
    private var cells: [Int: Cell] = [:]

    private static let cellSize = 50.0

    mutating func add(_ path: PlanPath, clearance: Double) {
        for index in path.indices.dropFirst() {
            let segment = PlanSegment(path[index - 1], path[index])
            lines.append(Line(segment: segment, clearance: clearance))
            ObstacleIndex.forEachCell([segment.from, segment.to], margin: clearance) { key in
                cells[key, default: Cell()].lines.append(lines.count - 1)
            }
        }
    }

    mutating func add(footprint: PlanPath) {
        footprints.append(footprint)
        ObstacleIndex.forEachCell(footprint, margin: 0) { key in
            cells[key, default: Cell()].footprints.append(footprints.count - 1)
        }
    }

    /// Whether a convex ring keeps clear of everything.
    func isFree(_ ring: PlanPath) -> Bool {
        var isFree = true
        ObstacleIndex.forEachCell(ring, margin: 0) { key in
            guard isFree, let cell = cells[key] else { return }
            for index in cell.lines where isFree {
                let line = lines[index]
                isFree = ObstacleIndex.distance(ring, line.segment) >= line.clearance
            }
            for index in cell.footprints where isFree {
                isFree = !ObstacleIndex.overlap(ring, footprints[index])
            }
        }
        return isFree
    }

    /// From a convex ring to a segment; 0 when they meet.
    private static func distance(_ ring: PlanPath, _ segment: PlanSegment) -> Double {
        if ring.contains(segment.from) { return 0 }
        var best = Double.infinity
        for index in ring.indices {
            let side = PlanSegment(ring[index], ring[(index + 1) % ring.count])
            if side.crossing(segment) != nil { return 0 }
            best = min(best, segment.distance(to: side.from), side.distance(to: segment.from))
            best = min(best, side.distance(to: segment.to))
        }
        return best
    }

    /// Whether two convex rings share more than a strip of 0.2 metres: no side of either has the other beyond it.
    private static func overlap(_ left: PlanPath, _ right: PlanPath) -> Bool {
        let tolerance = 0.2
        for (ring, other) in [(left, right), (right, left)] {
            for index in ring.indices {
                let from = ring[index]
                let outwards = (ring[(index + 1) % ring.count] - from).unit.left * -1
                if other.allSatisfy({ ($0 - from).dot(outwards) >= -tolerance }) { return false }
            }
        }
        return true
    }

    private static func forEachCell(_ points: PlanPath, margin: Double, _ body: (Int) -> Void) {
        let (low, high) = points.bounds
        let columns = Int(floor((low.x - margin) / cellSize))...Int(floor((high.x + margin) / cellSize))
        let rows = Int(floor((low.y - margin) / cellSize))...Int(floor((high.y + margin) / cellSize))
        for row in rows { for column in columns { body(row &* 100_003 &+ column) } }
    }
}
