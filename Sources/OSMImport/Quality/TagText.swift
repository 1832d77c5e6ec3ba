import ByteCoding

/// What a key or value has that nobody sees and every comparison trips over.
enum TagText {
    enum Fault: String, Sendable {
        case blankAtEnd = "begins or ends with a blank"
        case lineBreak = "has a line break"
        case controlCharacter = "has a control character"
    }

    /// Keys whose values people read and programs do not: lines may break there.
    private static let freeTextKeys: Set<Substring> = [
        "note", "description", "inscription", "comment", "fixme", "FIXME",
    ]

    /// Also with a language or another suffix behind a colon.
    static func isFreeTextKey(_ text: RawSpan) -> Bool {
        guard text.byteCount >= 4, text.byteCount < 40 else { return false }
        return freeTextKeys.contains(text.toString().prefix { $0 != ":" })
    }

    /// The worst fault of a text.
    static func fault(_ text: RawSpan) -> Fault? {
        if text.byteCount == 0 { return nil }
        var isASCII = true
        var hasLineBreak = false
        for index in 0..<text.byteCount {
            // Safe: the index is inside.
            let byte = unsafe text.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
            if byte == 0x0a || byte == 0x0d {
                hasLineBreak = true
            } else if byte < 0x20 || byte == 0x7f {
                return .controlCharacter
            }
            if byte >= 0x80 { isASCII = false }
        }
        // Safe: the text is not empty.
        let first = unsafe text.unsafeLoad(fromUncheckedByteOffset: 0, as: UInt8.self)
        let last = unsafe text.unsafeLoad(fromUncheckedByteOffset: text.byteCount - 1, as: UInt8.self)
        if isBlankByte(first) || isBlankByte(last) { return .blankAtEnd }
        let rest = isASCII ? nil : faultOfUnicode(text)
        return rest ?? (hasLineBreak ? .lineBreak : nil)
    }

    private static func isBlankByte(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0a || byte == 0x0d }

    private static func faultOfUnicode(_ text: RawSpan) -> Fault? {
        let scalars = text.toString().unicodeScalars
        // C1 controls.
        if scalars.contains(where: { (0x80...0x9f).contains($0.value) }) { return .controlCharacter }
        if let first = scalars.first, isBlank(first) { return .blankAtEnd }
        if let last = scalars.last, isBlank(last) { return .blankAtEnd }
        return scalars.contains { $0.value == 0x2028 || $0.value == 0x2029 } ? .lineBreak : nil
    }

    /// No-break space, the spaces of typography, the ideographic one, and those of no width.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0xa0, 0x1680, 0x2000...0x200b, 0x2028, 0x2029, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff: true
        default: false
        }
    }
}
