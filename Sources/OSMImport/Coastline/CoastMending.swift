import OSMModel
import PlanarGeometry

/// The coast of a region as far as it could be made whole.
struct MendedCoast {
    /// Rings, and lines from border to border.
    var lines = CoastLines()
    /// For each line its crossings; -1 for rings.
    var entries: [Int] = []
    var exits: [Int] = []
    /// What could not be closed.
    var looseLines = CoastLines()
    var crossings: [SeaBorder.Crossing] = []
    /// Where coast was cut because it crosses, touches or overlaps coast.
    var cuts: Set<WorldPoint> = []
}

/// Closes what a broken coast or the extract's cut left open, shortest first and each loose end once: from an end to a start
/// over a gap, or to the border. Nothing that is added crosses the coast.
struct CoastMending {
    private(set) var coast = MendedCoast()

    /// A gap up to this is closed whatever the length of the coast around it.
    static let smallGapInMetres = 10.0
    /// The widest gap that is ever closed; and it is at most half as long as the coast that it joins.
    static let widestGapInMetres = 20_000.0
    /// An end is led to the border over at most this share of the region's shorter side.
    static let shareOfRegion = 0.125

    private var pieces: CoastPieces
    private let border: SeaBorder
    private let strips: EdgeStrips
    /// For each line the one that goes on from its end, or -1.
    private var next: [Int]
    private var hasPrevious: [Bool]
    private var bridges: [(WorldPoint, WorldPoint)] = []

    private struct Candidate {
        var distance: Double
        /// The line whose end is loose; -1 for a loose start that is led to the border.
        var end: Int
        /// The line whose start is loose; -1 for a loose end that is led to the border.
        var start: Int
        var crossing: SeaBorder.Crossing?
    }

    init(_ pieces: CoastPieces, _ border: SeaBorder, strips: EdgeStrips, _ problems: inout [MapProblem]) {
        self.pieces = pieces
        self.border = border
        self.strips = strips
        next = [Int](repeating: -1, count: pieces.lines.count)
        hasPrevious = [Bool](repeating: false, count: pieces.lines.count)
        for candidate in candidates() { take(candidate, &problems) }
        coast.crossings = self.pieces.crossings
        assemble(&problems)
    }

    private func isLooseEnd(_ line: Int) -> Bool {
        !pieces.lines.isClosed[line] && pieces.exits[line] < 0 && next[line] < 0
    }

    private func isLooseStart(_ line: Int) -> Bool {
        !pieces.lines.isClosed[line] && pieces.entries[line] < 0 && !hasPrevious[line]
    }

    /// Everything that may be closed, nearest first. n log n but for gaps that lie in each other's columns.
    private func candidates() -> [Candidate] {
        let lines = pieces.lines
        var found: [Candidate] = []
        let starts = (0..<lines.count).filter(isLooseStart)
            .sorted { (lines.first($0).x, $0) < (lines.first($1).x, $1) }
        let ends = (0..<lines.count).filter(isLooseEnd)
        if starts.isEmpty, ends.isEmpty { return [] }
        let box = border.region.box
        let reach = Double(min(box.maxX - box.minX, box.maxY - box.minY)) * CoastMending.shareOfRegion
        for line in starts {
            if let (crossing, distance) = border.nearest(lines.first(line)), distance <= reach {
                found.append(Candidate(distance: distance, end: -1, start: line, crossing: crossing))
            }
        }
        for line in ends {
            let end = lines.last(line)
            if let (crossing, distance) = border.nearest(end), distance <= reach {
                found.append(Candidate(distance: distance, end: line, start: -1, crossing: crossing))
            }
            let unitsPerMetre = WebMercator.unitsPerMetre(worldY: end.y)
            let widest = CoastMending.widestGapInMetres * unitsPerMetre
            let west = end.wideX - Int64(widest)
            var index = starts.indices.partitioningIndex { lines.first(starts[$0]).wideX >= west }
            while index < starts.count, lines.first(starts[index]).wideX <= end.wideX + Int64(widest) {
                let start = starts[index]
                index += 1
                let (dx, dy) = (lines.first(start).wideX - end.wideX, lines.first(start).wideY - end.wideY)
                let distance = Double(dx * dx + dy * dy).squareRoot()
                let coast = lines.extent(line) + (start == line ? 0 : lines.extent(start))
                if distance > widest { continue }
                if distance > CoastMending.smallGapInMetres * unitsPerMetre, distance > Double(coast) / 2 { continue }
                found.append(Candidate(distance: distance, end: line, start: start))
            }
        }
        return found.sorted { ($0.distance, $0.end, $0.start) < ($1.distance, $1.end, $1.start) }
    }

    private mutating func take(_ candidate: Candidate, _ problems: inout [MapProblem]) {
        let lines = pieces.lines
        if candidate.end >= 0, !isLooseEnd(candidate.end) { return }
        if candidate.start >= 0, !isLooseStart(candidate.start) { return }
        let from = candidate.end >= 0 ? lines.last(candidate.end) : candidate.crossing?.point
        let to = candidate.start >= 0 ? lines.first(candidate.start) : candidate.crossing?.point
        guard let from, let to, isFree(from, to) else { return }
        bridges.append((from, to))
        if let crossing = candidate.crossing {
            let isEnd = candidate.end >= 0
            pieces.extend(isEnd ? candidate.end : candidate.start, isEnd: isEnd, to: crossing)
            return
        }
        next[candidate.end] = candidate.start
        hasPrevious[candidate.start] = true
        let metres = candidate.distance / WebMercator.unitsPerMetre(worldY: from.y)
        problems.append(
            MapProblem(
                .coastlineGap, ElementID(.way, lines.ways[lines.ends[candidate.end] - 1]),
                at: border.region.frame.coordinate(from),
                other: ElementID(.way, lines.ways[lines.range(candidate.start).lowerBound]),
                detail: "closed over \(Int(metres.rounded())) m"))
    }

    /// Whether a bridge meets neither the coast nor another bridge, but at its own ends.
    private func isFree(_ from: WorldPoint, _ to: WorldPoint) -> Bool {
        func meets(_ a: WorldPoint, _ b: WorldPoint) -> Bool {
            switch SegmentIntersection.relation(from, to, a, b) {
            case .disjoint: return false
            case .crossing, .overlapping: return true
            case .touching:
                return !(a == from || b == from || a == to || b == to)
            }
        }
        if bridges.contains(where: { meets($0.0, $0.1) }) { return false }
        return !strips.edges(fromX: min(from.x, to.x), toX: max(from.x, to.x)).contains {
            meets(strips.edges[$0].west, strips.edges[$0].east)
        }
    }

    /// Follows the joined lines into whole ones.
    private mutating func assemble(_ problems: inout [MapProblem]) {
        let source = pieces.lines
        // Beside `coast` while they grow, or every line would copy all those before it.
        var whole = CoastLines()
        var loose = CoastLines()
        var isUsed = [Bool](repeating: false, count: source.count)
        for line in 0..<source.count where source.isClosed[line] {
            isUsed[line] = true
            copy(source, line, to: &whole)
            end(&whole, isClosed: true, entry: -1, exit: -1)
        }
        for start in 0..<source.count where !isUsed[start] && !hasPrevious[start] {
            let last = follow(start, &isUsed)
            if pieces.entries[start] >= 0, pieces.exits[last] >= 0 {
                append(from: start, to: &whole)
                whole.append(coast.crossings[pieces.exits[last]].point, way: source.ways[source.ends[last] - 1])
                end(&whole, isClosed: false, entry: pieces.entries[start], exit: pieces.exits[last])
            } else {
                append(from: start, to: &loose)
                loose.endLine(isClosed: false)
                report(start, last, &problems)
            }
        }
        for start in 0..<source.count where !isUsed[start] {
            _ = follow(start, &isUsed)
            append(from: start, to: &whole)
            end(&whole, isClosed: true, entry: -1, exit: -1)
        }
        coast.lines = whole
        coast.looseLines = loose
    }

    private func follow(_ start: Int, _ isUsed: inout [Bool]) -> Int {
        var last = start
        isUsed[last] = true
        while next[last] >= 0, !isUsed[next[last]] {
            last = next[last]
            isUsed[last] = true
        }
        return last
    }

    private func append(from start: Int, to target: inout CoastLines) {
        if pieces.entries[start] >= 0, hasNoPointOf(start) {
            target.append(
                coast.crossings[pieces.entries[start]].point,
                way: pieces.lines.ways[pieces.lines.range(start).lowerBound])
        }
        var line = start
        repeat {
            copy(pieces.lines, line, to: &target)
            line = next[line]
        } while line >= 0 && line != start
    }

    /// Whether the line was led to its entry later, so that its points do not have it.
    private func hasNoPointOf(_ line: Int) -> Bool {
        pieces.lines.first(line) != coast.crossings[pieces.entries[line]].point
    }

    private func copy(_ source: CoastLines, _ line: Int, to target: inout CoastLines) {
        for index in source.range(line) { target.append(source.points[index], way: source.ways[index]) }
    }

    private mutating func end(_ lines: inout CoastLines, isClosed: Bool, entry: Int, exit: Int) {
        guard lines.endLine(isClosed: isClosed) else { return }
        coast.entries.append(entry)
        coast.exits.append(exit)
    }

    private func report(_ start: Int, _ last: Int, _ problems: inout [MapProblem]) {
        let source = pieces.lines
        let frame = border.region.frame
        if pieces.entries[start] < 0 {
            problems.append(
                MapProblem(
                    .coastlineEnd, ElementID(.way, source.ways[source.range(start).lowerBound]),
                    at: frame.coordinate(source.first(start)), detail: "starts"))
        }
        if pieces.exits[last] < 0 {
            problems.append(
                MapProblem(
                    .coastlineEnd, ElementID(.way, source.ways[source.ends[last] - 1]),
                    at: frame.coordinate(source.last(last)), detail: "ends"))
        }
    }
}
