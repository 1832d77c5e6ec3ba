import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@Suite("Geometry in a store")
struct GeometryRoundTripTests {
    /// Where the grid is clamped or about to be.
    static let edges: [GeoCoordinate] = [-180, -179.9999999, 0, 179.9999999, 180].flatMap { longitude in
        [-90, -89.9999999, -85.0511288, -85.0511287, 0, 85.0511287, 85.0511288, 90].map {
            GeoCoordinate(longitude, $0)
        }
    }

    static func coordinates(_ count: Int, _ generator: inout SeededGenerator) -> [GeoCoordinate] {
        var result: [GeoCoordinate] = []
        var near = GeoCoordinate.random(&generator)
        for _ in 0..<count {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: near = .random(&generator)
            case 1: near = edges.randomElement(using: &generator) ?? near
            default:
                near.longitude += .random(in: -900...900, using: &generator)
                near.latitude += .random(in: -900...900, using: &generator)
                near.longitude = min(max(near.longitude, -1_800_000_000), 1_800_000_000)
                near.latitude = min(max(near.latitude, -900_000_000), 900_000_000)
            }
            result.append(near)
        }
        return result
    }

    @Test("Every coordinate comes back as it was, in every shape, plain and chunked")
    func exact() throws {
        let seed: UInt64 = 71
        var generator = SeededGenerator(seed: seed)
        var features: [MadeUpFeature] = []
        for number in 1...240 {
            let shapes: [StoredShape] = [.point, .line, .closedLine, .lines, .area, .closedArea]
            let shape = shapes[number % shapes.count]
            let isLarge = number % 10 == 0
            var feature = MadeUpFeature(element: ElementID(.way, Int64(number)), tags: [("shape", "\(shape)")])
            feature.shape = shape
            switch shape {
            case .point: feature.parts = [Self.coordinates(1, &generator)]
            case .lines, .area:
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    let count = Int.random(in: isLarge ? 200...400 : 3...9, using: &generator)
                    feature.parts.append(Self.coordinates(count, &generator))
                    feature.isExterior.append(Bool.random(using: &generator))
                }
            default:
                let counts = [255, 256, 257, 320, 321, 1000]
                let count = isLarge ? counts[number / 10 % counts.count] : Int.random(in: 3...40, using: &generator)
                feature.parts = [Self.coordinates(count, &generator)]
            }
            features.append(feature)
        }
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        for feature in features {
            let number = try #require(try store.featureNumber(of: feature.element))
            let view = try store.feature(number)
            let shape = view.shape
            #expect(shape == feature.shape)
            let geometry = try #require(try store.geometry(of: view))
            var expected = feature.parts
            switch feature.shape {
            case .closedLine: expected[0].append(expected[0][0])
            case .closedArea:
                let points = expected[0].map(WebMercator.worldPoint)
                let crossings = FrameCrossings(points, partEnds: [points.count], closing: true)
                let area =
                    crossings.frame == .turned
                    ? RingArea.doubledRoundWorld(points, points.indices) : RingArea.doubled(points, points.indices)
                if area < 0 { expected[0].reverse() }
            default: break
            }
            let coordinates = geometry.coordinates()
            let parts = (0..<geometry.partCount).map { Array(coordinates[geometry.partRange($0)]) }
            #expect(parts == expected, "seed \(seed), \(feature.element) \(feature.shape)")
        }
    }

    @Test("An area's rings keep whether they are exterior, plain and chunked")
    func exteriors() throws {
        var generator = SeededGenerator(seed: 72)
        var features: [MadeUpFeature] = []
        for number in 1...20 {
            var feature = MadeUpFeature(element: ElementID(.relation, Int64(number)), tags: [("a", "b")])
            feature.shape = .area
            for _ in 0..<4 {
                feature.parts.append(Self.coordinates(number % 2 == 0 ? 5 : 100, &generator))
                feature.isExterior.append(Bool.random(using: &generator))
            }
            features.append(feature)
        }
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        var buffer = GeometryBuffer()
        for feature in features {
            let view = try store.feature(try #require(try store.featureNumber(of: feature.element)))
            try view.decodeGeometry(varyingCount: 0, into: &buffer)
            #expect(buffer.isExterior == feature.isExterior)
        }
    }

    @Test("A relation that makes no area has its members' geometry, points before lines; a route has the lines")
    func members() throws {
        let collection = try Self.memberGeometry("site")
        #expect(collection.type == .collection)
        #expect(collection.coordinates() == [GeoCoordinate(180, 90), GeoCoordinate(1, 2), GeoCoordinate(3, 4)])
        #expect(collection.partEnds == [1, 3])
        let route = try Self.memberGeometry("route")
        #expect(route.type == .lines)
        #expect(route.coordinates() == [GeoCoordinate(1, 2), GeoCoordinate(3, 4)])
        #expect(route.partEnds == [2])
    }

    /// Of a relation of that type, which has a way, a node, itself, and a way that is not there.
    private static func memberGeometry(_ type: String) throws -> Geometry {
        var node = MadeUpFeature(element: ElementID(.node, 5), shape: .point, parts: [[GeoCoordinate(180, 90)]])
        node.role = .part
        let way = MadeUpFeature(
            element: ElementID(.way, 6), tags: [("highway", "path")], shape: .line,
            parts: [[GeoCoordinate(1, 2), GeoCoordinate(3, 4)]], nodes: [1, 2])
        var relation = MadeUpFeature(element: ElementID(.relation, 7), tags: [("type", type)], shape: .members)
        relation.members = [
            RelationMember(element: way.element, role: ""), RelationMember(element: node.element, role: "entrance"),
            RelationMember(element: ElementID(.way, 99), role: "absent"),
            RelationMember(element: ElementID(.relation, 7), role: "itself"),
        ]
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store([relation, way, node], in: folder)
        let number = try #require(try store.featureNumber(of: relation.element))
        return try #require(try store.geometry(of: try store.feature(number)))
    }
}
