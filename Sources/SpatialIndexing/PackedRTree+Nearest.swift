public import PlanarGeometry

/// A node or an entry that a nearest search has still to look at.
@frozen
@usableFromInline
struct NearestQueueItem: Comparable, Sendable {
    /// No distance below it is smaller.
    @usableFromInline var bound: Double
    /// What its slot covers: a node's frame.
    @usableFromInline var box: WorldBox
    @usableFromInline var number: UInt32
    /// Of the node; -1 for an entry.
    @usableFromInline var level: Int8

    @inlinable
    init(bound: Double, box: WorldBox, number: UInt32, level: Int8) {
        self.bound = bound
        self.box = box
        self.number = number
        self.level = level
    }

    /// The heap's top is the greatest, and the search wants the nearest; of equally near ones the lowest in the tree,
    /// which brings the search to distances it can prune by.
    @inlinable
    static func < (left: NearestQueueItem, right: NearestQueueItem) -> Bool {
        left.bound != right.bound ? left.bound > right.bound : left.level > right.level
    }
}

extension PackedRTree {
    /// Offers the entries of this tree that can be among the nearest, and as few others as it can.
    ///
    /// Best-first search (Hjaltason and Samet, "Distance browsing in spatial databases", TODS 1999): nodes and entries
    /// wait by the lower bound of their box; it ends when the nearest of them is farther than the last neighbour.
    ///
    /// - Parameters:
    ///   - nearest: what other trees brought before prunes this search.
    ///   - tree: number to find the tree again by, put into each `Neighbour`.
    ///   - lowerBound: for a box in grid units, a distance in the caller's metric that no entry inside it falls below.
    ///     It may be any metric: who measures on the sphere divides by the largest units per metre of the box, and looks
    ///     at the box from both sides of the antimeridian.
    ///   - distance: an entry's exact distance and its key, or `nil` to leave the entry out. Called once for an entry,
    ///     nearly in the order of the boxes' bounds.
    @inlinable
    public func collectNearest<Key, Failure: Error>(
        into nearest: inout NearestNeighbours<Key>, tree: Int = 0, lowerBound: (WorldBox) -> Double,
        distance: (Int) throws(Failure) -> (distance: Double, key: Key)?
    ) throws(Failure) {
        guard let root = box else { return }
        nearest.queue.removeAll()
        nearest.queue.insert(
            NearestQueueItem(bound: lowerBound(root), box: root, number: 0, level: Int8(layout.levelCount - 1)))
        while let item = nearest.queue.popTop() {
            if item.bound > nearest.distanceToBeat { break }
            guard item.level >= 0 else {
                let entry = Int(item.number)
                if let found = try distance(entry) {
                    nearest.offer(.init(distance: found.distance, key: found.key, tree: tree, entry: entry))
                }
                continue
            }
            let level = Int(item.level)
            let node = Int(item.number)
            let offset = layout.levelOffset(level) + node * PackedRTreeLayout.nodeByteCount
            let frame = NodeFrame(item.box)
            let first = node * PackedRTreeLayout.slotCount
            let end = min(first + PackedRTreeLayout.slotCount, layout.itemCount(below: level))
            let worst = nearest.distanceToBeat
            for child in first..<end {
                let box = frame.box(covering: cells(ofSlot: child - first, ofNodeAt: offset))
                let bound = lowerBound(box)
                if bound > worst { continue }
                nearest.queue.insert(
                    NearestQueueItem(
                        bound: bound, box: box, number: UInt32(truncatingIfNeeded: child), level: item.level - 1))
            }
        }
    }
}
