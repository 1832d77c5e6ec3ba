import Synchronization
import TestSupport
import Testing
import WorkPipeline

@Suite("Ordered parallel map")
struct OrderedParallelMapTests {
    struct SourceFault: Error {}

    struct TransformFault: Error, Equatable {
        var input: Int
    }

    struct ConsumeFault: Error {}

    final class Counter: Sendable {
        private let number = Atomic<Int>(0)

        var value: Int { number.load(ordering: .sequentiallyConsistent) }

        func increment() { number.add(1, ordering: .sequentiallyConsistent) }
    }

    /// Some work whose length says nothing about its place in the order.
    @Sendable static func spin(_ input: Int) -> Int {
        var generator = SeededGenerator(seed: UInt64(input))
        let rounds = Int.random(in: 0...3000, using: &generator)
        var value = UInt64(input)
        for _ in 0..<rounds { value = value &* 6_364_136_223_846_793_005 &+ 1 }
        return value == 1 ? -1 : input * 3
    }

    static func numbers(_ count: Int) -> () -> Int? {
        var next = 0
        return {
            if next == count { return nil }
            defer { next += 1 }
            return next
        }
    }

    @Test("Results come in the order of the inputs, each once", arguments: [0, 1, 2, 3, 4, 9])
    func order(threads: Int) async throws {
        for count in [0, 1, 2, 5, 200] {
            var results: [Int] = []
            try await orderedParallelMap(
                threads: threads, next: Self.numbers(count), transform: Self.spin, consume: { results.append($0) })
            #expect(results == (0..<count).map { $0 * 3 })
        }
    }

    @Test("At most threads + 2 inputs are taken and not yet consumed, on one thread only one", arguments: [1, 2, 4])
    func bound(threads: Int) async throws {
        var taken = 0
        var consumed = 0
        var most = 0
        try await orderedParallelMap(
            threads: threads,
            next: { () -> Int? in
                if taken == 300 { return nil }
                taken += 1
                most = max(most, taken - consumed)
                return taken
            },
            transform: Self.spin, consume: { _ in consumed += 1 })
        #expect(consumed == 300)
        #expect(most == (threads == 1 ? 1 : threads + 2))
    }

    @Test("An error of the source comes after the results of all inputs before it", arguments: [1, 2, 4])
    func sourceError(threads: Int) async throws {
        let numbers = Self.numbers(50)
        var results: [Int] = []
        await #expect(throws: SourceFault.self) {
            try await orderedParallelMap(
                threads: threads,
                next: {
                    guard let number = numbers() else { throw SourceFault() }
                    return number
                },
                transform: Self.spin, consume: { results.append($0) })
        }
        #expect(results == (0..<50).map { $0 * 3 })
    }

    @Test(
        "Of several errors of transform the first in input order is thrown, after the results before it",
        arguments: [1, 2, 4])
    func transformErrors(threads: Int) async throws {
        for _ in 0..<20 {
            var results: [Int] = []
            await #expect(throws: TransformFault(input: 17)) {
                try await orderedParallelMap(
                    threads: threads, next: Self.numbers(40),
                    transform: { input in
                        // The earliest failure takes longest.
                        if input == 17 { for round in 0..<20 { _ = Self.spin(round) } }
                        if input == 17 || input == 18 || input == 20 { throw TransformFault(input: input) }
                        return Self.spin(input)
                    },
                    consume: { results.append($0) })
            }
            #expect(results == (0..<17).map { $0 * 3 })
        }
    }

    @Test("An error of transform goes before one of the source behind it", arguments: [1, 2, 4])
    func transformBeforeSource(threads: Int) async throws {
        let numbers = Self.numbers(10)
        await #expect(throws: TransformFault(input: 9)) {
            try await orderedParallelMap(
                threads: threads,
                next: {
                    guard let number = numbers() else { throw SourceFault() }
                    return number
                },
                transform: { input in
                    if input == 9 { throw TransformFault(input: input) }
                    return input
                },
                consume: { _ in })
        }
    }

    @Test("An error of consume ends it at once", arguments: [1, 2, 4])
    func consumeError(threads: Int) async throws {
        var taken = 0
        var consumed = 0
        await #expect(throws: ConsumeFault.self) {
            try await orderedParallelMap(
                threads: threads,
                next: { () -> Int? in
                    taken += 1
                    return taken
                },
                transform: Self.spin,
                consume: { _ in
                    consumed += 1
                    if consumed == 5 { throw ConsumeFault() }
                })
        }
        #expect(consumed == 5)
        #expect(taken <= 5 + threads + 2)
    }

    @Test("A cancelled task ends an endless source", arguments: [1, 2, 4])
    func cancellation(threads: Int) async throws {
        let consumed = Counter()
        await #expect(throws: CancellationError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    var next = 0
                    try await orderedParallelMap(
                        threads: threads,
                        next: { () -> Int? in
                            next += 1
                            return next
                        },
                        transform: Self.spin,
                        consume: { _ in consumed.increment() })
                }
                while consumed.value < 10 { await Task.yield() }
                group.cancelAll()
                try await group.waitForAll()
            }
        }
        #expect(consumed.value >= 10)
    }
}
