import Glibc
import PlanarGeometry

/// Great-circle distances in metres from one place, on the sphere of the earth's mean radius (IUGG, 6371008.8 m); the
/// ellipsoid's distances differ by up to 0.6 %.
struct GroundDistance {
    static let radius = 6_371_008.8

    let place: MapPoint
    let longitude: Double
    let latitude: Double
    private let sine: Double
    private let cosine: Double

    init(from coordinate: GeoCoordinate) {
        place = MapPlane.point(coordinate)
        longitude = Double(coordinate.longitude) * Self.radiansPerStep
        latitude = Double(coordinate.latitude) * Self.radiansPerStep
        sine = sin(latitude)
        cosine = max(cos(latitude), 0)
    }

    static let radiansPerStep = Double.pi / 1_800_000_000
    static let radiansPerUnit = 2 * Double.pi / 4_294_967_296

    /// The haversine formula, arranged to be exact at the antipode too. Radians; longitude relative to the place.
    func metres(toLatitude other: Double, longitudeDifference: Double) -> Double {
        let across = sin(longitudeDifference / 2)
        let along = sin((other - latitude) / 2)
        // At a pole rounding may bring the cosine below zero.
        let scale = cosine * max(cos(other), 0)
        let haversine = along * along + scale * across * across
        let across2 = cos(longitudeDifference / 2)
        let along2 = sin((other + latitude) / 2)
        // One minus the haversine, without cancellation: the haversine to the antipode.
        let rest = along2 * along2 + scale * across2 * across2
        return 2 * Self.radius * atan2(haversine.squareRoot(), rest.squareRoot())
    }

    /// The latitude, in radians, of a row of the unrolled map.
    static func latitude(_ y: Int64) -> Double {
        if y < MapPlane.northEdge {
            return Double(Int64(WebMercator.latitudeLimit) - y) * radiansPerStep
        }
        if y > MapPlane.southEdge {
            return -Double(Int64(WebMercator.latitudeLimit) + (y - MapPlane.southEdge)) * radiansPerStep
        }
        return atan(sinh(ordinate(y)))
    }

    /// The Mercator ordinate, in radians, of a row of the grid.
    static func ordinate(_ y: Int64) -> Double { Double.pi * (1 - Double(y) / 2_147_483_648) }

    /// A distance that nothing inside the box falls below, in metres; the box is in that frame of the world.
    ///
    /// The exact distance to the part of the sphere between two meridians and two parallels, less a margin for rounding.
    /// The first and last row of the grid stand for all latitudes up to the pole, the last column also for +180 degrees.
    func lowerBound(_ box: WorldBox, _ frame: WorldFrame = .standard) -> Double {
        let north = box.minY == 0 ? Double.pi / 2 : Self.latitude(Int64(box.minY))
        let south = box.maxY == .max ? -Double.pi / 2 : Self.latitude(Int64(box.maxY))
        var difference = 0.0
        var x = UInt32(truncatingIfNeeded: place.x)
        if frame == .turned { x ^= WorldFrame.halfWorld }
        if x &- box.minX > box.maxX - box.minX {
            let units = min(box.minX &- x, x &- box.maxX)
            difference = max(Double(units) - 2, 0) * Self.radiansPerUnit
        }
        let metres = distance(south: south, north: north, longitudeDifference: difference)
        return max(metres * (1 - 1e-9) - 0.01, 0)
    }

    /// The distance to the nearest point of a stretch of a meridian.
    private func distance(south: Double, north: Double, longitudeDifference: Double) -> Double {
        // Where the meridian's great circle is nearest.
        let foot = atan2(sine, cosine * cos(longitudeDifference))
        if foot >= south, foot <= north { return metres(toLatitude: foot, longitudeDifference: longitudeDifference) }
        return min(
            metres(toLatitude: south, longitudeDifference: longitudeDifference),
            metres(toLatitude: north, longitudeDifference: longitudeDifference))
    }

    /// Half the width, in radians of longitude, of a cap of that many metres around the place; pi when it holds a pole.
    func longitudeReach(metres: Double) -> Double {
        let angle = metres / Self.radius
        if angle + abs(latitude) >= Double.pi / 2 - 1e-9 { return Double.pi }
        return asin(min(sin(angle) / cosine, 1))
    }

    /// Whether going on along a segment, from the point at that share of it, brings nearer (positive) or takes farther
    /// (negative): the derivative of the cosine of the distance.
    func approach(_ segment: GroundSegment, _ share: Double) -> Double {
        let longitude = segment.longitude + share * segment.east
        let (otherSine, otherCosine, north) = segment.latitudeAndRate(share)
        let along = sine * otherCosine - cosine * otherSine * cos(longitude)
        return north * along - segment.east * cosine * otherCosine * sin(longitude)
    }
}

/// A segment in radians, longitude relative to a place. It does not cross the edge of the grid: on the grid it is straight in
/// the Mercator ordinate, beyond it in latitude.
struct GroundSegment {
    let longitude: Double
    /// The change of longitude.
    let east: Double
    private let isPolar: Bool
    /// Mercator ordinate, or latitude when polar.
    private let start: Double
    private let change: Double

    /// x relative to the place.
    init(from first: MapPoint, to last: MapPoint) {
        longitude = Double(first.x) * GroundDistance.radiansPerUnit
        east = Double(last.x - first.x) * GroundDistance.radiansPerUnit
        isPolar = min(first.y, last.y) < MapPlane.northEdge || max(first.y, last.y) > MapPlane.southEdge
        let vertical = isPolar ? GroundDistance.latitude : GroundDistance.ordinate
        start = vertical(first.y)
        change = vertical(last.y) - start
    }

    /// Metres that it is no longer than on the ground: nowhere is the map's scale smaller than at the equator.
    var greatestLength: Double { GroundDistance.radius * (abs(east) + abs(change)) }

    func latitude(_ share: Double) -> Double {
        let vertical = start + share * change
        return isPolar ? vertical : atan(sinh(vertical))
    }

    /// Sine and cosine of the latitude at a share of the segment, and how fast the latitude grows there.
    func latitudeAndRate(_ share: Double) -> (sine: Double, cosine: Double, north: Double) {
        let vertical = start + share * change
        if isPolar { return (sin(vertical), max(cos(vertical), 0), change) }
        let growth = exp(vertical)
        let cosine = 2 / (growth + 1 / growth)
        return ((growth - 1 / growth) / (growth + 1 / growth), cosine, change * cosine)
    }
}
