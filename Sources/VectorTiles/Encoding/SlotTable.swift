/// A map from 64-bit keys of a few kinds to slot numbers, emptied in constant time: open addressing with linear probing,
/// and entries of an older epoch count as absent.
package struct SlotTable: Sendable {
    private struct Entry {
        var key: UInt64 = 0
        /// The epoch it was put in; 0 is never current.
        var epoch: UInt32 = 0
        /// Kind in the top three bits, slot below.
        var kindAndSlot: UInt32 = 0
    }

    private var entries: [Entry]
    private var epoch: UInt32 = 1
    package private(set) var count = 0

    private static let slotBits: UInt32 = 29
    static let slotLimit = 1 << 29

    /// `kind` distinguishes equal keys of different meaning; 0 to 7.
    package init(capacityBits: Int = 6) {
        entries = [Entry](repeating: Entry(), count: 1 << capacityBits)
    }

    package mutating func removeAll() {
        count = 0
        epoch &+= 1
        if epoch == 0 {
            // After 2^32 rounds old entries would look current again.
            entries = [Entry](repeating: Entry(), count: entries.count)
            epoch = 1
        }
    }

    /// Multiplication spreads the key into the top bits (Knuth's multiplicative hashing), which choose the place.
    @inline(__always)
    private func place(_ key: UInt64, _ kind: UInt32) -> Int {
        let folded = (key ^ (key &>> 32)) &+ UInt64(kind) &* 0xd6e8_feb8_6659_fd93
        let bits = UInt64(truncatingIfNeeded: entries.count.trailingZeroBitCount)
        return Int(truncatingIfNeeded: (folded &* 0x9e37_79b9_7f4a_7c15) &>> (64 &- bits))
    }

    /// The slot put in under this key and kind that `isSame` accepts.
    @inline(__always)
    package func find(_ key: UInt64, kind: UInt32, where isSame: (UInt32) -> Bool = { _ in true }) -> UInt32? {
        let mask = entries.count &- 1
        var at = place(key, kind)
        while true {
            let entry = entries[at]
            if entry.epoch != epoch { return nil }
            if entry.key == key, entry.kindAndSlot &>> SlotTable.slotBits == kind {
                let slot = entry.kindAndSlot & (1 &<< SlotTable.slotBits &- 1)
                if isSame(slot) { return slot }
            }
            at = (at &+ 1) & mask
        }
    }

    /// Adds a slot; the caller has looked first.
    package mutating func insert(_ key: UInt64, kind: UInt32, slot: UInt32) {
        precondition(slot < SlotTable.slotLimit && kind < 8, "slot or kind too large")
        if (count + 1) * 2 > entries.count { grow() }
        put(Entry(key: key, epoch: epoch, kindAndSlot: kind << SlotTable.slotBits | slot))
        count += 1
    }

    private mutating func put(_ entry: Entry) {
        let mask = entries.count &- 1
        var at = place(entry.key, entry.kindAndSlot &>> SlotTable.slotBits)
        while entries[at].epoch == epoch { at = (at &+ 1) & mask }
        entries[at] = entry
    }

    private mutating func grow() {
        let old = entries
        entries = [Entry](repeating: Entry(), count: old.count * 2)
        for entry in old where entry.epoch == epoch { put(entry) }
    }
}
