import PlanarGeometry

/// The coast inside a region: rings, and lines that enter and leave through its border or end inside.
struct CoastPieces {
    private(set) var lines = CoastLines()
    /// For each line the crossing where it enters, and the one where it leaves; -1 where it ends inside, and for rings.
    private(set) var entries: [Int] = []
    private(set) var exits: [Int] = []
    private(set) var crossings: [SeaBorder.Crossing] = []

    /// Linear in the points, but for a polygon's border.
    init(_ source: CoastLines, inside border: SeaBorder) {
        for line in 0..<source.count { cut(source, line, border) }
    }

    private mutating func cut(_ source: CoastLines, _ line: Int, _ border: SeaBorder) {
        let range = source.range(line)
        let isClosed = source.isClosed[line]
        let segmentCount = isClosed ? range.count : range.count - 1
        func point(_ step: Int) -> WorldPoint { source.points[range.lowerBound + step % range.count] }
        var isInside = border.contains(point(0))
        var start = 0
        if isClosed {
            // A ring is cut from its first crossing on, once around.
            while start < segmentCount, border.crossings(point(start), point(start + 1)).isEmpty { start += 1 }
            if start == segmentCount {
                if isInside { copyRing(source, range) }
                return
            }
        }
        var entry = -1
        var isOpen = isInside && !isClosed
        if isOpen { lines.append(point(0), way: source.ways[range.lowerBound]) }
        for step in start..<(isClosed ? start + segmentCount + 1 : segmentCount) {
            let isSecondVisit = isClosed && step == start + segmentCount
            let way = source.ways[range.lowerBound + step % range.count]
            for crossing in border.crossings(point(step), point(step + 1)) {
                if isInside {
                    if isOpen { leave(crossing, way, entry) }
                    isOpen = false
                } else if !isSecondVisit {
                    crossings.append(crossing)
                    entry = crossings.count - 1
                    lines.append(crossing.point, way: way)
                    isOpen = true
                }
                isInside.toggle()
                if isSecondVisit { return }
            }
            if isOpen {
                lines.append(point(step + 1), way: source.ways[range.lowerBound + (step + 1) % range.count])
            }
        }
        if isOpen { end(entry: entry, exit: -1, isClosed: false) }
    }

    private mutating func leave(_ crossing: SeaBorder.Crossing, _ way: Int64, _ entry: Int) {
        lines.append(crossing.point, way: way)
        crossings.append(crossing)
        end(entry: entry, exit: crossings.count - 1, isClosed: false)
    }

    private mutating func end(entry: Int, exit: Int, isClosed: Bool) {
        guard lines.endLine(isClosed: isClosed) else {
            // Touches the border: nothing is inside, and the border knows nothing of it.
            return
        }
        entries.append(entry)
        exits.append(exit)
    }

    private mutating func copyRing(_ source: CoastLines, _ range: Range<Int>) {
        for index in range { lines.append(source.points[index], way: source.ways[index]) }
        end(entry: -1, exit: -1, isClosed: true)
    }

    /// Leads the loose end, or the loose start, of a line to the border.
    mutating func extend(_ line: Int, isEnd: Bool, to crossing: SeaBorder.Crossing) {
        crossings.append(crossing)
        if isEnd { exits[line] = crossings.count - 1 } else { entries[line] = crossings.count - 1 }
    }
}
