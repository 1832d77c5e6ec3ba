import FeatureQueries
import FeatureStorage
import Foundation
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@Suite("GeoJSON")
struct GeoJSONWriterTests {
    static func text(_ features: [MadeUpFeature], _ format: FeatureOutputFormat, _ query: FeatureQuery = FeatureQuery())
        throws -> String
    {
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        var bytes: [UInt8] = []
        var runner = FeatureQueryRunner(store: store, query: query)
        try runner.write(format) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The geometry member of the one feature.
    static func geometry(_ shape: StoredShape, _ parts: [[GeoCoordinate]], isExterior: [Bool] = []) throws -> String {
        let line = try text(
            [
                MadeUpFeature(
                    element: ElementID(.way, 4), tags: [("a", "b")], shape: shape, parts: parts, isExterior: isExterior)
            ], .geojsonseq)
        let start = "{\"type\":\"Feature\",\"id\":\"w4\",\"geometry\":"
        let end = ",\"properties\":{\"a\":\"b\"}}\n"
        #expect(line.hasPrefix(start) && line.hasSuffix(end))
        let geometry = String(line.dropFirst(start.count).dropLast(end.count))
        _ = try JSONSerialization.jsonObject(with: Data(geometry.utf8), options: .fragmentsAllowed)
        return geometry
    }

    @Test("A collection is written whole, empty or not")
    func collection() throws {
        let node = MadeUpFeature(
            element: ElementID(.node, -17), tags: [("name", "B"), ("ele", "12")], shape: .point,
            parts: [[GeoCoordinate(9.5215, 47.141)]])
        #expect(
            try Self.text([node], .geojson) == """
                {"type":"FeatureCollection","features":[
                {"type":"Feature","id":"n-17","geometry":{"type":"Point","coordinates":[9.5215,47.141]},\
                "properties":{"ele":"12","name":"B"}}
                ]}

                """)
        #expect(try Self.text([], .geojson) == "{\"type\":\"FeatureCollection\",\"features\":[\n]}\n")
        #expect(try Self.text([], .geojsonseq) == "")
        let near = FeatureQuery(near: try QueryPlace(parsing: "9,47"))
        let both = try Self.text([node, MadeUpFeature(element: ElementID(.way, 1), tags: [("a", "b")])], .geojson)
        #expect(both.contains("\"properties\":{\"ele\":\"12\",\"name\":\"B\"}},\n"))
        #expect(try !Self.text([node], .geojson, near).contains("distance"))
        #expect(try Self.text([node, node], .count).hasSuffix("\n"))
        #expect(try Self.text([node], .count) == "1\n")
    }

    @Test("Numbers are exact, without trailing zeros")
    func numbers() throws {
        let cases: [(Double, String)] = [
            (0, "0"), (-0.0000001, "-0.0000001"), (0.5, "0.5"), (-9.5215, "-9.5215"), (179.9999999, "179.9999999"),
            (-180, "-180"), (100.01, "100.01"), (10, "10"),
        ]
        for (degrees, text) in cases {
            #expect(
                try Self.geometry(.point, [[GeoCoordinate(degrees, 1)]])
                    == "{\"type\":\"Point\",\"coordinates\":[\(text),1]}")
        }
    }

    @Test("Each shape has its geometry type")
    func shapes() throws {
        let (a, b, c) = (GeoCoordinate(1, 1), GeoCoordinate(2, 1), GeoCoordinate(2, 2))
        #expect(try Self.geometry(.line, [[a, b]]) == "{\"type\":\"LineString\",\"coordinates\":[[1,1],[2,1]]}")
        #expect(
            try Self.geometry(.closedLine, [[a, b, c]])
                == "{\"type\":\"LineString\",\"coordinates\":[[1,1],[2,1],[2,2],[1,1]]}")
        #expect(
            try Self.geometry(.lines, [[a, b], [b, c]])
                == "{\"type\":\"MultiLineString\",\"coordinates\":[[[1,1],[2,1]],[[2,1],[2,2]]]}")
        #expect(try Self.geometry(.lines, [[a, b]]) == "{\"type\":\"LineString\",\"coordinates\":[[1,1],[2,1]]}")
        #expect(try Self.geometry(.none, []) == "null")
    }

    @Test("Exterior rings run counter-clockwise, holes clockwise (RFC 7946 section 3.1.6), whichever way they came")
    func orientation() throws {
        let (a, b, c) = (GeoCoordinate(1, 1), GeoCoordinate(2, 1), GeoCoordinate(2, 2))
        let area = { (text: String) in
            let numbers = text.split { !"-.0123456789".contains($0) }.compactMap { Double($0) }
            let points = stride(from: 0, to: numbers.count, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
            return zip(points, points.dropFirst()).reduce(0.0) { $0 + $1.0.0 * $1.1.1 - $1.1.0 * $1.0.1 }
        }
        for ring in [[a, b, c], [c, b, a]] {
            let text = try Self.geometry(.closedArea, [ring])
            #expect(text.hasPrefix("{\"type\":\"Polygon\",\"coordinates\":[[["))
            #expect(area(text) > 0)
        }
        let outer = RandomFeatures.turned(
            [GeoCoordinate(0, 0), GeoCoordinate(9, 0), GeoCoordinate(9, 9), GeoCoordinate(0, 9)], positive: true)
        let hole = RandomFeatures.turned([a, b, c], positive: false)
        let text = try Self.geometry(.area, [outer, hole], isExterior: [true, false])
        let rings = text.components(separatedBy: "]],[[")
        #expect(text.hasPrefix("{\"type\":\"Polygon\",\"coordinates\":[[["))
        #expect(rings.count == 2)
        #expect(area(rings[0]) > 0)
        #expect(area(rings[1]) < 0)
        let second = RandomFeatures.turned(
            [GeoCoordinate(20, 1), GeoCoordinate(21, 1), GeoCoordinate(21, 2)], positive: true)
        let multi = try Self.geometry(.area, [outer, hole, second], isExterior: [true, false, true])
        #expect(multi.hasPrefix("{\"type\":\"MultiPolygon\",\"coordinates\":[[[["))
        #expect(multi.components(separatedBy: "]]],[[[").count == 2)
    }

    @Test("A relation of points and lines is a collection")
    func collectionOfMembers() throws {
        let node = MadeUpFeature(
            element: ElementID(.node, 1), shape: .point, parts: [[GeoCoordinate(1, 2)]], role: .part)
        let way = MadeUpFeature(
            element: ElementID(.way, 1), shape: .line, parts: [[GeoCoordinate(3, 4), GeoCoordinate(5, 6)]], role: .part,
            nodes: [8, 9])
        let other = MadeUpFeature(
            element: ElementID(.node, 2), shape: .point, parts: [[GeoCoordinate(7, 8)]], role: .part)
        func text(_ members: [ElementID]) throws -> String {
            try Self.text(
                [
                    node, way, other,
                    MadeUpFeature(
                        element: ElementID(.relation, 1), tags: [("a", "b")], shape: .members,
                        parts: [[GeoCoordinate(1, 2)]],
                        members: members.map { RelationMember(element: $0, role: "") }),
                ], .geojsonseq)
        }
        #expect(
            try text([way.element, node.element]).contains(
                """
                "geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},\
                {"type":"LineString","coordinates":[[3,4],[5,6]]}]},
                """))
        #expect(try text([node.element]).contains("\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]},"))
        // A member that is listed twice is there once.
        #expect(
            try text([node.element, other.element, node.element]).contains(
                "{\"type\":\"MultiPoint\",\"coordinates\":[[1,2],[7,8]]}"))
        #expect(try text([]).contains("\"geometry\":null,"))
    }

    @Test("Strings are escaped as RFC 8259 section 7 wants, and come back the same")
    func strings() throws {
        var generator = SeededGenerator(seed: 3)
        var values = [
            "\"", "\\", "a\nb\tc\r", "\u{0}\u{1}\u{1f}\u{7f}", "ä€𝄞", "\u{2028}", "", "plain", "\u{8}\u{c}", "007", "7",
            "-1",
        ]
        for _ in 0..<60 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<6 {
                let scalar = Unicode.Scalar(UInt32.random(in: 0...0x3000, using: &generator)) ?? "x"
                scalars.append(scalar)
            }
            values.append(String(scalars))
        }
        let features = values.enumerated().map { index, value in
            MadeUpFeature(element: ElementID(.node, Int64(index)), tags: [("k\"\(index)", value)])
        }
        let text = try Self.text(features, .geojson)
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let found = try #require(root["features"] as? [[String: Any]])
        #expect(found.count == values.count)
        for feature in found {
            let id = try #require(feature["id"] as? String)
            let index = try #require(Int(id.dropFirst()))
            #expect(feature["properties"] as? [String: String] == ["k\"\(index)": values[index]])
        }
    }

    @Test("A line each: every line is one object")
    func lines() throws {
        let features = RandomFeatures.features(200, seed: 8)
        let lines = try Self.text(features, .geojsonseq).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 201)
        #expect(lines.last == "")
        for line in lines.dropLast() {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["type"] as? String == "Feature")
        }
    }

    @Test("Bytes come in pieces, and what the sink throws ends the run")
    func pieces() throws {
        struct Full: Error {}
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(RandomFeatures.features(900, seed: 9), in: folder)
        var runner = FeatureQueryRunner(store: store, query: FeatureQuery())
        var sizes: [Int] = []
        try runner.write(.geojson) { sizes.append($0.count) }
        #expect(sizes.count > 1)
        #expect(sizes.dropLast().allSatisfy { $0 >= 1 << 16 && $0 < 1 << 18 })
        #expect(throws: Full.self) { try runner.write(.geojson) { _ in throw Full() } }
    }
}
