import ProtobufWire
import Testing

/// Bytes of the examples in the protobuf documentation, "Encoding".
struct WireWriterTests {
    @Test func aVarintFieldIsKeyAndValue() {
        var writer = WireWriter()
        writer.uint64(1, 150)
        #expect(writer.bytes == [0x08, 0x96, 0x01])
    }

    @Test func aStringHasItsLengthBefore() {
        var writer = WireWriter()
        writer.string(2, "testing")
        #expect(writer.bytes == [0x12, 0x07] + Array("testing".utf8))
    }

    @Test func aNestedMessageHasItsLengthBefore() {
        var writer = WireWriter()
        writer.message(3) { $0.uint64(1, 150) }
        #expect(writer.bytes == [0x1a, 0x03, 0x08, 0x96, 0x01])
    }

    @Test func negativeInt64TakesTenBytes() {
        var writer = WireWriter()
        writer.int64(1, -2)
        #expect(writer.bytes == [0x08, 0xfe] + [UInt8](repeating: 0xff, count: 8) + [0x01])
    }

    @Test func packedFieldsAreOneRun() {
        var writer = WireWriter()
        writer.packedUInt32(6, [3, 270, 86942])
        #expect(writer.bytes == [0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05])
    }
}
