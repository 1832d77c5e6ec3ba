import Glibc

/// A file or stream could not be opened, read, written or unpacked.
public enum SystemError: Error, Equatable, Sendable {
    /// A system call failed: which, on what, and `errno`.
    case call(operation: String, path: String, code: Int32)
    /// The file changed, or is no regular file where one is needed.
    case notRegularFile(path: String)
    /// Another process holds the lock on this output.
    case locked(path: String)
    /// Compressed bytes break their format.
    case corruptStream(format: String, reason: String)
    /// Unpacked bytes are not as many as stated.
    case unexpectedSize(format: String, found: Int, expected: Int)

    init(_ operation: String, _ path: String) {
        self = .call(operation: operation, path: path, code: errno)
    }

    /// Whether the cause is a full disk, a quota or a file size limit.
    public var isOutOfSpace: Bool {
        if case .call(_, _, let code) = self { return code == ENOSPC || code == EDQUOT || code == EFBIG }
        return false
    }

    /// Whether the file is not there or may not be read.
    public var isMissing: Bool {
        if case .notRegularFile = self { return true }
        if case .call(_, _, let code) = self {
            return code == ENOENT || code == EACCES || code == EPERM || code == ENOTDIR || code == EISDIR
        }
        return false
    }

    /// Whether a file to be written cannot be made: no permission, no such folder, or a name that is taken.
    public var isOutputRefused: Bool {
        if case .call(let operation, _, _) = self { return operation.hasPrefix("create") || operation == "write into" }
        return false
    }

    /// Whether whoever read our output has closed it.
    public var isBrokenPipe: Bool {
        if case .call(_, _, let code) = self { return code == EPIPE }
        return false
    }
}

extension SystemError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .call(let operation, let path, let code):
            // Safe: strerror returns a terminated string that is copied at once.
            unsafe "\(path): cannot \(operation): \(String(cString: strerror(code)))"
        case .notRegularFile(let path): "\(path): not a regular file"
        case .locked(let path): "\(path): another process is writing it"
        case .corruptStream(let format, let reason): "\(format) data is broken: \(reason)"
        case .unexpectedSize(let format, let found, let expected):
            "\(format) data unpacks to \(found) bytes, expected \(expected)"
        }
    }
}
