import ByteCoding
import ProtobufWire
import TestSupport
import Testing

/// Protobuf encoding, "Message Structure".
struct WireReaderTests {
    /// The error that reading all fields of a message ends with.
    func error(_ bytes: [UInt8], _ read: (inout WireReader) throws(WireError) -> Void = { try $0.skip() }) -> WireError?
    {
        var reader = WireReader(bytes.byteSpan)
        do throws(WireError) {
            while try reader.next() { try read(&reader) }
            return nil
        } catch {
            return error
        }
    }

    @Test func fieldsComeBackAsWritten() throws {
        var writer = WireWriter()
        writer.uint64(1, .max)
        writer.int64(2, -5)
        writer.sint64(3, .min)
        writer.bool(4, true)
        writer.double(5, 1.5)
        writer.float(6, -2.5)
        writer.string(7, "Café")
        writer.data(8, [1, 2])
        writer.message(9) { $0.uint64(1, 7) }
        writer.packedSInt64(0x1fff_ffff, [3, -3])
        var reader = WireReader(writer.bytes.byteSpan)
        var seen: [Int] = []
        while try reader.next() {
            seen.append(reader.field)
            switch reader.field {
            case 1: check(try reader.uint64() == .max)
            case 2: check(try reader.int64() == -5)
            case 3: check(try reader.sint64() == .min)
            case 4: check(try reader.uint64() == 1)
            case 5: check(try reader.fixed64() == (1.5).bitPattern)
            case 6: check(try reader.fixed32() == Float(-2.5).bitPattern)
            case 7:
                let text = try reader.bytes().toString()
                #expect(text == "Café")
            case 8:
                let bytes = try reader.bytes().toArray()
                #expect(bytes == [1, 2])
            case 9:
                var nested = try reader.message()
                check(try nested.next())
                check(try nested.uint64() == 7)
            default:
                var values = try reader.packedVarints()
                check(try values.nextZigzag() == 3)
                check(try values.nextZigzag() == -3)
                check(values.isAtEnd)
            }
        }
        #expect(seen == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0x1fff_ffff])
    }

    @Test func unknownFieldsOfAllFourTypesArePassedOver() {
        var writer = WireWriter()
        writer.uint64(1, 300)
        writer.double(2, 1)
        writer.string(3, "x")
        writer.float(4, 1)
        #expect(error(writer.bytes) == nil)
    }

    @Test(arguments: [UInt8(3), 4, 6, 7])
    func otherWireTypesAreRefused(type: UInt8) {
        #expect(error([0x08, 0x01, 1 << 3 | type]) == .wireTypeUnsupported(type: type, field: 1, offset: 2))
    }

    @Test func fieldNumbersOutsideTheirRangeAreRefused() {
        #expect(error([0x00, 0x01]) == .fieldNumberZero(offset: 0))
        var bytes: [UInt8] = []
        bytes.appendVarint(UInt64(0x2000_0000) << 3)
        #expect(error(bytes + [1]) == .fieldNumberZero(offset: 0))
    }

    @Test func aKnownFieldOfAnotherTypeIsRefused() {
        let read = { (reader: inout WireReader) throws(WireError) in _ = try reader.bytes() }
        #expect(error([0x08, 0x01], read) == .wireTypeMismatch(field: 1, found: 0, expected: 2, offset: 0))
    }

    @Test func lengthsPastTheEndAreRefused() {
        #expect(error([0x0a, 0x05, 1]) == .lengthTooLong(field: 1, length: 5, available: 1, offset: 0))
        let huge: [UInt8] = [0x0a] + [UInt8](repeating: 0xff, count: 9) + [1]
        #expect(error(huge) == .lengthTooLong(field: 1, length: .max, available: 0, offset: 0))
    }

    @Test func messagesThatEndInsideAValueAreRefused() {
        for bytes: [UInt8] in [[0x08], [0x08, 0x80], [0x09, 1, 2, 3], [0x0d, 1], [0x80], [0x0a]] {
            guard case .bytes(.truncated) = error(bytes) else {
                Issue.record("\(bytes) should be truncated")
                continue
            }
        }
    }

    @Test func nestedMessagesTellPlacesInTheOuterOne() throws {
        var writer = WireWriter()
        writer.uint64(1, 1)
        writer.data(2, [0x08, 0x01, 0x0e])
        var reader = WireReader(writer.bytes.byteSpan, base: 100)
        check(try reader.next())
        try reader.skip()
        check(try reader.next())
        check(reader.fieldOffset == 102)
        var nested = try reader.message()
        var found: WireError?
        do throws(WireError) { while try nested.next() { try nested.skip() } } catch { found = error }
        #expect(found == .wireTypeUnsupported(type: 6, field: 1, offset: 106))
        #expect(found?.offset == 106)
    }

    @Test func anySequenceOfBytesEnds() {
        var random = SeededGenerator(seed: 9)
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                UInt8.random(in: 0...(Bool.random(using: &random) ? 255 : 40), using: &random)
            }
            _ = error(bytes) { (reader: inout WireReader) throws(WireError) in
                if reader.field & 1 == 0 {
                    try reader.skip()
                } else {
                    var values = try reader.packedVarints()
                    while !values.isAtEnd { _ = try values.next() }
                }
            }
        }
    }
}

/// `#expect` for conditions over values that cannot escape, which the macro would have to hold on to.
private func check(_ condition: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(condition, sourceLocation: sourceLocation)
}
