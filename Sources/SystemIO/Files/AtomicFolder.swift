import Glibc

/// A new folder that appears under its name only when it is complete: what `AtomicFile` is for a file.
///
/// It is filled beside its final place under a hidden temporary name and renamed by `commit()`. A leftover of a writer that is
/// gone is removed by a later run; one that is still written by another process is an error. Dropping the value without
/// `commit()` removes what was written.
public struct AtomicFolder: ~Copyable, Sendable {
    /// Without slashes at its end.
    public let finalPath: String
    public let temporaryPath: String
    /// Held open and locked while the folder is filled.
    private let descriptor: FileDescriptor

    public init(path: String) throws(SystemError) {
        let final = AtomicFolder.withoutSlashes(path)
        let (parent, name) = AtomicFile.split(final)
        guard !name.isEmpty, name != ".", name != ".." else {
            throw .call(operation: "create", path: path, code: EINVAL)
        }
        let prefix = ".\(name).tuile-"
        for entry in try FolderTree.names(in: parent, for: "write into")
        where entry.hasPrefix(prefix) && entry.hasSuffix(".tmp") {
            let old = parent + "/" + entry
            guard let opened = try? FileDescriptor(opening: old, flags: O_RDONLY) else { continue }
            if flock(opened.number, LOCK_EX | LOCK_NB) != 0 { throw .locked(path: final) }
            FolderTree.remove(old)
        }
        let temporary = "\(parent)/\(prefix)\(getpid()).tmp"
        guard unsafe mkdir(temporary, 0o777) == 0 else { throw SystemError("create", temporary) }
        let opened = try FileDescriptor(opening: temporary, flags: O_RDONLY | O_DIRECTORY)
        guard flock(opened.number, LOCK_EX | LOCK_NB) == 0 else { throw .locked(path: final) }
        TemporaryFileRegistry.add(temporary)
        finalPath = final
        temporaryPath = temporary
        descriptor = opened
    }

    public static func withoutSlashes(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// Writes a new file, and the folders on its way that are not there; `name` is relative. False if it exists.
    public func write(_ bytes: RawSpan, to name: String) throws(SystemError) -> Bool {
        let path = temporaryPath + "/" + name
        var number = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        if number < 0, errno == ENOENT {
            try makeFolders(above: name)
            number = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        }
        if number < 0 {
            if errno == EEXIST { return false }
            throw SystemError("create", path)
        }
        try FileDescriptor(adopting: number, path: path).write(bytes)
        return true
    }

    /// What came of giving a file one more name.
    public enum LinkResult: Sendable {
        case made
        /// Something has the name.
        case exists
        /// The file system gives a file no more names.
        case impossible
    }

    /// Gives a file in the folder one more name.
    public func link(_ existing: String, as name: String) throws(SystemError) -> LinkResult {
        let (from, to) = (temporaryPath + "/" + existing, temporaryPath + "/" + name)
        for isSecond in [false, true] {
            if unsafe Glibc.link(from, to) == 0 { return .made }
            switch errno {
            case ENOENT where !isSecond: try makeFolders(above: name)
            case EEXIST: return .exists
            case EMLINK, EPERM, EOPNOTSUPP: return .impossible
            default: throw SystemError("create", to)
            }
        }
        throw SystemError("create", to)
    }

    private func makeFolders(above name: String) throws(SystemError) {
        var path = temporaryPath
        for part in name.split(separator: "/").dropLast() {
            path += "/" + part
            if unsafe mkdir(path, 0o777) != 0, errno != EEXIST { throw SystemError("create", path) }
        }
    }

    /// Syncs everything and gives the folder its name. With `replacing: false` anything that has the name makes it fail. A
    /// folder that is replaced is out of the way only between two renames, and comes back if the second fails.
    public consuming func commit(replacing: Bool) throws(SystemError) {
        // Of thousands of files at once; one by one takes many times as long.
        sync()
        let aside = temporaryPath + ".old"
        let isThere = FileStatus.exists(finalPath)
        if isThere {
            guard replacing else { throw .call(operation: "create", path: finalPath, code: EEXIST) }
            guard unsafe rename(finalPath, aside) == 0 else { throw SystemError("replace", finalPath) }
        }
        guard unsafe rename(temporaryPath, finalPath) == 0 else {
            let failure = SystemError("create", finalPath)
            if isThere { _ = unsafe rename(aside, finalPath) }
            throw failure
        }
        TemporaryFileRegistry.remove(temporaryPath)
        if isThere { FolderTree.remove(aside) }
        if let parent = try? FileDescriptor(opening: AtomicFile.split(finalPath).folder, flags: O_RDONLY | O_DIRECTORY)
        {
            _ = fsync(parent.number)
        }
    }

    deinit {
        if TemporaryFileRegistry.remove(temporaryPath) { FolderTree.remove(temporaryPath) }
    }
}
