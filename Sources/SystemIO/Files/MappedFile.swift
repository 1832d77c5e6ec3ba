import ByteCoding
import Glibc

/// A file's bytes, mapped read-only and shared; unmapped when the last reference goes.
///
/// The file must keep its length while it is mapped: a store is only ever replaced by rename. A file that someone else
/// cuts short in place ends the process with a bus error, which no program can prevent and the manual says.
@safe
public final class MappedFile: @unchecked Sendable {
    // Sendable: the memory is never written and the address never changes after init.
    private let base: UnsafeRawPointer?
    public let byteCount: Int
    public let path: String

    /// Maps a regular file. An empty one gives an empty span.
    public convenience init(path: String) throws(SystemError) {
        // Safe: the path is a terminated string for the length of the call; likewise below.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open", path) }
        defer { close(descriptor) }
        try self.init(descriptor: descriptor, path: path)
    }

    /// Maps what an open descriptor refers to; `path` is for messages.
    init(descriptor: Int32, path: String) throws(SystemError) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError("read the size of", path) }
        if status.st_mode & S_IFMT == S_IFDIR { throw .call(operation: "read", path: path, code: EISDIR) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegularFile(path: path) }
        let size = Int(status.st_size)
        if size == 0 {
            unsafe base = nil
        } else {
            let address = unsafe mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0)
            guard unsafe address != MAP_FAILED, let address = unsafe address else { throw SystemError("map", path) }
            unsafe base = UnsafeRawPointer(address)
        }
        byteCount = size
        self.path = path
    }

    deinit {
        if let base = unsafe base { _ = unsafe munmap(UnsafeMutableRawPointer(mutating: base), byteCount) }
    }

    /// All bytes, borrowed from the mapping.
    public var bytes: RawSpan {
        @_lifetime(borrow self) get {
            // Safe: the mapping lives as long as self, which the span borrows.
            let buffer = unsafe UnsafeRawBufferPointer(start: base, count: byteCount)
            return unsafe _overrideLifetime(buffer.bytes, borrowing: self)
        }
    }

    /// The mapped memory itself, for owners of a mapped file that lend out spans bound to their own lifetime; valid as long
    /// as this object.
    @unsafe public var memory: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: base, count: byteCount) }

    /// A part of the bytes; `range` must lie inside.
    @_lifetime(borrow self)
    public func bytes(_ range: Range<Int>) -> RawSpan {
        precondition(range.lowerBound >= 0 && range.upperBound <= byteCount, "range outside the mapped file")
        return bytes.extracting(range)
    }

    /// A copy of some bytes; `range` must lie inside.
    public func array(_ range: Range<Int>) -> [UInt8] {
        precondition(range.lowerBound >= 0 && range.upperBound <= byteCount, "range outside the mapped file")
        return unsafe Array(memory[range])
    }

    public enum AccessPattern { case sequential, random, normal }

    /// Tells the kernel how the bytes will be read; only a hint.
    public func advise(_ pattern: AccessPattern) {
        guard let base = unsafe base else { return }
        let advice =
            switch pattern {
            case .sequential: MADV_SEQUENTIAL
            case .random: MADV_RANDOM
            case .normal: MADV_NORMAL
            }
        _ = unsafe madvise(UnsafeMutableRawPointer(mutating: base), byteCount, advice)
    }

    /// Drops the pages read so far from this process's memory; they come back from the file when read again.
    public func releasePages() {
        guard let base = unsafe base else { return }
        _ = unsafe madvise(UnsafeMutableRawPointer(mutating: base), byteCount, MADV_DONTNEED)
    }
}
