/// A point of a plane on which the world goes on past its edges.
@frozen
public struct PlanePoint: Hashable, Sendable {
    public var x: Int64
    public var y: Int64

    @inlinable
    public init(x: Int64, y: Int64) {
        self.x = x
        self.y = y
    }
}

/// Cuts lines and polygons at the meridian of 180 degrees.
///
/// A segment goes the short way round: one whose x differ by more than half the world crosses the meridian. A ring that
/// goes once around the world is taken to hold the pole on whose side of the equator most of its points lie. Pieces end
/// exactly on the meridian, on their own side of the plane; the y there is that of the straight line in this plane, to
/// the nearest integer. What does not cross comes back as it is. Cost: linear in the points, and n log n in the crossings.
public struct AntimeridianCut: Sendable {
    /// The meridian of 180 degrees at the world's western edge.
    public let west: Int64
    /// Once around the world.
    public let turn: Int64
    public let northPole: Int64
    public let southPole: Int64

    /// Longitude and latitude in 1e-7 degree, as RFC 7946 section 3.1.9 cuts.
    public static let degrees = AntimeridianCut(
        west: -1_800_000_000, turn: 3_600_000_000, northPole: 900_000_000, southPole: -900_000_000)
    /// The world grid (see `WorldPoint`), with x = 2^32 for +180 degrees; the poles are its upper and lower edge.
    public static let grid = AntimeridianCut(west: 0, turn: 1 << 32, northPole: 0, southPole: 1 << 32 - 1)

    private var east: Int64 { west + turn }

    /// The way from one x to another.
    private func step(from: Int64, to: Int64) -> Int64 {
        let difference = to - from
        if difference > turn / 2 { return difference - turn }
        if difference < -turn / 2 { return difference + turn }
        return difference
    }

    /// Twice the signed area in square units; positive where a ring turns from the x axis towards the y axis.
    public static func doubledArea(_ ring: [PlanePoint]) -> Int128 {
        guard var previous = ring.last else { return 0 }
        var sum: Int128 = 0
        for current in ring {
            sum += Int128(previous.x) * Int128(current.y) - Int128(current.x) * Int128(previous.y)
            previous = current
        }
        return sum
    }

    /// The pieces of a line of at least two points: itself when it does not cross.
    public func lines(_ line: [PlanePoint]) -> [[PlanePoint]] {
        if !crosses(line, isRing: false) { return [line] }
        var pieces: [[PlanePoint]] = []
        let positions = unrolled(line)
        var piece = [positions[0]]
        /// The world's turn in which the piece lies.
        var world = home(positions[0].x, to: positions[1].x)
        for index in 1..<positions.count {
            let (start, end) = (positions[index - 1], positions[index])
            while end.x > world * turn + east || end.x < world * turn + west {
                let isEastward = end.x > world * turn + east
                let border = world * turn + (isEastward ? east : west)
                let crossing = PlanePoint(x: border, y: AntimeridianCut.y(at: border, start, end))
                piece.append(crossing)
                append(piece, world, &pieces)
                world += isEastward ? 1 : -1
                piece = [crossing]
            }
            piece.append(end)
        }
        append(piece, world, &pieces)
        return pieces
    }

    private func append(_ piece: [PlanePoint], _ world: Int64, _ pieces: inout [[PlanePoint]]) {
        var line: [PlanePoint] = []
        for position in piece {
            let place = PlanePoint(x: position.x - world * turn, y: position.y)
            if line.last != place { line.append(place) }
        }
        if line.count > 1 { pieces.append(line) }
    }

    /// The turn a line starts in; on the meridian that of where it goes.
    private func home(_ x: Int64, to next: Int64) -> Int64 {
        if x == east, next > x { return 1 }
        if x == west, next < x { return -1 }
        return 0
    }

    /// The pieces of a polygon, each an exterior ring and its interior ones: itself when it does not cross. The polygon is valid,
    /// and its rings run in any direction.
    public func polygons(_ rings: [[PlanePoint]]) -> [[[PlanePoint]]] {
        if !rings.contains(where: { crosses($0, isRing: true) }) { return [rings] }
        var unrolledRings = rings.map(unrolledRing)
        alignHoles(&unrolledRings)
        let isPositive = AntimeridianCut.doubledArea(unrolledRings[0]) > 0
        for index in unrolledRings.indices.dropFirst()
        where (AntimeridianCut.doubledArea(unrolledRings[index]) > 0) == isPositive {
            unrolledRings[index].reverse()
        }
        let places = unrolledRings[0].map(\.x)
        guard let first = places.min(), let last = places.max() else { return [] }
        var pieces: [[[PlanePoint]]] = []
        var rest = [unrolledRings]
        var world = -((east - first) / turn)
        while world * turn + east < first { world += 1 }
        while world * turn + east < last {
            var next: [[[PlanePoint]]] = []
            for polygon in rest {
                let border = world * turn + east
                pieces += MeridianCut(polygon, at: border, keepingWest: true).polygons.map { finished($0, world) }
                next += MeridianCut(polygon, at: border, keepingWest: false).polygons
            }
            rest = next
            world += 1
        }
        pieces += rest.map { finished($0, world) }
        return pieces.filter { !$0.isEmpty }
    }

    /// Holes are unrolled from their own first point; puts them into their exterior's turn.
    private func alignHoles(_ rings: inout [[PlanePoint]]) {
        let exterior = rings[0].map(\.x)
        guard let first = exterior.min(), let last = exterior.max() else { return }
        for index in rings.indices.dropFirst() {
            let hole = rings[index].map(\.x)
            guard let holeFirst = hole.min(), let holeLast = hole.max() else { continue }
            for shift in [0, turn, -turn] where holeFirst + shift >= first && holeLast + shift <= last {
                for point in rings[index].indices { rings[index][point].x += shift }
                break
            }
        }
    }

    private func finished(_ polygon: [[PlanePoint]], _ world: Int64) -> [[PlanePoint]] {
        var rings: [[PlanePoint]] = []
        for (index, ring) in polygon.enumerated() {
            var finished: [PlanePoint] = []
            for position in ring {
                let place = PlanePoint(x: position.x - world * turn, y: position.y)
                if finished.last == place { continue }
                // Going to a point and back leaves nothing between.
                if finished.count > 1, finished[finished.count - 2] == place {
                    finished.removeLast()
                } else {
                    finished.append(place)
                }
            }
            while finished.count > 1, finished.first == finished.last { finished.removeLast() }
            if finished.count >= 3, AntimeridianCut.doubledArea(finished) != 0 {
                rings.append(finished)
            } else if index == 0 {
                return []
            }
        }
        return rings
    }

    private func crosses(_ points: [PlanePoint], isRing: Bool) -> Bool {
        guard var previous = isRing ? points.last : points.first else { return false }
        for current in points {
            if jumps(previous, current) { return true }
            previous = current
        }
        return false
    }

    private func jumps(_ a: PlanePoint, _ b: PlanePoint) -> Bool { abs(b.x - a.x) > turn / 2 }

    private func unrolled(_ points: [PlanePoint]) -> [PlanePoint] {
        var result: [PlanePoint] = []
        result.reserveCapacity(points.count + 4)
        var previous: Int64?
        for point in points {
            let x = result.last.map { $0.x + step(from: previous ?? point.x, to: point.x) } ?? point.x
            result.append(PlanePoint(x: x, y: point.y))
            previous = point.x
        }
        return result
    }

    /// With what closes it over a pole when it goes around the world.
    private func unrolledRing(_ ring: [PlanePoint]) -> [PlanePoint] {
        let positions = unrolled(ring)
        guard let first = positions.first, let last = positions.last, let end = ring.last, let start = ring.first else {
            return positions
        }
        let around = last.x + step(from: end.x, to: start.x) - first.x
        return around == 0 ? positions : overPole(ring, around)
    }

    /// Opens a ring that goes around the world where it crosses the meridian nearest to its pole, so that the way to the
    /// pole and back runs along the meridian and meets no other part of the ring.
    private func overPole(_ ring: [PlanePoint], _ around: Int64) -> [PlanePoint] {
        let mean = ring.reduce(0.0) { $0 + Double($1.y) } / Double(ring.count)
        let isSouthern = abs(mean - Double(southPole)) < abs(mean - Double(northPole))
        let pole = isSouthern ? southPole : northPole
        var best: (next: Int, x: Int64, y: Int64)?
        for index in ring.indices {
            let next = (index + 1) % ring.count
            let (from, to) = (ring[index], ring[next])
            guard jumps(from, to) else { continue }
            let isEastward = from.x > to.x
            let border = isEastward ? east : west
            let unrolledTo = PlanePoint(x: from.x + step(from: from.x, to: to.x), y: to.y)
            let y = AntimeridianCut.y(at: border, from, unrolledTo)
            if best.map({ abs(y - pole) < abs($0.y - pole) }) ?? true { best = (next, isEastward ? west : east, y) }
        }
        guard let best else { return unrolled(ring) }
        var result = unrolled([PlanePoint(x: best.x, y: best.y)] + ring[best.next...] + ring[..<best.next])
        result.append(PlanePoint(x: best.x + around, y: best.y))
        result.append(PlanePoint(x: best.x + around, y: pole))
        result.append(PlanePoint(x: best.x, y: pole))
        return result
    }

    /// The y where a segment passes a meridian between its ends.
    public static func y(at x: Int64, _ start: PlanePoint, _ end: PlanePoint) -> Int64 {
        if start.x == end.x { return start.y }
        let numerator = Int128(end.y - start.y) * Int128(x - start.x) * 2
        let denominator = Int128(end.x - start.x)
        // Rounded to nearest; the order of the ends does not matter.
        let sign: Int128 = (numerator < 0) == (denominator < 0) ? 1 : -1
        let rounded = (numerator.magnitude + denominator.magnitude) / (2 * denominator.magnitude)
        return start.y + Int64(sign * Int128(rounded))
    }
}
