public import ByteCoding

/// A message that breaks the protobuf wire format. Offsets count from the start of the message that was read.
public enum WireError: Error, Equatable, Sendable {
    case bytes(ByteCodingError)
    /// Wire types 3 and 4 (groups) and 6 and 7 are not used by any format read here.
    case wireTypeUnsupported(type: UInt8, field: Int, offset: Int)
    /// Field number 0, or one above 2^29 - 1.
    case fieldNumberZero(offset: Int)
    /// A known field came with another wire type than its own.
    case wireTypeMismatch(field: Int, found: UInt8, expected: UInt8, offset: Int)
    /// A length-delimited field claims more bytes than its message has.
    case lengthTooLong(field: Int, length: UInt64, available: Int, offset: Int)
}

extension WireError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .bytes(let error): error.description
        case .wireTypeUnsupported(let type, let field, let offset):
            "field \(field) at byte \(offset) has wire type \(type), which is not supported"
        case .fieldNumberZero(let offset): "field number outside 1 to 2^29 - 1 at byte \(offset)"
        case .wireTypeMismatch(let field, let found, let expected, let offset):
            "field \(field) at byte \(offset) has wire type \(found), expected \(expected)"
        case .lengthTooLong(let field, let length, let available, let offset):
            "field \(field) at byte \(offset) claims \(length) bytes, \(available) left"
        }
    }

    /// The place of the fault.
    public var offset: Int {
        switch self {
        case .bytes(.truncated(let offset, _, _)), .bytes(.varintTooLong(let offset)): offset
        case .wireTypeUnsupported(_, _, let offset), .fieldNumberZero(let offset),
            .wireTypeMismatch(_, _, _, let offset), .lengthTooLong(_, _, _, let offset):
            offset
        }
    }
}
