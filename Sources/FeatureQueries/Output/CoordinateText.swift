import PlanarGeometry

extension Array where Element == UInt8 {
    /// Appends an angle of 1e-7 degree as decimal degrees, exactly: at most seven decimals and no trailing zeros.
    package mutating func appendDegrees(_ steps: Int32) {
        var rest = steps.magnitude
        if steps < 0 { append(UInt8(ascii: "-")) }
        let whole = rest / 10_000_000
        rest %= 10_000_000
        appendDecimal(UInt64(whole))
        if rest == 0 { return }
        append(UInt8(ascii: "."))
        var unit: UInt32 = 1_000_000
        while rest > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / unit))
            rest %= unit
            unit /= 10
        }
    }

    /// Appends a number in decimal.
    package mutating func appendDecimal(_ number: UInt64) {
        if number < 10 { return append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)) }
        let start = count
        var rest = number
        while rest > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        self[start...].reverse()
    }

    package mutating func appendDecimal(_ number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        appendDecimal(number.magnitude)
    }

    /// Appends text that is the same in every encoding we write.
    package mutating func appendText(_ text: StaticString) {
        // Safe: the buffer is used only inside the closure.
        text.withUTF8Buffer { unsafe append(contentsOf: $0) }
    }
}
