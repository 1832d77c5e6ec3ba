import ByteCoding
import Glibc

/// Standard output as bytes, buffered. `finish()` writes the rest.
public struct StandardOutput: ~Copyable {
    private let descriptor: Int32 = STDOUT_FILENO
    private var buffer: [UInt8] = []

    public init() {}

    public mutating func append(_ bytes: [UInt8]) throws(SystemError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 16 { try flush() }
    }

    public mutating func append(_ text: String) throws(SystemError) { try append(Array(text.utf8)) }

    public mutating func flush() throws(SystemError) {
        var failed: SystemError?
        unsafe buffer.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = unsafe Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
                if count < 0 {
                    if errno == EINTR { continue }
                    failed = SystemError("write", "standard output")
                    return
                }
                done += count
            }
        }
        buffer.removeAll(keepingCapacity: true)
        if let failed { throw failed }
    }
}

/// Copies standard input to an unnamed temporary file and maps that, so that it can be read like any file.
public func spoolStandardInput() throws(SystemError) -> MappedFile {
    let file = FileDescriptor(adopting: try openUnnamedFile(), path: "temporary file")
    let input = FileDescriptor(adopting: dup(STDIN_FILENO), path: "standard input")
    while true {
        let bytes = try input.read(upTo: 1 << 16)
        if bytes.isEmpty { break }
        try file.write(bytes.byteSpan)
    }
    return try MappedFile(descriptor: file.number, path: "standard input")
}
