import OSMModel
import PlanarGeometry
import ProtobufWire
import Testing

@testable import OSMFormats

/// OSM PBF, HeaderBlock.
struct PBFHeaderBlockTests {
    func read(_ write: (inout WireWriter) -> Void) async throws -> OSMFileHeader {
        var header = WireWriter()
        write(&header)
        var sample = PBFSample(bytes: [])
        sample.append(type: "OSMHeader", blob: PBFSample.zlib(header.bytes))
        return try await sample.read().header
    }

    @Test func allFieldsAreRead() async throws {
        let header = try await read { header in
            header.message(PBFFields.HeaderBlock.boundingBox) { box in
                box.sint64(PBFFields.HeaderBBox.left, -180_000_000_000)
                box.sint64(PBFFields.HeaderBBox.right, 10_000_000_100)
                box.sint64(PBFFields.HeaderBBox.top, 90_000_000_000)
                box.sint64(PBFFields.HeaderBBox.bottom, -1_000_000_000)
            }
            header.string(PBFFields.HeaderBlock.requiredFeatures, "OsmSchema-V0.6")
            header.string(PBFFields.HeaderBlock.optionalFeatures, "LocationsOnWays")
            header.string(PBFFields.HeaderBlock.writingProgram, "hand")
            header.int64(PBFFields.HeaderBlock.replicationTimestamp, 1_600_000_000)
            header.int64(PBFFields.HeaderBlock.replicationSequence, 4711)
            header.string(PBFFields.HeaderBlock.replicationBaseURL, "https://example.org/day")
        }
        #expect(header.bounds?.southWest == GeoCoordinate(longitude: -1_800_000_000, latitude: -10_000_000))
        #expect(header.bounds?.northEast == GeoCoordinate(longitude: 100_000_001, latitude: 900_000_000))
        #expect(header.hasLocationsOnWays)
        #expect(header.writingProgram == "hand")
        #expect(header.replicationTimestamp == 1_600_000_000)
        #expect(header.replicationSequence == 4711)
        #expect(header.replicationBaseURL == "https://example.org/day")
    }

    @Test(arguments: [[180_000_000_000, nil], [180_000_000_000, 300_000_000_000_000]] as [[Int64?]])
    func aBoxWithoutAllSidesIsNoneButIsNoted(sides: [Int64?]) async throws {
        let header = try await read { header in
            header.message(PBFFields.HeaderBlock.boundingBox) { box in
                box.sint64(PBFFields.HeaderBBox.left, 0)
                box.sint64(PBFFields.HeaderBBox.bottom, 0)
                if let right = sides[0] { box.sint64(PBFFields.HeaderBBox.right, right) }
                if let top = sides[1] { box.sint64(PBFFields.HeaderBBox.top, top) }
            }
        }
        #expect(header.bounds == nil)
        #expect(header.hasUnreadableBounds)
    }

    @Test func anEmptyHeaderIsOne() async throws { #expect(try await read { _ in } == OSMFileHeader()) }

    @Test func theOldWayToWriteTheDateIsRead() async throws {
        let header = try await read {
            $0.string(PBFFields.HeaderBlock.optionalFeatures, "timestamp=2016-07-16T06:14:02Z")
        }
        #expect(header.replicationTimestamp == 1_468_649_642)
    }

    @Test(arguments: ["HistoricalInformation", "OsmSchema-V0.7", "X-Quantum-Nodes"])
    func aRequiredFeatureThatIsNotKnownIsNamed(feature: String) async throws {
        let error = await #expect(throws: OSMFormatError.self) { _ = try await PBFSample(required: [feature]).read() }
        #expect(error?.fault == .requiredFeature)
        #expect("\(try #require(error))".contains(feature))
    }

    @Test func aSecondHeaderIsAcceptedIfItsFeaturesAreKnown() async throws {
        var sample = PBFSample()
        sample.append { $0.dense([7], [1], [1]) }
        var good = sample
        good.bytes += sample.bytes
        #expect(try await good.read().count(.node) == 2)
        sample.bytes += PBFSample(required: ["HistoricalInformation"]).bytes
        #expect(try await sample.fault() == .requiredFeature)
    }
}
