public import ProtobufWire

/// Bytes that are no vector tile, or a part of one that cannot be used. Descriptions name the section of MVT 2.1 that is
/// broken; offsets count from the start of the tile.
public enum VectorTileError: Error, Equatable, Sendable {
    /// The protobuf framing is broken.
    case wire(WireError)

    /// Section 4.1: a layer must have a name.
    case layerNameMissing(offset: Int)
    /// Section 4.1: names are unique in a tile.
    case layerNameRepeated(name: String, offset: Int)
    /// Section 4.1: a layer of an unknown major version is not to be read.
    case versionUnsupported(version: UInt64, layer: String?, offset: Int)
    /// An extent of zero, or of more than 32 bits.
    case extentInvalid(extent: UInt64, layer: String, offset: Int)
    /// Section 4.1: a value has exactly one of the seven fields.
    case valueFieldCount(found: Int, layer: String, offset: Int)

    /// Section 4.4: tags come in pairs.
    case tagCountOdd(count: Int, offset: Int)
    /// Section 4.4: key indexes lie below the number of keys.
    case keyIndexOutOfRange(index: UInt64, count: Int, offset: Int)
    /// Section 4.4: value indexes lie below the number of values.
    case valueIndexOutOfRange(index: UInt64, count: Int, offset: Int)
    /// Section 4.2: a type that the specification does not know.
    case geometryTypeInvalid(type: UInt64, offset: Int)
    /// Section 4.2: a feature has exactly one geometry field.
    case geometryFieldCount(found: Int, offset: Int)
    case geometry(GeometryFault, offset: Int)

    /// What is wrong in a geometry's integers.
    public enum GeometryFault: Equatable, Sendable {
        /// Section 4.3.4.1: an UNKNOWN geometry has no rules to read it by.
        case typeUnknown
        /// Section 4.3: no command at all.
        case empty
        /// Section 4.3.1: only MoveTo, LineTo and ClosePath exist.
        case commandUnknown(id: UInt32)
        /// Sections 4.3.4.2 to 4.3.4.4: the grammar of the type wants another command here.
        case commandUnexpected(id: UInt32, expected: String)
        /// The same sections: the count of this command must be another one.
        case commandCount(id: UInt32, count: Int, expected: String)
        /// More parameters claimed than there are bytes left.
        case countTooLarge(count: Int)
        /// Section 4.3.2: parameters are missing.
        case parametersMissing
        /// The grammar of the type is not complete: a line without LineTo, a ring without ClosePath.
        case unfinished(expected: String)
    }

    /// Whether only one feature, or one layer, is lost and reading can go on with the next.
    public var isRecoverable: Bool {
        switch self {
        case .versionUnsupported, .tagCountOdd, .geometryTypeInvalid, .geometryFieldCount, .geometry: true
        case .wire, .layerNameMissing, .layerNameRepeated, .extentInvalid, .valueFieldCount, .keyIndexOutOfRange,
            .valueIndexOutOfRange:
            false
        }
    }
}

extension VectorTileError: CustomStringConvertible {
    public var description: String { "\(fault) (MVT 2.1 section \(section))" }

    /// The section of MVT 2.1 that is broken.
    public var section: String {
        switch self {
        case .wire: "3"
        case .layerNameMissing, .layerNameRepeated, .versionUnsupported, .extentInvalid, .valueFieldCount: "4.1"
        case .geometryTypeInvalid, .geometryFieldCount: "4.2"
        case .tagCountOdd, .keyIndexOutOfRange, .valueIndexOutOfRange: "4.4"
        case .geometry(let fault, _): fault.section
        }
    }

    /// What is wrong and where, without the section.
    var fault: String {
        switch self {
        case .wire(let error): "vector tile is damaged: \(error)"
        case .layerNameMissing(let offset): "layer at byte \(offset) has no name"
        case .layerNameRepeated(let name, let offset): "layer at byte \(offset) is a second one named \(name)"
        case .versionUnsupported(let version, let layer, let offset):
            "layer \(layer ?? "without name") at byte \(offset) has version \(version), expected 1 or 2"
        case .extentInvalid(let extent, let layer, let offset):
            "layer \(layer) at byte \(offset) has extent \(extent), expected 1 to 4294967295"
        case .valueFieldCount(let found, let layer, let offset):
            "value at byte \(offset) of layer \(layer) has \(found) known fields, expected 1"
        case .tagCountOdd(let count, let offset):
            "feature at byte \(offset) has \(count) tag numbers, expected an even count"
        case .keyIndexOutOfRange(let index, let count, let offset):
            "feature at byte \(offset) uses key index \(index), but the layer has \(count) keys"
        case .valueIndexOutOfRange(let index, let count, let offset):
            "feature at byte \(offset) uses value index \(index), but the layer has \(count) values"
        case .geometryTypeInvalid(let type, let offset):
            "feature at byte \(offset) has geometry type \(type), expected 0 to 3"
        case .geometryFieldCount(let found, let offset):
            "feature at byte \(offset) has \(found) geometry fields, expected 1"
        case .geometry(let fault, let offset): "geometry at byte \(offset): \(fault)"
        }
    }
}

extension VectorTileError.GeometryFault: CustomStringConvertible {
    var section: String {
        switch self {
        case .typeUnknown: "4.3.4.1"
        case .empty: "4.3"
        case .commandUnknown, .countTooLarge: "4.3.1"
        case .parametersMissing: "4.3.2"
        case .commandUnexpected, .commandCount, .unfinished: "4.3.4"
        }
    }

    public var description: String {
        switch self {
        case .typeUnknown: "its type is unknown, so it cannot be read"
        case .empty: "no command"
        case .commandUnknown(let id): "command \(id) does not exist"
        case .commandUnexpected(let id, let expected): "command \(id) found, expected \(expected)"
        case .commandCount(let id, let count, let expected): "command \(id) has count \(count), expected \(expected)"
        case .countTooLarge(let count): "count \(count) is too large for the bytes left"
        case .parametersMissing: "parameters are missing at the end"
        case .unfinished(let expected): "it ends early, expected \(expected)"
        }
    }
}
