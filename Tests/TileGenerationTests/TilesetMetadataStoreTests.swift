import FeatureStorage
import Foundation
import OSMImport
import OSMModel
import PlanarGeometry
import TestSupport
import Testing
import TileArchives
import TileSchemas

@testable import TileGeneration

@Suite("Metadata of tiles from a store")
struct TilesetMetadataStoreTests {
    @Test("A time is written in ISO 8601, UTC, as the calendar has it")
    func times() {
        var generator = SeededGenerator(seed: 3)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let fixed: [Int64] = [
            0, -1, 86_399, 86_400, 951_782_399, 951_782_400, 951_868_800, 4_107_542_400, 253_402_300_799,
            -12_219_292_800,
        ]
        for seconds in fixed + (0..<300).map({ _ in .random(in: -12_219_292_800...253_402_300_799, using: &generator) })
        {
            let parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: Double(seconds)))
            let numbers = [parts.month, parts.day, parts.hour, parts.minute, parts.second].map {
                String(format: "%02d", $0 ?? -1)
            }
            let year = String(format: "%04d", parts.year ?? -1)
            #expect(
                utcText(seconds) == "\(year)-\(numbers[0])-\(numbers[1])T\(numbers[2]):\(numbers[3]):\(numbers[4])Z",
                "\(seconds)")
        }
        #expect(utcText(-62_167_219_200) == "0000-01-01T00:00:00Z")
        #expect(utcText(-62_167_219_201) == nil)
        #expect(utcText(253_402_300_800) == nil)
        #expect(utcText(.min) == nil)
        #expect(utcText(.max) == nil)
    }

    @Test(
        "Data on both sides of 180 degrees have bounds around the world (TileJSON 3.0.0 section 3.5), and their own centre"
    )
    func boundsOver180() async throws {
        var builder = OSMBuilder()
        for (id, longitude) in [(1, 178.0), (2, -179.0)] as [(Int64, Double)] {
            builder.addNode(id, GeoCoordinate(longitude, 10), [("point", "a")])
        }
        let points = try await ImportedStore(builder, schema: .plain).generator().metadata(name: "x", zooms: 0...14)
        #expect(points.bounds.west == -179)
        #expect(points.bounds.east == 178)
        #expect(points.center.map { abs($0.longitude - 179.5) < 1e-6 } == true)
        #expect(points.center.map { $0.zoom > 5 } == true)
        builder.addWay(1, [1, 2], [("line", "a")])
        let crossing = try await ImportedStore(builder, schema: .plain).generator().metadata(name: "x", zooms: 0...14)
        #expect(crossing.bounds.west == -180)
        #expect(crossing.bounds.east == 180)
        #expect(crossing.center == points.center)
        // Data all over the world stay as they are.
        builder.addNode(3, GeoCoordinate(0, 10), [("point", "a")])
        let world = try await ImportedStore(builder, schema: .plain).generator().metadata(name: "x", zooms: 0...14)
        #expect(world.center?.longitude == 0)
    }

    @Test(
        "Bounds are those of the features, inside the Mercator square; the centre lies in them at a zoom of the tileset"
    )
    func bounds() async throws {
        var builder = OSMBuilder()
        builder.addNode(1, GeoCoordinate(1, 2), [("point", "a")])
        builder.addNode(2, GeoCoordinate(3, 89), [("point", "a")])
        builder.header.replicationTimestamp = 86_400
        builder.header.replicationSequence = 4
        builder.header.replicationBaseURL = "https://example.org/day"
        let metadata = try await ImportedStore(builder, schema: .plain).generator().metadata(name: "x", zooms: 3...9)
        #expect(metadata.bounds.west == 1)
        #expect(metadata.bounds.south == 2)
        #expect(metadata.bounds.east == 3)
        #expect(metadata.bounds.north == 85.051_128_7)
        let center = try #require(metadata.center)
        #expect(center.longitude == 2)
        #expect((3...9).contains(center.zoom))
        // The layer `late` comes at zoom 10 only.
        #expect(metadata.vectorLayers?.map(\.id) ?? [] == ["point", "line", "road", "ground"])
        #expect(metadata[.dataDate] == "1970-01-02T00:00:00Z")
        #expect(metadata[.replicationSequence] == "4")
        #expect(metadata[.replicationURL] == "https://example.org/day")
        #expect(metadata[.schemaName] == "plain")
        #expect(metadata[.schemaHash] == TileSchema.plain.contentHash)
    }

    @Test("A store without features, and one whose features are all beyond the square, have bounds that can be written")
    func noBounds() async throws {
        for text in ["", "n1 x5 y89 Tpoint=a"] {
            let metadata = try await ImportedStore(text, schema: .plain).generator().metadata(name: "x", zooms: 0...14)
            #expect(metadata.bounds.south <= metadata.bounds.north)
            #expect(metadata.bounds.west <= metadata.bounds.east)
            #expect(try #require(metadata.center).zoom <= 14)
        }
    }
}
