import PlanarGeometry
import TestSupport
import Testing

@Suite("Lines joined end to end")
struct LineChainTests {
    /// Lines given by letters, each letter a place: `ab bcd` are two lines.
    static func joined(_ text: String) -> [String] {
        var geometry = Geometry(type: .lines)
        var chain = LineChain()
        for word in text.split(separator: " ") {
            let points = word.unicodeScalars.map { WorldPoint(x: $0.value, y: 7) }
            chain.append(points[...], to: &geometry)
        }
        chain.finish(into: &geometry)
        return (0..<geometry.partCount).map { part in
            var scalars = String.UnicodeScalarView()
            for point in geometry.points[geometry.partRange(part)] {
                if let scalar = Unicode.Scalar(point.x) { scalars.append(scalar) }
            }
            return String(scalars)
        }
    }

    @Test(
        "Lines are turned so that they meet, and a branch begins a new one",
        arguments: [
            ("abc cde ef", ["abcdef"]), ("abc edc ef", ["abcdef"]), ("cba cde", ["abcde"]), ("cba edc", ["abcde"]),
            ("ab bc xy yz", ["abc", "xyz"]), ("ab bc bd de", ["abc", "bde"]), ("ab cd", ["ab", "cd"]),
            // Two halves of a ring, and on from where they began.
            ("abc cda ae", ["abcdae"]),
            // There and back on two carriageways.
            ("ab bc cd bx xa", ["abcd", "bxa"]), ("", []), ("a", []), ("ab b bc", ["abc"]), ("ab", ["ab"]),
        ])
    func examples(lines: String, expected: [String]) { #expect(Self.joined(lines) == expected) }

    @Test("A roundabout stays whole and apart, and what runs past it goes on")
    func roundabouts() {
        #expect(Self.joined("ab bpqrb bc") == ["bpqrb", "abc"])
        #expect(Self.joined("ab bpqrb qc cd") == ["bpqrb", "ab", "qcd"])
        #expect(Self.joined("pqrp qc") == ["pqrp", "qc"])
        var geometry = Geometry(type: .lines)
        var chain = LineChain()
        let ring = [WorldPoint(x: 1, y: 1), WorldPoint(x: 2, y: 1), WorldPoint(x: 2, y: 2)]
        chain.append(ring[...], closing: true, to: &geometry)
        chain.finish(into: &geometry)
        #expect(geometry.points == ring + [ring[0]])
        #expect(geometry.partEnds == [4])
    }

    @Test("Places that only the grid takes for one are not joined, and their coordinates stay with their points")
    func exactCoordinates() {
        let place = WorldPoint(x: 5, y: 0)
        let north = GeoCoordinate(longitude: 5, latitude: 890_000_000)
        let other = GeoCoordinate(longitude: 5, latitude: 880_000_000)
        func lines(_ second: GeoCoordinate) -> Geometry {
            var geometry = Geometry(type: .lines)
            var chain = LineChain()
            chain.append(
                [WorldPoint(x: 1, y: 1), place], exact: [.init(index: 1, coordinate: north)], to: &geometry)
            chain.append([WorldPoint(x: 9, y: 1), place], exact: [.init(index: 1, coordinate: second)], to: &geometry)
            chain.finish(into: &geometry)
            return geometry
        }
        #expect(lines(north).partEnds == [3])
        #expect(lines(north).exactCoordinates == [.init(index: 1, coordinate: north)])
        #expect(lines(other).partEnds == [2, 4])
        #expect(lines(other).exactCoordinates.map(\.index) == [1, 3])
        #expect(lines(other).exactCoordinates.map(\.coordinate) == [north, other])
    }

    @Test("Every segment is there as often as it came", arguments: 0..<200)
    func segments(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var geometry = Geometry(type: .lines)
        var chain = LineChain()
        var expected: [Set<WorldPoint>: Int] = [:]
        func count(_ line: some Sequence<WorldPoint>, _ counts: inout [Set<WorldPoint>: Int]) {
            let points = Array(line)
            for (from, to) in zip(points, points.dropFirst()) { counts[[from, to], default: 0] += 1 }
        }
        for _ in 0..<Int.random(in: 0...30, using: &random) {
            let line = (0..<Int.random(in: 2...4, using: &random)).map { _ in
                WorldPoint(x: .random(in: 0...3, using: &random), y: .random(in: 0...2, using: &random))
            }
            let closing = Int.random(in: 0...5, using: &random) == 0
            chain.append(line[...], closing: closing, to: &geometry)
            count(closing ? line + [line[0]] : line, &expected)
        }
        chain.finish(into: &geometry)
        var found: [Set<WorldPoint>: Int] = [:]
        for part in 0..<geometry.partCount {
            #expect(geometry.partRange(part).count >= 2)
            count(geometry.points[geometry.partRange(part)], &found)
        }
        #expect(found == expected, "seed \(seed)")
    }
}
