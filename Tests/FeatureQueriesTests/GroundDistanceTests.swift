import Foundation
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@testable import FeatureQueries
@testable import FeatureStorage

/// Distances the slow way: vectors, and points all along a segment.
enum SlowDistance {
    static func vector(_ longitude: Double, _ latitude: Double) -> (Double, Double, Double) {
        let (l, b) = (longitude * .pi / 180, latitude * .pi / 180)
        return (cos(b) * cos(l), cos(b) * sin(l), sin(b))
    }

    static func metres(_ a: (Double, Double, Double), _ b: (Double, Double, Double)) -> Double {
        let across = ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1) + (a.2 - b.2) * (a.2 - b.2)).squareRoot()
        let along = ((a.0 + b.0) * (a.0 + b.0) + (a.1 + b.1) * (a.1 + b.1) + (a.2 + b.2) * (a.2 + b.2)).squareRoot()
        return 2 * 6_371_008.8 * atan2(across, along)
    }

    /// The nearest of many points on a segment that is straight on the Mercator map.
    static func metres(_ place: GeoCoordinate, _ a: SlowBox.Place, _ b: SlowBox.Place) -> Double {
        let from = vector(place.longitudeDegrees, place.latitudeDegrees)
        func at(_ share: Double) -> Double {
            let y = a.y + share * (b.y - a.y)
            var latitude = atan(sinh(y * .pi / 180)) * 180 / .pi
            if abs(y) > 180 { latitude = (85.0511287 + (abs(y) - 180) / SlowBox.beyond) * (y > 0 ? 1 : -1) }
            return metres(from, vector(a.x + share * (b.x - a.x), latitude))
        }
        var best = (share: 0.0, metres: Double.infinity)
        for step in 0...40 {
            let distance = at(Double(step) / 40)
            if distance < best.metres { best = (Double(step) / 40, distance) }
        }
        var (low, high) = (max(best.share - 0.025, 0), min(best.share + 0.025, 1))
        for _ in 0..<45 {
            let (first, second) = (low + (high - low) / 3, high - (high - low) / 3)
            if at(first) < at(second) { high = second } else { low = first }
        }
        return min(best.metres, at(low))
    }

    static func metres(_ place: GeoCoordinate, _ feature: MadeUpFeature) -> Double {
        let isArea = feature.shape == .area || feature.shape == .closedArea
        let isClosed = isArea || feature.shape == .closedLine
        let rings = feature.parts.map { SlowBox.unrolled(isClosed ? $0 + [$0[0]] : $0) }
        if isArea, SlowBox.isInside(SlowBox.place(place), rings) { return 0 }
        var best = Double.infinity
        for ring in rings {
            for index in 0..<max(ring.count - 1, 1) {
                best = min(best, metres(place, ring[index], ring[min(index + 1, ring.count - 1)]))
            }
        }
        return best
    }
}

@Suite("Distances on the ground")
struct GroundDistanceTests {
    static func metres(from place: GeoCoordinate, to parts: [[GeoCoordinate]], _ type: GeometryType) -> Double? {
        var geometry = Geometry(type: type)
        for part in parts {
            for coordinate in part {
                if !WebMercator.isExact(coordinate) {
                    geometry.exactCoordinates.append(.init(index: geometry.points.count, coordinate: coordinate))
                }
                geometry.points.append(WebMercator.worldPoint(coordinate))
            }
            geometry.endPart()
        }
        var unrolled = UnrolledGeometry()
        unrolled.load(geometry)
        return GroundDistance(from: place).metres(to: unrolled)
    }

    @Test("Known distances")
    func known() throws {
        let degree = 6_371_008.8 * Double.pi / 180
        func distance(_ a: GeoCoordinate, _ b: GeoCoordinate) -> Double {
            Self.metres(from: a, to: [[b]], .points) ?? -1
        }
        #expect(abs(distance(GeoCoordinate(0, 0), GeoCoordinate(1, 0)) - degree) < 0.01)
        #expect(abs(distance(GeoCoordinate(5, 60), GeoCoordinate(5, 61)) - degree) < 0.01)
        #expect(abs(distance(GeoCoordinate(0, 0), GeoCoordinate(180, 0)) - 180 * degree) < 0.01)
        #expect(abs(distance(GeoCoordinate(0, 89), GeoCoordinate(180, 89)) - 2 * degree) < 0.01)
        #expect(abs(distance(GeoCoordinate(12, 90), GeoCoordinate(77, -90)) - 180 * degree) < 0.01)
        #expect(distance(GeoCoordinate(180, 5), GeoCoordinate(-180, 5)) < 0.01)
        #expect(distance(GeoCoordinate(10, 90), GeoCoordinate(-100, 90)) < 0.01)
        #expect(abs(distance(GeoCoordinate(179.5, 0), GeoCoordinate(-179.5, 0)) - degree) < 0.01)
        #expect(Self.metres(from: GeoCoordinate(0, 0), to: [], .points) == nil)
    }

    @Test("Inside an area the distance is 0, in a hole it is that to the hole's border")
    func inside() throws {
        let square = [GeoCoordinate(0, 0), GeoCoordinate(0, 10), GeoCoordinate(10, 10), GeoCoordinate(10, 0)]
        let hole = [GeoCoordinate(4, 4), GeoCoordinate(6, 4), GeoCoordinate(6, 6), GeoCoordinate(4, 6)]
        #expect(Self.metres(from: GeoCoordinate(1, 1), to: [square, hole], .polygons) == 0)
        #expect(Self.metres(from: GeoCoordinate(4, 5), to: [square, hole], .polygons) == 0)
        let inHole = try #require(Self.metres(from: GeoCoordinate(4.5, 5), to: [square, hole], .polygons))
        #expect(abs(inHole - 0.5 * 111_195 * cos(5 * Double.pi / 180)) < 100)
        let closed = try #require(Self.metres(from: GeoCoordinate(1, 1), to: [square + [square[0]]], .lines))
        #expect(closed > 110_000)
    }

    @Test("A box's lower bound is below the distance of every point in it, and is tight")
    func lowerBound() throws {
        let seed: UInt64 = 51
        var generator = SeededGenerator(seed: seed)
        var exceeded = 0
        for round in 0..<1500 {
            let place =
                round % 3 == 0
                ? GeometryEdges.all.randomElement(using: &generator) ?? .random(&generator) : .random(&generator)
            let ground = GroundDistance(from: place)
            let center =
                round % 2 == 0
                ? GeometryEdges.all.randomElement(using: &generator) ?? place : GeoCoordinate.random(&generator)
            let reach: Int64 = [100, 100_000, 90_000_000, 1_700_000_000].randomElement(using: &generator) ?? 0
            var points: [GeoCoordinate] = []
            for _ in 0..<4 {
                var point = GeoCoordinate.random(&generator)
                let longitude = Int64(center.longitude) + .random(in: -reach...reach, using: &generator)
                let latitude = Int64(center.latitude) + .random(in: -reach...reach, using: &generator)
                point.longitude = Int32(min(max(longitude, -1_800_000_000), 1_800_000_000))
                point.latitude = Int32(min(max(latitude, -900_000_000), 900_000_000))
                points.append(point)
            }
            let box = try #require(WorldBox(around: points.map(WebMercator.worldPoint)))
            let bound = ground.lowerBound(box)
            if box.turned.count == 1 { #expect(abs(ground.lowerBound(box.turned[0], .turned) - bound) < 0.001) }
            let from = SlowDistance.vector(place.longitudeDegrees, place.latitudeDegrees)
            for point in points {
                let distance = SlowDistance.metres(
                    from, SlowDistance.vector(point.longitudeDegrees, point.latitudeDegrees))
                #expect(bound <= distance, "seed \(seed), from \(place) to \(point)")
            }
            let single = ground.lowerBound(WorldBox(WebMercator.worldPoint(points[0])))
            let distance = SlowDistance.metres(
                from, SlowDistance.vector(points[0].longitudeDegrees, points[0].latitudeDegrees))
            if WebMercator.isExact(points[0]), single < distance * 0.999 - 1 { exceeded += 1 }
        }
        #expect(exceeded == 0)
    }

    @Test("Distances to random shapes agree with the slow way to 0.5 per mille and two centimetres")
    func shapes() throws {
        let seed: UInt64 = 52
        var generator = SeededGenerator(seed: seed)
        for feature in RandomFeatures.features(120, seed: seed) where !feature.parts.isEmpty {
            let isArea = feature.shape == .area || feature.shape == .closedArea
            let isClosed = isArea || feature.shape == .closedLine
            let parts = isClosed && !isArea ? feature.parts.map { $0 + [$0[0]] } : feature.parts
            let type: GeometryType = feature.shape == .point ? .points : isArea ? .polygons : .lines
            for reach: Int64 in [100_000, 10_000_000, 900_000_000] {
                let place = RandomFeatures.near(feature.parts[0][0], reach, &generator)
                let found = try #require(Self.metres(from: place, to: parts, type))
                let slow = SlowDistance.metres(place, feature)
                #expect(abs(found - slow) <= 0.0005 * slow + 0.02, "seed \(seed), \(feature) from \(place)")
            }
        }
    }

    @Test("The nearest are those of asking every feature", arguments: [61, 62] as [UInt64])
    func nearest(seed: UInt64) throws {
        let features = RandomFeatures.features(250, seed: seed)
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        var generator = SeededGenerator(seed: seed + 1)
        let selectors = try FeatureSelectorList(parsing: "[amenity]")
        for round in 0..<16 {
            let start = RandomFeatures.places[round % RandomFeatures.places.count]
            let place = RandomFeatures.near(start, round % 2 == 0 ? 2_000_000 : 400_000_000, &generator)
            let filtered = round % 3 == 0
            let limit = Int.random(in: 1...20, using: &generator)
            let maximum: Double? = round % 5 == 0 ? 20_000 : nil
            let near = try QueryPlace(
                longitude: place.longitudeDegrees, latitude: place.latitudeDegrees, maximumDistance: maximum)
            var runner = FeatureQueryRunner(
                store: store, query: FeatureQuery(selectors: filtered ? selectors : nil, near: near, limit: limit))
            var found: [(element: ElementID, distance: Double)] = []
            try runner.run { found.append(($0.element, $0.distance ?? -1)) }
            var all: [(distance: Double, element: ElementID)] = []
            for feature in features where !feature.parts.isEmpty {
                if filtered, !feature.tags.contains(where: { $0.key == "amenity" }) { continue }
                let distance = SlowDistance.metres(place, feature)
                if distance <= maximum ?? .infinity { all.append((distance, feature.element)) }
            }
            all.sort { $0 < $1 }
            #expect(found.count == min(limit, all.count), "seed \(seed), round \(round)")
            for (answer, slow) in zip(found, all) {
                #expect(abs(answer.distance - slow.distance) <= 0.0005 * slow.distance + 0.02, "seed \(seed) \(round)")
            }
            for (before, after) in zip(found, found.dropFirst()) {
                #expect((before.distance, before.element) < (after.distance, after.element))
            }
        }
    }
}

/// Coordinates at which maps break.
enum GeometryEdges {
    static let all: [GeoCoordinate] = [-180, -179.9999999, -90, 0, 0.0000001, 90, 179.9999999, 180].flatMap {
        longitude in
        [-90, -89.9999999, -85.0511288, -85.0511287, -60, 0, 60, 85.0511287, 85.0511288, 89.9999999, 90].map {
            GeoCoordinate(longitude, $0)
        }
    }
}
