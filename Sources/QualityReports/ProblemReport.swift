public import OSMModel

/// Problems chosen from a list, ready to be written.
public struct ProblemReport: Sendable {
    /// In the list's order; without those that a limit left out.
    public let problems: [MapProblem]
    /// How many were chosen of each kind, left out or not.
    public let counts: [ProblemKind: Int]
    /// How many were chosen.
    public let matched: Int

    /// What to leave out where there are more than a limit.
    public enum Thinning: Sendable {
        /// The last ones.
        case atTheEnd
        /// Evenly over the order, so that every kind and region keeps its share.
        case evenly
    }

    /// Linear in the list.
    public init(
        _ list: ProblemList, _ selection: ProblemSelection = ProblemSelection(), limit: Int? = nil,
        thinning: Thinning = .atTheEnd
    ) {
        let chosen = list.problems.filter(selection.contains)
        var counts: [ProblemKind: Int] = [:]
        for problem in chosen { counts[problem.kind, default: 0] += 1 }
        self.counts = counts
        matched = chosen.count
        guard let limit, chosen.count > limit else {
            problems = chosen
            return
        }
        switch thinning {
        case .atTheEnd: problems = Array(chosen.prefix(limit))
        case .evenly: problems = (0..<limit).map { chosen[$0 * chosen.count / limit] }
        }
    }

    /// Kinds that occur, by word.
    var kinds: [ProblemKind] { counts.keys.sorted() }
}
