import PlanarGeometry

/// The plane in which an area's rings are put together. Both have a grid point of its own for every node, y down, and no two
/// nodes in another order than on the globe.
enum AreaPlane: Sendable {
    /// The world grid. Nodes beyond the latitudes of Web Mercator lie on its edge.
    case mercator
    /// 1e-7 degree: x from longitude -180 to the east, y from the north pole to the south.
    case degrees

    func point(_ coordinate: GeoCoordinate) -> WorldPoint {
        switch self {
        case .mercator: return WebMercator.worldPoint(coordinate)
        case .degrees:
            return WorldPoint(
                x: UInt32(clamping: Int64(coordinate.longitude) + Int64(GeoCoordinate.longitudeLimit)),
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
        }
    }
}
