import PlanarGeometry

/// Closed walks along lines of the coast and the border, each with one face of the region on its right: from where a line
/// meets the border on along it, clockwise as seen, to the next line. Border rings that no line meets are walks too.
struct CoastWalks {
    /// A line that a walk takes, forward with the water on its right.
    struct Step: Hashable {
        var line: Int
        var isForward: Bool
    }

    /// Whether a walk goes around its face; else the face lies around it.
    private(set) var isOuter: [Bool] = []
    private var allSteps: [Step] = []
    private var stepEnds: [Int] = []
    private var allPoints: [WorldPoint] = []
    private var pointEnds: [Int] = []
    /// For each line the walk on its right and the one on its left; -1 for rings.
    private var rightWalk: [Int]
    private var leftWalk: [Int]
    /// Stretches of border: index of the first point, and after the last, among all points.
    private var borderStretches: [(range: Range<Int>, walk: Int)] = []
    private let coast: MendedCoast

    /// An end of a line on the border.
    private struct Meeting {
        var edge: Int
        var position: ExactFraction
        var line: Int
        /// Whether the line starts here.
        var isEntry: Bool
        var point: WorldPoint
    }

    init(_ coast: MendedCoast, _ border: SeaBorder) {
        self.coast = coast
        rightWalk = [Int](repeating: -1, count: coast.lines.count)
        leftWalk = [Int](repeating: -1, count: coast.lines.count)
        var meetings: [Meeting] = []
        for line in 0..<coast.lines.count where !coast.lines.isClosed[line] {
            for (number, isEntry) in [(coast.entries[line], true), (coast.exits[line], false)] {
                let crossing = coast.crossings[number]
                meetings.append(
                    Meeting(
                        edge: crossing.edge, position: crossing.position, line: line, isEntry: isEntry,
                        point: crossing.point))
            }
        }
        meetings.sort { left, right in
            if left.edge != right.edge { return left.edge < right.edge }
            if left.position != right.position { return left.position < right.position }
            return (left.line, left.isEntry ? 1 : 0) < (right.line, right.isEntry ? 1 : 0)
        }
        // Where a walk goes on from an end of a line: to the next meeting of the ring.
        var meetingOfEnd: [Step: Int] = [:]
        var nextMeeting = [Int](repeating: 0, count: meetings.count)
        var isMet = [Bool](repeating: false, count: border.region.rings.count)
        var start = 0
        while start < meetings.count {
            let ring = border.ring(ofEdge: meetings[start].edge)
            isMet[ring] = true
            var end = start
            while end < meetings.count, border.ring(ofEdge: meetings[end].edge) == ring { end += 1 }
            for index in start..<end { nextMeeting[index] = index + 1 < end ? index + 1 : start }
            start = end
        }
        for (index, meeting) in meetings.enumerated() {
            // Arriving forward at an exit, or backward at an entry.
            meetingOfEnd[Step(line: meeting.line, isForward: !meeting.isEntry)] = index
        }
        for line in 0..<coast.lines.count where !coast.lines.isClosed[line] {
            for isForward in [true, false] where (isForward ? rightWalk : leftWalk)[line] < 0 {
                walk(Step(line: line, isForward: isForward), meetings, meetingOfEnd, nextMeeting, border)
            }
        }
        for ring in border.region.rings.ends.indices where !isMet[ring] {
            let first = allPoints.count
            let range = border.region.rings.range(ring)
            allPoints += border.region.rings.points[range]
            allPoints.append(border.region.rings.points[range.lowerBound])
            borderStretches.append((first..<allPoints.count, isOuter.count))
            endWalk()
        }
    }

    func steps(_ walk: Int) -> ArraySlice<Step> { allSteps[(walk == 0 ? 0 : stepEnds[walk - 1])..<stepEnds[walk]] }

    func points(_ walk: Int) -> ArraySlice<WorldPoint> {
        allPoints[(walk == 0 ? 0 : pointEnds[walk - 1])..<pointEnds[walk]]
    }

    private mutating func walk(
        _ start: Step, _ meetings: [Meeting], _ meetingOfEnd: [Step: Int], _ nextMeeting: [Int], _ border: SeaBorder
    ) {
        var step = start
        repeat {
            if step.isForward { rightWalk[step.line] = isOuter.count } else { leftWalk[step.line] = isOuter.count }
            allSteps.append(step)
            let points = coast.lines.points[coast.lines.range(step.line)]
            allPoints += step.isForward ? Array(points) : points.reversed()
            guard let arrival = meetingOfEnd[step] else { break }
            let departure = nextMeeting[arrival]
            let first = allPoints.count
            allPoints.append(meetings[arrival].point)
            appendBorder(
                fromEdge: meetings[arrival].edge, toEdge: meetings[departure].edge, goesAround: departure <= arrival,
                border)
            allPoints.append(meetings[departure].point)
            borderStretches.append((first..<allPoints.count, isOuter.count))
            step = Step(line: meetings[departure].line, isForward: meetings[departure].isEntry)
        } while step != start
        endWalk()
    }

    /// Corners of the border between two meetings of one ring; on one edge there are none unless the walk goes all around.
    private mutating func appendBorder(fromEdge: Int, toEdge: Int, goesAround: Bool, _ border: SeaBorder) {
        var edge = fromEdge
        if edge == toEdge, !goesAround { return }
        repeat {
            allPoints.append(border.ends(ofEdge: edge).1)
            edge = border.next(edge)
        } while edge != toEdge
    }

    private mutating func endWalk() {
        let start = pointEnds.last ?? 0
        isOuter.append(RingArea.doubled(allPoints, start..<allPoints.count) >= 0)
        pointEnds.append(allPoints.count)
        stepEnds.append(allSteps.count)
    }

    /// Edges of lines and border, with the walks beside them.
    func addEdges(to builder: inout CoastPlane.Builder) {
        for line in 0..<coast.lines.count where !coast.lines.isClosed[line] {
            let range = coast.lines.range(line)
            for index in range.dropFirst() {
                builder.add(
                    coast.lines.points[index - 1], coast.lines.points[index], right: .walk(rightWalk[line]),
                    left: .walk(leftWalk[line]))
            }
        }
        for (range, walk) in borderStretches {
            for index in range.dropFirst() {
                builder.add(allPoints[index - 1], allPoints[index], right: .walk(walk), left: .beyond)
            }
        }
    }
}
