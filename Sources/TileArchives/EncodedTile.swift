import ByteCoding

/// How a tile's bytes are packed; raw values as in PMTiles 3.
public enum TileCompression: UInt8, Sendable {
    /// The archive does not say.
    case unknown = 0
    case none = 1
    case gzip = 2
    case brotli = 3
    case zstd = 4

    /// The name in the HTTP header Content-Encoding; `nil` where there is nothing to say.
    public var contentEncoding: String? {
        switch self {
        case .unknown, .none: nil
        case .gzip: "gzip"
        case .brotli: "br"
        case .zstd: "zstd"
        }
    }
}

/// What a tile's bytes are once unpacked; raw values as in PMTiles 3.
public enum TileFormat: UInt8, Sendable {
    case unknown = 0
    /// Mapbox Vector Tile.
    case vector = 1
    case png = 2
    case jpeg = 3
    case webp = 4
    case avif = 5
    /// MapLibre Tile.
    case mapLibre = 6

    public var mediaType: String {
        switch self {
        case .unknown: "application/octet-stream"
        case .vector: "application/vnd.mapbox-vector-tile"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .webp: "image/webp"
        case .avif: "image/avif"
        case .mapLibre: "application/vnd.maplibre-tile"
        }
    }
}

/// A tile's bytes as an archive holds them and a server sends them.
public struct EncodedTile: Equatable, Sendable {
    public var bytes: [UInt8]
    public var compression: TileCompression

    public init(bytes: [UInt8], compression: TileCompression) {
        self.bytes = bytes
        self.compression = compression
    }

    /// With a compression that is not stated told from the bytes: gzip starts with 1f 8b (RFC 1952 section 2.3.1), anything
    /// else counts as not packed.
    init(bytes: [UInt8], stated: TileCompression) {
        self.bytes = bytes
        compression = stated != .unknown ? stated : bytes.starts(with: [0x1f, 0x8b]) ? .gzip : .none
    }
}
