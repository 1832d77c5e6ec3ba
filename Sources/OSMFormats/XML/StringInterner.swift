import ByteCoding
import OSMModel

/// Finds the number of a string in a block's string table, adding it when it is new. Numbers are in order of appearance.
///
/// Open addressing with linear steps; a slot holds a string's number plus one, 0 when free.
struct StringInterner {
    private var slots = [UInt32](repeating: 0, count: 1024)
    private var count = 0

    /// Forgets all strings, for the next table.
    mutating func removeAll() {
        for index in slots.indices { slots[index] = 0 }
        count = 0
    }

    mutating func number(of text: RawSpan, in table: inout StringTable) -> UInt32 {
        var slot = Int(truncatingIfNeeded: StringInterner.hash(text)) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = slots[slot] - 1
            if table[Int(number)].hasSameBytes(as: text) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = UInt32(table.append(text))
        slots[slot] = number + 1
        count += 1
        if count * 2 > slots.count { grow(table) }
        return number
    }

    private mutating func grow(_ table: StringTable) {
        let old = slots
        slots = [UInt32](repeating: 0, count: old.count * 2)
        for entry in old where entry != 0 {
            var slot = Int(truncatingIfNeeded: StringInterner.hash(table[Int(entry) - 1])) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = entry
        }
    }

    /// Eight bytes at a time, each folded in by a multiplication whose high bits come back down.
    private static func hash(_ text: RawSpan) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: text.byteCount) &* 0x9e37_79b9_7f4a_7c15
        var index = 0
        while index &+ 8 <= text.byteCount {
            // Safe: the eight bytes are inside, by the line above.
            let word = unsafe text.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            hash = mix(hash ^ word)
            index &+= 8
        }
        var rest: UInt64 = 0
        while index < text.byteCount {
            rest = rest &<< 8 | UInt64(text.byte(index))
            index &+= 1
        }
        return mix(hash ^ rest)
    }

    @inline(__always)
    private static func mix(_ value: UInt64) -> UInt64 {
        let product = value &* 0xbf58_476d_1ce4_e5b9
        return product ^ (product &>> 32)
    }
}
