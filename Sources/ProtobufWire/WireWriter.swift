public import ByteCoding

/// Appends protobuf fields to an array of bytes.
///
/// Nested messages are written by their own writer and added as bytes, or in place with `message(_:_:)`, which puts the
/// length in front afterwards.
public struct WireWriter: Sendable {
    public var bytes: [UInt8] = []

    public init() {}

    @inlinable
    mutating func key(_ field: Int, _ type: UInt8) { bytes.appendVarint(UInt64(field) << 3 | UInt64(type)) }

    public mutating func uint64(_ field: Int, _ value: UInt64) {
        key(field, WireType.varint)
        bytes.appendVarint(value)
    }

    /// `int64`, `int32`, enums; negative numbers take ten bytes.
    public mutating func int64(_ field: Int, _ value: Int64) { uint64(field, UInt64(bitPattern: value)) }

    public mutating func sint64(_ field: Int, _ value: Int64) { uint64(field, value.zigzagEncoded) }

    public mutating func bool(_ field: Int, _ value: Bool) { uint64(field, value ? 1 : 0) }

    public mutating func double(_ field: Int, _ value: Double) {
        key(field, WireType.fixed64)
        bytes.appendLittleEndian(value.bitPattern)
    }

    public mutating func float(_ field: Int, _ value: Float) {
        key(field, WireType.fixed32)
        bytes.appendLittleEndian(value.bitPattern)
    }

    public mutating func data(_ field: Int, _ value: [UInt8]) {
        key(field, WireType.lengthDelimited)
        bytes.appendVarint(value.count)
        bytes.append(contentsOf: value)
    }

    public mutating func data(_ field: Int, _ value: RawSpan) {
        key(field, WireType.lengthDelimited)
        bytes.appendVarint(value.byteCount)
        bytes.append(value)
    }

    public mutating func string(_ field: Int, _ value: String) {
        key(field, WireType.lengthDelimited)
        bytes.appendVarint(value.utf8.count)
        bytes.append(contentsOf: value.utf8)
    }

    public mutating func packedUInt32(_ field: Int, _ values: some Collection<UInt32>) {
        message(field) { nested in for value in values { nested.bytes.appendVarint(UInt64(value)) } }
    }

    public mutating func packedSInt64(_ field: Int, _ values: some Collection<Int64>) {
        message(field) { nested in for value in values { nested.bytes.appendZigzag(value) } }
    }

    /// A nested message written by `body`.
    public mutating func message(_ field: Int, _ body: (inout WireWriter) throws -> Void) rethrows {
        var nested = WireWriter()
        try body(&nested)
        data(field, nested.bytes)
    }
}
