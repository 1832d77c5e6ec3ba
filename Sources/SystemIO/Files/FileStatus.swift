import Glibc

/// Questions to the file system.
public enum FileStatus {
    public static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    public static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether the descriptor is a terminal: 1 standard output, 2 standard error.
    public static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Whether something that is no regular file has this name: a device, a folder, a pipe.
    public static func isSpecial(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    /// Whether both names lead to the same file.
    public static func isSameFile(_ left: String, _ right: String) -> Bool {
        var first = stat()
        var second = stat()
        return unsafe stat(left, &first) == 0 && stat(right, &second) == 0 && first.st_dev == second.st_dev
            && first.st_ino == second.st_ino
    }

    /// Size in bytes, inode and modification time in nanoseconds: changes when a file is replaced.
    public struct Identity: Hashable, Sendable {
        public let byteCount: Int
        let inode: UInt64
        let modified: Int64
    }

    public static func identity(_ path: String) -> Identity? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return Identity(
            byteCount: Int(status.st_size), inode: UInt64(status.st_ino),
            modified: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
    }

    /// Removes a file; no error when it is not there.
    public static func remove(_ path: String) { _ = unsafe unlink(path) }
}
