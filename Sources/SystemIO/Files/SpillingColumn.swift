import Glibc

/// A growing column of plain values that moves from memory to an unnamed temporary file when it gets large, so that the
/// kernel can page it out. Reads cost the same either way.
///
/// One owner appends; once it only reads, any number of threads may.
@safe
public final class SpillingColumn<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    // Sendable: see above; the class has no other mutable state.
    private var base: UnsafeMutablePointer<Element>?
    private var capacity = 0
    private var mappedBytes = 0
    private var descriptor: Int32 = -1
    private let threshold: Int
    public private(set) var count = 0

    /// Above `threshold` bytes the column lives in a file under `TMPDIR`, or `/tmp`.
    public init(threshold: Int = 256 << 20) { self.threshold = threshold }

    deinit {
        if let base = unsafe base { _ = unsafe munmap(base, mappedBytes) }
        if descriptor >= 0 { close(descriptor) }
    }

    public func append(_ element: Element) throws(SystemError) {
        if count == capacity { try grow(to: count + 1) }
        // Safe: the slot is below the capacity.
        unsafe (base! + count).initialize(to: element)
        count += 1
    }

    public func append(contentsOf elements: [Element]) throws(SystemError) {
        if elements.isEmpty { return }
        if count + elements.count > capacity { try grow(to: count + elements.count) }
        unsafe elements.withUnsafeBufferPointer { source in
            unsafe (base! + count).initialize(from: source.baseAddress!, count: source.count)
        }
        count += elements.count
    }

    public subscript(index: Int) -> Element {
        get {
            precondition(index >= 0 && index < count, "index outside the column")
            return unsafe base![index]
        }
        set {
            precondition(index >= 0 && index < count, "index outside the column")
            unsafe base![index] = newValue
        }
    }

    /// The column as it is now, for reading only: nothing may be appended or changed afterwards.
    public func frozen() -> FrozenColumn<Element> {
        unsafe FrozenColumn(base: base.map { unsafe UnsafePointer($0) }, count: count, owner: self)
    }

    private func grow(to wanted: Int) throws(SystemError) {
        let stride = MemoryLayout<Element>.stride
        let page = 1 << 16
        let bytes = (max(wanted, capacity + capacity / 2, 8192) * stride + page - 1) / page * page
        if bytes > threshold, descriptor < 0 {
            try moveToFile(bytes)
        } else if descriptor >= 0 {
            try mapFile(bytes)
        } else {
            let address = unsafe mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            guard unsafe address != MAP_FAILED, let address = unsafe address else {
                throw SystemError("grow", "memory")
            }
            unsafe replaceBase(by: address.assumingMemoryBound(to: Element.self), copying: true)
        }
        mappedBytes = bytes
        capacity = bytes / stride
    }

    private func moveToFile(_ bytes: Int) throws(SystemError) {
        descriptor = try openUnnamedFile()
        try mapFile(bytes, copying: true)
    }

    /// Grows the file and maps it anew; what was there before stays, or is copied from memory the first time.
    private func mapFile(_ bytes: Int, copying: Bool = false) throws(SystemError) {
        // Space is taken first, so a full disk is an error here and no signal later.
        let code = posix_fallocate(descriptor, 0, off_t(bytes))
        guard code == 0 else { throw .call(operation: "grow", path: "temporary file", code: code) }
        let address = unsafe mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard unsafe address != MAP_FAILED, let address = unsafe address else {
            throw SystemError("map", "temporary file")
        }
        unsafe replaceBase(by: address.assumingMemoryBound(to: Element.self), copying: copying)
    }

    private func replaceBase(by new: UnsafeMutablePointer<Element>, copying: Bool) {
        if let base = unsafe base {
            // Safe: both mappings hold at least `count` elements.
            if copying { unsafe new.initialize(from: base, count: count) }
            _ = unsafe munmap(base, mappedBytes)
        }
        unsafe base = new
    }
}

/// A column that is complete: read by any number of threads at the cost of a bounds test.
@frozen
@safe
public struct FrozenColumn<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    // Sendable: nobody writes any more, and the owner keeps the memory.
    @usableFromInline let base: UnsafePointer<Element>?
    public let count: Int
    let owner: SpillingColumn<Element>

    init(base: UnsafePointer<Element>?, count: Int, owner: SpillingColumn<Element>) {
        unsafe self.base = base
        self.count = count
        self.owner = owner
    }

    @inlinable
    public subscript(index: Int) -> Element {
        precondition(index >= 0 && index < count, "index outside the column")
        // Safe: inside, by the test; there is a base when there is an element.
        return unsafe base.unsafelyUnwrapped[index]
    }
}
