import ByteCoding
import ProtobufWire

/// What is wrong inside a file block, before it is known which file and block that is.
///
/// Offsets count from the start of the file, or, in the unpacked bytes of a compressed blob, from their start.
struct PBFFault: Error {
    var kind: OSMFormatError.Fault
    var offset: Int
    var reason: String

    init(_ kind: OSMFormatError.Fault, at offset: Int, _ reason: String) {
        self.kind = kind
        self.offset = offset
        self.reason = reason
    }

    /// The same fault in the words of OSM files. The wire error's own text would repeat the offset.
    init(_ error: WireError) {
        offset = error.offset
        switch error {
        case .bytes(.truncated):
            kind = .truncated
            reason = "the message ends inside a value"
        case .bytes(.varintTooLong):
            kind = .varint
            reason = "a varint longer than 64 bits"
        case .wireTypeUnsupported(let type, let field, _):
            kind = .wireType
            reason = "field \(field) has wire type \(type), expected 0, 1, 2 or 5"
        case .fieldNumberZero:
            kind = .wireType
            reason = "a field number outside 1 to 2^29 - 1"
        case .wireTypeMismatch(let field, let found, let expected, _):
            kind = .wireType
            reason = "field \(field) has wire type \(found), expected \(expected)"
        case .lengthTooLong(let field, let length, let available, _):
            kind = .truncated
            reason = "field \(field) claims \(length) bytes, \(available) are left"
        }
    }

    /// Either kind of error of the decoders as a fault; `nil` for errors that are not theirs.
    init?(_ error: any Error) {
        if let fault = error as? PBFFault {
            self = fault
        } else if let wire = error as? WireError {
            self.init(wire)
        } else {
            return nil
        }
    }

    /// A fault in unpacked bytes, told by the place of the compressed data in the file.
    func inCompressedData(at fileOffset: Int) -> PBFFault {
        PBFFault(kind, at: fileOffset, "\(reason) (at byte \(offset) of the unpacked block)")
    }

    func located(path: String, block: Int) -> OSMFormatError {
        .pbf(path: path, block: block, offset: offset, fault: kind, reason: reason)
    }
}
