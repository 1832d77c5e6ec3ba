import TestSupport
import Testing

@testable import TileServing

@Suite struct LeastRecentlyUsedTests {
    /// The same with a list searched from the front.
    private struct SlowModel {
        var items: [(key: Int, value: Int, cost: Int)] = []
        let costLimit: Int

        mutating func value(for key: Int) -> Int? {
            guard let index = items.firstIndex(where: { $0.key == key }) else { return nil }
            items.insert(items.remove(at: index), at: 0)
            return items[0].value
        }

        mutating func insert(_ value: Int, for key: Int, cost: Int) {
            items.removeAll { $0.key == key }
            guard cost <= costLimit else { return }
            while items.reduce(cost, { $0 + $1.cost }) > costLimit { items.removeLast() }
            items.insert((key, value, cost), at: 0)
        }

        mutating func remove(_ key: Int) { items.removeAll { $0.key == key } }
    }

    @Test(arguments: 0..<20)
    func agreesWithAListSearchedFromTheFront(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var cache = LeastRecentlyUsed<Int, Int>(costLimit: 40)
        var model = SlowModel(costLimit: 40)
        for step in 0..<400 {
            let key = Int.random(in: 0..<16, using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0..<4: #expect(cache.value(for: key) == model.value(for: key), "seed \(seed) step \(step)")
            case 4..<7:
                let cost = Int.random(in: 0...50, using: &random)
                cache.insert(step, for: key, cost: cost)
                model.insert(step, for: key, cost: cost)
            default:
                cache.remove(key)
                model.remove(key)
            }
            #expect(cache.count == model.items.count, "seed \(seed) step \(step)")
            #expect(cache.totalCost == model.items.reduce(0) { $0 + $1.cost })
            #expect(cache.totalCost <= 40)
        }
    }

    @Test func keepsNothingWithoutRoom() {
        var cache = LeastRecentlyUsed<Int, Int>(costLimit: 0)
        cache.insert(1, for: 1, cost: 1)
        #expect(cache.value(for: 1) == nil)
        cache.insert(1, for: 1, cost: 0)
        #expect(cache.value(for: 1) == 1)
    }
}
