/// Values under a limit of total cost; those unused for longest go first. Every operation takes constant time.
///
/// A doubly linked list threaded through an array, newest first, beside a dictionary of positions.
struct LeastRecentlyUsed<Key: Hashable, Value> {
    private struct Slot {
        var key: Key
        /// `nil` when the slot is free.
        var value: Value?
        var cost: Int
        var newer: Int
        var older: Int
    }

    private static var none: Int { -1 }

    private var slots: [Slot] = []
    private var positions: [Key: Int] = [:]
    private var free: [Int] = []
    private var newest = Self.none
    private var oldest = Self.none
    let costLimit: Int
    private(set) var totalCost = 0

    init(costLimit: Int) { self.costLimit = max(0, costLimit) }

    var count: Int { positions.count }

    /// The value, which becomes the newest.
    mutating func value(for key: Key) -> Value? {
        guard let position = positions[key] else { return nil }
        if position != newest {
            unlink(position)
            linkAsNewest(position)
        }
        return slots[position].value
    }

    /// Keeps a value; drops others as needed. One that alone costs more than the limit is not kept.
    mutating func insert(_ value: Value, for key: Key, cost: Int) {
        remove(key)
        guard cost <= costLimit else { return }
        while totalCost > costLimit - cost, oldest != Self.none { remove(slots[oldest].key) }
        let slot = Slot(key: key, value: value, cost: cost, newer: Self.none, older: Self.none)
        let position: Int
        if let reused = free.popLast() {
            position = reused
            slots[position] = slot
        } else {
            position = slots.count
            slots.append(slot)
        }
        positions[key] = position
        totalCost += cost
        linkAsNewest(position)
    }

    mutating func remove(_ key: Key) {
        guard let position = positions.removeValue(forKey: key) else { return }
        unlink(position)
        totalCost -= slots[position].cost
        slots[position].value = nil
        free.append(position)
    }

    private mutating func unlink(_ position: Int) {
        let newer = slots[position].newer
        let older = slots[position].older
        if newer == Self.none { newest = older } else { slots[newer].older = older }
        if older == Self.none { oldest = newer } else { slots[older].newer = newer }
    }

    private mutating func linkAsNewest(_ position: Int) {
        slots[position].newer = Self.none
        slots[position].older = newest
        if newest == Self.none { oldest = position } else { slots[newest].newer = position }
        newest = position
    }
}
