import ByteCoding
import ProtobufWire
import TestSupport
import Testing

/// Protobuf encoding, "Packed Repeated Fields".
struct PackedVarintsTests {
    @Test func aSingleUnpackedValueIsARunOfOne() throws {
        var writer = WireWriter()
        writer.uint64(1, 300)
        writer.packedUInt32(1, [1, 2])
        var reader = WireReader(writer.bytes.byteSpan)
        var found: [UInt64] = []
        while try reader.next() {
            var values = try reader.packedVarints()
            while !values.isAtEnd { found.append(try values.next()) }
        }
        #expect(found == [300, 1, 2])
    }

    @Test func countIsTheNumberOfValuesLeft() throws {
        var random = SeededGenerator(seed: 7)
        for count in 0..<200 {
            let values = (0..<count).map { _ in
                UInt64.random(in: 0 ... .max, using: &random) >> UInt64.random(in: 0..<64, using: &random)
            }
            var writer = WireWriter()
            var packed: [UInt8] = []
            for value in values { packed.appendVarint(value) }
            writer.data(1, packed)
            var reader = WireReader(writer.bytes.byteSpan)
            check(try reader.next())
            var run = try reader.packedVarints()
            check(try run.count() == count)
            if count > 0 {
                check(try run.next() == values[0])
                check(try run.count() == count - 1)
            }
        }
    }

    @Test func aRunThatEndsInsideAValueIsNotCounted() throws {
        for length in 1..<20 {
            var writer = WireWriter()
            writer.data(1, [UInt8](repeating: 1, count: length - 1) + [0x80])
            var reader = WireReader(writer.bytes.byteSpan)
            check(try reader.next())
            let run = try reader.packedVarints()
            var failed = false
            do { _ = try run.count() } catch { failed = true }
            #expect(failed, "\(length) bytes")
        }
    }

    @Test func offsetsAreThoseOfTheMessage() throws {
        let bytes: [UInt8] = [0x0a, 0x03, 0x01, 0x80, 0x01]
        var reader = WireReader(bytes.byteSpan, base: 50)
        check(try reader.next())
        var values = try reader.packedVarints()
        check(values.offset == 52 && values.maximumCount == 3)
        _ = try values.next()
        check(values.offset == 53)
    }
}

/// `#expect` for conditions over values that cannot escape, which the macro would have to hold on to.
private func check(_ condition: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(condition, sourceLocation: sourceLocation)
}
