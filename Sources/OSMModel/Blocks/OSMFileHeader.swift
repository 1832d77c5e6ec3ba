public import PlanarGeometry

/// What an OSM file says of itself. All of it may be absent, and none of it is to be trusted for positions or order.
public struct OSMFileHeader: Equatable, Sendable {
    /// West-south and east-north corner.
    public var bounds: (southWest: GeoCoordinate, northEast: GeoCoordinate)?
    /// The file states bounds that could not be read: sides are missing, or no coordinates.
    public var hasUnreadableBounds = false
    /// Seconds since 1970: the data holds every change up to then.
    public var replicationTimestamp: Int64?
    /// Number of the last change file that is contained.
    public var replicationSequence: Int64?
    public var replicationBaseURL: String?
    public var writingProgram: String?
    /// Ways carry the positions of their nodes.
    public var hasLocationsOnWays = false

    public init() {}

    public static func == (left: OSMFileHeader, right: OSMFileHeader) -> Bool {
        left.bounds?.southWest == right.bounds?.southWest && left.bounds?.northEast == right.bounds?.northEast
            && left.hasUnreadableBounds == right.hasUnreadableBounds
            && left.replicationTimestamp == right.replicationTimestamp
            && left.replicationSequence == right.replicationSequence
            && left.replicationBaseURL == right.replicationBaseURL && left.writingProgram == right.writingProgram
            && left.hasLocationsOnWays == right.hasLocationsOnWays
    }
}
