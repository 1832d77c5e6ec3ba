import PlanarGeometry

/// The table of the byte layout, read the plain way: every entry's covering box and its cells' width, worked out from
/// the root downwards without any of the code under test.
struct ReferenceTree {
    struct Entry: Equatable {
        /// The first and last grid unit of the entry's cells, as far as they lie in the leaf's frame.
        var minX: Int, minY: Int, maxX: Int, maxY: Int
        /// Width of a cell.
        var cellX: Int, cellY: Int

        func intersects(_ box: WorldBox) -> Bool {
            minX <= Int(box.maxX) && maxX >= Int(box.minX) && minY <= Int(box.maxY) && maxY >= Int(box.minY)
        }
    }

    var entries: [Entry] = []
    /// Slots without an item, as found in the bytes.
    var emptySlots: [[Int]] = []

    init(_ bytes: [UInt8]) {
        func integer(_ offset: Int, _ count: Int) -> Int {
            (0..<count).reversed().reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
        }
        let entryCount = integer(8, 8)
        guard entryCount > 0 else { return }
        // Nodes per level, root first.
        var nodeCounts = [(entryCount + 15) / 16]
        while nodeCounts[0] > 1 { nodeCounts.insert((nodeCounts[0] + 15) / 16, at: 0) }
        var frames = [(integer(16, 4), integer(20, 4), integer(24, 4), integer(28, 4))]
        var offset = 64
        for (depth, nodeCount) in nodeCounts.enumerated() {
            let isLeaf = depth == nodeCounts.count - 1
            let itemCount = isLeaf ? entryCount : nodeCounts[depth + 1]
            var next: [(Int, Int, Int, Int)] = []
            for node in 0..<nodeCount {
                let (minX, minY, maxX, maxY) = frames[node]
                var cellX = 1
                while (maxX - minX) / cellX > 32767 { cellX *= 2 }
                var cellY = 1
                while (maxY - minY) / cellY > 32767 { cellY *= 2 }
                for slot in 0..<16 {
                    let column = (0..<4).map { Int(Int16(truncatingIfNeeded: integer(offset + 32 * $0 + 2 * slot, 2))) }
                    guard node * 16 + slot < itemCount else {
                        emptySlots.append(column)
                        continue
                    }
                    let entry = Entry(
                        minX: minX + column[0] * cellX, minY: minY + column[1] * cellY,
                        maxX: min(minX + (column[2] + 1) * cellX - 1, maxX),
                        maxY: min(minY + (column[3] + 1) * cellY - 1, maxY),
                        cellX: cellX, cellY: cellY)
                    if isLeaf { entries.append(entry) }
                    next.append((entry.minX, entry.minY, entry.maxX, entry.maxY))
                }
                offset += 128
            }
            frames = next
        }
    }
}
