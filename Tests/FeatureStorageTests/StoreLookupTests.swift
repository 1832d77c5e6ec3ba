import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@Suite("Looking up in a store")
struct StoreLookupTests {
    @Test("Ids of every kind are found, negative and extreme ones too, and no others")
    func ids() throws {
        var generator = SeededGenerator(seed: 31)
        var elements: Set<ElementID> = [
            ElementID(.node, .min), ElementID(.node, .max), ElementID(.way, -1), ElementID(.way, 0),
            ElementID(.relation, 1),
        ]
        for _ in 0..<700 {
            let kind = ElementKind.allCases.randomElement(using: &generator) ?? .node
            let number: Int64 =
                Bool.random(using: &generator)
                ? .random(in: -300...300, using: &generator) : .random(in: .min ... .max, using: &generator)
            elements.insert(ElementID(kind, number))
        }
        let features = elements.map { MadeUpFeature(element: $0, tags: [("a", "b")]) }
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        #expect(store.recordCount == elements.count)
        for element in elements {
            let number = try #require(try store.featureNumber(of: element))
            let found = try store.feature(number).element
            #expect(found == element)
        }
        for _ in 0..<700 {
            let kind = ElementKind.allCases.randomElement(using: &generator) ?? .node
            let element = ElementID(kind, .random(in: -400...400, using: &generator))
            #expect(try (store.featureNumber(of: element) != nil) == elements.contains(element))
        }
    }

    @Test("Parts and derived records are no features")
    func roles() throws {
        let at = [[GeoCoordinate(1, 1)]]
        let line = [[GeoCoordinate(1, 1), GeoCoordinate(2, 2)]]
        let features = [
            MadeUpFeature(element: ElementID(.node, 1), shape: .point, parts: at, role: .part),
            MadeUpFeature(element: ElementID(.way, 2), tags: [("a", "b")], shape: .line, parts: line),
            MadeUpFeature(element: ElementID(.way, 2), tags: [("x", "y")], shape: .line, parts: line, role: .derived),
            MadeUpFeature(element: ElementID(.way, 3), tags: [("x", "y")], shape: .line, parts: line, role: .derived),
        ]
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        #expect(try store.featureNumber(of: ElementID(.node, 1)) == nil)
        #expect(try store.featureNumber(of: ElementID(.way, 3)) == nil)
        let number = try #require(try store.featureNumber(of: ElementID(.way, 2)))
        let view = try store.feature(number)
        let isDerived = view.isDerived
        #expect(!isDerived)
        #expect(store.metadata.nodeCount == 0)
        #expect(store.metadata.wayCount == 1)
        // Parts are in no tree; derived records are.
        var candidates: [UInt32] = []
        store.appendCandidates(in: .world, to: &candidates)
        #expect(candidates.count == 3)
    }

    @Test("Node references and members come back, whatever the order of the features")
    func references() throws {
        var generator = SeededGenerator(seed: 33)
        var features: [MadeUpFeature] = []
        for number in 1...150 {
            var way = MadeUpFeature(
                element: ElementID(.way, Int64(number * 3)), tags: number % 4 == 0 ? [] : [("a", "\(number % 3)")])
            if number % 4 == 0 { way.role = .part }
            for _ in 0..<Int.random(in: 0...40, using: &generator) {
                way.nodes.append(.random(in: -1_000_000_000_000...1_000_000_000_000, using: &generator))
            }
            features.append(way)
            var relation = MadeUpFeature(element: ElementID(.relation, Int64(number * 7)), tags: [("type", "site")])
            for _ in 0..<Int.random(in: 0...20, using: &generator) {
                let kind = ElementKind.allCases.randomElement(using: &generator) ?? .node
                let role = ["", "outer", "inner", "stop", "entrance"].randomElement(using: &generator) ?? ""
                relation.members.append(
                    RelationMember(
                        element: ElementID(kind, .random(in: -50...9_000_000_000, using: &generator)), role: role))
            }
            features.append(relation)
        }
        features.shuffle(using: &generator)
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        for feature in features {
            let number = feature.element.number
            switch feature.element.kind {
            case .node: break
            case .way: #expect(try store.nodeReferences(ofWay: number) == feature.nodes)
            case .relation: #expect(try store.members(ofRelation: number) == feature.members)
            }
        }
        #expect(try store.nodeReferences(ofWay: 1) == nil)
        #expect(try store.members(ofRelation: 1) == nil)
    }

    @Test("A window finds every feature whose box meets it, at each zoom those of its bands")
    func windows() throws {
        var generator = SeededGenerator(seed: 34)
        var features: [MadeUpFeature] = []
        for number in 0..<800 {
            var feature = MadeUpFeature(element: ElementID(.node, Int64(number)), tags: [("a", "b")], shape: .point)
            feature.parts = [[.random(&generator)]]
            feature.lowestZoom = .random(in: 0...15, using: &generator)
            features.append(feature)
        }
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        for _ in 0..<60 {
            let corner = WebMercator.worldPoint(.random(&generator))
            let window = WorldBox(corner).grown(by: .random(in: 0...500_000_000, using: &generator))
            let zoom: UInt8? = Bool.random(using: &generator) ? .random(in: 0...15, using: &generator) : nil
            var candidates: [UInt32] = []
            store.appendCandidates(in: window, frame: .standard, zoom: zoom, to: &candidates)
            #expect(candidates == candidates.sorted())
            let found = try Set(candidates.map { try store.feature(Int($0)).element })
            for feature in features where window.contains(WebMercator.worldPoint(feature.parts[0][0])) {
                if let zoom, feature.lowestZoom > zoom { continue }
                #expect(found.contains(feature.element))
            }
        }
    }

    @Test("Bounds are those of the features, to the 1e-7 degree")
    func bounds() throws {
        let features = [GeoCoordinate(9.5, 47), GeoCoordinate(-180, 89.9999999), GeoCoordinate(180, -90)].enumerated()
            .map {
                MadeUpFeature(element: ElementID(.node, Int64($0)), tags: [("a", "b")], shape: .point, parts: [[$1]])
            }
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        #expect(store.metadata.southWest == GeoCoordinate(-180, -90))
        #expect(store.metadata.northEast == GeoCoordinate(180, 89.9999999))
    }
}
