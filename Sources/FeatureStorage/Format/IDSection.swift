package import ByteCoding
package import OSMModel

/// Which feature has an element's id: for each kind the ids ascending, with the feature's number.
///
/// | size | meaning |
/// |--:|---|
/// | 3 * (u64, u64, u64) | for nodes, ways, relations: count, where the block heads start, where the block bytes start |
/// | | block heads, 16 bytes a block of 64 ids: i64 first id, u64 where its bytes start |
/// | | block bytes: the other 63 ids as varint differences, then the 64 feature numbers as u32 |
package enum IDSection {
    static let blockSize = 64
    static let headSize = 16
    static let tableSize = 72

    package struct Entry: Sendable {
        package var number: Int64
        package var feature: UInt32

        package init(number: Int64, feature: UInt32) {
            self.number = number
            self.feature = feature
        }
    }

    /// Entries of each kind, each ascending by id without equal ids.
    package static func encode(nodes: [Entry], ways: [Entry], relations: [Entry]) -> [UInt8] {
        var table: [UInt8] = []
        var content: [UInt8] = []
        for entries in [nodes, ways, relations] {
            var heads: [UInt8] = []
            var blocks: [UInt8] = []
            for start in stride(from: 0, to: entries.count, by: blockSize) {
                let end = min(start + blockSize, entries.count)
                heads.appendLittleEndian(UInt64(bitPattern: entries[start].number))
                heads.appendLittleEndian(UInt64(blocks.count))
                for index in (start + 1)..<max(end, start + 1) {
                    blocks.appendVarint(UInt64(bitPattern: entries[index].number &- entries[index - 1].number))
                }
                for index in start..<end { blocks.appendLittleEndian(entries[index].feature) }
            }
            table.appendLittleEndian(UInt64(entries.count))
            table.appendLittleEndian(UInt64(tableSize + content.count))
            table.appendLittleEndian(UInt64(tableSize + content.count + heads.count))
            content.append(contentsOf: heads)
            content.append(contentsOf: blocks)
        }
        return table + content
    }

    package struct Reader: ~Escapable {
        let bytes: RawSpan

        @_lifetime(copy bytes)
        package init(_ bytes: RawSpan) throws(ByteCodingError) {
            var cursor = ByteCursor(bytes)
            try cursor.skip(tableSize)
            self.bytes = bytes
        }

        private func table(_ kind: ElementKind) throws(ByteCodingError) -> (count: Int, heads: Int, blocks: Int) {
            var cursor = ByteCursor(bytes, at: Int(kind.rawValue) * 24)
            let values = (try cursor.uint64(), try cursor.uint64(), try cursor.uint64())
            let limit = UInt64(bytes.byteCount)
            guard values.0 <= limit, values.1 <= limit, values.2 <= limit else {
                throw .truncated(offset: Int(kind.rawValue) * 24, count: 24, available: 0)
            }
            return (Int(values.0), Int(values.1), Int(values.2))
        }

        package func count(_ kind: ElementKind) throws(ByteCodingError) -> Int { try table(kind).count }

        private func head(_ block: Int, _ heads: Int) throws(ByteCodingError) -> (first: Int64, offset: Int) {
            var cursor = ByteCursor(bytes, at: heads + block * headSize)
            let first = Int64(bitPattern: try cursor.uint64())
            let offset = try cursor.uint64()
            guard offset <= UInt64(bytes.byteCount) else {
                throw .truncated(offset: heads + block * headSize, count: 8, available: 0)
            }
            return (first, Int(offset))
        }

        /// The id at a position among those of its kind; `nil` beyond the last.
        func number(_ kind: ElementKind, rank: Int) throws(ByteCodingError) -> Int64? {
            let (count, heads, blocks) = try table(kind)
            guard rank >= 0, rank < count else { return nil }
            let (first, offset) = try head(rank / blockSize, heads)
            var cursor = ByteCursor(bytes, at: blocks + offset)
            var number = first
            for _ in 0..<(rank % blockSize) { number = number &+ Int64(bitPattern: try cursor.varint()) }
            return number
        }

        /// The position of an id among those of its kind, and its feature; `nil` when it is not there.
        package func find(_ element: ElementID) throws(ByteCodingError) -> (rank: Int, feature: Int)? {
            let (count, heads, blocks) = try table(element.kind)
            let blockCount = (count + blockSize - 1) / blockSize
            var low = 0
            var high = blockCount
            while low < high {
                let middle = (low + high) / 2
                if try head(middle, heads).first <= element.number { low = middle + 1 } else { high = middle }
            }
            if low == 0 { return nil }
            let block = low - 1
            let size = min(blockSize, count - block * blockSize)
            let (first, offset) = try head(block, heads)
            var cursor = ByteCursor(bytes, at: blocks + offset)
            var number = first
            var found: Int? = number == element.number ? 0 : nil
            for index in 1..<max(size, 1) {
                number = number &+ Int64(bitPattern: try cursor.varint())
                if number == element.number { found = index }
            }
            guard let found else { return nil }
            try cursor.skip(found * 4)
            return (block * blockSize + found, Int(try cursor.uint32()))
        }
    }
}
