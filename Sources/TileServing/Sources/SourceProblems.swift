public import OSMModel
public import QualityReports
import Synchronization

/// What was found odd about a source's data: read when it is first asked for, sorted once, then kept.
public final class SourceProblems: Sendable {
    /// How many there are.
    public let count: Int
    private let read: @Sendable () throws -> [MapProblem]
    private let kept = Mutex<ProblemList?>(nil)

    public init(count: Int, read: @escaping @Sendable () throws -> [MapProblem]) {
        self.count = count
        self.read = read
    }

    /// Synchronous work the first time, and again after it failed. Who asks meanwhile waits for the same list.
    public func list() throws -> ProblemList {
        try kept.withLock { kept in
            if let kept { return kept }
            let list = ProblemList(try read())
            kept = list
            return list
        }
    }
}
