/// One attribute value of a vector tile, with the type it has on the wire (MVT 2.1 section 4.1, "Value").
///
/// Values equal in number but different in type are different values: `.int(1)` is not `.double(1)`.
public enum AttributeValue: Hashable, Sendable {
    case string(String)
    case float(Float)
    case double(Double)
    case int(Int64)
    case uint(UInt64)
    case sint(Int64)
    case bool(Bool)

    /// The number, whatever its type; `nil` for text and booleans.
    public var number: Double? {
        switch self {
        case .float(let value): Double(value)
        case .double(let value): value
        case .int(let value), .sint(let value): Double(value)
        case .uint(let value): Double(value)
        case .string, .bool: nil
        }
    }
}

extension AttributeValue: CustomStringConvertible {
    public var description: String {
        switch self {
        case .string(let value): value
        case .float(let value): "\(value)"
        case .double(let value): "\(value)"
        case .int(let value), .sint(let value): "\(value)"
        case .uint(let value): "\(value)"
        case .bool(let value): "\(value)"
        }
    }
}

/// One attribute of a decoded feature: places in its layer's `keys` and `values`.
public struct VectorTileTag: Hashable, Sendable {
    public var key: UInt32
    public var value: UInt32

    public init(key: UInt32, value: UInt32) {
        self.key = key
        self.value = value
    }
}
