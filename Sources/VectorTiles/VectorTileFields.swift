/// Field numbers of the messages of a Mapbox Vector Tile (MVT 2.1, `vector_tile.proto`).
///
/// | message | number | field | type |
/// |---|--:|---|---|
/// | Tile | 3 | layers | repeated Layer |
/// | Layer | 15 | version | uint32 |
/// | | 1 | name | string |
/// | | 2 | features | repeated Feature |
/// | | 3 | keys | repeated string |
/// | | 4 | values | repeated Value |
/// | | 5 | extent | uint32 |
/// | Feature | 1 | id | uint64 |
/// | | 2 | tags | packed uint32 |
/// | | 3 | type | enum |
/// | | 4 | geometry | packed uint32 |
/// | Value | 1 ... 7 | string, float, double, int64, uint64, sint64, bool | one of them |
enum VectorTileFields {
    enum Tile {
        static let layers = 3
    }

    enum Layer {
        static let name = 1
        static let features = 2
        static let keys = 3
        static let values = 4
        static let extent = 5
        static let version = 15
    }

    enum Feature {
        static let id = 1
        static let tags = 2
        static let type = 3
        static let geometry = 4
    }

    enum Value {
        static let string = 1
        static let float = 2
        static let double = 3
        static let int = 4
        static let uint = 5
        static let sint = 6
        static let bool = 7
    }
}

/// The extent that a layer without one has, and that we write: tile units across a tile (MVT 2.1 section 4.1).
public let defaultVectorTileExtent: UInt32 = 4096

/// What a feature's geometry is (MVT 2.1 section 4.3.4); raw values as on the wire.
public enum VectorTileGeometryType: UInt8, Sendable {
    /// A decoder may ignore such features.
    case unknown = 0
    case point = 1
    case lineString = 2
    case polygon = 3
}

/// Command numbers of the geometry encoding (MVT 2.1 section 4.3.1): the low three bits of a CommandInteger, whose
/// other bits are the count.
enum GeometryCommandID {
    static let moveTo: UInt32 = 1
    static let lineTo: UInt32 = 2
    static let closePath: UInt32 = 7

    /// Counts have 29 bits.
    static let countLimit = 1 << 29
}
