public import OSMModel
public import PlanarGeometry

/// A question to a store: every condition given must hold, and those left out ask for nothing.
public struct FeatureQuery: Hashable, Sendable {
    /// What any of these selects; `nil` is every feature.
    public var selectors: FeatureSelectorList?
    /// Features of which at least a point lies in the box or on its edge.
    public var box: QueryBox?
    /// Features by their distance to a place, the nearest first.
    public var near: QueryPlace?
    /// Only these elements. Without `near` they are answered in this order, each once.
    public var ids: [ElementID]?
    /// Only what this relation reaches (`FeatureStore.reachedMembers`): its members, and where those are relations, theirs.
    /// Without `near` and `ids` they are answered in that order.
    public var memberOf: ElementID?
    /// At most so many answers. A question with `near` but neither limit nor greatest distance gets `defaultNearLimit`.
    public var limit: Int?

    public static let defaultNearLimit = 10

    public init(
        selectors: FeatureSelectorList? = nil, box: QueryBox? = nil, near: QueryPlace? = nil, ids: [ElementID]? = nil,
        memberOf: ElementID? = nil, limit: Int? = nil
    ) {
        self.selectors = selectors
        self.box = box
        self.near = near
        self.ids = ids
        self.memberOf = memberOf
        self.limit = limit
    }

    /// Whether a feature without geometry cannot be an answer.
    public var hasSpatialCondition: Bool { box != nil || near != nil }
}

/// A box between two meridians and two parallels, edges included, in 1e-7 degree. With `west` above `east` it crosses
/// the meridian of 180 degrees; +180 and -180 are the same meridian.
public struct QueryBox: Hashable, Sendable {
    public let west: Int32
    public let south: Int32
    public let east: Int32
    public let north: Int32

    /// Corners in degrees, rounded to the nearest 1e-7.
    public init(west: Double, south: Double, east: Double, north: Double) throws(FeatureQueryError) {
        let found = [west, south, east, north].map { "\($0)" }.joined(separator: ",")
        guard let southWest = GeoCoordinate(longitudeDegrees: west, latitudeDegrees: south),
            let northEast = GeoCoordinate(longitudeDegrees: east, latitudeDegrees: north)
        else { throw .badBox(found: found, problem: "longitudes lie within ±180 and latitudes within ±90") }
        guard south <= north else { throw .badBox(found: found, problem: "south \(south) lies north of \(north)") }
        self.init(southWest: southWest, northEast: northEast)
    }

    /// The south must not lie north of the north.
    init(southWest: GeoCoordinate, northEast: GeoCoordinate) {
        west = southWest.longitude
        south = southWest.latitude
        east = northEast.longitude
        north = northEast.latitude
    }

    public var crossesAntimeridian: Bool { west > east }
}

/// A place to measure from.
public struct QueryPlace: Hashable, Sendable {
    public let coordinate: GeoCoordinate
    /// In metres, included; `nil` without bound.
    public var maximumDistance: Double?

    /// Degrees, rounded to the nearest 1e-7; the distance in metres.
    public init(longitude: Double, latitude: Double, maximumDistance: Double? = nil) throws(FeatureQueryError) {
        guard let coordinate = GeoCoordinate(longitudeDegrees: longitude, latitudeDegrees: latitude) else {
            throw .badPlace(
                found: "\(longitude),\(latitude)", problem: "a longitude lies within ±180 and a latitude within ±90")
        }
        if let maximumDistance, !(maximumDistance >= 0) { throw .badDistance(found: "\(maximumDistance)") }
        self.coordinate = coordinate
        self.maximumDistance = maximumDistance
    }
}
