/// Where things lie in the bytes of a packed R-tree. All integers are little-endian.
///
/// | offset | size | meaning |
/// |---|---|---|
/// | 0 | 4 | mark, the letters "TuRT" |
/// | 4 | 4 | version, 1 |
/// | 8 | 8 | number of entries, at most 2^32 |
/// | 16 | 16 | box around all entries: minX, minY, maxX, maxY, four bytes each; zeros without entries |
/// | 32 | 32 | zeros, so that nodes start on a cache line if the tree does |
/// | 64 | 128 each | nodes: the root, then each level below from left to right, the leaves last |
///
/// A node is four columns of sixteen `Int16`: minX, minY, maxX, maxY of its slots, in cells of the node's own frame
/// (see `NodeFrame`). Slot s of node i leads to item 16 i + s one level down: a node, or from a leaf an entry. Nothing
/// else needs to be stored. Slots past the last item have minimum 32767 and maximum -1, which no window meets.
@frozen
@usableFromInline
struct PackedRTreeLayout: Sendable {
    @usableFromInline static let mark: UInt32 = 0x5452_7554
    @usableFromInline static let version: UInt32 = 1
    @usableFromInline static let headerByteCount = 64
    /// Entry numbers fit 32 bits.
    @usableFromInline static let entryCountLimit = 1 << 32

    @inlinable static var slotCount: Int { 16 }
    @inlinable static var nodeByteCount: Int { 128 }
    /// Bytes from one column of a node to the next.
    @inlinable static var columnByteCount: Int { 32 }

    @usableFromInline let entryCount: Int
    /// Leaves are level 0, the root is the last; 0 levels without entries.
    @usableFromInline let levelCount: Int
    @usableFromInline let byteCount: Int

    /// `entryCount` from 0 to `entryCountLimit`.
    @usableFromInline
    init(entryCount: Int) {
        self.entryCount = entryCount
        var levels = 0
        if entryCount > 0 {
            levels = 1
            while PackedRTreeLayout.itemCount(belowLevel: levels, entryCount) > 1 { levels += 1 }
        }
        levelCount = levels
        var nodeCount = 0
        for level in 0..<levels { nodeCount += PackedRTreeLayout.itemCount(belowLevel: level + 1, entryCount) }
        byteCount = PackedRTreeLayout.headerByteCount + nodeCount * PackedRTreeLayout.nodeByteCount
    }

    /// How many items the slots of a level's nodes lead to: entries for level 0, else nodes of the level below.
    /// With at least one entry.
    @inlinable
    func itemCount(below level: Int) -> Int { PackedRTreeLayout.itemCount(belowLevel: level, entryCount) }

    @inlinable
    static func itemCount(belowLevel level: Int, _ entryCount: Int) -> Int {
        ((entryCount &- 1) &>> (4 &* level)) &+ 1
    }

    /// The byte where a level's first node starts.
    @inlinable
    func levelOffset(_ level: Int) -> Int {
        var nodeCount = 0
        var above = levelCount &- 1
        while above > level {
            nodeCount &+= itemCount(below: above &+ 1)
            above &-= 1
        }
        return PackedRTreeLayout.headerByteCount &+ nodeCount &* PackedRTreeLayout.nodeByteCount
    }
}
