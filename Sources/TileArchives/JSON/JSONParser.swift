import ByteCoding

extension JSONValue {
    /// Reads a JSON document (RFC 8259). A byte order mark in front is passed over; anything but spaces behind the value is
    /// an error, and so are arrays and objects nested more than 64 deep.
    public init(parsing bytes: RawSpan) throws(TileArchiveError) {
        var parser = JSONParser(bytes)
        self = try parser.document()
    }
}

private struct JSONParser {
    private let bytes: [UInt8]
    private var at = 0
    private static let depthLimit = 64

    init(_ bytes: RawSpan) { self.bytes = bytes.toArray() }

    mutating func document() throws(TileArchiveError) -> JSONValue {
        if bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { at = 3 }
        let value = try value(depth: 0)
        skipSpaces()
        if at < bytes.count { throw fault("unexpected bytes after the end") }
        return value
    }

    private func fault(_ reason: String) -> TileArchiveError { .jsonInvalid(offset: at, reason: reason) }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipSpaces() {
        while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { at += 1 }
    }

    /// Passes over `byte` if it is next.
    private mutating func take(_ byte: UInt8) -> Bool {
        if next != byte { return false }
        at += 1
        return true
    }

    private mutating func value(depth: Int) throws(TileArchiveError) -> JSONValue {
        if depth > JSONParser.depthLimit { throw fault("nested more than \(JSONParser.depthLimit) deep") }
        skipSpaces()
        guard let byte = next else { throw fault("a value is missing at the end") }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw fault("a value was expected")
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(TileArchiveError) -> JSONValue {
        for byte in word.utf8 where !take(byte) { throw fault("\(word) was expected") }
        return value
    }

    private mutating func array(depth: Int) throws(TileArchiveError) -> JSONValue {
        at += 1
        var elements: [JSONValue] = []
        skipSpaces()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpaces()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            if !take(UInt8(ascii: ",")) { throw fault("a comma or ] was expected") }
        }
    }

    private mutating func object(depth: Int) throws(TileArchiveError) -> JSONValue {
        at += 1
        var members: [JSONValue.Member] = []
        skipSpaces()
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpaces()
            if next != UInt8(ascii: "\"") { throw fault("a name in quotes was expected") }
            let name = try string()
            skipSpaces()
            if !take(UInt8(ascii: ":")) { throw fault("a colon was expected") }
            members.append(JSONValue.Member(name, try value(depth: depth + 1)))
            skipSpaces()
            if take(UInt8(ascii: "}")) { return .object(members) }
            if !take(UInt8(ascii: ",")) { throw fault("a comma or } was expected") }
        }
    }

    /// RFC 8259 section 6.
    private mutating func number() throws(TileArchiveError) -> JSONValue {
        let start = at
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        guard let number = Double(String(decoding: bytes[start..<at], as: UTF8.self)), number.isFinite else {
            at = start
            throw fault("a number too large")
        }
        return .number(number)
    }

    private mutating func digits() throws(TileArchiveError) {
        let start = at
        while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { at += 1 }
        if at == start { throw fault("a digit was expected") }
    }

    /// RFC 8259 section 7. Bytes that are not UTF-8, and halves of surrogate pairs, become U+FFFD.
    private mutating func string() throws(TileArchiveError) -> String {
        at += 1
        var text: [UInt8] = []
        while let byte = next {
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(&text)
            case 0..<0x20: throw fault("a control character in a text")
            default: text.append(byte)
            }
        }
        throw fault("a text has no end")
    }

    private mutating func escape(_ text: inout [UInt8]) throws(TileArchiveError) {
        guard let byte = next else { throw fault("a text has no end") }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"):
            let unit = try fourHexadecimalDigits()
            var scalar = Unicode.Scalar(UInt32(unit))
            if unit >> 10 == 0x36, take(UInt8(ascii: "\\")) {
                // The first half of a pair; another escape must bring the second.
                let second = take(UInt8(ascii: "u")) ? try fourHexadecimalDigits() : 0
                if second >> 10 != 0x37 { throw fault("half a surrogate pair") }
                scalar = Unicode.Scalar(0x10000 + (UInt32(unit & 0x3ff) << 10 | UInt32(second & 0x3ff)))
            }
            text.append(contentsOf: Array(String(Character(scalar ?? "\u{fffd}")).utf8))
        default: throw fault("an unknown escape in a text")
        }
    }

    private mutating func fourHexadecimalDigits() throws(TileArchiveError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fault("four hexadecimal digits were expected")
            }
            unit = unit << 4 | UInt16(digit)
            at += 1
        }
        return unit
    }
}
