import PlanarGeometry
import TestSupport
import Testing

@Suite struct WebMercatorTests {
    private func expectLossless(_ longitude: Int32, _ latitude: Int32) {
        let coordinate = GeoCoordinate(longitude: longitude, latitude: latitude)
        let back = WebMercator.coordinate(WebMercator.worldPoint(coordinate))
        if back != coordinate { Issue.record("\(coordinate) became \(back)") }
    }

    @Test func everyCoordinateOfTheSquareComesBack() {
        var generator = SeededGenerator(seed: 81)
        for _ in 0..<200_000 {
            expectLossless(
                Int32.random(in: -1_800_000_000..<1_800_000_000, using: &generator),
                Int32.random(in: -850_511_287...850_511_287, using: &generator))
        }
    }

    @Test func theBandsNearTheEdgesComeBackWithoutGaps() {
        for step in Int32(0)..<50_000 {
            expectLossless(-1_800_000_000 + step, 850_511_287 - step)
            expectLossless(1_799_999_999 - step, -850_511_287 + step)
            expectLossless(step - 25_000, step - 25_000)
        }
    }

    @Test func rowsAndColumnsAreMonotone() {
        var generator = SeededGenerator(seed: 82)
        for _ in 0..<5_000 {
            let latitude = Int32.random(in: -850_511_287..<850_511_287, using: &generator)
            #expect(WebMercator.worldY(latitude: latitude) > WebMercator.worldY(latitude: latitude + 1))
            let longitude = Int32.random(in: -1_800_000_000..<1_799_999_999, using: &generator)
            #expect(WebMercator.worldX(longitude: longitude) < WebMercator.worldX(longitude: longitude + 1))
        }
    }

    @Test func polesAndTheDateLineAreClampedAndKnownToBe() {
        let east = GeoCoordinate(longitude: 1_800_000_000, latitude: 0)
        #expect(!WebMercator.isExact(east))
        #expect(WebMercator.worldPoint(east) == WorldPoint(x: .max, y: 1 << 31))
        #expect(WebMercator.isExact(GeoCoordinate(longitude: -1_800_000_000, latitude: 0)))
        #expect(WebMercator.worldX(longitude: -1_800_000_000) == 0)
        for latitude in [Int32(850_511_288), 900_000_000] {
            #expect(!WebMercator.isExact(GeoCoordinate(longitude: 0, latitude: latitude)))
            #expect(!WebMercator.isExact(GeoCoordinate(longitude: 0, latitude: -latitude)))
            #expect(WebMercator.worldY(latitude: latitude) == 0)
            #expect(WebMercator.worldY(latitude: -latitude) == .max)
        }
        #expect(WebMercator.worldPoint(GeoCoordinate(longitude: 0, latitude: 0)) == WorldPoint(x: 1 << 31, y: 1 << 31))
        #expect(WebMercator.worldPoint(.undefined) == WorldPoint(x: .max, y: 0))
    }

    @Test func metresAtTheEquatorAndAtSixtyDegrees() {
        let equator = WebMercator.unitsPerMetre(worldY: 1 << 31)
        #expect(abs(equator - 107.17) < 0.01)
        let north = WebMercator.unitsPerMetre(worldY: WebMercator.worldY(latitude: 600_000_000))
        #expect(abs(north / equator - 2) < 1e-6)
    }

    @Test func degreesAreRoundedAndBadOnesRefused() {
        #expect(GeoCoordinate(longitudeDegrees: 12.34567894, latitudeDegrees: -0.00000006)?.longitude == 123_456_789)
        #expect(GeoCoordinate(longitudeDegrees: 12, latitudeDegrees: -0.00000006)?.latitude == -1)
        #expect(GeoCoordinate(longitudeDegrees: 180.1, latitudeDegrees: 0) == nil)
        #expect(GeoCoordinate(longitudeDegrees: 0, latitudeDegrees: .nan) == nil)
        #expect(GeoCoordinate(longitudeDegrees: -180, latitudeDegrees: 90) != nil)
        #expect(!GeoCoordinate.undefined.isValid)
    }
}
