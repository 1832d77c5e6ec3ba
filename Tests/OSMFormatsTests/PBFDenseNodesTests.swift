import ByteCoding
import OSMModel
import PlanarGeometry
import ProtobufWire
import TestSupport
import Testing

@testable import OSMFormats

/// OSM PBF, DenseNodes.
struct PBFDenseNodesTests {
    func fault(
        _ ids: [Int64], _ latitudes: [Int64], _ longitudes: [Int64], tags: [UInt32] = [],
        info: (inout WireWriter) -> Void = { _ in }
    ) async throws -> OSMFormatError.Fault? {
        var sample = PBFSample()
        sample.append(strings: ["k", "v"]) { $0.dense(ids, latitudes, longitudes, tags: tags, info: info) }
        return try await sample.fault()
    }

    @Test func randomColumnsComeBack() async throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<20 {
            let count = Int.random(in: 0...300, using: &random)
            let ids = (0..<count).map { _ in Int64.random(in: -(1 << 60)...(1 << 60), using: &random) }
            let places = (0..<count).map { _ in
                GeoCoordinate(
                    longitude: Int32.random(in: -1_800_000_000...1_800_000_000, using: &random),
                    latitude: Int32.random(in: -900_000_000...900_000_000, using: &random))
            }
            func deltas(_ values: [Int64]) -> [Int64] { zip(values, [0] + values).map { $0 - $1 } }
            var sample = PBFSample()
            sample.append(compressed: Bool.random(using: &random)) { block in
                block.dense(
                    deltas(ids), deltas(places.map { Int64($0.latitude) }), deltas(places.map { Int64($0.longitude) }))
            }
            let nodes = try await sample.read().elements
            #expect(nodes.map(\.id.number) == ids)
            #expect(nodes.flatMap(\.places) == places)
        }
    }

    @Test func arraysMustBeEquallyLong() async throws {
        #expect(try await fault([1, 1], [0, 0], [0, 0]) == nil)
        #expect(try await fault([1, 1], [0], [0, 0]) == .length)
        #expect(try await fault([1, 1], [0, 0], [0, 0, 0]) == .length)
        #expect(try await fault([1], [0, 0], [0, 0]) == .length)
        for field in 1...6 {
            let wrong = try await fault([1, 1], [0, 0], [0, 0]) { $0.packedUInt32(field, [0, 0, 0]) }
            #expect(wrong == .length, "array \(field)")
        }
    }

    @Test func everyNodeHasItsZeroInTheTags() async throws {
        #expect(try await fault([1, 1], [0, 0], [0, 0], tags: [1, 2, 0, 0]) == nil)
        #expect(try await fault([1, 1], [0, 0], [0, 0], tags: [0, 1, 2]) == nil, "the last zero may be missing")
        #expect(try await fault([1, 1, 1], [0, 0, 0], [0, 0, 0], tags: [1, 2, 0]) == .keysAndValues)
        #expect(try await fault([1, 1], [0, 0], [0, 0], tags: [0, 1]) == .keysAndValues)
        #expect(try await fault([1, 1], [0, 0], [0, 0], tags: [0, 0, 0]) == .keysAndValues)
    }

    @Test func stringNumbersMustBeInTheTable() async throws {
        #expect(try await fault([1], [0], [0], tags: [1, 3, 0]) == .stringIndex)
        #expect(try await fault([1], [0], [0], tags: [3, 1, 0]) == .stringIndex)
        let user = try await fault([1, 1], [0, 0], [0, 0]) {
            $0.packedSInt64(PBFFields.DenseInfo.userName, [2, 1])
        }
        #expect(user == .stringIndex)
    }

    @Test func sumsPast64BitsAreRefused() async throws {
        #expect(try await fault([.max, 1], [0, 0], [0, 0]) == .overflow)
        #expect(try await fault([1, 1], [.max / 100, 1 << 62], [0, 0]) == .overflow)
        #expect(try await fault([1], [.max], [0]) == .overflow)
        #expect(try await fault([1, 1], [0, 0], [.min, -1]) == .overflow)
    }

    @Test func aCoordinateThatDoesNotFitLeavesTheNodeWithoutPlace() async throws {
        var sample = PBFSample()
        sample.append { $0.dense([1, 1], [1, 1], [3_000_000_000, -3_000_000_000]) }
        let nodes = try await sample.read().elements
        #expect(nodes.map(\.places) == [[.undefined], [GeoCoordinate(longitude: 0, latitude: 2)]])
    }

    @Test func singleValuesAndSeveralRunsAreTheSameArray() async throws {
        var single = WireWriter()
        for (field, values) in [(1, [4, 1, 1]), (8, [10, 1, -1]), (9, [20, 2, -2])] as [(Int, [Int64])] {
            for value in values { single.uint64(field, value.zigzagEncoded) }
        }
        for value: UInt64 in [1, 2, 0, 0, 2, 1, 0] { single.uint64(10, value) }
        var split = WireWriter()
        for (field, values) in [(10, [2, 4, 0]), (1, [4, 1])] as [(Int, [Int64])] {
            split.packedUInt32(field, values.map { UInt32(field == 10 ? $0 / 2 : Int64($0.zigzagEncoded)) })
        }
        split.packedSInt64(8, [10])
        split.packedSInt64(9, [20, 2, -2])
        split.packedUInt32(10, [0, 2])
        split.packedSInt64(8, [1, -1])
        split.packedSInt64(1, [1])
        split.packedUInt32(10, [1, 0])
        for message in [single.bytes, split.bytes] {
            var sample = PBFSample()
            sample.append(strings: ["k", "v"]) { $0.group { $0.data(PBFFields.PrimitiveGroup.dense, message) } }
            let nodes = try await sample.read().elements
            #expect(nodes.map(\.id.number) == [4, 5, 6])
            #expect(nodes.map(\.tags) == [["k": "v"], [:], ["v": "k"]])
            #expect(nodes.flatMap(\.places).map(\.latitude) == [10, 11, 10])
            #expect(nodes.flatMap(\.places).map(\.longitude) == [20, 22, 20])
        }
    }

    @Test func deletedNodesAreNamedAndTakenOut() async throws {
        var sample = PBFSample()
        sample.append(strings: ["k", "v"]) { block in
            block.dense([1], [0], [0], tags: [2, 1, 0])
            block.dense([2, 1, 1], [5, 2_147_483_642, -2_147_483_641], [0, 0, 0], tags: [1, 2, 0, 1, 1, 0, 2, 2, 0]) {
                $0.packedUInt32(PBFFields.DenseInfo.visible, [1, 0, 1])
            }
            block.dense([5], [0], [0]) { $0.packedUInt32(PBFFields.DenseInfo.visible, [0]) }
        }
        let content = try await sample.read()
        #expect(content.elements.map(\.id.number) == [1, 2, 4])
        #expect(content.elements.map(\.tags) == [["v": "k"], ["k": "v"], ["v": "v"]])
        #expect(content.elements.flatMap(\.places).map(\.latitude) == [0, 5, 6])
        #expect(content.deleted == [ElementID(.node, 3), ElementID(.node, 5)])
        #expect(content.deletions.map(\.place) == [2, 3])
    }
}
