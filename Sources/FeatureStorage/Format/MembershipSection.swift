import ByteCoding
import OSMModel

/// A relation that an element is a member of.
public struct Membership: Hashable, Sendable {
    /// The relation's id.
    public var relation: Int64
    public var role: String

    public init(relation: Int64, role: String) {
        self.relation = relation
        self.role = role
    }
}

/// Of which stored relations each record is a member: the inverse of the section `members`, without what is not in the store.
///
/// | size | meaning |
/// |--:|---|
/// | 3 * (u64, u64, u64) | for nodes, ways, relations: number of blocks, where their heads start, where their bytes start |
/// | | block heads, 16 bytes for each 64 members ascending by id: i64 first id, u64 where its bytes start |
/// | | block bytes, for each member: varint id difference from the member before (0 for the first); varint number of memberships, 0 when they are those of the member before; for each, ascending by relation and then by place in it, zigzag rank of the relation among the relations of the id section as the difference from the membership before in the block (from 0 for the first), varint role |
enum MembershipSection {
    static let blockSize = 64
    static let headSize = 16
    static let tableSize = 72

    private struct Entry {
        var member: Int64
        /// Of the relation.
        var rank: UInt32
        var place: UInt32
        var role: UInt32

        static func precedes(_ left: Entry, _ right: Entry) -> Bool {
            if left.member != right.member { return left.member < right.member }
            return (left.rank, left.place) < (right.rank, right.place)
        }
    }

    /// - Parameters:
    ///   - ids: of the nodes, ways and relations in the store, ascending.
    ///   - members: of each of those relations, as `MemberEncoder` writes them.
    static func encode(ids: [[Int64]], members: ReferenceColumn) throws(ByteCodingError) -> [UInt8] {
        var table: [UInt8] = []
        var content: [UInt8] = []
        // A kind at a time, so that memory is that of the ways' memberships at most.
        for (kind, stored) in zip(ElementKind.allCases, ids) {
            var entries: [Entry] = []
            for rank in 0..<members.count {
                var place: UInt32 = 0
                try ReferenceCoding.members(members.bytes(rank)) { element, role in
                    if element.kind == kind {
                        entries.append(
                            Entry(member: element.number, rank: UInt32(rank), place: place, role: role))
                    }
                    place &+= 1
                }
            }
            entries.sort(by: Entry.precedes)
            let (heads, blocks) = blocks(entries, stored)
            table.appendLittleEndian(UInt64(heads.count / headSize))
            table.appendLittleEndian(UInt64(tableSize + content.count))
            table.appendLittleEndian(UInt64(tableSize + content.count + heads.count))
            content.append(contentsOf: heads)
            content.append(contentsOf: blocks)
        }
        return table + content
    }

    private static func blocks(_ entries: [Entry], _ stored: [Int64]) -> (heads: [UInt8], blocks: [UInt8]) {
        var heads: [UInt8] = []
        var blocks: [UInt8] = []
        var memberCount = 0
        var previous: ArraySlice<Entry> = []
        var previousRank: Int64 = 0
        var nextStored = 0
        var start = 0
        while start < entries.count {
            let member = entries[start].member
            var end = start
            while end < entries.count, entries[end].member == member { end += 1 }
            let memberships = entries[start..<end]
            start = end
            while nextStored < stored.count, stored[nextStored] < member { nextStored += 1 }
            guard nextStored < stored.count, stored[nextStored] == member else { continue }
            if memberCount % blockSize == 0 {
                heads.appendLittleEndian(UInt64(bitPattern: member))
                heads.appendLittleEndian(UInt64(blocks.count))
                previous = []
                previousRank = 0
            }
            blocks.appendVarint(UInt64(bitPattern: member &- (previous.first?.member ?? member)))
            if memberships.elementsEqual(previous, by: { $0.rank == $1.rank && $0.role == $1.role }) {
                blocks.appendVarint(0)
            } else {
                blocks.appendVarint(memberships.count)
                for entry in memberships {
                    blocks.appendZigzag(Int64(entry.rank) - previousRank)
                    blocks.appendVarint(UInt64(entry.role))
                    previousRank = Int64(entry.rank)
                }
            }
            previous = memberships
            memberCount += 1
        }
        return (heads, blocks)
    }

    /// The memberships of a member, in order: ranks of relations and roles. Reads at most one block.
    static func find(
        _ element: ElementID, in bytes: RawSpan
    ) throws(ByteCodingError) -> [(rank: Int, role: UInt32)] {
        var cursor = ByteCursor(bytes, at: Int(element.kind.rawValue) * 24)
        let values = (try cursor.uint64(), try cursor.uint64(), try cursor.uint64())
        let limit = UInt64(bytes.byteCount)
        guard values.0 <= limit, values.1 <= limit, values.2 <= limit else {
            throw .truncated(offset: Int(element.kind.rawValue) * 24, count: 24, available: bytes.byteCount)
        }
        let (count, heads, blocks) = (Int(values.0), Int(values.1), Int(values.2))
        func head(_ block: Int) throws(ByteCodingError) -> (first: Int64, offset: UInt64) {
            var cursor = ByteCursor(bytes, at: heads + block * headSize)
            return (Int64(bitPattern: try cursor.uint64()), try cursor.uint64())
        }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if try head(middle).first <= element.number { low = middle + 1 } else { high = middle }
        }
        if low == 0 { return [] }
        let (first, offset) = try head(low - 1)
        guard offset <= limit else { throw .truncated(offset: heads, count: headSize, available: bytes.byteCount) }
        let isLast = low == count
        cursor = ByteCursor(bytes, at: blocks + Int(offset))
        var member = first
        var rank: Int64 = 0
        var memberships: [(rank: Int, role: UInt32)] = []
        for _ in 0..<blockSize {
            if isLast, try isEnd(ofKind: element.kind, cursor.offset, bytes) { return [] }
            member = member &+ Int64(bitPattern: try cursor.varint())
            if member > element.number { return [] }
            let membershipCount = try cursor.varint()
            if membershipCount > 0 { memberships.removeAll(keepingCapacity: true) }
            for _ in 0..<membershipCount {
                rank = rank &+ (try cursor.zigzag())
                let role = UInt32(truncatingIfNeeded: try cursor.varint())
                memberships.append((Int(rank), role))
            }
            if member == element.number { return memberships }
        }
        return []
    }

    /// Whether the last block of a kind ends here: where the next kind's heads start, or the section ends.
    private static func isEnd(
        ofKind kind: ElementKind, _ offset: Int, _ bytes: RawSpan
    ) throws(ByteCodingError) -> Bool {
        guard kind != .relation else { return offset >= bytes.byteCount }
        var cursor = ByteCursor(bytes, at: Int(kind.rawValue) * 24 + 32)
        return UInt64(offset) >= (try cursor.uint64())
    }
}
