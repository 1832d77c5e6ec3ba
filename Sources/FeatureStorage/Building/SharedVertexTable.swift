import PlanarGeometry

/// Spreads the bits of a key (Steele, Lea and Flood 2014).
@inline(__always)
private func mixed(_ key: UInt64) -> UInt64 {
    var value = key &+ 0x9e37_79b9_7f4a_7c15
    value = (value ^ (value &>> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value &>> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value &>> 31)
}

/// Which of many keys came more than once, in two bits for each of 16 places per key: a few that did not are taken for repeated.
struct RepeatedKeys: ~Copyable {
    private var once: [UInt64]
    private var again: [UInt64]
    private let mask: UInt64

    init(expected: Int) {
        var size: UInt64 = 64
        while size < UInt64(expected) * 16 { size *= 2 }
        mask = size - 1
        once = [UInt64](repeating: 0, count: Int(size / 64))
        again = once
    }

    mutating func insert(_ key: UInt64) {
        let place = mixed(key) & mask
        let (word, bit) = (Int(place / 64), UInt64(1) << (place % 64))
        if once[word] & bit == 0 { once[word] |= bit } else { again[word] |= bit }
    }

    func isRepeated(_ key: UInt64) -> Bool {
        let place = mixed(key) & mask
        return again[Int(place / 64)] & UInt64(1) << (place % 64) != 0
    }
}

/// What the rings that pass a vertex say about it. Open addressing, columns side by side; the order of calls does not matter.
struct SharedVertexTable: ~Copyable {
    /// How one ring passes a vertex.
    struct Passage {
        /// The same whichever way the ring goes.
        var neighbours: UInt32
        var visibleFrom: UInt8

        init(between previous: UInt64, and next: UInt64, visibleFrom: UInt8) {
            neighbours = UInt32(truncatingIfNeeded: (mixed(previous) &+ mixed(next)) &>> 32)
            self.visibleFrom = visibleFrom
        }
    }

    /// The two passages that differ and are visible first.
    private struct Entry {
        var firstNeighbours: UInt32 = 0
        var secondNeighbours: UInt32 = 0
        var first = SharedVertexTable.none
        var second = SharedVertexTable.none
        var rank = VertexRank.finest
    }

    private static let none: UInt8 = 16
    /// No vertex has this key together with an entry whose `first` is `none`.
    private var keys: [UInt64]
    private var entries: [Entry]
    private var count = 0

    init(expected: Int) {
        var size = 64
        while size < expected * 2 { size *= 2 }
        keys = [UInt64](repeating: 0, count: size)
        entries = [Entry](repeating: Entry(), count: size)
    }

    mutating func add(_ key: UInt64, rank: UInt8, _ passage: Passage) {
        if count * 3 > keys.count * 2 { grow() }
        let place = place(of: key)
        if entries[place].first == SharedVertexTable.none {
            keys[place] = key
            count += 1
        }
        SharedVertexTable.note(passage, rank, in: &entries[place])
    }

    private static func note(_ passage: Passage, _ rank: UInt8, in entry: inout Entry) {
        entry.rank = min(entry.rank, rank)
        if entry.first != none, passage.neighbours == entry.firstNeighbours {
            entry.first = min(entry.first, passage.visibleFrom)
        } else if entry.second != none, passage.neighbours == entry.secondNeighbours {
            entry.second = min(entry.second, passage.visibleFrom)
        } else if passage.visibleFrom < entry.second {
            entry.second = passage.visibleFrom
            entry.secondNeighbours = passage.neighbours
        }
        if entry.second < entry.first {
            swap(&entry.first, &entry.second)
            swap(&entry.firstNeighbours, &entry.secondNeighbours)
        }
    }

    /// The rank of a vertex that was added.
    func rank(of key: UInt64) -> UInt8? {
        let entry = entries[place(of: key)]
        if entry.first == SharedVertexTable.none { return nil }
        return min(entry.rank, entry.second)
    }

    private func place(of key: UInt64) -> Int {
        let mask = keys.count - 1
        var place = Int(truncatingIfNeeded: mixed(key)) & mask
        while entries[place].first != SharedVertexTable.none, keys[place] != key { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let (oldKeys, oldEntries) = (keys, entries)
        keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
        entries = [Entry](repeating: Entry(), count: oldKeys.count * 2)
        for index in oldKeys.indices where oldEntries[index].first != SharedVertexTable.none {
            let place = place(of: oldKeys[index])
            keys[place] = oldKeys[index]
            entries[place] = oldEntries[index]
        }
    }
}
