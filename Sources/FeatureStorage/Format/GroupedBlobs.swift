package import ByteCoding

/// Many small blobs numbered from 0, sixteen to a group, so that any is found with one table look-up and a few skips and
/// the table costs half a byte a blob.
///
/// | size | meaning |
/// |--:|---|
/// | u64 | number of blobs |
/// | u64 each | for each group where it starts, from the end of this table |
/// | | groups: a header of fixed size, then for each blob a varint length and its bytes |
package enum GroupedBlobs {
    package static let groupSize = 16

    /// Writes blobs in order.
    package struct Writer {
        private var groupOffsets: [UInt64] = []
        private var count = 0
        private(set) var content: [UInt8] = []

        package init() {}

        /// Appends a blob; at the start of each group `header` is written first.
        package mutating func append(_ blob: RawSpan, groupHeader: RawSpan? = nil) {
            if count % groupSize == 0 {
                groupOffsets.append(UInt64(content.count))
                if let groupHeader { content.append(groupHeader) }
            }
            content.appendVarint(blob.byteCount)
            content.append(blob)
            count += 1
        }

        package mutating func append(_ blob: [UInt8]) { append(blob.byteSpan) }

        /// What stands before `content`.
        func table() -> [UInt8] {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(8 + groupOffsets.count * 8)
            bytes.appendLittleEndian(UInt64(count))
            for offset in groupOffsets { bytes.appendLittleEndian(offset) }
            return bytes
        }

        package consuming func finish() -> [UInt8] { table() + content }
    }

    /// Finds blobs in borrowed bytes. Damaged bytes make it throw or give other blobs; it never reads outside.
    @frozen
    package struct Reader: ~Escapable {
        @usableFromInline let bytes: RawSpan
        @usableFromInline let groupHeaderSize: Int
        @usableFromInline let contentOffset: Int
        package let count: Int

        @_lifetime(copy bytes)
        package init(_ bytes: RawSpan, groupHeaderSize: Int = 0) throws(ByteCodingError) {
            var cursor = ByteCursor(bytes)
            let stored = try cursor.uint64()
            // Each blob takes at least its length byte.
            guard stored <= UInt64(bytes.byteCount) else {
                throw .truncated(offset: 0, count: Int(truncatingIfNeeded: stored), available: bytes.byteCount)
            }
            count = Int(stored)
            let groups = (count + GroupedBlobs.groupSize - 1) / GroupedBlobs.groupSize
            try cursor.skip(groups * 8)
            contentOffset = cursor.offset
            self.bytes = bytes
            self.groupHeaderSize = groupHeaderSize
        }

        /// The same, when an earlier reader of the same bytes found `checkedCount`.
        @_lifetime(copy bytes)
        init(_ bytes: RawSpan, groupHeaderSize: Int, checkedCount: Int) {
            self.bytes = bytes
            self.groupHeaderSize = groupHeaderSize
            count = checkedCount
            contentOffset = 8 + (checkedCount + GroupedBlobs.groupSize - 1) / GroupedBlobs.groupSize * 8
        }

        /// Where a group's header starts.
        @inlinable
        func groupOffset(_ group: Int) throws(ByteCodingError) -> Int {
            var cursor = ByteCursor(bytes, at: 8 &+ group &* 8)
            let offset = try cursor.uint64()
            guard offset <= UInt64(bytes.byteCount &- contentOffset) else {
                throw .truncated(offset: 8 &+ group &* 8, count: 8, available: 0)
            }
            return contentOffset &+ Int(offset)
        }

        /// The blob with that number, below `count`.
        @inlinable
        @_lifetime(copy self)
        package func blob(_ index: Int) throws(ByteCodingError) -> RawSpan {
            guard index >= 0, index < count else { throw .truncated(offset: 0, count: index, available: count) }
            var cursor = ByteCursor(bytes, at: try groupOffset(index / GroupedBlobs.groupSize) &+ groupHeaderSize)
            for _ in 0..<(index % GroupedBlobs.groupSize) {
                let length = try cursor.varint()
                try cursor.skip(Int(truncatingIfNeeded: length))
            }
            let length = try cursor.varint()
            return try cursor.span(Int(truncatingIfNeeded: length))
        }

        /// A cursor at the header of the group that holds a blob.
        @inlinable
        @_lifetime(copy self)
        package func groupHeader(ofBlob index: Int) throws(ByteCodingError) -> ByteCursor {
            guard index >= 0, index < count else { throw .truncated(offset: 0, count: index, available: count) }
            return ByteCursor(bytes, at: try groupOffset(index / GroupedBlobs.groupSize))
        }
    }
}
