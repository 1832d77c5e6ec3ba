import Glibc

/// Opens a temporary file that has no name any more, so that nothing stays behind however the program ends.
///
/// It lies in `folder`, or where `TMPDIR` says, or in `/tmp`. The caller closes it.
func openUnnamedFile(in folder: String? = nil) throws(SystemError) -> Int32 {
    let folder = folder ?? environmentVariable("TMPDIR") ?? "/tmp"
    var template = Array("\(folder)/.tuile-XXXXXX".utf8CString)
    // Safe: mkstemp writes over the X in place, and the terminated string lives through the closure.
    let number = unsafe template.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return Int32(-1) }
        let number = unsafe mkstemp(start)
        if number >= 0 {
            _ = unsafe unlink(start)
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        }
        return number
    }
    guard number >= 0 else { throw SystemError("create a temporary file in", folder) }
    return number
}

func environmentVariable(_ name: String) -> String? {
    // Safe: the value is copied at once.
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
}
