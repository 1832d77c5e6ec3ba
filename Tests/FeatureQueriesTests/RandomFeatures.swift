import FeatureQueries
import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport

/// Made-up features of every shape, around a few places of which some are at the edges of the map.
enum RandomFeatures {
    static let places: [GeoCoordinate] = [
        GeoCoordinate(9.5, 47.1), GeoCoordinate(179.999, -16.8), GeoCoordinate(-179.999, 66), GeoCoordinate(0, 0),
        GeoCoordinate(-60, -89.95), GeoCoordinate(25, 85.05), GeoCoordinate(100, 89.9), GeoCoordinate(-0.001, 51.5),
    ]

    static func near(_ place: GeoCoordinate, _ reach: Int64, _ generator: inout SeededGenerator) -> GeoCoordinate {
        var longitude = Int64(place.longitude) + .random(in: -reach...reach, using: &generator)
        if longitude > 1_800_000_000 { longitude -= 3_600_000_000 }
        if longitude < -1_800_000_000 { longitude += 3_600_000_000 }
        let latitude = Int64(place.latitude) + .random(in: -reach...reach, using: &generator)
        return GeoCoordinate(
            longitude: Int32(longitude), latitude: Int32(min(max(latitude, -900_000_000), 900_000_000)))
    }

    /// A ring around a place: points in the order of their direction, so it does not cross itself.
    static func ring(_ place: GeoCoordinate, _ reach: Int64, _ generator: inout SeededGenerator) -> [GeoCoordinate] {
        let directions: [(Int64, Int64)] = [(-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)]
        return directions.map { direction in
            let away = Int64.random(in: reach / 3...reach, using: &generator)
            let center = GeoCoordinate(
                longitude: place.longitude,
                latitude: Int32(min(max(Int64(place.latitude) + direction.1 * away, -900_000_000), 900_000_000)))
            var longitude = Int64(center.longitude) + direction.0 * away
            if longitude > 1_800_000_000 { longitude -= 3_600_000_000 }
            if longitude < -1_800_000_000 { longitude += 3_600_000_000 }
            return GeoCoordinate(longitude: Int32(longitude), latitude: center.latitude)
        }
    }

    static func features(_ count: Int, seed: UInt64) -> [MadeUpFeature] {
        var generator = SeededGenerator(seed: seed)
        var features: [MadeUpFeature] = []
        for number in 1...count {
            let place = near(places.randomElement(using: &generator) ?? places[0], 2_000_000, &generator)
            let reach: Int64 = [2_000, 50_000, 1_000_000, 30_000_000].randomElement(using: &generator) ?? 1000
            let shapes: [StoredShape] = [.point, .point, .line, .closedLine, .lines, .area, .closedArea, .none]
            var feature = MadeUpFeature(element: ElementID(.node, Int64(number)), tags: tags(number, &generator))
            feature.shape = shapes.randomElement(using: &generator) ?? .point
            feature.lowestZoom = .random(in: 0...15, using: &generator)
            switch feature.shape {
            case .point: feature.parts = [[place]]
            case .line: feature.parts = [(0..<4).map { _ in near(place, reach, &generator) }]
            case .lines: feature.parts = (0..<2).map { _ in (0..<3).map { _ in near(place, reach, &generator) } }
            case .closedLine, .closedArea: feature.parts = [ring(place, reach, &generator)]
            case .area:
                let outer = ring(place, reach, &generator)
                // As an import has it: exteriors positive on the grid, interiors negative.
                let inner = ring(place, max(reach / 10, 200), &generator)
                feature.parts = [turned(outer, positive: true), turned(inner, positive: false)]
                feature.isExterior = [true, false]
            case .members, .none: break
            }
            if feature.shape != .point { feature.element.kind = feature.shape == .area ? .relation : .way }
            features.append(feature)
        }
        return features
    }

    static func turned(_ ring: [GeoCoordinate], positive: Bool) -> [GeoCoordinate] {
        let points = ring.map(WebMercator.worldPoint)
        return (RingArea.doubled(points, 0..<points.count) > 0) == positive ? ring : ring.reversed()
    }

    static func tags(_ number: Int, _ generator: inout SeededGenerator) -> [(key: String, value: String)] {
        var tags: [(key: String, value: String)] = []
        let amenities = ["bench", "cafe", "bar", "school"]
        if Bool.random(using: &generator) {
            tags.append(("amenity", amenities.randomElement(using: &generator) ?? ""))
        }
        if Bool.random(using: &generator) { tags.append(("name", "Name \(number % 90)")) }
        if Bool.random(using: &generator) { tags.append(("ele", "\(number % 70 * 10)")) }
        if tags.isEmpty { tags.append(("note", "x")) }
        return tags
    }
}
