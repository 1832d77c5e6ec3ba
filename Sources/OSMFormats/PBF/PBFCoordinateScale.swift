import PlanarGeometry

/// How a block's raw coordinates become 1e-7 degree: `(offset + granularity * raw)` nanodegrees, cut towards zero as
/// libosmium does, so that results are the same.
struct PBFCoordinateScale {
    /// Nanodegrees, above 0.
    var granularity: Int64 = 100
    /// Nanodegrees.
    var latitudeOffset: Int64 = 0
    /// Nanodegrees.
    var longitudeOffset: Int64 = 0

    /// Stands for one coordinate that does not fit 32 bits; a position with such a one is `GeoCoordinate.undefined`.
    static let outside = Int32.max

    /// One coordinate in 1e-7 degree; `outside` when it does not fit; `nil` when the product or sum passes 64 bits.
    @inline(__always)
    func value(_ raw: Int64, offset: Int64) -> Int32? {
        // The usual file: raw values are 1e-7 degree already.
        if granularity == 100, offset == 0, let value = Int32(exactly: raw) { return value }
        return scaled(raw, offset: offset)
    }

    private func scaled(_ raw: Int64, offset: Int64) -> Int32? {
        let product = raw.multipliedReportingOverflow(by: granularity)
        let sum = product.partialValue.addingReportingOverflow(offset)
        if product.overflow || sum.overflow { return nil }
        return Int32(exactly: sum.partialValue / 100) ?? PBFCoordinateScale.outside
    }

    @inline(__always)
    static func position(longitude: Int32, latitude: Int32) -> GeoCoordinate {
        longitude == outside || latitude == outside
            ? .undefined : GeoCoordinate(longitude: longitude, latitude: latitude)
    }
}
