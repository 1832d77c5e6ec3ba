import ByteCoding
import TestSupport
import Testing

struct ByteCursorTests {
    /// The obvious way, byte by byte.
    func slowVarint(_ bytes: [UInt8], _ offset: inout Int) -> UInt64? {
        var value: UInt64 = 0
        for index in 0..<10 {
            guard offset + index < bytes.count else { return nil }
            let byte = bytes[offset + index]
            if index == 9, byte > 1 { return nil }
            value |= UInt64(byte & 0x7f) << UInt64(7 * index)
            if byte < 0x80 {
                offset += index + 1
                return value
            }
        }
        return nil
    }

    @Test func varintsAgreeWithTheSlowWayOnRandomBytes() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<3000 {
            // Often high, so that long and endless ones occur.
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random) | (Bool.random(using: &random) ? 0x80 : 0)
            }
            var cursor = ByteCursor(bytes.byteSpan)
            var offset = 0
            while true {
                let expected = slowVarint(bytes, &offset)
                let found = try? cursor.varint()
                #expect(found == expected)
                check(cursor.offset == offset)  // after an error the cursor stands where the read began
                if expected == nil { break }
            }
        }
    }

    @Test func varintsComeBack() throws {
        var random = SeededGenerator(seed: 2)
        var values: [UInt64] = [0, 1, 127, 128, .max, 1 << 63, (1 << 56) - 1, 1 << 56]
        for _ in 0..<2000 {
            values.append(UInt64.random(in: 0 ... .max, using: &random) >> UInt64.random(in: 0..<64, using: &random))
        }
        var bytes: [UInt8] = []
        for value in values { bytes.appendVarint(value) }
        var cursor = ByteCursor(bytes.byteSpan)
        for value in values { check(try cursor.varint() == value) }
        check(cursor.isAtEnd)
    }

    @Test func zigzagComesBackAndStartsSmall() throws {
        let values: [Int64] = [0, -1, 1, -2, 2, .min, .max]
        check(values.prefix(5).map(\.zigzagEncoded) == [0, 1, 2, 3, 4])
        var bytes: [UInt8] = []
        for value in values { bytes.appendZigzag(value) }
        var cursor = ByteCursor(bytes.byteSpan)
        for value in values { check(try cursor.zigzag() == value) }
    }

    @Test func varintsOfMoreThan64BitsAreRefused() {
        for tail: [UInt8] in [[0x02], [0x7f], [0x80, 0x00], [0x80, 0x01]] {
            let bytes = [UInt8](repeating: 0xff, count: 9) + tail
            #expect(throws: ByteCodingError.varintTooLong(offset: 0)) {
                var cursor = ByteCursor(bytes.byteSpan)
                _ = try cursor.varint()
            }
        }
    }

    @Test func fixedWidthsAreLittleEndian() throws {
        let bytes: [UInt8] = [9, 1, 2, 1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8]
        var cursor = ByteCursor(bytes.byteSpan)
        check(try cursor.uint8() == 9)
        check(try cursor.uint16() == 0x0201)
        check(try cursor.uint32() == 0x0403_0201)
        check(try cursor.uint64() == 0x0807_0605_0403_0201)
        check(cursor.remaining == 0)
    }

    @Test func readsPastTheEndAreRefusedAndMoveNothing() {
        for count in 0..<8 {
            let bytes = [UInt8](repeating: 1, count: count)
            var cursor = ByteCursor(bytes.byteSpan)
            check((try? cursor.uint64()) == nil)
            if count < 4 { check((try? cursor.uint32()) == nil) }
            if count < 2 { check((try? cursor.uint16()) == nil) }
            if count < 1 { check((try? cursor.uint8()) == nil) }
            var didSkip = true
            do throws(ByteCodingError) { try cursor.skip(count + 1) } catch {
                didSkip = false
                #expect(error == .truncated(offset: 0, count: count + 1, available: count))
            }
            check(!didSkip && cursor.offset == 0)
        }
    }

    @Test(arguments: [-1, 100, Int.max, Int.min])
    func aCursorSetOutsideReadsNothing(offset: Int) {
        let bytes: [UInt8] = Array(repeating: 1, count: 20)
        var cursor = ByteCursor(bytes.byteSpan, at: offset)
        check((try? cursor.varint()) == nil)
        check((try? cursor.uint8()) == nil)
        check((try? cursor.uint64()) == nil)
    }

    @Test func spansAreBorrowedAndSkipped() throws {
        let bytes: [UInt8] = [1, 2, 3, 4, 5]
        var cursor = ByteCursor(bytes.byteSpan)
        try cursor.skip(1)
        let part = try cursor.span(3).toArray()
        #expect(part == [2, 3, 4])
        check(cursor.offset == 4)
        var failed = false
        do { _ = try cursor.span(-1) } catch { failed = true }
        do { _ = try cursor.span(2) } catch { failed = failed && true }
        check(failed && cursor.offset == 4)
    }
}

/// `#expect` for conditions over values that cannot escape, which the macro would have to hold on to.
private func check(_ condition: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(condition, sourceLocation: sourceLocation)
}
