import ByteCoding
import CDeflate
import Synchronization

/// Packs whole buffers as gzip (RFC 1952, no name, time 0) or zlib (RFC 1950) with libdeflate. Keep one per worker.
///
/// The same input and level give the same bytes with the same version of libdeflate.
@safe
public final class Compressor: @unchecked Sendable {
    // Sendable: the handle is used only under the lock.
    private let handle: OpaquePointer
    private let lock = Mutex(())

    /// `level` 1 (fast) to 12 (small).
    public init(level: Int = 6) {
        precondition((1...12).contains(level), "compression level outside 1...12")
        // libdeflate returns null only when memory is out.
        guard let handle = unsafe libdeflate_alloc_compressor(Int32(level)) else {
            preconditionFailure("out of memory")
        }
        unsafe self.handle = handle
    }

    deinit { unsafe libdeflate_free_compressor(handle) }

    public func gzip(_ input: RawSpan) -> [UInt8] {
        lock.withLock { _ in gzipLocked(input) }
    }

    private func gzipLocked(_ input: RawSpan) -> [UInt8] {
        let capacity = unsafe libdeflate_gzip_compress_bound(handle, input.byteCount)
        // Safe: libdeflate reads inside the input and writes at most the capacity, which its bound says is enough.
        return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, filled in
            unsafe input.withUnsafeBytes { source in
                filled = unsafe libdeflate_gzip_compress(
                    handle, source.baseAddress, source.count, output.baseAddress, capacity)
            }
        }
    }

    public func zlib(_ input: RawSpan) -> [UInt8] {
        lock.withLock { _ in zlibLocked(input) }
    }

    private func zlibLocked(_ input: RawSpan) -> [UInt8] {
        let capacity = unsafe libdeflate_zlib_compress_bound(handle, input.byteCount)
        return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, filled in
            unsafe input.withUnsafeBytes { source in
                filled = unsafe libdeflate_zlib_compress(
                    handle, source.baseAddress, source.count, output.baseAddress, capacity)
            }
        }
    }
}

/// CRC-32 (the polynomial of gzip and zlib) of bytes; with `after`, of what that is the checksum of and these bytes.
public func crc32(_ bytes: RawSpan, after checksum: UInt32 = 0) -> UInt32 {
    if bytes.byteCount == 0 { return checksum }
    return unsafe bytes.withUnsafeBytes { unsafe libdeflate_crc32(checksum, $0.baseAddress, $0.count) }
}
