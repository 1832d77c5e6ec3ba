import ByteCoding
import CDeflate

/// Unpacks whole zlib (RFC 1950) and gzip (RFC 1952) buffers with libdeflate. Keep one per worker; it is reused.
@safe
public final class Decompressor {
    private let handle: OpaquePointer

    public init() {
        // libdeflate returns null only when memory is out.
        guard let handle = unsafe libdeflate_alloc_decompressor() else { preconditionFailure("out of memory") }
        unsafe self.handle = handle
    }

    deinit { unsafe libdeflate_free_decompressor(handle) }

    /// A zlib stream that must unpack to exactly `byteCount` bytes and must use all of the input.
    public func zlib(_ input: RawSpan, byteCount: Int) throws(SystemError) -> [UInt8] {
        var result = LIBDEFLATE_SUCCESS
        var found = 0
        var used = 0
        // Safe: libdeflate reads inside the input and writes at most the capacity.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { output, filled in
            unsafe input.withUnsafeBytes { source in
                // An empty array has no address, which libdeflate wants even for nothing.
                var nothing: UInt8 = 0
                unsafe withUnsafeMutableBytes(of: &nothing) { empty in
                    result = unsafe libdeflate_zlib_decompress_ex(
                        handle, source.baseAddress, source.count,
                        output.baseAddress.map { UnsafeMutableRawPointer($0) } ?? empty.baseAddress, byteCount,
                        &used, &found)
                }
            }
            filled = result == LIBDEFLATE_SUCCESS ? found : 0
        }
        try check(result, "zlib", expected: byteCount)
        guard found == byteCount else { throw .unexpectedSize(format: "zlib", found: found, expected: byteCount) }
        guard used == input.byteCount else {
            throw .corruptStream(format: "zlib", reason: "\(input.byteCount - used) bytes after its end")
        }
        return bytes
    }

    /// One gzip member that unpacks to at most `limit` bytes.
    public func gzip(_ input: RawSpan, limit: Int) throws(SystemError) -> [UInt8] {
        // The last four bytes tell the size modulo 2^32; believed only as a first guess.
        var cursor = ByteCursor(input, at: max(0, input.byteCount - 4))
        let stated = Int((try? cursor.uint32()) ?? 0)
        var capacity = min(limit, max(stated, 64))
        while true {
            var result = LIBDEFLATE_SUCCESS
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, filled in
                var found = 0
                unsafe input.withUnsafeBytes { source in
                    result = unsafe libdeflate_gzip_decompress(
                        handle, source.baseAddress, source.count, output.baseAddress, capacity, &found)
                }
                filled = result == LIBDEFLATE_SUCCESS ? found : 0
            }
            if result == LIBDEFLATE_INSUFFICIENT_SPACE, capacity < limit {
                capacity = min(limit, capacity * 4)
                continue
            }
            try check(result, "gzip", expected: limit)
            return bytes
        }
    }

    private func check(_ result: libdeflate_result, _ format: String, expected: Int) throws(SystemError) {
        switch result {
        case LIBDEFLATE_SUCCESS: return
        case LIBDEFLATE_INSUFFICIENT_SPACE:
            throw .corruptStream(format: format, reason: "it unpacks to more than \(expected) bytes")
        case LIBDEFLATE_SHORT_OUTPUT:
            throw .corruptStream(format: format, reason: "it unpacks to less than \(expected) bytes")
        default: throw .corruptStream(format: format, reason: "bad or truncated data")
        }
    }
}
