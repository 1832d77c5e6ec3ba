import PlanarGeometry
import TileArchives

/// Which tiles a tileset says it has: its zooms and its bounds.
struct TileCoverage: Sendable {
    let zooms: ClosedRange<UInt8>
    /// One box; two when the bounds cross 180 degrees.
    private let boxes: [WorldBox]

    init(_ metadata: TilesetMetadata) {
        let bounds = metadata.bounds
        self.init(
            minZoom: metadata.minZoom, maxZoom: metadata.maxZoom,
            bounds: (bounds.west, bounds.south, bounds.east, bounds.north))
    }

    /// `bounds` in degrees; Bounds that are no place on Earth mean the whole world. West above east crosses 180
    /// degrees, which TileJSON forbids but archives have.
    init(minZoom: UInt8, maxZoom: UInt8, bounds: (west: Double, south: Double, east: Double, north: Double)) {
        zooms = minZoom...max(minZoom, maxZoom)
        guard bounds.south <= bounds.north,
            let southWest = GeoCoordinate(longitudeDegrees: bounds.west, latitudeDegrees: bounds.south),
            let northEast = GeoCoordinate(longitudeDegrees: bounds.east, latitudeDegrees: bounds.north)
        else {
            boxes = [.world]
            return
        }
        let bottomLeft = WebMercator.worldPoint(southWest)
        let topRight = WebMercator.worldPoint(northEast)
        var box = WorldBox(minX: bottomLeft.x, minY: topRight.y, maxX: topRight.x, maxY: bottomLeft.y)
        if box.minX <= box.maxX {
            boxes = [box]
        } else {
            box.maxX = .max
            boxes = [box, WorldBox(minX: 0, minY: box.minY, maxX: topRight.x, maxY: box.maxY)]
        }
    }

    /// Whether the tile's zoom is in range and the tile, without its buffer, touches the bounds.
    func contains(_ tile: TileCoordinate) -> Bool {
        guard zooms.contains(tile.zoom) else { return false }
        let box = tile.box
        return boxes.contains { $0.intersects(box) }
    }
}
