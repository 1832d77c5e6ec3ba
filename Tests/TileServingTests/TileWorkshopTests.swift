import Foundation
import Hummingbird
import PlanarGeometry
import Synchronization
import Testing

@testable import TileServing

/// Holds workers until it is opened.
final class Gate: Sendable {
    private let inside = DispatchSemaphore(value: 0)
    private let way = DispatchSemaphore(value: 0)

    /// Called by a worker.
    func pass() {
        inside.signal()
        way.wait()
    }

    /// Returns when a worker has come to the gate.
    func whenReached() async {
        while inside.wait(timeout: .now()) == .timedOut { try? await Task.sleep(for: .milliseconds(1)) }
    }

    func open(times: Int = 1) { for _ in 0..<times { way.signal() } }
}

/// Counts how many are inside at once.
private final class Crowd: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var most: Int { counts.withLock { $0.most } }

    func enter() {
        counts.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
        }
    }

    func leave() { counts.withLock { $0.now -= 1 } }
}

@Suite struct TileWorkshopTests {
    private func key(_ x: UInt32, source: Int = 0) throws -> TileWorkshop.Key {
        TileWorkshop.Key(source: source, tile: try #require(TileCoordinate(zoom: 10, x: x, y: 0)), encoding: .gzip)
    }

    private func until(_ condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test func makesATileOnceHoweverManyAskAtOnce() async throws {
        let workshop = TileWorkshop(cacheByteLimit: 1 << 20, workers: 2, queueLimit: 4)
        let gate = Gate()
        let key = try key(1)
        let answers = try await withThrowingTaskGroup(of: ByteBuffer?.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await workshop.bytes(for: key) {
                        gate.pass()
                        return ByteBuffer(string: "made")
                    }
                }
            }
            await gate.whenReached()
            gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 50)
        #expect(answers.allSatisfy { $0 == ByteBuffer(string: "made") })
        #expect(workshop.statistics.made == 1)
    }

    @Test func keepsEmptyTilesTooAndTellsSourcesApart() async throws {
        let workshop = TileWorkshop(cacheByteLimit: 1 << 20, workers: 1, queueLimit: 4)
        for _ in 0..<3 { #expect(try await workshop.bytes(for: key(1)) { nil } == nil) }
        #expect(workshop.statistics == .init(found: 2, made: 1, refused: 0))
        #expect(try await workshop.bytes(for: key(1, source: 1)) { ByteBuffer(string: "b") } == ByteBuffer(string: "b"))
    }

    @Test func failuresReachAllWhoWaitAndAreNotKept() async throws {
        let workshop = TileWorkshop(cacheByteLimit: 1 << 20, workers: 1, queueLimit: 4)
        let key = try key(1)
        await #expect(throws: SourceBroke.self) { try await workshop.bytes(for: key) { throw SourceBroke() } }
        #expect(try await workshop.bytes(for: key) { ByteBuffer(string: "later") } == ByteBuffer(string: "later"))
    }

    @Test func dropsTheTilesUnusedForLongestWhenFull() async throws {
        let workshop = TileWorkshop(cacheByteLimit: 3000, workers: 1, queueLimit: 4)
        for x in 0..<8 { _ = try await workshop.bytes(for: key(UInt32(x))) { ByteBuffer(repeating: 1, count: 700) } }
        #expect(workshop.statistics.made == 8)
        _ = try await workshop.bytes(for: key(7)) { nil }
        #expect(workshop.statistics.found == 1)
        _ = try await workshop.bytes(for: key(0)) { nil }
        #expect(workshop.statistics.made == 9)
    }

    @Test func neverRunsMoreThanItsWorkersAndRefusesWhatDoesNotFitTheQueue() async throws {
        let workshop = TileWorkshop(cacheByteLimit: 1 << 20, workers: 2, queueLimit: 3)
        let gate = Gate()
        let crowd = Crowd()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for x in 0..<12 {
                let key = try key(UInt32(x))
                group.addTask {
                    do {
                        _ = try await workshop.bytes(for: key) {
                            crowd.enter()
                            gate.pass()
                            crowd.leave()
                            return nil
                        }
                        return true
                    } catch is TileWorkshop.Overloaded { return false }
                }
            }
            try await until { workshop.statistics.refused == 7 }
            gate.open(times: 5)
            var served = 0
            for try await wasServed in group where wasServed { served += 1 }
            #expect(served == 5)
        }
        // The threads are shared with other tests, so it may have had only one.
        #expect(crowd.most == 1 || crowd.most == 2)
        // The workers are free again.
        #expect(try await workshop.bytes(for: key(100)) { ByteBuffer(string: "x") } == ByteBuffer(string: "x"))
    }
}
