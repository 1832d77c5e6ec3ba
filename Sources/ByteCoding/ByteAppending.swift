/// Writing the codings that `ByteCursor` reads, at the end of an array of bytes.
extension Array where Element == UInt8 {
    @inlinable
    public mutating func appendVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest &>>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    @inlinable public mutating func appendVarint(_ value: Int) { appendVarint(UInt64(value)) }

    @inlinable public mutating func appendZigzag(_ value: Int64) { appendVarint(value.zigzagEncoded) }

    @inlinable
    public mutating func appendLittleEndian(_ value: some FixedWidthInteger) {
        var rest = value
        for _ in 0..<(value.bitWidth / 8) {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// Appends borrowed bytes.
    @inlinable
    public mutating func append(_ bytes: RawSpan) {
        // Safe: the buffer is used only inside the closure.
        unsafe bytes.withUnsafeBytes { buffer in unsafe append(contentsOf: buffer) }
    }

    /// Writes over four bytes at `offset`, which must exist.
    @inlinable
    public mutating func setLittleEndian(_ value: UInt32, at offset: Int) {
        for index in 0..<4 { self[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(index))) }
    }

    /// The array's bytes, borrowed.
    @inlinable
    public var byteSpan: RawSpan {
        @_lifetime(borrow self) get { unsafe span.bytes }
    }
}

extension RawSpan {
    /// The bytes as an array.
    @inlinable public func toArray() -> [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }

    /// The bytes as text. Bytes that are not UTF-8 become U+FFFD.
    @inlinable public func toString() -> String {
        unsafe withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Whether both hold the same bytes.
    @inlinable
    public func hasSameBytes(as other: RawSpan) -> Bool {
        guard byteCount == other.byteCount else { return false }
        return unsafe withUnsafeBytes { left in
            unsafe other.withUnsafeBytes { right in unsafe left.elementsEqual(right) }
        }
    }
}
