/// The strings of one block, all bytes in one array. Numbered from 0; in PBF blocks 0 is the empty string.
public struct StringTable: Sendable {
    public private(set) var bytes: [UInt8] = []
    /// End of each string in `bytes`.
    public private(set) var ends: [UInt32] = []

    public init() {}

    public var count: Int { ends.count }

    public mutating func reserveCapacity(strings: Int, bytes byteCount: Int) {
        ends.reserveCapacity(strings)
        bytes.reserveCapacity(byteCount)
    }

    @inlinable
    public func range(_ index: Int) -> Range<Int> {
        Int(index == 0 ? 0 : ends[index - 1])..<Int(ends[index])
    }

    /// The bytes of a string, borrowed; UTF-8 by convention, not by guarantee.
    @inlinable
    public subscript(index: Int) -> RawSpan {
        // Safe: `range` lies inside `bytes`, whose memory the span borrows.
        @_lifetime(borrow self) get { unsafe bytes.span.bytes.extracting(range(index)) }
    }

    public func string(_ index: Int) -> String { String(decoding: bytes[range(index)], as: UTF8.self) }

    /// Adds a string and returns its number; equal strings are not looked for.
    @discardableResult
    public mutating func append(_ string: RawSpan) -> Int {
        unsafe string.withUnsafeBytes { buffer in unsafe bytes.append(contentsOf: buffer) }
        ends.append(UInt32(bytes.count))
        return ends.count - 1
    }

    @discardableResult
    public mutating func append(_ string: some Sequence<UInt8>) -> Int {
        bytes.append(contentsOf: string)
        ends.append(UInt32(bytes.count))
        return ends.count - 1
    }
}
