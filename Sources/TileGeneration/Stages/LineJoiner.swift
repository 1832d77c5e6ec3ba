import PlanarGeometry

/// Joins lines whose ends meet, where exactly two do, so that a road cut into many ways becomes one line again.
enum LineJoiner {
    private struct End: Hashable {
        var part: Int
        var isLast: Bool
    }

    /// Joins the parts of `path` in place. Junctions stay ends. The result depends only on the order of the parts.
    static func join(_ path: inout TilePath) {
        if path.partCount < 2 { return }
        var ends: [TilePoint: [End]] = [:]
        for part in 0..<path.partCount {
            let range = path.partRange(part)
            ends[path.points[range.lowerBound], default: []].append(End(part: part, isLast: false))
            ends[path.points[range.upperBound - 1], default: []].append(End(part: part, isLast: true))
        }
        func next(after end: End) -> End? {
            let range = path.partRange(end.part)
            let point = path.points[end.isLast ? range.upperBound - 1 : range.lowerBound]
            guard let meeting = ends[point], meeting.count == 2 else { return nil }
            let other = meeting[0] == end ? meeting[1] : meeting[0]
            return other.part == end.part ? nil : other
        }
        var isUsed = [Bool](repeating: false, count: path.partCount)
        var joined = TilePath()
        joined.points.reserveCapacity(path.points.count)
        for part in 0..<path.partCount where !isUsed[part] {
            // Back to where the chain begins, or once around a ring.
            var start = End(part: part, isLast: false)
            while let before = next(after: start), before.part != part {
                start = End(part: before.part, isLast: !before.isLast)
            }
            var entry = start
            while !isUsed[entry.part] {
                isUsed[entry.part] = true
                append(path, entry, to: &joined)
                guard let following = next(after: End(part: entry.part, isLast: !entry.isLast)) else { break }
                entry = following
            }
            joined.endPart()
        }
        path = joined
    }

    /// Appends a part from the end where it is entered, without a point that is there already.
    private static func append(_ path: TilePath, _ entry: End, to joined: inout TilePath) {
        let range = path.partRange(entry.part)
        let continues = joined.points.count > (joined.partEnds.last ?? 0)
        if entry.isLast {
            joined.points += path.points[range].reversed().dropFirst(continues ? 1 : 0)
        } else {
            joined.points += path.points[range].dropFirst(continues ? 1 : 0)
        }
    }
}
