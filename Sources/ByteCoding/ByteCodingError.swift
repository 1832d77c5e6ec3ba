/// Bytes that end too early or break their coding. Offsets count from the start of the span that was read.
public enum ByteCodingError: Error, Equatable, Sendable {
    /// A read of `count` bytes at `offset` passes the end, `available` bytes on.
    case truncated(offset: Int, count: Int, available: Int)
    /// A varint at `offset` goes on past ten bytes, or past 64 bits.
    case varintTooLong(offset: Int)
}

extension ByteCodingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .truncated(let offset, let count, let available):
            "truncated at byte \(offset): \(count) bytes expected, \(available) left"
        case .varintTooLong(let offset):
            "varint at byte \(offset) is longer than 64 bits"
        }
    }

    /// The same error in a file where the span starts at `base`.
    public func shifted(by base: Int) -> ByteCodingError {
        switch self {
        case .truncated(let offset, let count, let available):
            .truncated(offset: offset + base, count: count, available: available)
        case .varintTooLong(let offset): .varintTooLong(offset: offset + base)
        }
    }
}
