import Glibc

/// An open file that is closed when the value goes.
struct FileDescriptor: ~Copyable, Sendable {
    let number: Int32
    let path: String

    init(opening path: String, flags: Int32, mode: mode_t = 0o666) throws(SystemError) {
        number = unsafe open(path, flags | O_CLOEXEC, mode)
        self.path = path
        if number < 0 { throw SystemError(flags & O_CREAT != 0 ? "create" : "open", path) }
    }

    init(adopting number: Int32, path: String) {
        self.number = number
        self.path = path
    }

    deinit { close(number) }

    /// Writes all bytes, going on after interrupts and short writes.
    func write(_ bytes: RawSpan) throws(SystemError) {
        var failed: SystemError?
        unsafe bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = unsafe Glibc.write(number, buffer.baseAddress! + done, buffer.count - done)
                if count < 0 {
                    if errno == EINTR { continue }
                    failed = SystemError("write", path)
                    return
                }
                done += count
            }
        }
        if let failed { throw failed }
    }

    func write(_ bytes: RawSpan, at offset: Int) throws(SystemError) {
        var failed: SystemError?
        unsafe bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = unsafe pwrite(number, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
                if count < 0 {
                    if errno == EINTR { continue }
                    failed = SystemError("write", path)
                    return
                }
                done += count
            }
        }
        if let failed { throw failed }
    }

    /// Reads up to `count` bytes; an empty array at the end.
    func read(upTo count: Int) throws(SystemError) -> [UInt8] {
        var failed: SystemError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while true {
                let got = unsafe Glibc.read(number, buffer.baseAddress!, count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failed = SystemError("read", path) }
                filled = max(0, got)
                return
            }
        }
        if let failed { throw failed }
        return bytes
    }

    func synchronize() throws(SystemError) {
        guard fsync(number) == 0 else { throw SystemError("sync", path) }
    }
}
