import PlanarGeometry
import TestSupport
import Testing

@testable import OSMFormats

/// OSM PBF, "Encoding OSM entities": latitude = offset + granularity * raw, in nanodegrees.
struct PBFCoordinateScaleTests {
    @Test func usualFilesHoldTheResultAlready() {
        let scale = PBFCoordinateScale()
        for raw: Int64 in [0, 1, -1, 1_800_000_000, -1_800_000_000, 2_147_483_646, -2_147_483_648] {
            #expect(scale.value(raw, offset: 0) == Int32(raw))
        }
    }

    @Test func finerCoordinatesAreCutTowardsZero() {
        var scale = PBFCoordinateScale()
        scale.granularity = 1
        #expect(scale.value(199, offset: 0) == 1)
        #expect(scale.value(-199, offset: 0) == -1)
        #expect(scale.value(-199, offset: 50) == -1)
        #expect(scale.value(-99, offset: 0) == 0)
    }

    @Test func whatDoesNotFitIsOutsideAndWhatOverflowsIsNil() {
        var scale = PBFCoordinateScale()
        #expect(scale.value(3_000_000_000, offset: 0) == PBFCoordinateScale.outside)
        #expect(scale.value(.max, offset: 0) == nil)
        #expect(scale.value(.min, offset: 0) == nil)
        scale.granularity = 1
        #expect(scale.value(.max, offset: 1) == nil)
        #expect(scale.value(.max, offset: 0) == PBFCoordinateScale.outside)
    }

    @Test func agreesWithWideArithmetic() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<20000 {
            var scale = PBFCoordinateScale()
            scale.granularity = Bool.random(using: &random) ? 100 : Int64.random(in: 1...5000, using: &random)
            let offset = Bool.random(using: &random) ? 0 : Int64.random(in: -(1 << 40)...(1 << 40), using: &random)
            let raw = Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random)
            let wide = Int128(raw) * Int128(scale.granularity) + Int128(offset)
            let product = Int128(raw) * Int128(scale.granularity)
            let expected: Int32? =
                Int64(exactly: wide) == nil || Int64(exactly: product) == nil
                ? nil : Int32(exactly: wide / 100) ?? PBFCoordinateScale.outside
            #expect(scale.value(raw, offset: offset) == expected)
        }
    }

    @Test func aPositionWithOneCoordinateOutsideIsUndefined() {
        #expect(PBFCoordinateScale.position(longitude: 1, latitude: .max) == .undefined)
        #expect(PBFCoordinateScale.position(longitude: .max, latitude: 1) == .undefined)
        #expect(
            PBFCoordinateScale.position(longitude: 1, latitude: 2) == GeoCoordinate(longitude: 1, latitude: 2))
    }
}
