import ByteCoding

/// Whether a key or value has what nobody sees and every comparison trips over: blanks at an end, control characters.
enum TagText {
    static func isUntidy(_ text: RawSpan) -> Bool {
        if text.byteCount == 0 { return false }
        var isASCII = true
        for index in 0..<text.byteCount {
            // Safe: the index is inside.
            let byte = unsafe text.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
            if byte < 0x20 || byte == 0x7f { return true }
            if byte >= 0x80 { isASCII = false }
        }
        // Safe: the text is not empty.
        let first = unsafe text.unsafeLoad(fromUncheckedByteOffset: 0, as: UInt8.self)
        let last = unsafe text.unsafeLoad(fromUncheckedByteOffset: text.byteCount - 1, as: UInt8.self)
        if first == 0x20 || last == 0x20 { return true }
        return isASCII ? false : isUntidyUnicode(text)
    }

    private static func isUntidyUnicode(_ text: RawSpan) -> Bool {
        let scalars = text.toString().unicodeScalars
        if let first = scalars.first, isBlank(first) { return true }
        if let last = scalars.last, isBlank(last) { return true }
        // C1 controls, and the separators that break lines.
        return scalars.contains { (0x80...0x9f).contains($0.value) || $0.value == 0x2028 || $0.value == 0x2029 }
    }

    /// No-break space, the spaces of typography, the ideographic one, and those of no width.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0xa0, 0x1680, 0x2000...0x200b, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff: true
        default: false
        }
    }
}
