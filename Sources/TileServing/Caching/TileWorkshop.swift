import Hummingbird
import NIOPosix
import PlanarGeometry
import Synchronization

/// Makes tiles on threads of its own: a bounded number at a time, the same one only once however many ask, finished
/// ones kept.
///
/// Neither an event loop nor a thread of the concurrency pool is ever held by the work, so cached tiles and other
/// answers stay quick while every worker is busy. Work that was begun is finished and kept even if its asker has gone.
final class TileWorkshop: Sendable {
    /// One thing to make.
    struct Key: Hashable, Sendable {
        /// Position in the catalog.
        let source: Int
        let tile: TileCoordinate
        let encoding: ContentEncoding
    }

    /// Gives the bytes to send; `nil` when the tile is empty.
    typealias Work = @Sendable () throws -> ByteBuffer?

    /// Workers and queue are full.
    struct Overloaded: Error {}

    struct Statistics: Equatable {
        var found = 0
        var made = 0
        var refused = 0
    }

    private typealias Waiter = CheckedContinuation<ByteBuffer?, any Error>

    private struct Job {
        let key: Key
        let work: Work
    }

    private struct State {
        /// Empty tiles are kept too.
        var finished: LeastRecentlyUsed<Key, ByteBuffer?>
        /// Who waits for what is queued or being made.
        var waiters: [Key: [Waiter]] = [:]
        var queue: [Job] = []
        var busyWorkers = 0
        var statistics = Statistics()
    }

    private enum Verdict {
        case answered(ByteBuffer?)
        case begin
        case wait
        case refuse
    }

    /// What a kept tile costs beside its bytes: key, slot, buffer header; rounded up.
    private static let overheadPerTile = 256

    private let state: Mutex<State>
    private let workers: Int
    private let queueLimit: Int
    private let pool: NIOThreadPool

    init(cacheByteLimit: Int, workers: Int, queueLimit: Int) {
        state = Mutex(State(finished: LeastRecentlyUsed(costLimit: cacheByteLimit)))
        self.workers = max(1, workers)
        self.queueLimit = max(0, queueLimit)
        // The shared pool has as many threads as cores and lives as long as the process.
        pool = .singleton
    }

    var statistics: Statistics { state.withLock { $0.statistics } }

    /// The bytes for `key`: kept ones at once, else by `work`.
    ///
    /// Throws `Overloaded` when too many wait already, else what `work` throws; failures are not kept.
    func bytes(for key: Key, work: @escaping Work) async throws -> ByteBuffer? {
        let kept: ByteBuffer?? = state.withLock { state in
            guard let kept = state.finished.value(for: key) else { return nil }
            state.statistics.found += 1
            return .some(kept)
        }
        if let kept { return kept }
        return try await withCheckedThrowingContinuation { waiter in
            let job = Job(key: key, work: work)
            let verdict = state.withLock { state in admit(job, waiter, to: &state) }
            switch verdict {
            case .answered(let bytes): waiter.resume(returning: bytes)
            case .begin: begin(job)
            case .wait: break
            case .refuse: waiter.resume(throwing: Overloaded())
            }
        }
    }

    private func admit(_ job: Job, _ waiter: Waiter, to state: inout State) -> Verdict {
        // It may have been finished since the first look.
        if let kept = state.finished.value(for: job.key) {
            state.statistics.found += 1
            return .answered(kept)
        }
        if state.waiters[job.key] != nil {
            state.waiters[job.key]?.append(waiter)
            return .wait
        }
        if state.busyWorkers < workers {
            state.busyWorkers += 1
            state.waiters[job.key] = [waiter]
            return .begin
        }
        guard state.queue.count < queueLimit else {
            state.statistics.refused += 1
            return .refuse
        }
        state.queue.append(job)
        state.waiters[job.key] = [waiter]
        return .wait
    }

    private func begin(_ job: Job) {
        pool.submit { [self] _ in
            var current: Job? = job
            while let job = current { current = finish(job, with: Result { try job.work() }) }
        }
    }

    /// Hands the result to all who wait and gives the worker its next job, if any.
    private func finish(_ job: Job, with result: Result<ByteBuffer?, any Error>) -> Job? {
        let (waiters, next) = state.withLock { state -> ([Waiter], Job?) in
            state.statistics.made += 1
            if case .success(let bytes) = result {
                let cost = (bytes?.readableBytes ?? 0) + Self.overheadPerTile
                state.finished.insert(bytes, for: job.key, cost: cost)
            }
            let waiters = state.waiters.removeValue(forKey: job.key) ?? []
            // The queue is short, so moving its elements up costs less than the lock.
            if !state.queue.isEmpty { return (waiters, state.queue.removeFirst()) }
            state.busyWorkers -= 1
            return (waiters, nil)
        }
        for waiter in waiters { waiter.resume(with: result) }
        return next
    }
}
