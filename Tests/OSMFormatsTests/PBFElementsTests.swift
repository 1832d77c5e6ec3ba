import ByteCoding
import OSMModel
import PlanarGeometry
import ProtobufWire
import Testing

@testable import OSMFormats

/// OSM PBF, Node, Way and Relation.
struct PBFElementsTests {
    func read(_ groups: (inout WireWriter) -> Void) async throws -> FileContent {
        var sample = PBFSample()
        sample.append(strings: ["k", "v", "outer"], groups)
        return try await sample.read()
    }

    func fault(_ groups: (inout WireWriter) -> Void) async throws -> OSMFormatError.Fault? {
        var sample = PBFSample()
        sample.append(strings: ["k", "v", "outer"], groups)
        return try await sample.fault()
    }

    @Test func aWayHasPlainIDAndDeltaReferences() async throws {
        let way = try #require(
            try await read {
                $0.way { way in
                    way.int64(PBFFields.Way.id, -301)
                    way.packedSInt64(PBFFields.Way.references, [1 << 40, -5, -(1 << 41)])
                    way.packedUInt32(PBFFields.Way.keys, [1])
                    way.packedUInt32(PBFFields.Way.values, [2])
                }
            }.elements.first)
        #expect(way.id == ElementID(.way, -301))
        #expect(way.references == [1 << 40, (1 << 40) - 5, (1 << 40) - 5 - (1 << 41)])
        #expect(way.tags == ["k": "v"])
    }

    @Test func locationsOnWaysFillTheColumnOfPositions() throws {
        let payload = PBFSample.block { block in
            block.way { way in
                way.int64(PBFFields.Way.id, 1)
                way.packedSInt64(PBFFields.Way.references, [1, 1])
            }
            block.way { way in
                way.int64(PBFFields.Way.id, 2)
                way.packedSInt64(PBFFields.Way.latitude, [10, 5])
                way.packedSInt64(PBFFields.Way.longitude, [20, -5])
                way.packedSInt64(PBFFields.Way.references, [3, 1])
            }
            block.way { way in
                way.int64(PBFFields.Way.id, 3)
                way.packedSInt64(PBFFields.Way.references, [5])
            }
        }
        let block = try PBFPrimitiveBlockDecoder.decode(
            payload.byteSpan, base: 0, options: OSMReadingOptions(), withLocations: false)
        #expect(
            block.ways.referenceCoordinates == [
                .undefined, .undefined, GeoCoordinate(longitude: 20, latitude: 10),
                GeoCoordinate(longitude: 15, latitude: 15), .undefined,
            ])
    }

    @Test func locationsMustBeAsManyAsReferences() async throws {
        for (latitudes, longitudes) in [([1], [1, 1]), ([1, 1], []), ([1, 1, 1], [1, 1, 1])] as [([Int64], [Int64])] {
            #expect(
                try await fault {
                    $0.way { way in
                        way.int64(PBFFields.Way.id, 1)
                        way.packedSInt64(PBFFields.Way.references, [1, 1])
                        way.packedSInt64(PBFFields.Way.latitude, latitudes)
                        if !longitudes.isEmpty { way.packedSInt64(PBFFields.Way.longitude, longitudes) }
                    }
                } == .length)
        }
    }

    @Test func memberIDsAreDeltasOverAllKinds() async throws {
        let relation = try #require(
            try await read {
                $0.relation { relation in
                    relation.int64(PBFFields.Relation.id, 9)
                    relation.packedUInt32(PBFFields.Relation.memberTypes, [1, 0, 2])
                    relation.packedSInt64(PBFFields.Relation.memberIDs, [10, -3, 1])
                    relation.packedUInt32(PBFFields.Relation.memberRoles, [3, 0, 3])
                }
            }.elements.first)
        #expect(relation.members == ["w10 outer", "n7 ", "r8 outer"])
    }

    @Test func membersRolesAndTypesMustBeEquallyMany() async throws {
        for counts in [[1, 2, 2], [2, 1, 2], [2, 2, 1], [0, 1, 1]] {
            #expect(
                try await fault {
                    $0.relation { relation in
                        relation.int64(PBFFields.Relation.id, 9)
                        relation.packedUInt32(
                            PBFFields.Relation.memberTypes, repeatElement(1, count: counts[0]).map(\.self))
                        relation.packedSInt64(
                            PBFFields.Relation.memberIDs, repeatElement(1, count: counts[1]).map(\.self))
                        relation.packedUInt32(
                            PBFFields.Relation.memberRoles, repeatElement(3, count: counts[2]).map(\.self))
                    }
                } == .length)
        }
    }

    @Test func aMemberTypeIsZeroToTwo() async throws {
        #expect(
            try await fault {
                $0.relation { relation in
                    relation.int64(PBFFields.Relation.id, 9)
                    relation.packedUInt32(PBFFields.Relation.memberTypes, [3])
                }
            } == .memberType)
    }

    @Test func idsAreRequiredAndSoAreANodesCoordinates() async throws {
        #expect(try await fault { $0.way { $0.packedSInt64(PBFFields.Way.references, [1]) } } == .missingField)
        #expect(try await fault { $0.relation { $0.int64(99, 1) } } == .missingField)
        #expect(try await fault { $0.node { $0.sint64(PBFFields.Node.latitude, 1) } } == .missingField)
        #expect(
            try await fault {
                $0.node { node in
                    node.sint64(PBFFields.Node.id, 1)
                    node.sint64(PBFFields.Node.latitude, 1)
                }
            } == .missingField)
    }

    @Test func keysAndValuesMustBeEquallyMany() async throws {
        #expect(
            try await fault {
                $0.way { way in
                    way.int64(PBFFields.Way.id, 1)
                    way.packedUInt32(PBFFields.Way.keys, [1, 2])
                    way.packedUInt32(PBFFields.Way.values, [1])
                }
            } == .length)
    }

    @Test func stringNumbersMustBeInTheTable() async throws {
        for field in [PBFFields.Way.keys, PBFFields.Way.values] {
            #expect(
                try await fault {
                    $0.way { way in
                        way.int64(PBFFields.Way.id, 1)
                        way.packedUInt32(field, [4])
                    }
                } == .stringIndex)
        }
        #expect(
            try await fault {
                $0.way { way in
                    way.int64(PBFFields.Way.id, 1)
                    way.message(PBFFields.Way.info) { $0.uint64(PBFFields.Info.userName, 4) }
                }
            } == .stringIndex)
    }

    @Test func invisibleElementsAreNamedAndTakenOut() async throws {
        let hidden = { (info: inout WireWriter) in info.bool(PBFFields.Info.visible, false) }
        let content = try await read { block in
            block.way { way in
                way.int64(PBFFields.Way.id, 1)
                way.packedUInt32(PBFFields.Way.keys, [1])
                way.packedUInt32(PBFFields.Way.values, [1])
                way.packedSInt64(PBFFields.Way.references, [1, 1])
                way.message(PBFFields.Way.info, hidden)
            }
            block.way { way in
                way.int64(PBFFields.Way.id, 2)
                way.packedSInt64(PBFFields.Way.references, [9])
            }
            block.relation { relation in
                relation.int64(PBFFields.Relation.id, 3)
                relation.packedUInt32(PBFFields.Relation.memberTypes, [1])
                relation.packedSInt64(PBFFields.Relation.memberIDs, [1])
                relation.packedUInt32(PBFFields.Relation.memberRoles, [3])
                relation.message(PBFFields.Relation.info, hidden)
            }
            block.node { node in
                node.sint64(PBFFields.Node.id, 4)
                node.message(PBFFields.Node.info, hidden)
            }
        }
        #expect(content.elements == [ElementContent(id: ElementID(.way, 2), references: [9])])
        #expect(content.deleted == [ElementID(.way, 1), ElementID(.relation, 3), ElementID(.node, 4)])
        #expect(content.deletions.map(\.place) == [0, 0, 0])
    }

    @Test func aGroupMayMixKinds() async throws {
        let content = try await read {
            $0.group { group in
                group.message(PBFFields.PrimitiveGroup.ways) { $0.int64(PBFFields.Way.id, 1) }
                group.message(PBFFields.PrimitiveGroup.relations) { $0.int64(PBFFields.Relation.id, 2) }
                group.message(PBFFields.PrimitiveGroup.changesets) { $0.int64(1, 77) }
                group.message(PBFFields.PrimitiveGroup.ways) { $0.int64(PBFFields.Way.id, 3) }
            }
        }
        #expect(content.elements.map(\.id.description) == ["w1", "w3", "r2"])
    }
}
