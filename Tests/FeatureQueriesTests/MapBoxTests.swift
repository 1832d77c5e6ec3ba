import FeatureQueries
import FeatureStorage
import Foundation
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

/// The same question asked the slow way: on the Mercator map in floating point, every segment for itself.
enum SlowBox {
    struct Place {
        var x: Double
        var y: Double
    }

    /// A 1e-7 degree of latitude counts for a grid unit there.
    static let beyond = 1e7 * 360 / 4_294_967_296

    /// Degrees of longitude, and the Mercator ordinate in degrees; beyond the map's edge it goes on in latitude.
    static func place(_ coordinate: GeoCoordinate) -> Place {
        let x = coordinate.longitudeDegrees
        if abs(coordinate.latitude) > WebMercator.latitudeLimit {
            let steps = Double(abs(coordinate.latitude) - WebMercator.latitudeLimit) * 1e-7
            return Place(x: x, y: (180 + steps * SlowBox.beyond) * (coordinate.latitude > 0 ? 1 : -1))
        }
        return Place(x: x, y: atanh(sin(coordinate.latitudeDegrees * .pi / 180)) * 180 / .pi)
    }

    /// Points with longitudes that go on past 180 degrees.
    static func unrolled(_ points: [GeoCoordinate]) -> [Place] {
        var result: [Place] = []
        for point in points {
            var place = place(point)
            if let last = result.last {
                while place.x - last.x > 180 { place.x -= 360 }
                while place.x - last.x < -180 { place.x += 360 }
            }
            result.append(place)
        }
        return result
    }

    static func segmentMeets(_ a: Place, _ b: Place, _ west: Double, _ south: Double, _ east: Double, _ north: Double)
        -> Bool
    {
        var (low, high) = (0.0, 1.0)
        for (delta, room) in [
            (a.x - b.x, a.x - west), (b.x - a.x, east - a.x), (a.y - b.y, a.y - south), (b.y - a.y, north - a.y),
        ] {
            if delta == 0 {
                if room < 0 { return false }
            } else if delta < 0 {
                low = max(low, room / delta)
            } else {
                high = min(high, room / delta)
            }
        }
        return low <= high
    }

    static func isInside(_ place: Place, _ rings: [[Place]]) -> Bool {
        var isInside = false
        for ring in rings {
            for shift in [-360.0, 0, 360] {
                for (index, current) in ring.enumerated() {
                    let previous = ring[(index + ring.count - 1) % ring.count]
                    guard (previous.y > place.y) != (current.y > place.y) else { continue }
                    let x = previous.x + (place.y - previous.y) / (current.y - previous.y) * (current.x - previous.x)
                    if place.x < x + shift { isInside.toggle() }
                }
            }
        }
        return isInside
    }

    static func meets(_ feature: MadeUpFeature, _ box: QueryBox) -> Bool {
        let southWest = place(GeoCoordinate(longitude: box.west, latitude: box.south))
        let northEast = place(GeoCoordinate(longitude: box.east, latitude: box.north))
        let east = box.crossesAntimeridian ? northEast.x + 360 : northEast.x
        let isClosed = feature.shape == .closedLine || feature.shape == .closedArea || feature.shape == .area
        let rings = feature.parts.map { unrolled(isClosed ? $0 + [$0[0]] : $0) }
        for shift in [-720.0, -360.0, 0, 360, 720] {
            for ring in rings {
                for index in 0..<max(ring.count - 1, 1) {
                    let end = ring[min(index + 1, ring.count - 1)]
                    if segmentMeets(ring[index], end, southWest.x + shift, southWest.y, east + shift, northEast.y) {
                        return true
                    }
                }
            }
        }
        guard feature.shape == .closedArea || feature.shape == .area else { return false }
        return isInside(Place(x: (southWest.x + east) / 2, y: (southWest.y + northEast.y) / 2), rings)
    }
}

@Suite("Box queries")
struct MapBoxTests {
    static func found(_ feature: MadeUpFeature, _ box: String, sourceLocation: SourceLocation = #_sourceLocation)
        throws -> Bool
    {
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store([feature], in: folder)
        let query = FeatureQuery(box: try QueryBox(parsing: box))
        return try FeatureQueryRunnerTests.answers(store, query) == [feature.element]
    }

    static func feature(_ shape: StoredShape, _ parts: [[GeoCoordinate]]) -> MadeUpFeature {
        MadeUpFeature(
            element: ElementID(.way, 1), tags: [("a", "b")], shape: shape, parts: parts,
            isExterior: parts.indices.map { $0 == 0 })
    }

    @Test("A point counts when it is inside or on the edge, to the 1e-7 degree")
    func point() throws {
        let point = Self.feature(.point, [[GeoCoordinate(9.5, 47.1)]])
        #expect(try Self.found(point, "9.5,47.1,9.6,47.2"))
        #expect(try Self.found(point, "9.4,47,9.5,47.1"))
        #expect(try Self.found(point, "9.5,47.1,9.5,47.1"))
        #expect(try !Self.found(point, "9.5000001,47.1,9.6,47.2"))
        #expect(try !Self.found(point, "9.4,47,9.5,47.0999999"))
    }

    @Test("A line counts when it passes through, not when only its box meets")
    func line() throws {
        let line = Self.feature(.line, [[GeoCoordinate(0, 0), GeoCoordinate(10, 10)]])
        #expect(try Self.found(line, "4,3,5,6"))
        #expect(try !Self.found(line, "6,1,9,4"))
        #expect(try !Self.found(line, "1,6,4,9"))
    }

    @Test("An area counts when the box lies inside it; a closed line and a hole do not")
    func inside() throws {
        let square = [GeoCoordinate(0, 0), GeoCoordinate(10, 0), GeoCoordinate(10, 10), GeoCoordinate(0, 10)]
        let hole = [GeoCoordinate(4, 4), GeoCoordinate(4, 6), GeoCoordinate(6, 6), GeoCoordinate(6, 4)]
        #expect(try Self.found(Self.feature(.closedArea, [square]), "4.5,4.5,5.5,5.5"))
        #expect(try !Self.found(Self.feature(.closedLine, [square]), "4.5,4.5,5.5,5.5"))
        // The last side counts for both.
        #expect(try Self.found(Self.feature(.closedLine, [square]), "-1,4.5,1,5.5"))
        let parts = [RandomFeatures.turned(square, positive: true), RandomFeatures.turned(hole, positive: false)]
        #expect(try !Self.found(Self.feature(.area, parts), "4.5,4.5,5.5,5.5"))
        #expect(try Self.found(Self.feature(.area, parts), "4.5,4.5,6.5,5.5"))
        #expect(try Self.found(Self.feature(.area, parts), "1,1,2,2"))
        #expect(try Self.found(Self.feature(.area, parts), "-1,-1,11,11"))
    }

    @Test("West above east crosses 180 degrees, and +180 is -180")
    func antimeridian() throws {
        let east = Self.feature(.point, [[GeoCoordinate(180, 1)]])
        let west = Self.feature(.point, [[GeoCoordinate(-180, 1)]])
        for point in [east, west] {
            #expect(try Self.found(point, "179,0,-179,2"))
            #expect(try Self.found(point, "179,0,180,2"))
            #expect(try Self.found(point, "-180,0,-179,2"))
            #expect(try Self.found(point, "180,0,180,2"))
            #expect(try Self.found(point, "180,0,-170,2"))
            #expect(try !Self.found(point, "178,0,179.9999999,2"))
        }
        let line = Self.feature(.line, [[GeoCoordinate(179, 0), GeoCoordinate(-179, 0)]])
        #expect(try Self.found(line, "179.5,-1,180,1"))
        #expect(try Self.found(line, "-179.6,-1,-179.5,1"))
        #expect(try Self.found(line, "179.5,-1,-179.5,1"))
        #expect(try !Self.found(line, "0,-1,10,1"))
        #expect(try !Self.found(line, "-178,-1,178,1"))
        let ring = Self.feature(
            .closedArea,
            [[GeoCoordinate(179, -1), GeoCoordinate(-179, -1), GeoCoordinate(-179, 1), GeoCoordinate(179, 1)]])
        #expect(try Self.found(ring, "179.4,-0.5,179.5,0.5"))
        #expect(try Self.found(ring, "-179.5,-0.5,-179.4,0.5"))
        #expect(try !Self.found(ring, "-1,-0.5,1,0.5"))
    }

    @Test("A polygon around a pole holds it, drawn to the pole or not")
    func poles() throws {
        let drawn = stride(from: -180.0, through: 180, by: 20).map { GeoCoordinate($0, -70) }
        let antarctica = Self.feature(.closedArea, [drawn + [GeoCoordinate(180, -90), GeoCoordinate(-180, -90)]])
        let cap = Self.feature(.closedArea, [stride(from: -170.0, to: 180, by: 20).map { GeoCoordinate($0, 66) }])
        #expect(try Self.found(antarctica, "10,-90,20,-89"))
        #expect(try Self.found(antarctica, "10,-86,20,-80"))
        #expect(try !Self.found(antarctica, "10,-60,20,-50"))
        #expect(try Self.found(cap, "10,89,20,90"))
        #expect(try Self.found(cap, "-180,80,180,85"))
        #expect(try !Self.found(cap, "-180,50,180,60"))
        let pole = Self.feature(.point, [[GeoCoordinate(33, 90)]])
        #expect(try Self.found(pole, "30,86,40,90"))
        #expect(try !Self.found(pole, "30,86,40,89.9"))
        #expect(try !Self.found(pole, "34,86,40,90"))
    }

    @Test(
        "Random boxes over random features are answered as the slow way answers", arguments: [11, 12, 13] as [UInt64])
    func random(seed: UInt64) throws {
        let features = RandomFeatures.features(300, seed: seed)
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        let order = try FeatureQueryRunnerTests.answers(store, FeatureQuery())
        var generator = SeededGenerator(seed: seed + 100)
        var total = 0
        for _ in 0..<60 {
            let place = RandomFeatures.places.randomElement(using: &generator) ?? RandomFeatures.places[0]
            let reach: Int64 = [20_000, 400_000, 3_000_000, 60_000_000].randomElement(using: &generator) ?? 1000
            let a = RandomFeatures.near(place, reach, &generator)
            let width = Int64.random(in: 1...reach, using: &generator)
            var east = Int64(a.longitude) + width
            if east > 1_800_000_000 { east -= 3_600_000_000 }
            let north = min(Int64(a.latitude) + .random(in: 1...reach, using: &generator), 900_000_000)
            let box = try QueryBox(
                west: a.longitudeDegrees, south: a.latitudeDegrees, east: Double(east) / 1e7, north: Double(north) / 1e7
            )
            let found = try FeatureQueryRunnerTests.answers(store, FeatureQuery(box: box))
            let slow = Set(features.filter { !$0.parts.isEmpty && SlowBox.meets($0, box) }.map(\.element))
            #expect(Set(found) == slow, "seed \(seed), box \(box)")
            #expect(found == order.filter { slow.contains($0) })
            total += found.count
        }
        #expect(total > 150)
    }
}
