import ByteCoding
import Glibc

/// A nameless temporary file: bytes are appended, later read back or copied into another file.
///
/// It has no name from the start, so nothing is left behind however the program ends. It lies in the folder of the file
/// that it is for, so that both count against the same disk.
public struct SpoolFile: ~Copyable, Sendable {
    private let descriptor: FileDescriptor
    private var buffer: [UInt8] = []
    /// Bytes appended so far.
    public private(set) var byteCount = 0

    private static let bufferSize = 1 << 20

    /// `path` is the file that the bytes are for; only its folder matters.
    public init(beside path: String) throws(SystemError) {
        let folder = AtomicFile.split(path).folder
        descriptor = FileDescriptor(adopting: try openUnnamedFile(in: folder), path: "temporary file in \(folder)")
        buffer.reserveCapacity(SpoolFile.bufferSize)
    }

    /// Appends bytes.
    public mutating func append(_ bytes: RawSpan) throws(SystemError) {
        byteCount += bytes.byteCount
        if buffer.count + bytes.byteCount > SpoolFile.bufferSize { try flush() }
        if bytes.byteCount >= SpoolFile.bufferSize {
            try descriptor.write(bytes)
        } else {
            buffer.append(bytes)
        }
    }

    private mutating func flush() throws(SystemError) {
        if buffer.isEmpty { return }
        try descriptor.write(buffer.byteSpan)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Appends all bytes to `file`. Cost: one reading and one writing of each, in pieces of 1 MiB.
    public consuming func copy(to file: inout AtomicFile) throws(SystemError) {
        try flush()
        guard lseek(descriptor.number, 0, SEEK_SET) == 0 else { throw SystemError("read", descriptor.path) }
        var rest = byteCount
        while rest > 0 {
            let bytes = try descriptor.read(upTo: min(rest, SpoolFile.bufferSize))
            // Nobody else can reach the file, so it cannot have become shorter; do not loop if it has.
            guard !bytes.isEmpty else { throw .notRegularFile(path: descriptor.path) }
            try file.append(bytes)
            rest -= bytes.count
        }
    }
}
