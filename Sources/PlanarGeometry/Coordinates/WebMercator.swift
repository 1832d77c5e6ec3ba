import Glibc

/// The only place where coordinates change space.
///
/// Only additions, multiplications and divisions are used on the way in, in a fixed order, so the same file gives the
/// same grid coordinates on every machine; the C library's functions may differ between processors in the last bit.
public enum WebMercator {
    /// The last latitude, in 1e-7 degree, inside the Mercator square (85.0511287 degrees).
    public static let latitudeLimit: Int32 = 850_511_287

    /// Whether the grid holds this coordinate exactly: `coordinate(worldPoint(c)) == c`.
    /// Not so for +180 degrees, which would be 2^32, and beyond the square's latitudes; those are clamped.
    @inlinable
    public static func isExact(_ coordinate: GeoCoordinate) -> Bool {
        coordinate.longitude < 1_800_000_000 && coordinate.longitude >= -1_800_000_000
            && coordinate.latitude <= 850_511_287 && coordinate.latitude >= -850_511_287
    }

    /// The nearest grid point; clamped to the square outside it.
    public static func worldPoint(_ coordinate: GeoCoordinate) -> WorldPoint {
        WorldPoint(x: worldX(longitude: coordinate.longitude), y: worldY(latitude: coordinate.latitude))
    }

    /// (longitude + 180) / 360 * 2^32 to the nearest integer, in integers.
    public static func worldX(longitude: Int32) -> UInt32 {
        let shifted = UInt64(min(max(Int64(longitude) + 1_800_000_000, 0), 3_600_000_000))
        let rounded = (shifted << 32 + 1_800_000_000) / 3_600_000_000
        return UInt32(min(rounded, UInt64(UInt32.max)))
    }

    /// (1 - atanh(sin(latitude)) / pi) / 2 * 2^32 to the nearest integer.
    public static func worldY(latitude: Int32) -> UInt32 {
        if latitude > latitudeLimit { return 0 }
        if latitude < -latitudeLimit { return .max }
        let ordinate = inverseGudermannian(Double(latitude) * (Double.pi / 1_800_000_000))
        let y = (1 - ordinate / Double.pi) * 2_147_483_648
        return UInt32(min(max(Int64(y + 0.5), 0), Int64(UInt32.max)))
    }

    /// The coordinate nearest to a grid point; exact for grid points that came from `isExact` coordinates.
    public static func coordinate(_ point: WorldPoint) -> GeoCoordinate {
        GeoCoordinate(longitude: longitude(worldX: point.x), latitude: latitude(worldY: point.y))
    }

    public static func longitude(worldX: UInt32) -> Int32 {
        Int32(truncatingIfNeeded: Int64((UInt64(worldX) * 3_600_000_000 + 0x8000_0000) >> 32) - 1_800_000_000)
    }

    public static func latitude(worldY: UInt32) -> Int32 {
        let ordinate = Double.pi * (1 - Double(worldY) / 2_147_483_648)
        return Int32((atan(sinh(ordinate)) * (1_800_000_000 / Double.pi)).rounded())
    }

    /// Grid units per metre on the ground at a grid row: the projection stretches by 1 / cos(latitude).
    public static func unitsPerMetre(worldY: UInt32) -> Double {
        let ordinate = Double.pi * (1 - Double(worldY) / 2_147_483_648)
        return cosh(ordinate) * 4_294_967_296 / equatorInMetres
    }

    /// Length of the equator of the projection's sphere (radius 6378137 m).
    public static let equatorInMetres = 2 * Double.pi * 6_378_137

    /// atanh(sin(angle)) for |angle| < 1.4845 radians: the sine by its series to degree 25, then
    /// log((1+s)/(1-s)) / 2, the logarithm by exponent and the series of atanh to degree 23. Error below 2e-14, a
    /// thousandth of what would move a grid coordinate that lies at a rounding edge.
    static func inverseGudermannian(_ angle: Double) -> Double {
        let square = angle * angle
        // Unrolled, with the coefficients as constants: a chain of 23 divisions took three times as long.
        var sine = 1 - square * (1 / (24 * 25))
        sine = 1 - sine * square * (1 / (22 * 23))
        sine = 1 - sine * square * (1 / (20 * 21))
        sine = 1 - sine * square * (1 / (18 * 19))
        sine = 1 - sine * square * (1 / (16 * 17))
        sine = 1 - sine * square * (1 / (14 * 15))
        sine = 1 - sine * square * (1 / (12 * 13))
        sine = 1 - sine * square * (1 / (10 * 11))
        sine = 1 - sine * square * (1 / (8 * 9))
        sine = 1 - sine * square * (1 / (6 * 7))
        sine = 1 - sine * square * (1 / (4 * 5))
        sine = 1 - sine * square * (1 / (2 * 3))
        sine *= angle
        let ratio = (1 + sine) / (1 - sine)
        var exponent = Double(ratio.exponent)
        var significand = ratio.significand
        if significand > 1.414_213_562_373_095_1 {
            significand *= 0.5
            exponent += 1
        }
        let t = (significand - 1) / (significand + 1)
        let tt = t * t
        var series = 1.0 / 23
        series = series * tt + 1 / 21
        series = series * tt + 1 / 19
        series = series * tt + 1 / 17
        series = series * tt + 1 / 15
        series = series * tt + 1 / 13
        series = series * tt + 1 / 11
        series = series * tt + 1 / 9
        series = series * tt + 1 / 7
        series = series * tt + 1 / 5
        series = series * tt + 1 / 3
        series = series * tt + 1
        return (exponent * 0.693_147_180_559_945_3 + 2 * t * series) * 0.5
    }
}
