public import ByteCoding

/// The four wire types in use (protobuf encoding, "Message Structure").
public enum WireType {
    public static let varint: UInt8 = 0
    public static let fixed64: UInt8 = 1
    public static let lengthDelimited: UInt8 = 2
    public static let fixed32: UInt8 = 5
}

/// A cursor over one protobuf message: `next()` moves to a field, then one typed read or `skip()` consumes it.
///
/// Nothing is copied; nested messages are spans of the same memory. Offsets in errors count from the start of this
/// message plus `base`, so a nested reader given its own position reports places in the outermost one.
@frozen
public struct WireReader: ~Escapable {
    @usableFromInline var cursor: ByteCursor
    @usableFromInline let base: Int
    @usableFromInline var currentField: Int = 0
    @usableFromInline var currentWireType: UInt8 = 0
    @usableFromInline var currentFieldOffset: Int = 0

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan, base: Int = 0) {
        cursor = ByteCursor(bytes)
        self.base = base
    }

    /// Number of the field that `next()` found.
    @inlinable public var field: Int { currentField }
    /// Its wire type.
    @inlinable public var wireType: UInt8 { currentWireType }
    /// Where that field begins, counted like offsets in errors.
    @inlinable public var fieldOffset: Int { currentFieldOffset }
    /// Position of the cursor, counted like offsets in errors.
    @inlinable public var offset: Int { base &+ cursor.offset }

    /// Moves to the next field. False at the end of the message.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func next() throws(WireError) -> Bool {
        if cursor.isAtEnd { return false }
        currentFieldOffset = offset
        let key = try readVarint()
        currentWireType = UInt8(key & 7)
        guard key >> 3 <= 0x1fff_ffff, key >> 3 != 0 else { throw .fieldNumberZero(offset: fieldOffset) }
        currentField = Int(key >> 3)
        return true
    }

    @inlinable
    @_lifetime(self: copy self)
    mutating func readVarint() throws(WireError) -> UInt64 {
        do { return try cursor.varint() } catch { throw .bytes(error.shifted(by: base)) }
    }

    @inlinable
    func expect(_ type: UInt8) throws(WireError) {
        if wireType != type {
            throw .wireTypeMismatch(field: field, found: wireType, expected: type, offset: fieldOffset)
        }
    }

    @inlinable
    @_lifetime(self: copy self)
    public mutating func uint64() throws(WireError) -> UInt64 {
        try expect(WireType.varint)
        return try readVarint()
    }

    /// `int64`, and `int32` and `bool` and enums, which are the same on the wire.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func int64() throws(WireError) -> Int64 { Int64(bitPattern: try uint64()) }

    @inlinable
    @_lifetime(self: copy self)
    public mutating func sint64() throws(WireError) -> Int64 { try uint64().zigzagDecoded }

    @inlinable
    @_lifetime(self: copy self)
    public mutating func fixed64() throws(WireError) -> UInt64 {
        try expect(WireType.fixed64)
        do { return try cursor.uint64() } catch { throw .bytes(error.shifted(by: base)) }
    }

    @inlinable
    @_lifetime(self: copy self)
    public mutating func fixed32() throws(WireError) -> UInt32 {
        try expect(WireType.fixed32)
        do { return try cursor.uint32() } catch { throw .bytes(error.shifted(by: base)) }
    }

    /// The bytes of a length-delimited field: a string, a nested message, a packed array.
    /// `offset` before the call plus the length's own bytes is where they start; see `payload()`.
    @inlinable
    @_lifetime(copy self)
    public mutating func bytes() throws(WireError) -> RawSpan {
        try expect(WireType.lengthDelimited)
        let length = try readVarint()
        guard length <= UInt64(cursor.remaining) else {
            throw .lengthTooLong(field: field, length: length, available: cursor.remaining, offset: fieldOffset)
        }
        do { return try cursor.span(Int(length)) } catch { throw .bytes(error.shifted(by: base)) }
    }

    /// A nested message, whose errors tell places in the same numbering.
    @inlinable
    @_lifetime(copy self)
    public mutating func message() throws(WireError) -> WireReader {
        let payload = try bytes()
        return WireReader(payload, base: offset - payload.byteCount)
    }

    /// A packed field's values, or the single value of one that was written unpacked: parsers must accept both
    /// (protobuf encoding, "Packed Repeated Fields"). Call it again for each run; runs concatenate.
    @inlinable
    @_lifetime(copy self)
    public mutating func packedVarints() throws(WireError) -> PackedVarints {
        if wireType == WireType.varint {
            let start = cursor.offset
            _ = try readVarint()
            let end = cursor.offset
            cursor.offset = start
            do {
                return PackedVarints(try cursor.span(end - start), base: base + start)
            } catch { throw .bytes(error.shifted(by: base)) }
        }
        let payload = try bytes()
        return PackedVarints(payload, base: offset - payload.byteCount)
    }

    /// Passes over the field's value.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func skip() throws(WireError) {
        switch wireType {
        case WireType.varint: _ = try readVarint()
        case WireType.fixed64: _ = try fixed64()
        case WireType.fixed32: _ = try fixed32()
        case WireType.lengthDelimited: _ = try bytes()
        default: throw .wireTypeUnsupported(type: wireType, field: field, offset: fieldOffset)
        }
    }
}
