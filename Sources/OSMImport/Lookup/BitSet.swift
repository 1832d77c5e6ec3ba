/// A set of numbers below a limit, one bit each.
struct BitSet: Sendable {
    /// Number 0 is the lowest bit of the first word.
    private(set) var words: [UInt64]
    private(set) var count = 0

    init(capacity: Int) { words = [UInt64](repeating: 0, count: (capacity + 63) / 64) }

    mutating func insert(_ number: Int) {
        let bit: UInt64 = 1 << UInt64(number & 63)
        if words[number >> 6] & bit == 0 {
            words[number >> 6] |= bit
            count += 1
        }
    }

    mutating func remove(_ number: Int) {
        if contains(number) {
            words[number >> 6] &= ~(1 << UInt64(number & 63))
            count -= 1
        }
    }

    func contains(_ number: Int) -> Bool { words[number >> 6] & (1 << UInt64(number & 63)) != 0 }
}
