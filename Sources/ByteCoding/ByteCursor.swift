/// A reading position in borrowed bytes. Every read checks its bounds and throws; none traps.
///
/// Varints are little-endian base 128, at most ten bytes, as in protobuf and PMTiles. Fixed-width integers are
/// little-endian. After an error the cursor stands where the failed read began.
@frozen
public struct ByteCursor: ~Escapable {
    @usableFromInline let bytes: RawSpan
    /// Bytes read so far; also the offset in the span given at the start.
    public var offset: Int

    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan, at offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    @inlinable public var byteCount: Int { bytes.byteCount }
    @inlinable public var remaining: Int { bytes.byteCount &- offset }
    @inlinable public var isAtEnd: Bool { offset >= bytes.byteCount }

    @inlinable
    func require(_ count: Int) throws(ByteCodingError) {
        if offset < 0 || count < 0 || count > bytes.byteCount &- offset {
            throw .truncated(offset: offset, count: count, available: max(0, bytes.byteCount &- offset))
        }
    }

    /// The next varint. One load of eight bytes where they are there: branch misses, not instructions, are what varints cost.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func varint() throws(ByteCodingError) -> UInt64 {
        let start = offset
        if start >= 0, start <= bytes.byteCount &- 8 {
            // Safe: the eight bytes are inside, by the line above.
            let word = unsafe UInt64(
                littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt64.self))
            if word & 0x80 == 0 {
                offset = start &+ 1
                return word & 0x7f
            }
            let stops = ~word & 0x8080_8080_8080_8080
            if stops != 0 {
                let length = (stops.trailingZeroBitCount &+ 1) &>> 3
                offset = start &+ length
                return joinSevenBitGroups(word & (stops ^ (stops &- 1)))
            }
        }
        return try slowVarint()
    }

    @usableFromInline
    @_lifetime(self: copy self)
    mutating func slowVarint() throws(ByteCodingError) -> UInt64 {
        var value: UInt64 = 0
        var at = offset
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard at >= 0, at < bytes.byteCount else {
                throw .truncated(offset: offset, count: at - offset + 1, available: max(0, bytes.byteCount &- offset))
            }
            // Safe: `at` is inside, by the guard.
            let byte = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: at, as: UInt8.self)
            at += 1
            if shift == 63, byte > 1 { throw .varintTooLong(offset: offset) }
            value |= UInt64(byte & 0x7f) << shift
            if byte & 0x80 == 0 {
                offset = at
                return value
            }
        }
        throw .varintTooLong(offset: offset)
    }

    /// The next zigzag varint: 0, -1, 1, -2, ... written as 0, 1, 2, 3, ...
    @inlinable
    @_lifetime(self: copy self)
    public mutating func zigzag() throws(ByteCodingError) -> Int64 { try varint().zigzagDecoded }

    @inlinable
    @_lifetime(self: copy self)
    public mutating func uint8() throws(ByteCodingError) -> UInt8 {
        try require(1)
        // Safe: checked by `require`; likewise below.
        let value = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
        offset &+= 1
        return value
    }

    @inlinable
    @_lifetime(self: copy self)
    public mutating func uint16() throws(ByteCodingError) -> UInt16 {
        try require(2)
        let value = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt16.self)
        offset &+= 2
        return UInt16(littleEndian: value)
    }

    @inlinable
    @_lifetime(self: copy self)
    public mutating func uint32() throws(ByteCodingError) -> UInt32 {
        try require(4)
        let value = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self)
        offset &+= 4
        return UInt32(littleEndian: value)
    }

    @inlinable
    @_lifetime(self: copy self)
    public mutating func uint64() throws(ByteCodingError) -> UInt64 {
        try require(8)
        let value = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
        offset &+= 8
        return UInt64(littleEndian: value)
    }

    /// The next `count` bytes, borrowed from the same memory.
    @inlinable
    @_lifetime(copy self)
    public mutating func span(_ count: Int) throws(ByteCodingError) -> RawSpan {
        try require(count)
        let part = bytes.extracting(offset..<(offset &+ count))
        offset &+= count
        return part
    }

    @inlinable
    @_lifetime(self: copy self)
    public mutating func skip(_ count: Int) throws(ByteCodingError) {
        try require(count)
        offset &+= count
    }
}

/// Closes the gaps between the seven-bit groups of up to eight varint bytes, three steps of pairs.
@inlinable
func joinSevenBitGroups(_ word: UInt64) -> UInt64 {
    var value = word & 0x7f7f_7f7f_7f7f_7f7f
    value = (value & 0x007f_007f_007f_007f) | ((value & 0x7f00_7f00_7f00_7f00) &>> 1)
    value = (value & 0x0000_3fff_0000_3fff) | ((value & 0x3fff_0000_3fff_0000) &>> 2)
    return (value & 0x0000_0000_0fff_ffff) | ((value & 0x0fff_ffff_0000_0000) &>> 4)
}

extension UInt64 {
    @inlinable public var zigzagDecoded: Int64 { Int64(bitPattern: self &>> 1) ^ -Int64(bitPattern: self & 1) }
}

extension Int64 {
    @inlinable public var zigzagEncoded: UInt64 { UInt64(bitPattern: (self &<< 1) ^ (self &>> 63)) }
}
