public import ByteCoding

/// The values of one packed run of varints, read in place.
@frozen
public struct PackedVarints: ~Escapable {
    @usableFromInline var cursor: ByteCursor
    @usableFromInline let base: Int

    @inlinable
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, base: Int) {
        cursor = ByteCursor(bytes)
        self.base = base
    }

    @inlinable public var isAtEnd: Bool { cursor.isAtEnd }

    /// An upper bound of the number of values left: one byte each.
    @inlinable public var maximumCount: Int { cursor.remaining }

    /// Exactly how many values are left: each ends in a byte without the high bit. Throws when the last one has no end.
    ///
    /// Reads eight bytes at a time, so it costs far less than the values themselves; columns are sized by it.
    public func count() throws(WireError) -> Int {
        var rest = cursor
        var count = 0
        do throws(ByteCodingError) {
            while rest.remaining >= 8 { count &+= (try ~rest.uint64() & 0x8080_8080_8080_8080).nonzeroBitCount }
            var last: UInt8 = 0
            if rest.remaining == 0, rest.offset > cursor.offset {
                rest.offset -= 1
                last = try rest.uint8()
            }
            while !rest.isAtEnd {
                last = try rest.uint8()
                if last < 0x80 { count &+= 1 }
            }
            if last >= 0x80 {
                throw ByteCodingError.truncated(offset: rest.offset - 1, count: 2, available: 1)
            }
        } catch { throw .bytes(error.shifted(by: base)) }
        return count
    }

    /// Place of the next value, counted like offsets in errors.
    @inlinable public var offset: Int { base &+ cursor.offset }

    @inlinable
    @_lifetime(self: copy self)
    public mutating func next() throws(WireError) -> UInt64 {
        do { return try cursor.varint() } catch { throw .bytes(error.shifted(by: base)) }
    }

    @inlinable
    @_lifetime(self: copy self)
    public mutating func nextZigzag() throws(WireError) -> Int64 { try next().zigzagDecoded }
}
