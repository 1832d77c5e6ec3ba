import Foundation
import OSMFormats
import OSMModel
import PlanarGeometry
import SampleExtract
import TestSupport
import Testing

struct TownTests {
    private static let town: [TownElement] = allElements(Town())

    private static let tags = Set(town.flatMap(\.tags))

    private static func allElements(_ town: Town) -> [TownElement] {
        var all: [TownElement] = []
        town.forEachBlock { all += townElements(of: $0) }
        return all
    }

    @Test func sameSeedGivesTheSameTownAndAnotherSeedAnother() {
        #expect(Self.allElements(Town()) == Self.town)
        #expect(Self.allElements(Town(seed: 2)) != Self.town)
    }

    @Test(arguments: [1, 3]) func idsAscendFromOneWithoutGaps(scale: Int) {
        let all = Self.allElements(Town(scale: scale))
        for kind in ElementKind.allCases {
            let ids = all.filter { $0.id.kind == kind }.map(\.id.number)
            #expect(ids == Array(1...Int64(ids.count)))
        }
        #expect(all.map(\.id.kind) == all.map(\.id.kind).sorted())
    }

    @Test func blocksHoldOneKindAndAtMostEightThousandElements() {
        Town(scale: 3).forEachBlock { block in
            #expect(block.elementCount <= 8000)
            let kinds = [block.nodes.ids.count, block.ways.ids.count, block.relations.ids.count].count { $0 > 0 }
            #expect(kinds == 1)
        }
    }

    @Test func onlyTheOddRelationMissesAMember() {
        let known = Set(Self.town.map(\.id))
        var missing: [String] = []
        for element in Self.town {
            for node in element.references where !known.contains(ElementID(.node, node)) { missing.append("n\(node)") }
            for member in element.members {
                let id = member.split(separator: " ")[0]
                if let element = ElementID(id), !known.contains(element) { missing.append(String(id)) }
            }
        }
        #expect(missing.count == 1)
    }

    @Test func proportionsAreThoseOfRealExtracts() {
        let nodes = Self.town.filter { $0.id.kind == .node }
        let ways = Self.town.filter { $0.id.kind == .way }
        #expect(Double(nodes.count { $0.tags.isEmpty }) / Double(nodes.count) >= 0.85)
        #expect((5...10).contains(Double(nodes.count) / Double(ways.count)))
        let tagsPerWay = Double(ways.reduce(0) { $0 + $1.tags.count }) / Double(ways.count)
        #expect((1.4...3).contains(tagsPerWay))
        #expect(nodes.allSatisfy { $0.coordinates[0].isValid })
    }

    /// What a map, a reader and a query must be able to show with this sample.
    @Test(arguments: [
        "natural=coastline", "natural=beach", "man_made=pier", "man_made=breakwater", "water=river", "waterway=river",
        "waterway=stream", "water=lake", "highway=motorway", "highway=motorway_link", "highway=trunk",
        "highway=primary",
        "highway=secondary", "highway=tertiary", "highway=unclassified", "highway=residential", "highway=living_street",
        "highway=pedestrian", "highway=service", "highway=track", "highway=path", "highway=footway", "highway=steps",
        "junction=roundabout", "bridge=yes", "tunnel=yes", "oneway=yes", "railway=rail", "railway=tram",
        "railway=tram_stop",
        "railway=station", "railway=level_crossing", "building:part=yes", "landuse=forest", "landuse=farmland",
        "landuse=cemetery", "leisure=park", "leisure=pitch", "amenity=school", "amenity=hospital", "amenity=parking",
        "amenity=cafe", "amenity=restaurant", "cuisine=seafood", "atm=yes", "amenity=pharmacy",
        "amenity=place_of_worship",
        "amenity=recycling", "amenity=bench", "place=town", "place=village", "place=suburb", "place=hamlet",
        "admin_level=2", "admin_level=4", "admin_level=8", "route=bus", "route=hiking", "route=tram", "route=ferry",
        "aerialway=gondola", "type=restriction", "type=multipolygon", "place=island", "created_by=an editor of 2007",
    ]) func townHas(tag: String) {
        #expect(Self.tags.contains(tag))
    }

    @Test func coastIsClosedRingsWithLandToTheLeft() {
        let places = Dictionary(
            uniqueKeysWithValues: Self.town.filter { $0.id.kind == .node }.map { ($0.id.number, $0.coordinates[0]) })
        var next: [Int64: [Int64]] = [:]
        for way in Self.town where way.tags.contains("natural=coastline") {
            if let first = way.references.first { next[first] = way.references }
        }
        var rings = 0
        while let start = next.keys.min() {
            var ring: [Int64] = []
            var at = start
            while let part = next.removeValue(forKey: at), let last = part.last {
                ring += part.dropLast()
                at = last
            }
            #expect(at == start)
            var area = 0.0
            for (index, node) in ring.enumerated() {
                guard let a = places[node], let b = places[ring[(index + 1) % ring.count]] else { continue }
                area += a.longitudeDegrees * b.latitudeDegrees - b.longitudeDegrees * a.latitudeDegrees
            }
            #expect(area > 0)
            rings += 1
        }
        #expect(rings == 3)
    }

    @Test func bordersAreClosed() {
        let ways = Dictionary(
            uniqueKeysWithValues: Self.town.filter { $0.id.kind == .way }.map { ($0.id.number, $0.references) })
        let borders = Self.town.filter { $0.tags.contains("type=boundary") }
        #expect(borders.count == 9)
        for border in borders {
            var ends: [Int64: Int] = [:]
            for member in border.members where member.hasPrefix("w") {
                guard let number = Int64(member.dropFirst().split(separator: " ")[0]), let nodes = ways[number],
                    let first = nodes.first, let last = nodes.last
                else { continue }
                ends[first, default: 0] += 1
                ends[last, default: 0] += 1
            }
            #expect(ends.values.allSatisfy { $0 == 2 }, "\(border.tags)")
        }
    }

    @Test func townsOfALargerSampleLieApart() {
        let count = Self.town.count { $0.id.kind == .node }
        let nodes = Self.allElements(Town(scale: 2)).filter { $0.id.kind == .node }
        let boxes = [nodes[..<count].map { $0.coordinates[0] }, nodes[count...].map { $0.coordinates[0] }]
        let southOfFirst = boxes[0].map(\.latitude).min() ?? 0
        let northOfSecond = boxes[1].map(\.latitude).max() ?? 0
        #expect(northOfSecond < southOfFirst, "the second town lies south of the first")
    }

    /// The committed files are what this code writes. `UPDATE_GOLDENS=1` writes them anew.
    @Test func committedSamplesAreUpToDate() throws {
        let pbf = TestData.repository.appending(path: "Sources/CEmbedded/sample.osm.pbf").path
        let xml = TestData.fixture("Town/town.osm").path
        if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
            try Town.write(scale: 1, seed: 1, to: pbf, format: .pbf)
            try Town.write(scale: 1, seed: 1, to: xml, format: .xml, metadata: nil)
        }
        let folder = try TemporaryFolder()
        try Town.write(scale: 1, seed: 1, to: folder.path("a.osm.pbf"), format: .pbf)
        try Town.write(scale: 1, seed: 1, to: folder.path("a.osm"), format: .xml, metadata: nil)
        let (new, old) = try (WrittenPBF.unpackedBlobs(folder.path("a.osm.pbf")), WrittenPBF.unpackedBlobs(pbf))
        #expect(new.map(\.type) == old.map(\.type))
        #expect(new.map(\.payload) == old.map(\.payload))
        #expect(
            try Data(contentsOf: URL(filePath: folder.path("a.osm"))) == Data(contentsOf: URL(filePath: xml)))
        #expect(try Data(contentsOf: URL(filePath: pbf)).count < 250_000)
        #expect(try Data(contentsOf: URL(filePath: xml)).count < 1_000_000)
    }
}
