/// The name of an element or attribute as up to sixteen bytes in two words, so that comparing names compares integers.
///
/// Longer names are all equal to each other and to no shorter one: nothing in OSM XML is that long.
struct XMLName: Equatable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private(set) var byteCount = 0

    init() {}

    init(_ text: StaticString) {
        precondition(text.utf8CodeUnitCount <= 16, "a name of more than 16 bytes")
        text.withUTF8Buffer { bytes in
            for index in bytes.indices { append(unsafe bytes[index]) }
        }
    }

    init(_ bytes: RawSpan) {
        for index in 0..<min(17, bytes.byteCount) { append(bytes.byte(index)) }
    }

    @inline(__always)
    private mutating func append(_ byte: UInt8) {
        if byteCount < 8 {
            low |= UInt64(byte) &<< UInt64(8 * byteCount)
        } else if byteCount < 16 {
            high |= UInt64(byte) &<< UInt64(8 * (byteCount - 8))
        } else {
            (low, high) = (0, 0)
        }
        byteCount += 1
    }
}
