public import PlanarGeometry

/// The area that an extract was cut out of, as the filter files of osmosis say it.
///
///     name
///     ring          ! in front of the ring's name takes it away
///        7.1  43.5  longitude and latitude, one point a line
///     END
///     END
public struct ExtractPolygon: Equatable, Sendable {
    public struct Ring: Equatable, Sendable {
        /// In 1e-7 degree; the first point is not repeated.
        public var points: [GeoCoordinate]
        /// Whether it takes its area away.
        public var isHole: Bool

        public init(points: [GeoCoordinate], isHole: Bool) {
            self.points = points
            self.isHole = isHole
        }
    }

    public var name: String
    public var rings: [Ring]

    public init(name: String, rings: [Ring]) {
        self.name = name
        self.rings = rings
    }

    /// The same on the world grid.
    public var region: WorldRegion {
        WorldRegion(rings: rings.map { .init(points: $0.points.map(WebMercator.worldPoint), isHole: $0.isHole) })
    }

    /// The corners of its outermost extent, `nil` without a point.
    public var bounds: (southWest: GeoCoordinate, northEast: GeoCoordinate)? {
        var points = rings.lazy.flatMap(\.points).makeIterator()
        guard var low = points.next() else { return nil }
        var high = low
        while let point = points.next() {
            low = GeoCoordinate(
                longitude: min(low.longitude, point.longitude), latitude: min(low.latitude, point.latitude))
            high = GeoCoordinate(
                longitude: max(high.longitude, point.longitude), latitude: max(high.latitude, point.latitude))
        }
        return (low, high)
    }
}

/// What is wrong with a polygon file, and in which line, counted from 1.
public struct ExtractPolygonError: Error, Equatable, CustomStringConvertible {
    public var line: Int
    public var problem: String

    package init(line: Int, problem: String) {
        self.line = line
        self.problem = problem
    }

    public var description: String { "polygon, line \(line): \(problem)" }
}

extension ExtractPolygon {
    /// Reads an osmosis polygon file (https://wiki.openstreetmap.org/wiki/Osmosis/Polygon_Filter_File_Format). What comes
    /// after the final END is not looked at.
    public init(parsing text: String) throws(ExtractPolygonError) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var name: String?
        var rings: [Ring] = []
        var open: (line: Int, ring: Ring)?
        for (index, line) in lines.enumerated() {
            let number = index + 1
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let first = words.first else { continue }
            guard name != nil else {
                name = words.joined(separator: " ")
                continue
            }
            guard var current = open else {
                if first == "END" {
                    if rings.allSatisfy(\.isHole) {
                        throw ExtractPolygonError(line: number, problem: "no ring that is not taken away")
                    }
                    self.init(name: name ?? "", rings: rings)
                    return
                }
                open = (number, Ring(points: [], isHole: first.hasPrefix("!")))
                continue
            }
            if first == "END" {
                rings.append(try ExtractPolygon.closed(current.ring, startedInLine: current.line))
                open = nil
                continue
            }
            current.ring.points.append(try ExtractPolygon.point(words, line: number))
            open = current
        }
        let problem = name == nil ? "the file is empty" : open == nil ? "the final END is missing" : "a ring has no END"
        throw ExtractPolygonError(line: max(lines.count, 1), problem: problem)
    }

    private static func point(_ words: [Substring], line: Int) throws(ExtractPolygonError) -> GeoCoordinate {
        guard words.count == 2 else {
            throw ExtractPolygonError(
                line: line, problem: "expected longitude and latitude, found \(words.count) words")
        }
        var numbers: [Double] = []
        for word in words {
            guard let number = Double(word), number.isFinite else {
                throw ExtractPolygonError(line: line, problem: "'\(word)' is no number")
            }
            numbers.append(number)
        }
        guard let point = GeoCoordinate(longitudeDegrees: numbers[0], latitudeDegrees: numbers[1]) else {
            throw ExtractPolygonError(
                line: line, problem: "\(words[0]) \(words[1]) lies outside ±180 and ±90 degrees")
        }
        return point
    }

    private static func closed(_ ring: Ring, startedInLine line: Int) throws(ExtractPolygonError) -> Ring {
        var ring = ring
        if ring.points.count > 1, ring.points.first == ring.points.last { ring.points.removeLast() }
        if Set(ring.points).count < 3 {
            throw ExtractPolygonError(line: line, problem: "a ring of \(Set(ring.points).count) points has no area")
        }
        return ring
    }
}
