import ByteCoding
import ProtobufWire

/// A layer's distinct values: each is encoded once, when it is first met, and written once, in the order in which
/// features first use them.
///
/// Two values are one when their encoded bytes are equal, so type and number both count. A value met before is found by
/// its token (a caller's number for it, or the value itself) without looking at bytes.
struct ValueTable: Sendable {
    /// Meaning of a token; also keeps equal tokens of different meaning apart.
    enum TokenKind: UInt32 {
        case string, int, double, bool
        /// The hash of a value's bytes.
        case content
    }

    private struct Slot {
        var end: Int
        /// Place among the written values, or `unused`.
        var index: UInt32
    }

    /// Encoded Value messages, one after another, slot by slot.
    private var arena: [UInt8] = []
    private var slots: [Slot] = []
    private var table = SlotTable(capacityBits: 8)
    /// Slots in the order of first use.
    private var written: [UInt32] = []

    private static let unused = UInt32.max

    var count: Int { written.count }

    mutating func removeAll() {
        arena.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
        written.removeAll(keepingCapacity: true)
        table.removeAll()
    }

    /// Forgets which values features use, and keeps the values.
    mutating func removeUses() {
        for slot in written { slots[Int(slot)].index = ValueTable.unused }
        written.removeAll(keepingCapacity: true)
    }

    /// The slot of a value met before under this token.
    @inline(__always)
    func find(_ token: UInt64, _ kind: TokenKind) -> UInt32? { table.find(token, kind: kind.rawValue) }

    /// The slot of the value that `encode` appends as a Value message; the token finds it from now on.
    mutating func insert(
        _ token: UInt64, _ kind: TokenKind, encode: (inout [UInt8]) throws -> Void
    ) rethrows -> UInt32 {
        let slot = try insert(encode: encode)
        table.insert(token, kind: kind.rawValue, slot: slot)
        return slot
    }

    /// The slot of the value that `encode` appends as a Value message.
    mutating func insert(encode: (inout [UInt8]) throws -> Void) rethrows -> UInt32 {
        let start = arena.count
        do { try encode(&arena) } catch {
            arena.removeLast(arena.count - start)
            throw error
        }
        let end = arena.count
        let hash = ValueTable.hash(arena.byteSpan.extracting(start..<end))
        let same = table.find(hash, kind: TokenKind.content.rawValue) { slot in
            bytes(slot).hasSameBytes(as: arena.byteSpan.extracting(start..<end))
        }
        if let same {
            arena.removeLast(end - start)
            return same
        }
        let slot = UInt32(slots.count)
        slots.append(Slot(end: end, index: ValueTable.unused))
        table.insert(hash, kind: TokenKind.content.rawValue, slot: slot)
        return slot
    }

    /// Place of a slot's value in the layer's values, given at its first use.
    @inline(__always)
    mutating func index(_ slot: UInt32) -> UInt32 {
        let known = slots[Int(slot)].index
        if known != ValueTable.unused { return known }
        let index = UInt32(written.count)
        slots[Int(slot)].index = index
        written.append(slot)
        return index
    }

    @_lifetime(borrow self)
    private func bytes(_ slot: UInt32) -> RawSpan {
        let start = slot == 0 ? 0 : slots[Int(slot) - 1].end
        return arena.byteSpan.extracting(start..<slots[Int(slot)].end)
    }

    /// Bytes that `append(to:field:)` writes.
    func byteCount(field: Int) -> Int {
        var total = 0
        for slot in written { total += lengthDelimitedByteCount(field: field, payload: bytes(slot).byteCount) }
        return total
    }

    /// Writes the values used as repeated messages of number `field`.
    func append(to output: inout [UInt8], field: Int) {
        for slot in written {
            let payload = bytes(slot)
            output.appendLengthDelimited(field: field, payload)
        }
    }

    /// FNV-1a with a final mix; decides only where to look, bytes are compared.
    private static func hash(_ bytes: RawSpan) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        var cursor = ByteCursor(bytes)
        while let byte = try? cursor.uint8() { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash ^ (hash &>> 29)
    }
}
