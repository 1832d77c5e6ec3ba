import ByteCoding
import Foundation
import ProtobufWire
import SystemIO

/// PBF files as their writers made them: looked into without the reader that they are written for.
public enum WrittenPBF {
    /// The unpacked blobs of a PBF file with their types: what a file says, whatever the version of the compressor.
    public static func unpackedBlobs(_ path: String) throws -> [(type: String, payload: [UInt8])] {
        let file = [UInt8](try Data(contentsOf: URL(filePath: path)))
        var blobs: [(type: String, payload: [UInt8])] = []
        let decompressor = Decompressor()
        var offset = 0
        while offset < file.count {
            let length = file[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
            let header = Array(file[(offset + 4)..<(offset + 4 + length)])
            let type = String(decoding: try bytes(1, in: header).first ?? [], as: UTF8.self)
            let size = Int(try number(3, in: header))
            let blob = Array(file[(offset + 4 + length)..<(offset + 4 + length + size)])
            let packed = try bytes(3, in: blob).first ?? []
            blobs.append((type, try decompressor.zlib(packed.byteSpan, byteCount: Int(try number(2, in: blob)))))
            offset += 4 + length + size
        }
        return blobs
    }

    /// All values of a length-delimited field of a message.
    public static func bytes(_ field: Int, in message: [UInt8]) throws -> [[UInt8]] {
        var values: [[UInt8]] = []
        var reader = WireReader(message.byteSpan)
        while try reader.next() {
            if reader.field == field { values.append(try reader.bytes().toArray()) } else { try reader.skip() }
        }
        return values
    }

    /// The last value of a varint field; 0 when it is absent.
    public static func number(_ field: Int, in message: [UInt8]) throws -> UInt64 {
        var value: UInt64 = 0
        var reader = WireReader(message.byteSpan)
        while try reader.next() {
            if reader.field == field { value = try reader.uint64() } else { try reader.skip() }
        }
        return value
    }
}
