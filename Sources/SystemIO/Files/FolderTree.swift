import Glibc

/// Folders and what is in them.
public enum FolderTree {
    /// The names in a folder, in the order of their bytes, without `.` and `..`. `purpose` is for the error's message.
    public static func names(in path: String, for purpose: String = "read") throws(SystemError) -> [String] {
        guard let directory = unsafe opendir(path) else { throw SystemError(purpose, path) }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Removes a folder with all that is in it, or a file; links are removed, not followed. What cannot be removed stays.
    static func remove(_ path: String) {
        if unsafe unlink(path) == 0 { return }
        for name in (try? names(in: path)) ?? [] { remove(path + "/" + name) }
        _ = unsafe rmdir(path)
    }

    /// Bytes of all files in a folder and those below it; a file with several names counts once.
    public static func byteCount(_ path: String) -> Int {
        var seen: Set<UInt64> = []
        return byteCount(path, &seen)
    }

    private static func byteCount(_ path: String, _ seen: inout Set<UInt64>) -> Int {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return 0 }
        if status.st_mode & S_IFMT == S_IFDIR {
            return ((try? names(in: path)) ?? []).reduce(0) { $0 + byteCount(path + "/" + $1, &seen) }
        }
        return seen.insert(UInt64(status.st_ino)).inserted ? Int(status.st_size) : 0
    }
}
