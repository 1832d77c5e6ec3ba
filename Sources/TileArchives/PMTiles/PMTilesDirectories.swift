import ByteCoding
import SystemIO

/// An archive's directories, packed: the root alone while it is small enough, else a root that points to leaves.
struct PMTilesDirectories {
    private(set) var root: [UInt8] = []
    /// Leaf directories one after another, each packed on its own.
    private(set) var leaves: [UInt8] = []

    /// Above this number of entries leaves are made without trying.
    private static let rootEntryLimit = 16_384
    private static let smallestLeaf = 4096
    /// Leaves at which the root's own size is comfortable.
    private static let wantedLeaves = 3500

    /// `entries` are all of the archive's, ascending. Cost: leaves are packed again, larger, until the root fits into a
    /// reader's first request; seldom more than once.
    init(packing entries: [PMTilesEntry], with compressor: Compressor) {
        if entries.count < PMTilesDirectories.rootEntryLimit {
            root = compressor.gzip(PMTilesDirectory.encode(entries[...]).byteSpan)
            if root.count <= PMTilesHeader.rootLimit { return }
        }
        var leafSize = max(PMTilesDirectories.smallestLeaf, entries.count / PMTilesDirectories.wantedLeaves)
        while true {
            pack(entries, leafSize: leafSize, compressor)
            if root.count <= PMTilesHeader.rootLimit { return }
            leafSize += leafSize / 5
        }
    }

    private mutating func pack(_ entries: [PMTilesEntry], leafSize: Int, _ compressor: Compressor) {
        leaves.removeAll(keepingCapacity: true)
        var pointers: [PMTilesEntry] = []
        for start in stride(from: 0, to: entries.count, by: leafSize) {
            let part = entries[start..<min(start + leafSize, entries.count)]
            let packed = compressor.gzip(PMTilesDirectory.encode(part).byteSpan)
            pointers.append(
                PMTilesEntry(
                    tileID: entries[start].tileID, offset: UInt64(leaves.count), length: UInt32(packed.count),
                    runLength: 0))
            leaves += packed
        }
        root = compressor.gzip(PMTilesDirectory.encode(pointers[...]).byteSpan)
    }
}
