/// Longitude and latitude (WGS 84) in 1e-7 degree, OpenStreetMap's own resolution.
@frozen
public struct GeoCoordinate: Hashable, Sendable {
    /// 1e-7 degree, east positive.
    public var longitude: Int32
    /// 1e-7 degree, north positive.
    public var latitude: Int32

    @inlinable
    public init(longitude: Int32, latitude: Int32) {
        self.longitude = longitude
        self.latitude = latitude
    }

    /// Rounds degrees to the nearest 1e-7; `nil` outside +-180 and +-90, or for no number.
    public init?(longitudeDegrees: Double, latitudeDegrees: Double) {
        guard abs(longitudeDegrees) <= 180, abs(latitudeDegrees) <= 90 else { return nil }
        longitude = Int32((longitudeDegrees * 1e7).rounded())
        latitude = Int32((latitudeDegrees * 1e7).rounded())
    }

    /// What a reader hands out where the file has no position, as for deleted nodes.
    public static let undefined = GeoCoordinate(longitude: .max, latitude: .max)

    public static let longitudeLimit: Int32 = 1_800_000_000
    public static let latitudeLimit: Int32 = 900_000_000

    /// Inside +-180 and +-90 degrees, ends included.
    @inlinable
    public var isValid: Bool {
        longitude >= -1_800_000_000 && longitude <= 1_800_000_000 && latitude >= -900_000_000
            && latitude <= 900_000_000
    }

    public var longitudeDegrees: Double { Double(longitude) / 1e7 }
    public var latitudeDegrees: Double { Double(latitude) / 1e7 }
}
