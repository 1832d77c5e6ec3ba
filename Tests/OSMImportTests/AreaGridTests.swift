import FeatureStorage
import Foundation
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

    /// Cases of which we give another result than `default`: `fix` because spikes and doubled stretches cancel in pairs,
    /// `location` because rings are made of positions, whatever the nodes' ids, and a way counts once.
    static let variants: [Int: String] = [
        742: "fix", 757: "fix", 747: "location", 748: "location", 781: "location", 782: "location", 790: "location",
        794: "location", 795: "location",
    ]

    /// Cases that we see otherwise, with exactly these differences.
    static let deviations: [Int: [String]] = [
        // The member ways say area=yes, so they are areas of their own, and only the relation is invalid.
        768: ["w768800 is an area", "w768801 is an area"],
        // An inner way with the relation's or the outer way's tags is an area like any other closed way with such tags.
        926: ["w926801 is an area"],
        927: ["w927801 is an area"],
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
            guard let geometry = try imported.geometry(area.element) else {
                differences.append("\(area.element) has no geometry")
                continue
            }
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
            let differences = try Self.differences(test, try #require(variants[variant]), imported)
            #expect(differences == Self.deviations[test] ?? [], "case \(test), \(variant)")
        }
    }
}
