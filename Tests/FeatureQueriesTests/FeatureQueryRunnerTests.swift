import FeatureQueries
import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@Suite("Query runner")
struct FeatureQueryRunnerTests {
    static func answers(_ store: FeatureStore, _ query: FeatureQuery) throws -> [ElementID] {
        var found: [ElementID] = []
        var runner = FeatureQueryRunner(store: store, query: query)
        let count = try runner.run { found.append($0.element) }
        #expect(count == found.count)
        return found
    }

    static let small: [MadeUpFeature] = [
        MadeUpFeature(
            element: ElementID(.node, 1), tags: [("amenity", "bench")], shape: .point, parts: [[GeoCoordinate(9, 47)]]),
        MadeUpFeature(element: ElementID(.node, 2), shape: .point, parts: [[GeoCoordinate(9, 47)]], role: .part),
        MadeUpFeature(
            element: ElementID(.way, 1), tags: [("building", "yes"), ("name", "A")], shape: .closedArea,
            parts: [[GeoCoordinate(9, 47), GeoCoordinate(9.1, 47), GeoCoordinate(9.1, 47.1)]]),
        MadeUpFeature(
            element: ElementID(.way, 2), tags: [("highway", "path")], shape: .closedLine,
            parts: [[GeoCoordinate(9, 47), GeoCoordinate(9.1, 47), GeoCoordinate(9.1, 47.1)]]),
        MadeUpFeature(
            element: ElementID(.way, 2), tags: [("building", "yes")], shape: .line,
            parts: [[GeoCoordinate(9, 47), GeoCoordinate(9.1, 47)]], role: .derived),
        MadeUpFeature(
            element: ElementID(.relation, 1), tags: [("landuse", "forest")], shape: .area,
            parts: [[GeoCoordinate(9, 47), GeoCoordinate(9.1, 47), GeoCoordinate(9.1, 47.1)]], isExterior: [true]),
        MadeUpFeature(
            element: ElementID(.relation, 2), tags: [("type", "route")], shape: .members,
            parts: [[GeoCoordinate(9, 47)]], members: [RelationMember(element: ElementID(.node, 2), role: "")]),
        MadeUpFeature(element: ElementID(.way, 3), tags: [("highway", "path")]),
    ]

    @Test(
        "Letters ask for kinds, and an object comes once",
        arguments: [
            ("n", "n1"), ("w", "w1 w2 w3"), ("r", "r1 r2"), ("a", "w1 r1"), ("wa", "w1 w2 w3 r1"),
            ("*", "n1 w1 w2 w3 r1 r2"),
            ("w[building],a,w1", "w1 r1"), ("[building=yes]", "w1"), ("n[!amenity]", ""), ("[nothing]", ""),
            ("w[highway=path],n1", "n1 w2 w3"), ("w1[highway]", ""), ("w99", ""),
        ])
    func kinds(selector: String, expected: String) throws {
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(Self.small, in: folder)
        let query = FeatureQuery(selectors: try FeatureSelectorList(parsing: selector))
        let found = try Self.answers(store, query)
        #expect(found.sorted().map(\.description).joined(separator: " ") == expected)
        #expect(try Self.answers(store, query) == found)
    }

    @Test("Without a condition every feature is answered, without geometry too; with a place or box only with geometry")
    func everything() throws {
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(Self.small, in: folder)
        #expect(try Self.answers(store, FeatureQuery()).count == 6)
        let box = try QueryBox(parsing: "-180,-90,180,90")
        #expect(try Self.answers(store, FeatureQuery(box: box)).count == 5)
        let near = try QueryPlace(parsing: "9,47")
        let found = try Self.answers(store, FeatureQuery(near: near))
        // All at the place itself: by id.
        #expect(found.map(\.description) == ["n1", "w1", "w2", "r1", "r2"])
    }

    @Test("Ids are answered as listed, each once, under the other conditions")
    func ids() throws {
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(Self.small, in: folder)
        let ids = try FeatureQuery.ids(parsing: "r2,w1,n2,w1,n77,n1")
        #expect(try Self.answers(store, FeatureQuery(ids: ids)).map(\.description) == ["r2", "w1", "n1"])
        let query = FeatureQuery(selectors: try FeatureSelectorList(parsing: "w"), ids: ids)
        #expect(try Self.answers(store, query).map(\.description) == ["w1"])
        let near = FeatureQuery(near: try QueryPlace(parsing: "9,47.05"), ids: ids)
        #expect(try Self.answers(store, near).map(\.description) == ["w1", "n1", "r2"])
        let elsewhere = FeatureQuery(box: try QueryBox(parsing: "50,0,60,10"), ids: ids)
        #expect(try Self.answers(store, elsewhere) == [])
    }

    @Test("A limit ends the answers, the same ones first")
    func limit() throws {
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(RandomFeatures.features(300, seed: 1), in: folder)
        let all = try Self.answers(store, FeatureQuery())
        for limit in [0, 1, 7, 299, 300, 301] {
            #expect(try Self.answers(store, FeatureQuery(limit: limit)) == Array(all.prefix(limit)))
        }
        let near = try QueryPlace(parsing: "9.5,47.1", maximumDistance: 30_000_000)
        let allNear = try Self.answers(store, FeatureQuery(near: near))
        #expect(allNear.count > 200)
        for limit in [0, 1, 7, 50] {
            #expect(try Self.answers(store, FeatureQuery(near: near, limit: limit)) == Array(allNear.prefix(limit)))
        }
        let unbounded = try QueryPlace(parsing: "9.5,47.1")
        let ten = try Self.answers(store, FeatureQuery(near: unbounded))
        #expect(ten == Array(allNear.prefix(FeatureQuery.defaultNearLimit)))
    }

    @Test("Filters are answered as each object's own tags say, whatever its set leaves open")
    func filters() throws {
        let features = RandomFeatures.features(700, seed: 2)
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        let order = try Self.answers(store, FeatureQuery())
        let tags = Dictionary(uniqueKeysWithValues: features.map { ($0.element, $0.tags) })
        func value(_ key: String, _ element: ElementID) -> String? { tags[element]?.first { $0.key == key }?.value }
        let cases: [(String, (ElementID) -> Bool)] = [
            ("[amenity=cafe]", { value("amenity", $0) == "cafe" }),
            ("[name=\"Name 7\"]", { value("name", $0) == "Name 7" }),
            ("[name!=\"Name 7\"]", { value("name", $0) != "Name 7" }),
            ("[name~\"7$\"][!amenity]", { value("name", $0)?.hasSuffix("7") == true && value("amenity", $0) == nil }),
            ("[ele>300]", { (value("ele", $0).flatMap { Int($0) } ?? 0) > 300 }),
            (
                "n[ele<=100],w[name]",
                {
                    ($0.kind == .node && value("ele", $0).flatMap { Int($0) } ?? 999 <= 100)
                        || ($0.kind == .way && value("name", $0) != nil)
                }
            ),
        ]
        for (text, holds) in cases {
            let query = FeatureQuery(selectors: try FeatureSelectorList(parsing: text))
            let found = try Self.answers(store, query)
            #expect(found == order.filter(holds), "\(text)")
            #expect(!found.isEmpty, "\(text)")
        }
    }

    @Test("What the caller throws ends the run")
    func throwing() throws {
        struct Enough: Error {}
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(Self.small, in: folder)
        var runner = FeatureQueryRunner(store: store, query: FeatureQuery())
        var count = 0
        do {
            try runner.run { _ in
                count += 1
                if count == 2 { throw Enough() }
            }
            Issue.record("must throw")
        } catch { #expect(error is Enough) }
        #expect(count == 2)
    }
}
