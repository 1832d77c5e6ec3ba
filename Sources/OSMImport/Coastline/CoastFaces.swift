import OSMModel
import PlanarGeometry

/// The faces into which the coast divides a region, and which of them are sea.
///
/// Every line of the coast says of the two faces beside it that one is water and one is land. Faces at the border take the
/// word of their lines; where these disagree, a line is the wrong way round or missing, and the face is left as land. A face
/// without lines takes the word of most of its rings. Rings then follow from the outside in: in the sea a ring is an
/// island, whichever way it runs, and in land it is water only if it says so, as often as there are rings of land around it
/// that have no sea between them. So a mistake never makes sea.
///
/// The coast must not cross itself (`CoastSegments.split`): a ring that does has no inside, and both its halves would be
/// taken for what the larger one is.
struct CoastFaces {
    /// One connected piece of sea.
    struct Sea {
        /// The exterior first; of the frame.
        var rings: RingList
        var face: Face
        /// A way of its coast; `nil` when it is bounded by the border alone.
        var way: Int64?
    }

    enum Face: Hashable {
        case walk(Int)
        case ring(Int)
    }

    private enum State { case sea, land, contradictory }

    private var coast: MendedCoast
    private let border: SeaBorder
    private let walks: CoastWalks
    private let plane: CoastPlane
    private let isClockwise: [Bool]
    private var faceOfSide: [CoastPlane.Side: Face?] = [:]
    private var states: [Face: State] = [:]
    /// For rings that are land in land: how many lie over each other.
    private var layers: [Face: Int] = [:]

    /// Coast without an end that is more than this share of the coast of a sea casts doubt on it.
    private static let greatestLooseShare = 20

    init(_ coast: MendedCoast, _ border: SeaBorder, undecidedIsSea: Bool, _ problems: inout [MapProblem]) {
        self.coast = coast
        self.border = border
        walks = CoastWalks(coast, border)
        var builder = CoastPlane.Builder()
        walks.addEdges(to: &builder)
        var isClockwise: [Bool] = []
        for line in 0..<coast.lines.count {
            let range = coast.lines.range(line)
            let isRing = coast.lines.isClosed[line]
            let points = coast.lines.points
            isClockwise.append(isRing && RingArea.doubled(points, range) > 0)
            guard isRing else { continue }
            let (inside, outside) = (CoastPlane.Side.insideRing(line), CoastPlane.Side.outsideRing(line))
            for index in range {
                let following = index + 1 < range.upperBound ? index + 1 : range.lowerBound
                builder.add(
                    points[index], points[following], right: isClockwise[line] ? inside : outside,
                    left: isClockwise[line] ? outside : inside)
            }
        }
        self.isClockwise = isClockwise
        plane = CoastPlane(builder)
        decideFacesAtBorder(undecidedIsSea, &problems)
        decideRings(&problems)
    }

    /// The face that a point of the region is in; `nil` beyond it.
    mutating func face(at point: WorldPoint) -> Face? { face(of: plane.side(at: point)) }

    func isSea(_ face: Face) -> Bool { states[face] == .sea }

    private mutating func face(of side: CoastPlane.Side) -> Face? {
        var passed: [CoastPlane.Side] = []
        var current = side
        var found: Face?
        while true {
            if let known = faceOfSide[current] {
                found = known
                break
            }
            switch current {
            case .beyond: found = nil
            case .insideRing(let ring): found = .ring(ring)
            case .walk(let walk) where walks.isOuter[walk]: found = .walk(walk)
            case .walk, .outsideRing:
                // Lines that rounding led across each other at the border could lead in a circle.
                if let around = plane.surroundings(of: current), !passed.contains(around) {
                    passed.append(current)
                    current = around
                    continue
                }
            }
            faceOfSide[current] = .some(found)
            break
        }
        for side in passed { faceOfSide[side] = .some(found) }
        return found
    }

    private var rings: [Int] { (0..<coast.lines.count).filter { coast.lines.isClosed[$0] } }

    private mutating func decideFacesAtBorder(_ undecidedIsSea: Bool, _ problems: inout [MapProblem]) {
        var water: [Face: Int64] = [:]
        var land: [Face: Int64] = [:]
        for walk in walks.isOuter.indices {
            guard let face = face(of: .walk(walk)) else { continue }
            for step in walks.steps(walk) {
                if step.isForward {
                    water[face, default: 0] += coast.lines.extent(step.line)
                } else {
                    land[face, default: 0] += coast.lines.extent(step.line)
                }
            }
        }
        var islands: [Face: Int64] = [:]
        var lakes: [Face: Int64] = [:]
        for ring in rings {
            guard let face = face(of: .outsideRing(ring)) else { continue }
            if isClockwise[ring] {
                lakes[face, default: 0] += coast.lines.extent(ring)
            } else {
                islands[face, default: 0] += coast.lines.extent(ring)
            }
        }
        var loose: [Face: Int64] = [:]
        for line in 0..<coast.looseLines.count {
            let range = coast.looseLines.range(line)
            guard let face = face(at: coast.looseLines.points[range.lowerBound + range.count / 2]) else { continue }
            loose[face, default: 0] += coast.looseLines.extent(line)
        }
        for walk in walks.isOuter.indices where walks.isOuter[walk] {
            let face = Face.walk(walk)
            let (sea, ground) = (water[face] ?? 0, land[face] ?? 0)
            if sea > 0, ground > 0 {
                states[face] = .contradictory
                reportContradiction(walk, waterIsFewer: sea < ground, &problems)
                continue
            }
            let (island, lake) = (islands[face] ?? 0, lakes[face] ?? 0)
            let says = sea + ground > 0 ? sea > 0 : island + lake > 0 ? island > lake : undecidedIsSea
            let isDoubtful = (loose[face] ?? 0) * Int64(CoastFaces.greatestLooseShare) > sea + island
            states[face] = says ? isDoubtful && sea + island > 0 ? .contradictory : .sea : .land
            if says, isDoubtful, sea + island == 0 { states[face] = (loose[face] ?? 0) > 0 ? .contradictory : .sea }
        }
    }

    private func reportContradiction(_ walk: Int, waterIsFewer: Bool, _ problems: inout [MapProblem]) {
        for step in walks.steps(walk) where step.isForward == waterIsFewer {
            let first = coast.lines.range(step.line).lowerBound
            problems.append(
                MapProblem(
                    .coastlineDirection, ElementID(.way, coast.lines.ways[first]),
                    at: border.region.frame.coordinate(coast.lines.points[first]),
                    detail:
                        "other coast says that its \(waterIsFewer ? "water" : "land") side is not; no sea is made there"
                ))
        }
    }

    private mutating func decideRings(_ problems: inout [MapProblem]) {
        for ring in rings {
            // From the outside in.
            var chain = [ring]
            var around = face(of: .outsideRing(ring))
            while case .ring(let outer)? = around, states[.ring(outer)] == nil, !chain.contains(outer) {
                chain.append(outer)
                around = face(of: .outsideRing(outer))
            }
            for ring in chain.reversed() where states[.ring(ring)] == nil {
                let surroundings = face(of: .outsideRing(ring))
                let outside = surroundings.flatMap { states[$0] } ?? .contradictory
                var layers = outside == .sea ? 0 : surroundings.flatMap { self.layers[$0] } ?? 1
                layers += outside != .sea && isClockwise[ring] ? -1 : 1
                self.layers[.ring(ring)] = layers
                states[.ring(ring)] = layers > 0 ? .land : .sea
                let isTurned = outside == .sea ? isClockwise[ring] : outside == .land && !isClockwise[ring]
                // Of coast that crosses coast both halves cannot be right, and that is reported as what it is.
                let range = coast.lines.range(ring)
                let wasCut = !coast.cuts.isEmpty && range.contains { coast.cuts.contains(coast.lines.points[$0]) }
                if !isTurned || wasCut { continue }
                let first = range.lowerBound
                problems.append(
                    MapProblem(
                        .coastlineDirection, ElementID(.way, coast.lines.ways[first]),
                        at: border.region.frame.coordinate(coast.lines.points[first]),
                        detail: outside == .sea ? "an island with its water side inside" : "an island in land"))
            }
        }
    }

    /// Every face of sea as a polygon, in the order of the walks and rings around them.
    mutating func seas() -> [Sea] {
        var holes: [Face: [CoastPlane.Side]] = [:]
        for walk in walks.isOuter.indices where !walks.isOuter[walk] {
            if let face = face(of: .walk(walk)) { holes[face, default: []].append(.walk(walk)) }
        }
        for ring in rings {
            guard states[.ring(ring)] == .land, let face = face(of: .outsideRing(ring)) else { continue }
            holes[face, default: []].append(.outsideRing(ring))
        }
        // Where rounding at the border made lines cross, a ring may be found in no face: it is land wherever it lies.
        let orphans = rings.filter { face(of: .outsideRing($0)) == nil }
        var seas: [Sea] = []
        let faces = walks.isOuter.indices.filter { walks.isOuter[$0] }.map(Face.walk) + rings.map(Face.ring)
        for face in faces where states[face] == .sea {
            var sea = Sea(rings: RingList(), face: face, way: nil)
            switch face {
            case .walk(let walk):
                sea.rings.add(walks.points(walk))
                sea.way = walks.steps(walk).first.map { coast.lines.ways[coast.lines.range($0.line).lowerBound] }
            case .ring(let ring):
                sea.rings.add(coast.lines.points[coast.lines.range(ring)])
                sea.way = coast.lines.ways[coast.lines.range(ring).lowerBound]
            }
            if sea.rings.isEmpty { continue }
            let exterior = sea.rings
            let strays = orphans.filter { ring in
                let place = coast.lines.points[coast.lines.range(ring).lowerBound]
                return face != .ring(ring)
                    && PointInPolygon.locate(place, inRing: exterior.points, exterior.points.indices) == .inside
            }
            for hole in (holes[face] ?? []) + strays.map(CoastPlane.Side.outsideRing) {
                switch hole {
                case .walk(let walk): sea.rings.add(walks.points(walk))
                case .outsideRing(let ring):
                    let points = coast.lines.points[coast.lines.range(ring)]
                    if sea.way == nil { sea.way = coast.lines.ways[coast.lines.range(ring).lowerBound] }
                    if isClockwise[ring] { sea.rings.add(points.reversed()) } else { sea.rings.add(points) }
                default: break
                }
            }
            seas.append(sea)
        }
        return seas
    }
}
