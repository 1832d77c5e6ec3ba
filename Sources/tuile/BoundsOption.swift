import ArgumentParser
import PlanarGeometry

/// `west,south,east,north` in degrees, west below east.
struct BoundsOption: ExpressibleByArgument {
    var box: WorldBox

    init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        guard numbers.count == 4, let west = numbers[0], let south = numbers[1], let east = numbers[2],
            let north = numbers[3], west <= east, south <= north,
            let southWest = GeoCoordinate(longitudeDegrees: west, latitudeDegrees: south),
            let northEast = GeoCoordinate(longitudeDegrees: east, latitudeDegrees: north)
        else { return nil }
        let low = WebMercator.worldPoint(southWest)
        let high = WebMercator.worldPoint(northEast)
        box = WorldBox(minX: low.x, minY: high.y, maxX: high.x, maxY: low.y)
    }
}
