/// Transforms a sequence of inputs on several threads and hands the results on in input order.
///
/// `next` and `consume` run on the calling task, never at the same time. At most `threads + 2` inputs are in flight, so
/// memory is bounded whatever the number of inputs. With one thread everything runs on the calling task. Checks for
/// cancellation once per input. The first error ends it; the first in input order among those of `transform`.
public func orderedParallelMap<Input: Sendable, Output: Sendable>(
    threads: Int,
    next: () throws -> Input?,
    transform: @escaping @Sendable (Input) throws -> Output,
    consume: (Output) throws -> Void
) async throws {
    if threads <= 1 {
        while let input = try next() {
            try Task.checkCancellation()
            try consume(transform(input))
        }
        return
    }
    try await withThrowingTaskGroup(of: (Int, Result<Output, any Error>).self) { group in
        var submitted = 0
        var consumed = 0
        var waiting: [Int: Result<Output, any Error>] = [:]
        var exhausted = false
        // An error of `next` belongs after the results of the inputs before it.
        var sourceError: (any Error)?
        func submit() {
            do {
                guard let input = try next() else {
                    exhausted = true
                    return
                }
                let index = submitted
                submitted += 1
                group.addTask { (index, Result { try transform(input) }) }
            } catch {
                sourceError = error
                exhausted = true
            }
        }
        while true {
            while !exhausted, submitted - consumed < threads + 2 { submit() }
            if let ready = waiting.removeValue(forKey: consumed) {
                try Task.checkCancellation()
                consumed += 1
                try consume(ready.get())
                continue
            }
            guard let (index, result) = try await group.next() else { break }
            waiting[index] = result
        }
        if let sourceError { throw sourceError }
    }
}
