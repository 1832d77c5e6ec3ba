/// What a tileset says about itself, whatever it is stored in: archive metadata and TileJSON are both made from it.
public struct TilesetMetadata: Equatable, Sendable {
    public enum Kind: String, Sendable {
        case overlay, baselayer
    }

    /// Degrees (WGS 84). West may be larger than east when the box crosses 180 degrees.
    public struct Bounds: Equatable, Sendable {
        public var west: Double
        public var south: Double
        public var east: Double
        public var north: Double

        public init(west: Double, south: Double, east: Double, north: Double) {
            self.west = west
            self.south = south
            self.east = east
            self.north = north
        }

        /// The Web Mercator square.
        public static let world = Bounds(
            west: -180, south: -85.051_128_779_806_59, east: 180, north: 85.051_128_779_806_59)

        /// Inside +-180 and +-90 degrees, south not above north.
        var isValid: Bool {
            abs(west) <= 180 && abs(east) <= 180 && abs(south) <= 90 && abs(north) <= 90 && south <= north
        }

        /// A box of which west is not larger than east: all longitudes if it crosses 180 degrees, for formats that
        /// cannot say so.
        var unwrapped: Bounds {
            west <= east ? self : Bounds(west: -180, south: south, east: 180, north: north)
        }
    }

    public struct Center: Equatable, Sendable {
        /// Degrees.
        public var longitude: Double
        public var latitude: Double
        public var zoom: UInt8

        public init(longitude: Double, latitude: Double, zoom: UInt8) {
            self.longitude = longitude
            self.latitude = latitude
            self.zoom = zoom
        }
    }

    public struct VectorLayer: Equatable, Sendable {
        public enum FieldType: String, Sendable {
            case string = "String"
            case number = "Number"
            case boolean = "Boolean"
        }

        public struct Field: Equatable, Sendable {
            public var name: String
            /// Normally a `FieldType`'s raw value; TileJSON allows any description.
            public var description: String

            public init(_ name: String, _ type: FieldType) {
                self.name = name
                description = type.rawValue
            }

            init(name: String, description: String) {
                self.name = name
                self.description = description
            }
        }

        public var id: String
        public var description: String?
        public var minZoom: UInt8?
        public var maxZoom: UInt8?
        /// Written in this order.
        public var fields: [Field]

        public init(
            id: String, description: String? = nil, minZoom: UInt8? = nil, maxZoom: UInt8? = nil, fields: [Field] = []
        ) {
            self.id = id
            self.description = description
            self.minZoom = minZoom
            self.maxZoom = maxZoom
            self.fields = fields
        }
    }

    /// Our own keys beside those of the formats. Their values are texts.
    public enum Key: String, Sendable, CaseIterable {
        /// The newest change that the map data contains, ISO 8601.
        case dataDate = "data_date"
        case sourceSHA256 = "source_sha256"
        case replicationSequence = "replication_sequence"
        case replicationURL = "replication_base_url"
        case generator
        case schemaName = "schema_name"
        case schemaHash = "schema_hash"
        case licence = "license"
        /// Language tags with commas between.
        case languages
        /// The byte budget of a tile; 0 for none.
        case maximumTileBytes = "maximum_tile_bytes"
        /// The root of the `TileHashTree`, hexadecimal.
        case tileTreeRoot = "tile_tree_root"
    }

    public var name: String?
    public var description: String?
    /// May hold HTML; never put it into a page unescaped.
    public var attribution: String?
    /// Of the tileset, "1.2.3".
    public var version: String?
    public var kind: Kind?
    public var format: TileFormat
    public var minZoom: UInt8
    public var maxZoom: UInt8
    public var bounds: Bounds
    public var center: Center?
    /// `nil` if not stated, which real archives of vector tiles happen to do.
    public var vectorLayers: [VectorLayer]?
    /// Everything else, written in alphabetical order.
    public var extra: [String: JSONValue]

    public init(
        name: String? = nil, format: TileFormat = .vector, minZoom: UInt8 = 0, maxZoom: UInt8 = 14,
        bounds: Bounds = .world
    ) {
        self.name = name
        self.format = format
        self.minZoom = minZoom
        self.maxZoom = maxZoom
        self.bounds = bounds
        extra = [:]
    }

    public subscript(key: Key) -> String? {
        get { extra[key.rawValue]?.text }
        set { extra[key.rawValue] = newValue.map(JSONValue.string) }
    }

    /// The centre stated, else the middle of the bounds at the lowest zoom; its zoom lies within the tileset's.
    var effectiveCenter: Center {
        let box = bounds.unwrapped
        var center =
            center
            ?? Center(
                longitude: (box.west + box.east) / 2, latitude: (box.south + box.north) / 2, zoom: minZoom)
        center.zoom = min(max(center.zoom, minZoom), max(minZoom, maxZoom))
        return center
    }
}
