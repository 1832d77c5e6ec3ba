/// Streets become ways, cut where a bridge begins and ends.
extension TownPlan {
    mutating func writeStreets() {
        for street in streets {
            let width = TownPlan.freeWidth(street.kind)
            obstacles.add(street.path, clearance: width)
            let tags: [DraftTag] = [("highway", street.kind)] + street.tags
            if street.isRing {
                streetWays[street.role, default: []].append(draft.line(street.path, tags))
                continue
            }
            for (path, isBridge) in cutAtBridges(street) {
                let bridge: [DraftTag] = isBridge ? [("bridge", "yes"), ("layer", "1")] : []
                streetWays[street.role, default: []].append(draft.line(path, tags + bridge))
            }
        }
    }

    /// From the middle of a street to the nearest wall, metres.
    static func freeWidth(_ kind: String) -> Double {
        switch kind {
        case "primary", "secondary": 8
        case "tertiary": 6.5
        case "residential", "unclassified": 5
        case "motorway_link": 14
        case "living_street", "pedestrian": 3.2
        default: 2.5
        }
    }

    /// The pieces of a street in order, and which are bridges: over the river, the motorway and, for roads that matter,
    /// the railway.
    private func cutAtBridges(_ street: Street) -> [(path: PlanPath, isBridge: Bool)] {
        var spans: [ClosedRange<Double>] = []
        let wet = TownPlan.crossings(street.path, riverBanks.closed)
        let abutment = 7.0
        // Banks come in pairs, in and out.
        for pair in stride(from: 0, to: wet.count - 1, by: 2) {
            spans.append((wet[pair] - abutment)...(wet[pair + 1] + abutment))
        }
        if street.kind != "motorway_link" {
            for road in motorways.map({ Array($0[1..<($0.count - 1)]) }) where street.kind != "track" {
                for place in TownPlan.crossings(street.path, road) { spans.append((place - 22)...(place + 22)) }
            }
        }
        if TownPlan.isBridgedOverRail(street.kind) {
            for rail in railways {
                for place in TownPlan.crossings(street.path, rail) { spans.append((place - 16)...(place + 16)) }
            }
        }
        spans.sort { $0.lowerBound < $1.lowerBound }
        var pieces: [(path: PlanPath, isBridge: Bool)] = []
        var rest = street.path
        var done = 0.0
        var index = 0
        while index < spans.count {
            var span = spans[index]
            while index + 1 < spans.count, spans[index + 1].lowerBound < span.upperBound + 10 {
                index += 1
                span = span.lowerBound...max(span.upperBound, spans[index].upperBound)
            }
            index += 1
            let length = done + rest.pathLength
            guard span.lowerBound > done + 2, span.upperBound < length - 2 else { continue }
            let (before, after) = TownPlan.split(rest, at: span.lowerBound - done)
            let (bridge, beyond) = TownPlan.split(after, at: span.upperBound - span.lowerBound)
            pieces.append((before, false))
            pieces.append((bridge, true))
            rest = beyond
            done = span.upperBound
        }
        pieces.append((rest, false))
        return pieces
    }

    /// Metres along `path` at which it crosses `other`.
    static func crossings(_ path: PlanPath, _ other: PlanPath) -> [Double] {
        var found: [Double] = []
        var metres = 0.0
        for index in path.indices.dropFirst() {
            let segment = PlanSegment(path[index - 1], path[index])
            let length = segment.from.distance(to: segment.to)
            for corner in other.indices.dropFirst() {
                if let crossing = segment.crossing(PlanSegment(other[corner - 1], other[corner])) {
                    found.append(metres + crossing.own * length)
                }
            }
            metres += length
        }
        return found.sorted()
    }

    /// A line in two at so many metres; the cut takes an existing corner when one is near.
    static func split(_ path: PlanPath, at metres: Double) -> (PlanPath, PlanPath) {
        let nearEnough = 3.0
        var rest = metres
        for index in path.indices.dropFirst() {
            let length = path[index].distance(to: path[index - 1])
            if rest <= length {
                if rest < nearEnough, index > 1 { return (Array(path[..<index]), Array(path[(index - 1)...])) }
                if length - rest < nearEnough, index < path.count - 1 {
                    return (Array(path[...index]), Array(path[index...]))
                }
                let point = path[index - 1].mixed(with: path[index], rest / length)
                return (Array(path[..<index]) + [point], [point] + Array(path[index...]))
            }
            rest -= length
        }
        return (path, [path[path.count - 1]])
    }
}
