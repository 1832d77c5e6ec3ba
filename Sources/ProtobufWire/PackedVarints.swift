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
