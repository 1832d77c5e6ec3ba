import TestSupport
import Testing
import VectorTiles

@Suite struct SlotTableTests {
    struct Key: Hashable {
        var key: UInt64
        var kind: UInt32
    }

    @Test("Finds what a dictionary finds, over many epochs", arguments: [1, 2, 3] as [UInt64])
    func agreesWithDictionary(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var table = SlotTable(capacityBits: 3)
        for _ in 0..<50 {
            table.removeAll()
            var expected: [Key: UInt32] = [:]
            for _ in 0..<Int.random(in: 0..<300, using: &random) {
                // Few low keys and keys that differ only in the top bits, so that they collide.
                let raw = UInt64.random(in: 0..<40, using: &random)
                let key = Key(
                    key: Bool.random(using: &random) ? raw : raw << 58, kind: UInt32.random(in: 0..<4, using: &random))
                #expect(table.find(key.key, kind: key.kind) == expected[key])
                if expected[key] == nil {
                    let slot = UInt32(expected.count)
                    table.insert(key.key, kind: key.kind, slot: slot)
                    expected[key] = slot
                }
            }
            #expect(table.count == expected.count)
            for (key, slot) in expected { #expect(table.find(key.key, kind: key.kind) == slot) }
        }
    }

    @Test("Of several slots under one key the test chooses")
    func sameKeyCanHoldSeveralSlots() {
        var table = SlotTable(capacityBits: 2)
        for slot in 0..<20 as Range<UInt32> { table.insert(5, kind: 4, slot: slot) }
        for slot in 0..<20 as Range<UInt32> { #expect(table.find(5, kind: 4) { $0 == slot } == slot) }
        #expect(table.find(5, kind: 4) { $0 == 20 } == nil)
    }
}
