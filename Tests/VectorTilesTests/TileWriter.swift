import ProtobufWire

/// Writes tiles field by field, so that tests can break them.
enum TileWriter {
    static func tile(_ body: (inout WireWriter) throws -> Void) rethrows -> [UInt8] {
        var writer = WireWriter()
        try writer.message(3, body)
        return writer.bytes
    }

    /// One layer of version 2 named "l" with keys "k", values 1 and the features that `body` writes.
    static func layer(_ body: (inout WireWriter) -> Void) -> [UInt8] {
        tile { layer in
            layer.uint64(15, 2)
            layer.string(1, "l")
            body(&layer)
            layer.string(3, "k")
            layer.message(4) { $0.int64(4, 1) }
            layer.uint64(5, 4096)
        }
    }

    static func feature(type: UInt64, _ geometry: [UInt32], version: UInt64 = 2) -> [UInt8] {
        tile { layer in
            layer.uint64(15, version)
            layer.string(1, "l")
            layer.message(2) { feature in
                feature.uint64(3, type)
                feature.packedUInt32(4, geometry)
            }
            layer.uint64(5, 4096)
        }
    }
}
