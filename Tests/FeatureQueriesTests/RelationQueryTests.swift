import FeatureQueries
import FeatureStorage
import Foundation
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@Suite("Queries about relations")
struct RelationQueryTests {
    static let way = ElementID(.way, 4)

    static func relation(_ id: Int64, _ members: [(String, String)], _ tags: [(key: String, value: String)])
        -> MadeUpFeature
    {
        MadeUpFeature(
            element: ElementID(.relation, id), tags: tags, role: tags.isEmpty ? .part : .feature,
            members: members.compactMap { member in
                ElementID(member.0).map { RelationMember(element: $0, role: member.1) }
            })
    }

    static let features: [MadeUpFeature] = [
        MadeUpFeature(
            element: way, tags: [("highway", "path")], shape: .line,
            parts: [[GeoCoordinate(1, 1), GeoCoordinate(2, 1)]]),
        MadeUpFeature(
            element: ElementID(.way, 5), tags: [("highway", "path")], shape: .line,
            parts: [[GeoCoordinate(2, 1), GeoCoordinate(3, 1)]]),
        MadeUpFeature(
            element: ElementID(.node, 1), tags: [("highway", "bus_stop")], shape: .point, parts: [[GeoCoordinate(9, 9)]]
        ),
        relation(
            9, [("w4", "forward"), ("n1", "a \"stop\""), ("w99", "")],
            [("name", "Line, 7"), ("type", "route"), ("ref", "7"), ("operator", "x")]),
        relation(
            10, [("r9", ""), ("w5", "link"), ("w4", "")],
            [("type", "superroute"), ("network", "N"), ("colour", "#f00")]),
        relation(11, [("r12", "subarea"), ("w5", "outer")], [("type", "boundary"), ("boundary", "administrative")]),
        relation(12, [("w4", "outer")], [("type", "boundary"), ("admin_level", "8")]),
        // Untagged, so no feature.
        relation(13, [("w4", "")], []),
    ]

    static func store(_ folder: TemporaryFolder) throws -> FeatureStore { try MadeUpStore.store(features, in: folder) }

    static func found(_ store: FeatureStore, _ query: FeatureQuery) throws -> [String] {
        var ids: [String] = []
        var runner = FeatureQueryRunner(store: store, query: query)
        try runner.run { ids.append("\($0.element)") }
        return ids
    }

    @Test("GeoJSON features say which relations list them, with roles and a few tags")
    func geoJSON() throws {
        let folder = try TemporaryFolder()
        var runner = FeatureQueryRunner(store: try Self.store(folder), query: FeatureQuery())
        var bytes: [UInt8] = []
        try runner.write(.geojsonseq, withRelations: true) { bytes += $0 }
        var lists: [String: String] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
            let id = try #require(object["id"] as? String)
            let start = try #require(line.range(of: ",\"relations\":"))
            lists[id] = String(line[start.upperBound...].dropLast())
        }
        #expect(
            lists["w4"] == """
                [{"id":"r9","role":"forward","type":"route","ref":"7","name":"Line, 7"},\
                {"id":"r10","role":"","type":"superroute","network":"N","colour":"#f00"},\
                {"id":"r12","role":"outer","type":"boundary","admin_level":"8"}]
                """)
        #expect(
            lists["n1"]
                == "[{\"id\":\"r9\",\"role\":\"a \\\"stop\\\"\",\"type\":\"route\",\"ref\":\"7\",\"name\":\"Line, 7\"}]"
        )
        #expect(lists["r9"]?.hasPrefix("[{\"id\":\"r10\",\"role\":\"\"") == true)
        #expect(lists["r10"] == "[]")
    }

    @Test("Without being asked, GeoJSON says nothing of relations; CSV has a column for them")
    func csv() throws {
        let folder = try TemporaryFolder()
        let query = FeatureQuery(ids: [ElementID(.node, 1), ElementID(.relation, 10)])
        var runner = FeatureQueryRunner(store: try Self.store(folder), query: query)
        var bytes: [UInt8] = []
        try runner.write(.geojson) { bytes += $0 }
        #expect(!String(decoding: bytes, as: UTF8.self).contains("relations"))
        bytes.removeAll()
        try runner.write(.csv, columns: try CSVColumn.list(parsing: "id,relations")) { bytes += $0 }
        #expect(
            String(decoding: bytes, as: UTF8.self) == #"""
                id,relations\#r
                n1,"[{""id"":""r9"",""role"":""a \""stop\"""",""type"":""route"",""ref"":""7"",""name"":""Line, 7""}]"\#r
                r10,[]\#r

                """#)
    }

    @Test("Members of a relation are found in its order, through member relations, but not through sub-areas")
    func memberOf() throws {
        let folder = try TemporaryFolder()
        let store = try Self.store(folder)
        func members(_ relation: Int64, _ change: (inout FeatureQuery) throws -> Void = { _ in }) throws -> [String] {
            var query = FeatureQuery(memberOf: ElementID(.relation, relation))
            try change(&query)
            return try Self.found(store, query)
        }
        #expect(try members(9) == ["w4", "n1"])
        #expect(try members(10) == ["r9", "w4", "n1", "w5"])
        #expect(try members(11) == ["r12", "w5"])
        #expect(try members(77).isEmpty)
        #expect(try members(10) { $0.selectors = try FeatureSelectorList(parsing: "w") } == ["w4", "w5"])
        #expect(try members(9) { $0.selectors = try FeatureSelectorList(parsing: "w5") }.isEmpty)
        #expect(try members(10) { $0.ids = ["w5", "r10", "w4"].compactMap { ElementID($0) } } == ["w5", "w4"])
        #expect(try members(10) { $0.box = try QueryBox(parsing: "2.5,0,4,2") } == ["w5"])
        #expect(try members(10) { $0.limit = 1 } == ["r9"])
        #expect(try members(10) { $0.near = try QueryPlace(parsing: "9,9") }.first == "n1")
    }

    @Test("Only a relation has members", arguments: ["w4", "9", "", "r", "r9,r10"])
    func faults(text: String) {
        #expect(throws: FeatureQueryError.badRelation(found: text)) { try FeatureQuery.relation(parsing: text) }
    }

    @Test("A relation's id may have spaces around it")
    func parsing() throws { #expect(try FeatureQuery.relation(parsing: " r-9 ") == ElementID(.relation, -9)) }
}
