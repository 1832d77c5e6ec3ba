import ByteCoding
import OSMModel

/// Distinct strings, numbered as they come. Open addressing on the bytes; grows by doubling.
struct StringPool: Sendable {
    private(set) var strings = StringTable()
    private var slots: [UInt32] = []

    init() { slots = [UInt32](repeating: .max, count: 1 << 12) }

    var count: Int { strings.count }

    mutating func number(of text: RawSpan) -> UInt32 {
        if strings.count * 2 >= slots.count { grow() }
        var slot = Int(truncatingIfNeeded: StringPool.hash(text)) & (slots.count - 1)
        while slots[slot] != .max {
            if strings[Int(slots[slot])].hasSameBytes(as: text) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = UInt32(strings.append(text))
        slots[slot] = number
        return number
    }

    /// The number of a string that was added; `nil` for another.
    func knownNumber(of text: RawSpan) -> UInt32? {
        var slot = Int(truncatingIfNeeded: StringPool.hash(text)) & (slots.count - 1)
        while slots[slot] != .max {
            if strings[Int(slots[slot])].hasSameBytes(as: text) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private mutating func grow() {
        slots = [UInt32](repeating: .max, count: slots.count * 2)
        for number in 0..<strings.count {
            var slot = Int(truncatingIfNeeded: StringPool.hash(strings[number])) & (slots.count - 1)
            while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number)
        }
    }

    /// Eight bytes at a time, multiplied and folded; the same on every machine, and order in output never depends on it.
    static func hash(_ text: RawSpan) -> UInt64 {
        var cursor = ByteCursor(text)
        var hash = UInt64(truncatingIfNeeded: text.byteCount) &* 0x9e37_79b9_7f4a_7c15
        while cursor.remaining >= 8, let word = try? cursor.uint64() { hash = mix(hash ^ word) }
        while !cursor.isAtEnd, let byte = try? cursor.uint8() { hash = mix(hash ^ UInt64(byte)) }
        return hash
    }

    static func mix(_ value: UInt64) -> UInt64 {
        let wide = value.multipliedFullWidth(by: 0xff51_afd7_ed55_8ccd)
        return wide.low ^ wide.high ^ (value >> 32)
    }
}
