public import OSMModel

/// Problems in the order of all reports: by the kind's word, then by object and place.
public struct ProblemList: Sendable {
    public let problems: [MapProblem]

    /// Sorts; the input may come in any order.
    public init(_ problems: [MapProblem]) {
        var rank = [UInt8](repeating: 0, count: 256)
        for (place, kind) in ProblemKind.allCases.sorted().enumerated() {
            rank[Int(kind.rawValue)] = UInt8(truncatingIfNeeded: place)
        }
        self.problems = problems.sorted {
            $0.kind != $1.kind ? rank[Int($0.kind.rawValue)] < rank[Int($1.kind.rawValue)] : $0 < $1
        }
    }
}
