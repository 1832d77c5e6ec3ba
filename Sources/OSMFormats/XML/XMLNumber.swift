/// Numbers as OSM XML writes them.
enum XMLNumber {
    /// A decimal integer: an optional minus and digits, nothing else; `nil` for other text or outside 64 bits.
    static func integer(_ text: RawSpan) -> Int64? {
        let count = text.byteCount
        guard count > 0 else { return nil }
        let isNegative = text.byte(0) == UInt8(ascii: "-")
        var index = isNegative ? 1 : 0
        guard index < count else { return nil }
        // Summed up below zero, where there is room for one more.
        var value: Int64 = 0
        while index < count {
            let digit = text.byte(index) &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
            let (difference, tooSmall) = product.subtractingReportingOverflow(Int64(digit))
            if tooBig || tooSmall { return nil }
            value = difference
            index &+= 1
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// Decimal degrees to 1e-7 degree; `nil` for other text or what does not fit 32 bits.
    ///
    /// libosmium's rule, so that results are the same: an optional minus; up to ten digits, or none before a dot with a digit
    /// behind it; of the decimals eight count, and the result is rounded half away from zero; up to 19 more are ignored; an optional
    /// exponent with an optional minus and up to five digits. Integers throughout: a `Double` can be one unit off.
    static func coordinate(_ text: RawSpan) -> Int32? {
        let count = text.byteCount
        var index = 0
        func digit() -> Int64? {
            guard index < count else { return nil }
            let value = text.byte(index) &- UInt8(ascii: "0")
            return value <= 9 ? Int64(value) : nil
        }
        func isAt(_ character: UInt8) -> Bool { index < count && text.byte(index) == character }

        let isNegative = isAt(UInt8(ascii: "-"))
        if isNegative { index += 1 }
        var value: Int64 = 0
        var wholeDigits = 0
        while let next = digit() {
            value = value * 10 + next
            wholeDigits += 1
            index += 1
            if wholeDigits > 10 { return nil }
        }
        var decimals = 0
        if isAt(UInt8(ascii: ".")) {
            index += 1
            if wholeDigits == 0, digit() == nil { return nil }
            while let next = digit() {
                if decimals < significantDecimals { value = value * 10 + next }
                decimals += 1
                index += 1
                if decimals > significantDecimals + 19 { return nil }
            }
        } else if wholeDigits == 0 {
            return nil
        }
        var exponent = 0
        if isAt(UInt8(ascii: "e")) || isAt(UInt8(ascii: "E")) {
            index += 1
            let isSmall = isAt(UInt8(ascii: "-"))
            if isSmall { index += 1 }
            var exponentDigits = 0
            while let next = digit() {
                exponent = exponent * 10 + Int(next)
                exponentDigits += 1
                index += 1
                if exponentDigits > 5 { return nil }
            }
            if exponentDigits == 0 { return nil }
            if isSmall { exponent = -exponent }
        }
        guard index == count else { return nil }
        guard let magnitude = scaled(value, by: significantDecimals - min(decimals, significantDecimals) + exponent)
        else {
            return nil
        }
        // One decimal more than the result has, for rounding.
        let rounded = (magnitude + 5) / 10
        return Int32(exactly: isNegative ? -rounded : rounded)
    }

    /// One more than 1e-7 degree needs.
    private static let significantDecimals = 8

    /// `value` times ten to the power, cut; `nil` when it is far too big.
    private static func scaled(_ value: Int64, by power: Int) -> Int64? {
        var result = value
        var power = power
        while power > 0, result != 0 {
            result *= 10
            power -= 1
            // Beyond any 32-bit result, and far enough from 64 bits for one more step.
            if result > 1 << 50, power > 0 { return nil }
        }
        while power < 0, result != 0 {
            result /= 10
            power += 1
        }
        return result > 1 << 60 ? nil : result
    }
}
