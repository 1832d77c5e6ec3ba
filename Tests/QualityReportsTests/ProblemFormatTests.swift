import Foundation
import OSMModel
import PlanarGeometry
import QualityReports
import Testing

@Suite("Written problems")
struct ProblemFormatTests {
    static let report = ProblemReport(
        ProblemList([
            MapProblem(
                .oddTag, ElementID(.way, 4), at: GeoCoordinate(longitude: 95_200_000, latitude: -10_000_001),
                detail: "name=a\"\t\u{1b}[31m, b"),
            MapProblem(
                .duplicateNode, ElementID(.node, 12_345),
                at: GeoCoordinate(longitude: -1_795_000_000, latitude: 471_234_567),
                other: ElementID(.node, 17)),
            MapProblem(.noMembersPresent, ElementID(.relation, -9)),
        ]))

    private func text(_ format: ProblemFormat) -> String { String(decoding: Self.report.bytes(format), as: UTF8.self) }

    @Test("The table is aligned, one link a line, control characters escaped, a summary at the end")
    func table() {
        let lines = text(.table).split(separator: "\n", omittingEmptySubsequences: false)
        let words = ["KIND              ", "duplicate-node    ", "no-members-present", "odd-tag           "]
        let objects = ["OBJECT", "n12345", "r-9   ", "w4    "]
        let longitudes = ["   LONGITUDE", "-179.5000000", "           -", "   9.5200000"]
        let latitudes = ["  LATITUDE", "47.1234567", "         -", "-1.0000001"]
        let others = ["OTHER", "n17  ", "-    ", "-    "]
        let links = [
            "LINK" + String(repeating: " ", count: 41) + "  DETAIL", "https://www.openstreetmap.org/edit?node=12345",
            "-",
            #"https://www.openstreetmap.org/edit?way=4       name=a"\u{9}\u{1b}[31m, b"#,
        ]
        for (index, line) in lines.prefix(4).enumerated() {
            let cells = [
                words[index], objects[index], longitudes[index], latitudes[index], others[index], links[index],
            ]
            #expect(line == cells.joined(separator: "  "))
        }
        #expect(lines[4] == "")
        #expect(lines[5] == "3 problems of 3 kinds:")
        #expect(lines[6] == "         1  duplicate-node      Nodes on top of each other")
        #expect(lines.count == 11)
        #expect(!text(.table).utf8.contains(0x1b))
    }

    @Test("A report of nothing says so")
    func nothing() {
        let empty = ProblemReport(ProblemList([]))
        #expect(String(decoding: empty.bytes(.table), as: UTF8.self) == "No problems found.\n")
        for format in [ProblemFormat.json, .geojson] {
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(empty.bytes(format))) }
        }
        #expect(
            String(decoding: empty.bytes(.csv), as: UTF8.self) == "kind,id,lon,lat,other,detail,osm,editor,josm\r\n")
    }

    private struct Document: Decodable {
        struct Problem: Decodable {
            var detail: String
            var editor: String?
            var id: String
            var josm: String?
            var kind: String
            var lat: Double?
            var lon: Double?
            var osm: String?
            var other: String?
        }
        var counts: [String: Int]
        var numberMatched: Int
        var numberReturned: Int
        var problems: [Problem]
    }

    @Test("JSON has the same members for every problem, in the order of their names, and null for what is not known")
    func json() throws {
        let document = try JSONDecoder().decode(Document.self, from: Data(Self.report.bytes(.json)))
        #expect(document.counts == ["duplicate-node": 1, "no-members-present": 1, "odd-tag": 1])
        #expect(document.numberMatched == 3)
        #expect(document.problems.map(\.id) == ["n12345", "r-9", "w4"])
        #expect(document.problems[0].lon == -179.5)
        #expect(document.problems[0].lat == 47.1234567)
        #expect(document.problems[0].other == "n17")
        #expect(document.problems[1].osm == nil)
        #expect(document.problems[1].lat == nil)
        #expect(document.problems[2].detail == "name=a\"\t\u{1b}[31m, b")
        #expect(document.problems[2].editor == "https://www.openstreetmap.org/edit?way=4#map=19/-1.0000001/9.52")
        let names = ["detail", "editor", "id", "josm", "kind", "lat", "lon", "osm", "other"]
        for line in text(.json).split(separator: "\n") where line.hasPrefix("{\"detail") {
            let places = names.map { line.range(of: "\"\($0)\":")?.lowerBound }
            #expect(!places.contains(nil))
            #expect(
                zip(places, places.dropFirst()).allSatisfy { left, right in
                    left.flatMap { l in right.map { l < $0 } } ?? false
                })
        }
    }

    @Test(
        "GeoJSON is a FeatureCollection of points, a feature a line, geometry null without a place (RFC 7946 section 3.2)"
    )
    func geoJSON() throws {
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(Self.report.bytes(.geojson))) as? [String: Any])
        #expect(object["type"] as? String == "FeatureCollection")
        #expect(object["numberReturned"] as? Int == 3)
        let features = try #require(object["features"] as? [[String: Any]])
        #expect(features.count == 3)
        let geometry = try #require(features[0]["geometry"] as? [String: Any])
        #expect(geometry["coordinates"] as? [Double] == [-179.5, 47.1234567])
        #expect(features[1]["geometry"] is NSNull)
        let properties = try #require(features[2]["properties"] as? [String: Any])
        #expect(properties["kind"] as? String == "odd-tag")
        #expect(properties["josm"] as? String == "http://127.0.0.1:8111/load_object?objects=w4")
        let lines = text(.geojson).split(separator: "\n")
        #expect(lines.count == 5)
    }

    @Test("CSV quotes what it must (RFC 4180 section 2)")
    func csv() {
        let lines = text(.csv).components(separatedBy: "\r\n")
        #expect(lines.count == 5)
        #expect(lines[2] == "no-members-present,r-9,,,,,,,")
        #expect(
            lines[3].hasPrefix(
                "odd-tag,w4,9.52,-1.0000001,,\"name=a\"\"\t\u{1b}[31m, b\",https://www.openstreetmap.org/way/4,"))
    }

    @Test("The catalogue is JSON with every kind, and text that a terminal holds")
    func catalogue() throws {
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(ProblemCatalogue.json())) as? [String: [[String: String]]])
        let kinds = try #require(object["kinds"])
        #expect(kinds.map { $0["kind"] } == ProblemKind.allCases.map(\.word).sorted())
        #expect(kinds.allSatisfy { Set($0.keys) == ["advice", "consequence", "family", "kind", "meaning", "title"] })
        let text = ProblemCatalogue.text()
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
        for kind in ProblemKind.allCases { #expect(text.contains("\(kind.word): \(kind.explanation.title)")) }
    }
}
