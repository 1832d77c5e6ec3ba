public import PlanarGeometry

extension QueryBox {
    /// The box on the world grid, edges included: one, or the two sides of 180 degrees. Latitudes beyond the square are held to
    /// its edge.
    public var worldBoxes: [WorldBox] {
        let low = WebMercator.worldPoint(GeoCoordinate(longitude: west, latitude: south))
        let high = WebMercator.worldPoint(GeoCoordinate(longitude: east, latitude: north))
        if !crossesAntimeridian { return [WorldBox(minX: low.x, minY: high.y, maxX: high.x, maxY: low.y)] }
        return [
            WorldBox(minX: 0, minY: high.y, maxX: high.x, maxY: low.y),
            WorldBox(minX: low.x, minY: high.y, maxX: .max, maxY: low.y),
        ]
    }
}
