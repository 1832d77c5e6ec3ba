import PlanarGeometry

/// Where the features of a store lie, from their boxes.
struct StoreBounds {
    /// In 1e-7 degree.
    private var corners: (west: Int32, south: Int32, east: Int32, north: Int32)?
    /// Columns of the turned frame.
    private var columns: (west: UInt32, east: UInt32)?

    mutating func add(_ draft: FeatureDraft) {
        guard let box = draft.box else { return }
        var known = [
            WebMercator.coordinate(WorldPoint(x: box.minX, y: box.maxY)),
            WebMercator.coordinate(WorldPoint(x: box.maxX, y: box.minY)),
        ]
        let isTurned = draft.traits.contains(.isTurned)
        if isTurned || draft.traits.contains(.isDrawnInPieces) {
            // On both sides of 180 degrees: a box from west to east can only be all around the world.
            known[0].longitude = -GeoCoordinate.longitudeLimit
            known[1].longitude = GeoCoordinate.longitudeLimit
        }
        known += draft.exactCoordinates.map(\.coordinate)
        for corner in known {
            let old = corners ?? (corner.longitude, corner.latitude, corner.longitude, corner.latitude)
            corners = (
                min(old.west, corner.longitude), min(old.south, corner.latitude),
                max(old.east, corner.longitude), max(old.north, corner.latitude)
            )
        }
        for part in isTurned ? [box] : box.turned {
            let old = columns ?? (part.minX, part.maxX)
            columns = (min(old.west, part.minX), max(old.east, part.maxX))
        }
    }

    func apply(to metadata: inout StoreMetadata) {
        guard let corners, let columns else { return }
        metadata.southWest = GeoCoordinate(longitude: corners.west, latitude: corners.south)
        metadata.northEast = GeoCoordinate(longitude: corners.east, latitude: corners.north)
        let half = WorldFrame.halfWorld
        let isWide = Int64(corners.east) - Int64(corners.west) > Int64(GeoCoordinate.longitudeLimit)
        if isWide, columns.west < half, columns.east >= half, columns.east - columns.west < half {
            metadata.longitudesOver180 = (
                WebMercator.longitude(worldX: columns.west ^ half), WebMercator.longitude(worldX: columns.east ^ half)
            )
        }
    }
}
