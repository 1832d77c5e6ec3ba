import FeatureStorage
import Foundation
import OSMImport
import OSMModel
import PlanarGeometry
import TestSupport
import Testing
import TileSchemas

/// The multipolygon cases of osm-testdata (categories 7 and 9), imported together.
@Suite("Multipolygons of osm-testdata")
struct AreaGridTests {
    struct Expected {
        var element: String
        /// `nil` where no area can be made.
        var polygons: [[[WorldPoint]]]?
        var tags: [String: String]
    }

    /// Cases of which we give another result than `default`: `fix` because rings that cross, touch or overlap are repaired and
    /// spikes and doubled stretches cancel in pairs or count once, `location` because rings are made of positions, whatever the
    /// nodes' ids, and a way counts once.
    static let variants: [Int: String] = [
        711: "fix", 742: "fix", 743: "fix", 752: "fix", 754: "fix", 756: "fix", 757: "fix", 747: "location",
        748: "location",
        781: "location", 782: "location", 790: "location", 791: "location", 792: "location", 793: "location",
        794: "location",
        795: "location",
    ]

    /// Cases without such a variant that make an area all the same: the relation's.
    static let repaired: [Int: String] = [
        // Outer rings that overlap: their union.
        710: """
        MULTIPOLYGON(((7.03 1.12,7.03 1.11,7.07 1.11,7.07 1.13,7.0366666 1.13,7.05 1.15,7.02 1.16,7.01 1.14,7.03 1.12)))
        """,
        // An outer ring that crosses itself: both lobes.
        740: """
        MULTIPOLYGON(((7.03 1.4300001,7.05 1.45,7.01 1.45,7.03 1.4300001)),((7.05 1.41,7.03 1.4300001,7.01 1.41,7.05 1.41)))
        """,
        // As the variant `fix`, but for the rounding of a point that is nearly on a line.
        753: """
        MULTIPOLYGON(((7.31 1.51,7.39 1.51,7.39 1.59,7.31 1.59,7.31 1.51),(7.34 1.58,7.36 1.58,7.35 1.56,7.37 1.56,7.35 1.52,\
        7.33 1.52,7.3399999 1.54,7.32 1.54,7.34 1.58)))
        """,
        // Outer rings that share a stretch of an edge with other nodes: one ring.
        768: "MULTIPOLYGON(((7.81 1.61,7.87 1.61,7.87 1.64,7.81 1.64,7.81 1.61)))",
        // Rings that touch in a point without a common node stay as they are.
        771: """
        MULTIPOLYGON(((7.16 1.72,7.12 1.72,7.12 1.74,7.14 1.74,7.16 1.74,7.16 1.72)),((7.14 1.74,7.16 1.76,7.14 1.78,7.12 1.76,7.14 1.74)))
        """,
        773: """
        MULTIPOLYGON(((7.31 1.71,7.31 1.79,7.39 1.79,7.39 1.71,7.31 1.71),(7.36 1.72,7.32 1.72,7.32 1.74,7.34 1.74,7.36 1.74,7.36 1.72),\
        (7.34 1.74,7.36 1.76,7.34 1.78,7.32 1.76,7.34 1.74)))
        """,
    ]

    /// Cases that we see otherwise, with exactly these differences.
    static let deviations: [Int: [String]] = [
        // The member ways say area=yes, so they are areas of their own.
        768: ["w768800 is an area", "w768801 is an area"],
        // The case's tags are not those that its relation has.
        791: ["r791900 has the tags [(key: \"landuse\", value: \"forest\")]"],
        792: ["r792900 has the tags [(key: \"landuse\", value: \"forest\")]"],
        793: ["r793900 has the tags [(key: \"landuse\", value: \"forest\")]"],
        // An inner way with the relation's or the outer way's tags is an area like any other closed way with such tags.
        926: ["w926801 is an area"],
        927: ["w927801 is an area"],
    ]

    /// What is reported of each case; of the others nothing is.
    static let problems: [Int: [String]] = [
        710: ["crossing-rings r710900"],
        711: ["duplicate-segment r711900"],
        714: ["unclosed-ring r714900"],
        715: ["unclosed-ring r715900"],
        732: ["repeated-node w732801"],
        740: ["crossing-rings r740900"],
        741: ["duplicate-segment r741900", "unclosed-ring r741900"],
        742: ["duplicate-segment r742900"],
        743: ["crossing-rings r743900"],
        744: ["unclosed-ring r744900"],
        745: ["unclosed-ring r745900"],
        746: ["unclosed-ring r746900"],
        747: ["duplicate-node n747003", "repeated-place w747800"],
        748: ["duplicate-node n748003", "repeated-place w748800"],
        752: ["crossing-rings r752900"],
        753: ["crossing-rings r753900"],
        754: ["crossing-rings r754900"],
        756: ["crossing-rings r756900"],
        757: ["duplicate-segment r757900"],
        760: ["duplicate-segment r760900"],
        761: ["duplicate-segment w761800"],
        762: ["duplicate-segment r762900"],
        765: ["duplicate-segment r765900"],
        766: ["duplicate-segment r766900"],
        767: ["duplicate-segment w767800"],
        768: ["crossing-rings r768900"],
        771: ["crossing-rings r771900"],
        773: ["crossing-rings r773900"],
        780: ["duplicate-node n780004", "unjoined-ends w780800"],
        781: ["duplicate-node n781004", "unclosed-ring r781900", "unjoined-ends w781800"],
        782: ["duplicate-node n782008", "unclosed-ring r782900"],
        790: ["repeated-member r790900"],
        791: ["duplicate-segment r791900"],
        792: ["duplicate-segment r792900"],
        793: ["duplicate-segment r793900"],
        794: ["duplicate-segment r794900"],
        795: ["repeated-member r795900"],
        900: ["old-style-multipolygon r900900", "role-mismatch r900900"],
        901: ["role-mismatch r901900"],
        902: ["role-mismatch r902900"],
        904: ["role-mismatch r904900"],
        905: ["duplicate-segment r905900", "role-mismatch r905900"],
        911: ["old-style-multipolygon r911900"],
        912: ["old-style-multipolygon r912900"],
        913: ["old-style-multipolygon r913900"],
        921: ["old-style-multipolygon r921900"],
        923: ["old-style-multipolygon r923900"],
        925: ["old-style-multipolygon r925900"],
        927: ["old-style-multipolygon r927900"],
        931: ["old-style-multipolygon r931900"],
    ]

    /// What the case expects of each element, by variant.
    static func cases() throws -> [Int: [String: [Expected]]] {
        let url = try #require(TestData.file("osm-testdata/grid/data/tests.json"))
        let document = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
        var cases: [Int: [String: [Expected]]] = [:]
        for test in try #require(document as? [[String: Any]]) {
            guard let id = test["test_id"] as? Int, let variants = test["areas"] as? [String: [[String: Any]]] else {
                continue
            }
            for (variant, areas) in variants {
                cases[id, default: [:]][variant] = try areas.map { area in
                    let kind = try #require(area["from_type"] as? String)
                    let number = try #require(area["from_id"] as? Int)
                    let tags = (area["tags"] as? [String: String] ?? [:]).filter { !$0.key.hasPrefix("test:") }
                    return Expected(
                        element: "\(kind.prefix(1))\(number)", polygons: polygons(try #require(area["wkt"] as? String)),
                        tags: tags)
                }
            }
        }
        return cases
    }

    /// Rings of a MULTIPOLYGON without their last points; `nil` for INVALID.
    static func polygons(_ text: String) -> [[[WorldPoint]]]? {
        guard text.hasPrefix("MULTIPOLYGON(((") else { return nil }
        return text.dropFirst("MULTIPOLYGON(((".count).dropLast(3).components(separatedBy: ")),((").map { polygon in
            polygon.components(separatedBy: "),(").map { ring in
                ring.split(separator: ",").dropLast().map { pair in
                    let numbers = pair.split(separator: " ").compactMap { Double($0) }
                    return WebMercator.worldPoint(GeoCoordinate(numbers[0], numbers[1]))
                }
            }
        }
    }

    /// The grid's elements without their `test:` tags, which say nothing about the object.
    static func elements() throws -> OSMBuilder {
        let url = try #require(TestData.file("osm-testdata/grid/data/all.osm"))
        var builder = OSMBuilder()
        for line in try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline) {
            let line = line.drop { $0 == " " || $0 == "\t" }
            func value(_ name: String) -> String {
                guard let start = line.range(of: " \(name)=\"")?.upperBound,
                    let end = line[start...].firstIndex(of: "\"")
                else {
                    return ""
                }
                return String(line[start..<end])
            }
            let last = builder.elements.count - 1
            switch line.dropFirst().prefix(while: \.isLetter) {
            case "node":
                builder.addNode(
                    Int64(value("id")) ?? 0, GeoCoordinate(Double(value("lon")) ?? 0, Double(value("lat")) ?? 0))
            case "way": builder.addWay(Int64(value("id")) ?? 0, [])
            case "relation": builder.addRelation(Int64(value("id")) ?? 0, [])
            case "nd": builder.elements[last].references.append(Int64(value("ref")) ?? 0)
            case "member":
                let element = try #require(ElementID("\(value("type").prefix(1))\(value("ref"))"))
                builder.elements[last].members.append(RelationMember(element: element, role: value("role")))
            case "tag":
                if !value("k").hasPrefix("test:") { builder.elements[last].tags.append((value("k"), value("v"))) }
            default: break
            }
        }
        return builder
    }

    /// The features of one case that are areas.
    static func areas(_ test: Int, _ imported: ImportedStore) throws -> Set<String> {
        var areas: Set<String> = []
        for record in try imported.records()
        where record.element.number / 1000 == test && !record.isPart && !record.isDerived {
            if record.shape == .area || record.shape == .closedArea { areas.insert("\(record.element)") }
        }
        return areas
    }

    /// What differs from the expected areas of a case; empty when nothing does.
    static func differences(_ test: Int, _ expected: [Expected], _ imported: ImportedStore) throws -> [String] {
        var differences: [String] = []
        let found = try areas(test, imported)
        let wanted = expected.filter { $0.polygons != nil }
        for element in found.subtracting(wanted.map(\.element)).sorted() { differences.append("\(element) is an area") }
        for area in wanted {
            guard let polygons = area.polygons, found.contains(area.element) else {
                differences.append("\(area.element) is no area")
                continue
            }
            guard var geometry = try imported.geometry(area.element) else {
                differences.append("\(area.element) has no geometry")
                continue
            }
            // Points of a repair lie on the grid between coordinates.
            geometry.points = geometry.coordinates().map(WebMercator.worldPoint)
            let boundary = SegmentSet(rings: polygons.flatMap { $0 })
            if SegmentSet(geometry).withoutStraightPoints() != boundary.withoutStraightPoints() {
                differences.append("\(area.element) has another boundary")
            }
            if area.element.hasPrefix("r") {
                if let fault = geometry.polygonFault() { differences.append("\(area.element): \(fault)") }
                let exteriors = geometry.partEnds.indices.count {
                    RingArea.doubled(geometry.points, geometry.partRange($0)) > 0
                }
                if exteriors != polygons.count { differences.append("\(area.element) has \(exteriors) exterior rings") }
                if geometry.partCount != polygons.joined().count {
                    differences.append("\(area.element) has \(geometry.partCount) rings")
                }
            }
            var tags = try imported.tags(area.element)
            tags["type"] = nil
            if tags != area.tags {
                differences.append("\(area.element) has the tags \(tags.sorted { $0.key < $1.key })")
            }
        }
        return differences
    }

    @Test(
        "Every case gives its default result, or the variant that is listed",
        .enabled(
            if: TestData.file("osm-testdata/grid/data/all.osm") != nil,
            "osm-testdata is absent: name its folder with TUILE_TEST_DATA"))
    func grid() async throws {
        let cases = try Self.cases()
        #expect(cases.count == 102)
        let imported = try await ImportedStore(Self.elements())
        for (test, variants) in cases.sorted(by: { $0.key < $1.key }) {
            let variant = Self.variants[test] ?? "default"
            var expected = try #require(variants[variant])
            if let text = Self.repaired[test] {
                for index in expected.indices {
                    expected[index].polygons = Self.polygons(text)
                    // Cases without an area say no tags.
                    expected[index].tags = ["landuse": "forest"]
                }
            }
            let differences = try Self.differences(test, expected, imported)
            #expect(differences == Self.deviations[test] ?? [], "case \(test), \(variant)")
            let told = imported.problems.filter { $0.drop { $0 != " " }.dropFirst(2).hasPrefix("\(test)") }
            #expect(told.sorted() == Self.problems[test] ?? [], "case \(test)")
        }
    }

    @Test(
        "Of every case without a valid area by default something is told, with its place",
        .enabled(
            if: TestData.file("osm-testdata/grid/data/all.osm") != nil,
            "osm-testdata is absent: name its folder with TUILE_TEST_DATA"))
    func reasons() async throws {
        let imported = try await ImportedStore(Self.elements())
        let told = Set(imported.report.problems.map { Int($0.element.number / 1000) })
        for (test, variants) in try Self.cases() {
            let isInvalid = (variants["default"] ?? []).contains { $0.polygons == nil }
            if isInvalid { #expect(told.contains(test), "case \(test)") }
        }
        #expect(imported.report.problems.allSatisfy { $0.place != nil })
    }
}
