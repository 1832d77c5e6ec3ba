import TileSchemas

/// What every feature asks of its layer, by value: a `TileLayer` brings its rules and their texts along wherever it goes.
struct LayerSettings: Sendable {
    /// Width of the strip beyond the tile's edges, in tile units.
    var buffer: Int32
    var finerByZooms: Int
    /// Below this zoom polygons with equal fields are one.
    var joinsPolygonsBelowZoom: Int
    var joinsLinesBelowZoom: Int
    var pointGrid: PointGridLimit?
    var measure: FeatureOrder.Measure?
    /// From this zoom on the fine ranks count.
    var detailZoom: Int
    var hasIDs: Bool

    init(_ layer: TileLayer) {
        buffer = Int32(layer.buffer)
        finerByZooms = layer.detail.finerByZooms
        joinsPolygonsBelowZoom = layer.detail.joinsPolygonsBelowZoom
        joinsLinesBelowZoom = layer.detail.joinsLinesBelowZoom
        pointGrid = layer.detail.pointGrid
        measure = layer.order.measure
        detailZoom = layer.order.detailZoom
        hasIDs = layer.hasIDs
    }
}
