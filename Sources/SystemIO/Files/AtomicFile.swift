import ByteCoding
import Glibc

/// A new file that appears under its name only when it is complete.
///
/// It is written beside its final place under a hidden temporary name, `.NAME.tuile-PID.tmp`, and renamed by `commit()`
/// after a sync. The temporary file is locked while it is being written; a later run removes unlocked leftovers of the
/// same name, and a locked one means that another process is writing the same file. Dropping the value without `commit()`
/// removes the temporary file, so an error leaves nothing behind and whatever had the name before stays.
public struct AtomicFile: ~Copyable, Sendable {
    private let descriptor: FileDescriptor
    public let finalPath: String
    /// Where the bytes are until then, for libraries that write a file by its name; with `append` they do not mix.
    public let temporaryPath: String
    private var buffer: [UInt8] = []
    /// Bytes appended so far.
    public private(set) var byteCount = 0

    private static let bufferSize = 1 << 20

    public init(path: String) throws(SystemError) {
        let (folder, name) = AtomicFile.split(path)
        try AtomicFile.removeLeftovers(folder: folder, name: name, finalPath: path)
        let temporary = "\(folder)/.\(name).tuile-\(getpid()).tmp"
        let opened = try FileDescriptor(opening: temporary, flags: O_RDWR | O_CREAT | O_TRUNC)
        guard flock(opened.number, LOCK_EX | LOCK_NB) == 0 else { throw .locked(path: path) }
        TemporaryFileRegistry.add(temporary)
        finalPath = path
        temporaryPath = temporary
        descriptor = opened
        buffer.reserveCapacity(AtomicFile.bufferSize)
    }

    /// Appends bytes.
    public mutating func append(_ bytes: RawSpan) throws(SystemError) {
        byteCount += bytes.byteCount
        if buffer.count + bytes.byteCount > AtomicFile.bufferSize { try flush() }
        if bytes.byteCount >= AtomicFile.bufferSize {
            try descriptor.write(bytes)
        } else {
            buffer.append(bytes)
        }
    }

    public mutating func append(_ bytes: [UInt8]) throws(SystemError) { try append(bytes.byteSpan) }

    /// Appends zero bytes up to a multiple of `alignment`.
    public mutating func pad(to alignment: Int) throws(SystemError) {
        let rest = byteCount % alignment
        if rest != 0 { try append([UInt8](repeating: 0, count: alignment - rest)) }
    }

    /// Writes over bytes appended before.
    public mutating func overwrite(_ bytes: [UInt8], at offset: Int) throws(SystemError) {
        precondition(offset >= 0 && offset + bytes.count <= byteCount, "overwrite outside the file")
        try flush()
        try descriptor.write(bytes.byteSpan, at: offset)
    }

    private mutating func flush() throws(SystemError) {
        if buffer.isEmpty { return }
        try descriptor.write(buffer.byteSpan)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Syncs the bytes and gives the file its name, replacing what had it. With `replacing: false` an existing file
    /// makes it fail instead. Afterwards the folder is synced too, so the rename survives a power cut.
    public consuming func commit(replacing: Bool = true) throws(SystemError) {
        try flush()
        try descriptor.synchronize()
        if replacing {
            guard unsafe rename(temporaryPath, finalPath) == 0 else { throw SystemError("create", finalPath) }
        } else {
            // link fails when the name exists, even one that appeared since we looked.
            guard unsafe link(temporaryPath, finalPath) == 0 else { throw SystemError("create", finalPath) }
            _ = unsafe unlink(temporaryPath)
        }
        TemporaryFileRegistry.remove(temporaryPath)
        let folder = AtomicFile.split(finalPath).folder
        if let handle = try? FileDescriptor(opening: folder, flags: O_RDONLY | O_DIRECTORY) {
            _ = fsync(handle.number)
        }
    }

    deinit {
        if TemporaryFileRegistry.remove(temporaryPath) { _ = unsafe unlink(temporaryPath) }
    }

    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = path[..<slash]
        return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
    }

    /// Removes temporary files of the same final name whose writer is gone.
    private static func removeLeftovers(folder: String, name: String, finalPath: String) throws(SystemError) {
        let prefix = ".\(name).tuile-"
        for entryName in try FolderTree.names(in: folder, for: "write into")
        where entryName.hasPrefix(prefix) && entryName.hasSuffix(".tmp") {
            let path = "\(folder)/\(entryName)"
            guard let old = try? FileDescriptor(opening: path, flags: O_RDWR) else { continue }
            if flock(old.number, LOCK_EX | LOCK_NB) != 0 { throw .locked(path: finalPath) }
            _ = unsafe unlink(path)
        }
    }
}
