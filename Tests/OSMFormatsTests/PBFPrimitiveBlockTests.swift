import ByteCoding
import OSMModel
import PlanarGeometry
import ProtobufWire
import Testing

@testable import OSMFormats

/// OSM PBF, PrimitiveBlock.
struct PBFPrimitiveBlockTests {
    @Test func scalesAndStringsMayStandAfterTheGroups() async throws {
        var payload = WireWriter()
        payload.dense([1], [10], [20], tags: [1, 2, 0])
        payload.int64(PBFFields.PrimitiveBlock.granularity, 1000)
        payload.int64(PBFFields.PrimitiveBlock.latitudeOffset, 500)
        payload.int64(PBFFields.PrimitiveBlock.longitudeOffset, -500)
        payload.message(PBFFields.PrimitiveBlock.stringTable) { table in
            for string in ["", "k", "v"] { table.string(PBFFields.StringTable.string, string) }
        }
        var sample = PBFSample()
        sample.append(type: "OSMData", blob: PBFSample.raw(payload.bytes))
        let node = try #require(try await sample.read().elements.first)
        #expect(node.places == [GeoCoordinate(longitude: 195, latitude: 105)])
        #expect(node.tags == ["k": "v"])
    }

    @Test func theLastOfSeveralScalarsCounts() async throws {
        var sample = PBFSample()
        sample.append { block in
            block.int64(PBFFields.PrimitiveBlock.granularity, 1)
            block.int64(PBFFields.PrimitiveBlock.granularity, 200)
            block.dense([1], [10], [20])
        }
        #expect(try await sample.read().elements.first?.places == [GeoCoordinate(longitude: 40, latitude: 20)])
    }

    @Test(arguments: [0, -100, 1 << 33])
    func aGranularityThatMakesNoSenseIsRefused(granularity: Int64) async throws {
        var sample = PBFSample()
        sample.append { $0.int64(PBFFields.PrimitiveBlock.granularity, granularity) }
        #expect(try await sample.fault() == .range)
    }

    @Test func blocksAreIndependent() async throws {
        var sample = PBFSample()
        sample.append(strings: ["a", "b"]) { $0.dense([5], [1], [1], tags: [1, 2, 0]) }
        sample.append(strings: ["b", "a"], compressed: true) { $0.dense([5], [1], [1], tags: [1, 2, 0]) }
        let nodes = try await sample.read(threads: 3).elements
        #expect(nodes.map(\.tags) == [["a": "b"], ["b": "a"]])
        #expect(nodes.map(\.id.number) == [5, 5])
    }

    @Test func stringsThatAreNotUTF8KeepTheirBytes() throws {
        var payload = WireWriter()
        payload.message(PBFFields.PrimitiveBlock.stringTable) { table in
            table.string(PBFFields.StringTable.string, "")
            table.data(PBFFields.StringTable.string, [0xff, 0x00, 0xc3])
        }
        let block = try PBFPrimitiveBlockDecoder.decode(
            payload.bytes.byteSpan, base: 0, options: OSMReadingOptions(), withLocations: false)
        #expect(block.strings[1].toArray() == [0xff, 0x00, 0xc3])
    }

    @Test func columnsOfUntaggedElementsHaveNoEnds() throws {
        let payload = PBFSample.block { block in
            block.dense([1, 1], [0, 0], [0, 0], tags: [0, 0])
            block.way { $0.int64(PBFFields.Way.id, 1) }
            block.relation { $0.int64(PBFFields.Relation.id, 1) }
        }
        let block = try PBFPrimitiveBlockDecoder.decode(
            payload.byteSpan, base: 0, options: OSMReadingOptions(), withLocations: false)
        #expect(block.nodes.tags.ends.isEmpty && block.ways.tags.ends.isEmpty && block.relations.tags.ends.isEmpty)
        #expect(block.elementCount == 4)
    }

    @Test func tagsOfSeveralGroupsOfNodesStayWithTheirNodes() async throws {
        var sample = PBFSample()
        sample.append(strings: ["k", "v"]) { block in
            block.dense([1, 1], [0, 0], [0, 0])
            block.dense([3, 1], [0, 0], [0, 0], tags: [0, 1, 2, 0])
            block.dense([5], [0], [0])
            block.node { node in
                node.sint64(PBFFields.Node.id, 6)
                node.packedUInt32(PBFFields.Node.keys, [2])
                node.packedUInt32(PBFFields.Node.values, [1])
                node.sint64(PBFFields.Node.latitude, 0)
                node.sint64(PBFFields.Node.longitude, 0)
            }
            block.dense([7], [0], [0])
        }
        let nodes = try await sample.read().elements
        #expect(nodes.map(\.id.number) == [1, 2, 3, 4, 5, 6, 7])
        #expect(nodes.map(\.tags) == [[:], [:], [:], ["k": "v"], [:], ["v": "k"], [:]])
    }

    @Test func theNewestTimestampIsReadOnRequest() async throws {
        let payload = PBFSample.block { block in
            block.int64(PBFFields.PrimitiveBlock.dateGranularity, 500)
            block.dense([1, 1], [0, 0], [0, 0]) { $0.packedSInt64(PBFFields.DenseInfo.timestamp, [1000, 3000]) }
            block.way { way in
                way.int64(PBFFields.Way.id, 1)
                way.message(PBFFields.Way.info) { $0.int64(PBFFields.Info.timestamp, 5000) }
            }
        }
        var options = OSMReadingOptions()
        let decode = { (options: OSMReadingOptions) in
            try PBFPrimitiveBlockDecoder.decode(payload.byteSpan, base: 0, options: options, withLocations: false)
        }
        #expect(try decode(options).newestTimestamp == nil)
        options.readsTimestamps = true
        #expect(try decode(options).newestTimestamp == 2500)
    }
}
