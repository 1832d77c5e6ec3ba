public import PlanarGeometry

/// What an import makes of the coastline.
public struct SeaOptions: Sendable {
    public var mode = SeaMode.auto
    /// The extract's bounds, instead of those of the file's header: the corners in 1e-7 degree; with west above east it
    /// crosses 180 degrees.
    public var bounds: (southWest: GeoCoordinate, northEast: GeoCoordinate)?
    /// The extract's polygon; goes before `bounds`.
    public var polygon: ExtractPolygon?

    public init() {}
}

/// What is sea where no coastline tells.
public enum SeaMode: String, CaseIterable, Sendable {
    /// Derived from the coastline; an extract without any is sea if it has objects of the sea and none of the land.
    case auto
    /// Derived from the coastline; an extract without any is land.
    case land
    /// Derived from the coastline; an extract without any is sea.
    case ocean
    /// No sea is derived at all.
    case none
}
