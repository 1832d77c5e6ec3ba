import ByteCoding
import FeatureStorage
package import OSMModel

extension Array where Element == UInt8 {
    /// Appends a JSON string (RFC 8259 section 7) of UTF-8 text; bytes that are not UTF-8 become U+FFFD.
    package mutating func appendJSONString(_ text: RawSpan) {
        append(UInt8(ascii: "\""))
        if text.isPlainForJSON {
            append(text)
        } else {
            // Decoding replaces what is not UTF-8.
            for byte in text.toString().utf8 { appendJSONEscaped(byte) }
        }
        append(UInt8(ascii: "\""))
    }

    private mutating func appendJSONEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            append(UInt8(ascii: "\\"))
            append(byte)
        case 0x08: appendText("\\b")
        case 0x09: appendText("\\t")
        case 0x0a: appendText("\\n")
        case 0x0c: appendText("\\f")
        case 0x0d: appendText("\\r")
        case 0..<0x20:
            appendText("\\u00")
            append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            let low = byte & 0x0f
            append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        default: append(byte)
        }
    }

    /// Appends tags as a JSON object of strings, in their order.
    mutating func appendJSONObject(_ tags: CodedTags, of store: FeatureStore) {
        append(UInt8(ascii: "{"))
        appendJSONMembers(tags, of: store)
        append(UInt8(ascii: "}"))
    }

    /// Appends what stands between the braces.
    mutating func appendJSONMembers(_ tags: CodedTags, of store: FeatureStore) {
        for index in tags.keys.indices {
            if index > 0 { append(UInt8(ascii: ",")) }
            appendJSONString(store.stringBytes(tags.keys[index]))
            append(UInt8(ascii: ":"))
            if let integer = tags.values[index].integer {
                append(UInt8(ascii: "\""))
                appendDecimal(integer)
                append(UInt8(ascii: "\""))
            } else {
                appendJSONString(store.stringBytes(tags.values[index].string ?? .max))
            }
        }
    }

    /// Appends an element's id, `n17`.
    package mutating func appendElement(_ element: ElementID) {
        switch element.kind {
        case .node: append(UInt8(ascii: "n"))
        case .way: append(UInt8(ascii: "w"))
        case .relation: append(UInt8(ascii: "r"))
        }
        appendDecimal(element.number)
    }
}

extension RawSpan {
    /// Whether a JSON string can hold the bytes as they are: ASCII without control characters, quotes and backslashes.
    fileprivate var isPlainForJSON: Bool {
        for index in 0..<byteCount {
            // Safe: the index is inside.
            let byte = unsafe unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
            if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
        }
        return true
    }
}
