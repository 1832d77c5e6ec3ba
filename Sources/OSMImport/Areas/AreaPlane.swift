import PlanarGeometry

/// The plane in which an area's rings are put together. Both have a grid point of its own for every node, y down, and no two
/// nodes in another order than on the globe.
enum AreaPlane: Sendable {
    /// The world grid. Nodes beyond the latitudes of Web Mercator lie on its edge.
    case mercator
    /// 1e-7 degree: x from longitude -180 to the east, y from the north pole to the south.
    case degrees
    /// The same with x from Greenwich, for rings that cross 180 degrees. Nodes at +180 degrees are at -180.
    case degreesFromGreenwich

    func point(_ coordinate: GeoCoordinate) -> WorldPoint {
        switch self {
        case .mercator: return WebMercator.worldPoint(coordinate)
        case .degrees:
            return WorldPoint(
                x: UInt32(clamping: Int64(coordinate.longitude) + Int64(GeoCoordinate.longitudeLimit)),
                y: UInt32(clamping: Int64(GeoCoordinate.latitudeLimit) - Int64(coordinate.latitude)))
        case .degreesFromGreenwich:
            let longitude = Int64(coordinate.longitude)
            return WorldPoint(
                x: UInt32(clamping: longitude < 0 ? longitude + 2 * Int64(GeoCoordinate.longitudeLimit) : longitude),
                y: UInt32(clamping: Int64(GeoCoordinate.latitudeLimit) - Int64(coordinate.latitude)))
        }
    }

    func coordinate(_ point: WorldPoint) -> GeoCoordinate {
        switch self {
        case .mercator: return WebMercator.coordinate(point)
        case .degrees:
            return GeoCoordinate(
                longitude: Int32(clamping: Int64(point.x) - Int64(GeoCoordinate.longitudeLimit)),
                latitude: Int32(clamping: Int64(GeoCoordinate.latitudeLimit) - Int64(point.y)))
        case .degreesFromGreenwich:
            let longitude = Int64(point.x)
            let limit = Int64(GeoCoordinate.longitudeLimit)
            return GeoCoordinate(
                longitude: Int32(clamping: longitude >= limit ? longitude - 2 * limit : longitude),
                latitude: Int32(clamping: Int64(GeoCoordinate.latitudeLimit) - Int64(point.y)))
        }
    }
}
