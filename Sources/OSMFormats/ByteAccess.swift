extension RawSpan {
    /// One byte. Stops the program when `index` is outside.
    @inline(__always)
    func byte(_ index: Int) -> UInt8 {
        precondition(index >= 0 && index < byteCount, "index outside the span")
        // Safe: inside, by the line above.
        return unsafe unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
    }
}
