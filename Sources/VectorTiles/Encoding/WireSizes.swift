import ByteCoding
import ProtobufWire

/// Bytes that a varint takes: one per started group of seven bits.
@inline(__always)
func varintByteCount(_ value: UInt64) -> Int { (70 &- (value | 1).leadingZeroBitCount) / 7 }

@inline(__always)
func varintByteCount(_ value: Int) -> Int { varintByteCount(UInt64(value)) }

/// Bytes of a length-delimited field: its key, its length, its payload.
@inline(__always)
func lengthDelimitedByteCount(field: Int, payload: Int) -> Int {
    varintByteCount(field << 3) + varintByteCount(payload) + payload
}

extension Array where Element == UInt8 {
    @inline(__always)
    mutating func appendKey(field: Int, _ wireType: UInt8) { appendVarint(UInt64(field) << 3 | UInt64(wireType)) }

    @inline(__always)
    mutating func appendLengthDelimited(field: Int, _ payload: RawSpan) {
        appendKey(field: field, WireType.lengthDelimited)
        appendVarint(payload.byteCount)
        append(payload)
    }
}
