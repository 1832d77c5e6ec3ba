public import PlanarGeometry

extension PackedRTree {
    /// Calls `body` with every entry whose box meets the window, and perhaps some that miss it by less than a cell (see
    /// `PackedRTree`). Touching counts. Entries come in ascending order, each once. To stop early, throw.
    ///
    /// Allocates nothing.
    @inlinable
    public func forEachCandidate<Failure: Error>(
        in window: WorldBox, _ body: (Int) throws(Failure) -> Void
    ) throws(Failure) {
        try visit(
            window,
            leaf: { (first: Int, slots: UInt32) throws(Failure) in
                var rest = slots
                while rest != 0 {
                    try body(first &+ rest.trailingZeroBitCount)
                    rest &= rest &- 1
                }
            },
            run: { (entries: Range<Int>) throws(Failure) in
                for entry in entries { try body(entry) }
            })
    }

    /// Appends the candidates of `forEachCandidate`, ascending.
    public func appendCandidates(in window: WorldBox, to entries: inout [UInt32]) {
        visit(
            window,
            leaf: { first, slots in
                var rest = slots
                while rest != 0 {
                    entries.append(UInt32(truncatingIfNeeded: first &+ rest.trailingZeroBitCount))
                    rest &= rest &- 1
                }
            },
            run: { run in
                for entry in run { entries.append(UInt32(truncatingIfNeeded: entry)) }
            })
    }

    /// A node on the way down, with those of its children that are still to be visited.
    @frozen
    @usableFromInline
    struct VisitedNode {
        @usableFromInline var frame: NodeFrame
        @usableFromInline var slots: UInt32
        /// Its place in its level.
        @usableFromInline var node: Int
        /// Where in the bytes its level starts.
        @usableFromInline var levelOffset: Int

        @inlinable
        init(frame: NodeFrame, slots: UInt32, node: Int, levelOffset: Int) {
            self.frame = frame
            self.slots = slots
            self.node = node
            self.levelOffset = levelOffset
        }

        @inlinable var offset: Int { levelOffset &+ node &* PackedRTreeLayout.nodeByteCount }
    }

    /// Depth first, from left to right. Leaves give their first entry's number and a bit for each slot that meets the
    /// window; a node whose frame lies inside the window gives all entries under it without being read.
    @inlinable
    @inline(__always)
    func visit<Failure: Error>(
        _ window: WorldBox, leaf: (Int, UInt32) throws(Failure) -> Void, run: (Range<Int>) throws(Failure) -> Void
    ) throws(Failure) {
        guard layout.entryCount > 0, window.intersects(root) else { return }
        if window.contains(root) { return try run(0..<layout.entryCount) }
        var level = layout.levelCount &- 1
        var visited = VisitedNode(
            frame: NodeFrame(root), slots: 0, node: 0, levelOffset: PackedRTreeLayout.headerByteCount)
        // The path from the root. Level 0 stays unused.
        var path = InlineArray<8, VisitedNode>(repeating: visited)
        while true {
            // The window meets the frame: it meets the parent's frame and the slot's cells, so the part that both share.
            visited.slots = slots(meeting: visited.frame.cells(touchedBy: window), ofNodeAt: visited.offset)
            // In sound bytes the slots without an item never match.
            let items = layout.itemCount(below: level) &- visited.node &* PackedRTreeLayout.slotCount
            if items < PackedRTreeLayout.slotCount {
                visited.slots &= (1 &<< UInt32(truncatingIfNeeded: items)) &- 1
            }
            if level == 0 {
                if visited.slots != 0 { try leaf(visited.node &* PackedRTreeLayout.slotCount, visited.slots) }
                level = 1
            } else {
                path[level] = visited
            }
            // The next node that is not wholly inside the window.
            while true {
                while level < layout.levelCount, path[level].slots == 0 { level &+= 1 }
                if level >= layout.levelCount { return }
                let parent = path[level]
                path[level].slots = parent.slots & (parent.slots &- 1)
                let slot = parent.slots.trailingZeroBitCount
                let child = parent.node &* PackedRTreeLayout.slotCount &+ slot
                let box = parent.frame.box(covering: cells(ofSlot: slot, ofNodeAt: parent.offset))
                if window.contains(box) {
                    let first = child &<< (4 &* level)
                    try run(first..<min(first &+ (1 &<< (4 &* level)), layout.entryCount))
                } else {
                    let nodesInLevel = layout.itemCount(below: level &+ 1)
                    visited = VisitedNode(
                        frame: NodeFrame(box), slots: 0, node: child,
                        levelOffset: parent.levelOffset &+ nodesInLevel &* PackedRTreeLayout.nodeByteCount)
                    level &-= 1
                    break
                }
            }
        }
    }
}
