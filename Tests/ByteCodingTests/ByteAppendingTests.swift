import ByteCoding
import Testing

struct ByteAppendingTests {
    @Test func integersAreAppendedLittleEndian() {
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(UInt16(0x0201))
        bytes.appendLittleEndian(Int32(-2))
        bytes.appendLittleEndian(UInt64(0x0807_0605_0403_0201))
        #expect(bytes == [1, 2, 0xfe, 0xff, 0xff, 0xff, 1, 2, 3, 4, 5, 6, 7, 8])
        bytes.setLittleEndian(0x0a0b_0c0d, at: 1)
        #expect(bytes.prefix(6) == [1, 0x0d, 0x0c, 0x0b, 0x0a, 0xff])
    }

    @Test func spansAreAppendedComparedAndCopied() {
        let left: [UInt8] = [1, 2, 3]
        var right: [UInt8] = [1]
        let tail: [UInt8] = [2, 3]
        right.append(tail.byteSpan)
        let nothing: [UInt8] = []
        right.append(nothing.byteSpan)
        let same = left.byteSpan.hasSameBytes(as: right.byteSpan)
        let shorter = left.byteSpan.hasSameBytes(as: tail.byteSpan)
        let empty = nothing.byteSpan.hasSameBytes(as: nothing.byteSpan)
        #expect(same && !shorter && empty)
        #expect(right.byteSpan.toArray() == left)
    }

    @Test func textThatIsNotUTF8IsReplaced() {
        let bytes: [UInt8] = [0x61, 0xff, 0x62]
        #expect(bytes.byteSpan.toString() == "a\u{fffd}b")
    }
}
