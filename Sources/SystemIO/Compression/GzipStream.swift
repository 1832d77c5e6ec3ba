import ByteCoding
import CZlib

/// Unpacks a gzip file piece by piece: any number of members one after another (RFC 1952 section 2.2).
///
/// The end of the input inside a member, or bytes after one that start no other, are errors; zero bytes are padding.
@safe
public struct GzipStream: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>
    /// Input bytes used so far.
    public private(set) var inputOffset = 0
    private var isInsideMember = true

    public init() {
        unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 16 + 15: gzip framing, largest window. Fails only when memory is out.
        let result = unsafe inflateInit2_(stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(result == Z_OK, "zlib cannot start: out of memory")
    }

    deinit {
        _ = unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// The next bytes unpacked from `input` (the whole file, each time the same), at most `limit`; empty at the end.
    public mutating func next(from input: RawSpan, limit: Int = 1 << 18) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        // Safe: zlib reads inside the input and writes at most `limit` bytes.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { output, filled in
            unsafe input.withUnsafeBytes { source in
                filled = 0
                while filled == 0 {
                    let available = source.count - inputOffset
                    if !isInsideMember {
                        let restIsPadding = unsafe source[inputOffset...].allSatisfy { $0 == 0 }
                        if restIsPadding { return }
                        _ = unsafe inflateReset(stream)
                        isInsideMember = true
                    }
                    let step = min(available, 1 << 30)
                    unsafe stream.pointee.next_in = UnsafeMutablePointer(
                        mutating: source.baseAddress.map {
                            unsafe $0.assumingMemoryBound(to: UInt8.self) + inputOffset
                        })
                    unsafe stream.pointee.avail_in = UInt32(step)
                    unsafe stream.pointee.next_out = output.baseAddress
                    unsafe stream.pointee.avail_out = UInt32(limit)
                    let result = unsafe inflate(stream, Z_NO_FLUSH)
                    unsafe inputOffset += step - Int(stream.pointee.avail_in)
                    unsafe filled = limit - Int(stream.pointee.avail_out)
                    switch result {
                    case Z_STREAM_END: isInsideMember = false
                    case Z_OK: continue
                    case Z_BUF_ERROR where filled > 0: continue
                    case Z_BUF_ERROR:
                        failure = .corruptStream(format: "gzip", reason: "truncated")
                        return
                    default:
                        failure = .corruptStream(
                            format: "gzip",
                            reason: unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "bad data")
                        return
                    }
                }
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
