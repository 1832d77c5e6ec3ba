import PlanarGeometry

/// Cuts lines and polygons at the meridian of 180 degrees, as RFC 7946 section 3.1.9 asks.
///
/// A segment whose longitudes differ by more than 180 degrees is taken to cross. A ring that goes once around the world
/// is taken to hold the pole of its side of the equator. Pieces end at exactly +180 and -180 degrees; the latitude there
/// is that of the straight line in longitude and latitude (section 3.1.1), to the nearest 1e-7 degree.
enum AntimeridianCut {
    /// A position with a longitude that goes on past 180 degrees, in 1e-7 degree.
    struct Position: Hashable {
        var x: Int64
        var y: Int64
    }

    static let turn: Int64 = 3_600_000_000
    static let edge: Int64 = 1_800_000_000
    static let pole: Int64 = 900_000_000

    /// Twice the signed area in square 1e-7 degrees; positive when counter-clockwise with north up.
    static func doubledArea(_ ring: [GeoCoordinate]) -> Int128 {
        guard var previous = ring.last else { return 0 }
        var sum: Int128 = 0
        for current in ring {
            sum +=
                Int128(previous.longitude) * Int128(current.latitude)
                - Int128(current.longitude) * Int128(previous.latitude)
            previous = current
        }
        return sum
    }

    static func step(from: Int64, to: Int64) -> Int64 {
        let difference = to - from
        if difference > edge { return difference - turn }
        if difference < -edge { return difference + turn }
        return difference
    }

    /// The pieces of a line of at least two points: itself when it does not cross.
    static func lines(_ line: [GeoCoordinate]) -> [[GeoCoordinate]] {
        if !crosses(line, isRing: false) { return [line] }
        var pieces: [[GeoCoordinate]] = []
        let positions = unrolled(line)
        var piece = [positions[0]]
        /// The world's turn in which the piece lies.
        var world = home(positions[0].x, to: positions[1].x)
        for index in 1..<positions.count {
            let (start, end) = (positions[index - 1], positions[index])
            while end.x > world * turn + edge || end.x < world * turn - edge {
                let isEastward = end.x > world * turn + edge
                let border = world * turn + (isEastward ? edge : -edge)
                let crossing = Position(x: border, y: latitude(at: border, start, end))
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

    private static func append(_ piece: [Position], _ world: Int64, _ pieces: inout [[GeoCoordinate]]) {
        var line: [GeoCoordinate] = []
        for position in piece {
            let coordinate = coordinate(position, world)
            if line.last != coordinate { line.append(coordinate) }
        }
        if line.count > 1 { pieces.append(line) }
    }

    /// The turn a line starts in; at exactly 180 degrees that of where it goes.
    private static func home(_ x: Int64, to next: Int64) -> Int64 {
        if x == edge, next > x { return 1 }
        if x == -edge, next < x { return -1 }
        return 0
    }

    /// The pieces of a polygon, each an exterior ring and its interior ones: itself when it does not cross.
    static func polygons(_ rings: [[GeoCoordinate]]) -> [[[GeoCoordinate]]] {
        if !rings.contains(where: { crosses($0, isRing: true) }) { return [rings] }
        var unrolledRings = rings.map(unrolledRing)
        alignHoles(&unrolledRings)
        let longitudes = unrolledRings[0].map(\.x)
        guard let west = longitudes.min(), let east = longitudes.max() else { return [] }
        var pieces: [[[GeoCoordinate]]] = []
        var rest = [unrolledRings]
        var world = -((edge - west) / turn)
        while world * turn + edge < west { world += 1 }
        while world * turn + edge < east {
            var next: [[[Position]]] = []
            for polygon in rest {
                let border = world * turn + edge
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
    private static func alignHoles(_ rings: inout [[Position]]) {
        let exterior = rings[0].map(\.x)
        guard let west = exterior.min(), let east = exterior.max() else { return }
        for index in rings.indices.dropFirst() {
            let hole = rings[index].map(\.x)
            guard let holeWest = hole.min(), let holeEast = hole.max() else { continue }
            for shift in [0, turn, -turn] where holeWest + shift >= west && holeEast + shift <= east {
                for point in rings[index].indices { rings[index][point].x += shift }
                break
            }
        }
    }

    private static func finished(_ polygon: [[Position]], _ world: Int64) -> [[GeoCoordinate]] {
        var rings: [[GeoCoordinate]] = []
        for (index, ring) in polygon.enumerated() {
            var finished: [GeoCoordinate] = []
            for position in ring {
                let coordinate = coordinate(position, world)
                if finished.last == coordinate { continue }
                // Going to a point and back leaves nothing between.
                if finished.count > 1, finished[finished.count - 2] == coordinate {
                    finished.removeLast()
                } else {
                    finished.append(coordinate)
                }
            }
            while finished.count > 1, finished.first == finished.last { finished.removeLast() }
            if finished.count >= 3, doubledArea(finished) != 0 {
                rings.append(finished)
            } else if index == 0 {
                return []
            }
        }
        return rings
    }

    private static func crosses(_ points: [GeoCoordinate], isRing: Bool) -> Bool {
        guard var previous = isRing ? points.last : points.first else { return false }
        for current in points {
            if abs(Int64(current.longitude) - Int64(previous.longitude)) > edge { return true }
            previous = current
        }
        return false
    }

    private static func unrolled(_ points: [GeoCoordinate]) -> [Position] {
        var result: [Position] = []
        result.reserveCapacity(points.count + 3)
        var previous: Int64?
        for point in points {
            let longitude = Int64(point.longitude)
            let x = result.last.map { $0.x + step(from: previous ?? longitude, to: longitude) } ?? longitude
            result.append(Position(x: x, y: Int64(point.latitude)))
            previous = longitude
        }
        return result
    }

    /// With what closes it over a pole when it goes around the world.
    private static func unrolledRing(_ ring: [GeoCoordinate]) -> [Position] {
        var positions = unrolled(ring)
        guard let first = positions.first, let last = positions.last, let end = ring.last, let start = ring.first else {
            return positions
        }
        let back = last.x + step(from: Int64(end.longitude), to: Int64(start.longitude))
        if back == first.x { return positions }
        let isSouthern = positions.reduce(0) { $0 + $1.y } < 0
        let latitude = isSouthern ? -pole : pole
        positions.append(Position(x: back, y: first.y))
        positions.append(Position(x: back, y: latitude))
        positions.append(Position(x: first.x, y: latitude))
        return positions
    }

    /// The latitude where a segment passes a meridian between its ends.
    static func latitude(at x: Int64, _ start: Position, _ end: Position) -> Int64 {
        if start.x == end.x { return start.y }
        let numerator = Int128(end.y - start.y) * Int128(x - start.x) * 2
        let denominator = Int128(end.x - start.x)
        // Rounded to nearest; the order of the ends does not matter.
        let sign: Int128 = (numerator < 0) == (denominator < 0) ? 1 : -1
        let rounded = (numerator.magnitude + denominator.magnitude) / (2 * denominator.magnitude)
        return start.y + Int64(sign * Int128(rounded))
    }

    private static func coordinate(_ position: Position, _ world: Int64) -> GeoCoordinate {
        GeoCoordinate(
            longitude: Int32(truncatingIfNeeded: position.x - world * turn),
            latitude: Int32(truncatingIfNeeded: position.y))
    }
}
