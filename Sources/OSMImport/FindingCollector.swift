import OSMModel

/// What findings are gathered by.
protocol FindingReason: Hashable, Comparable, Sendable {
    /// The word of the report.
    var word: String { get }
}

extension ProblemKind: FindingReason {}

extension RefusalReason: FindingReason {
    var word: String { rawValue }
}

/// Gathers findings by reason and kind.
struct FindingCollector<Reason: FindingReason>: Sendable {
    private struct Key: Hashable {
        var reason: Reason
        var kind: ElementKind
    }

    private var counts: [Key: Int] = [:]
    private var ids: [Key: [ElementID]] = [:]

    mutating func add(_ reason: Reason, _ element: ElementID) {
        let key = Key(reason: reason, kind: element.kind)
        counts[key, default: 0] += 1
        if ids[key, default: []].count < ImportReport.listedIDs { ids[key, default: []].append(element) }
    }

    var findings: [ImportReport.Finding] {
        counts.keys.sorted { ($0.reason, $0.kind) < ($1.reason, $1.kind) }.map { key in
            ImportReport.Finding(
                reason: key.reason.word, kind: key.kind, count: counts[key] ?? 0, firstIDs: ids[key] ?? [])
        }
    }
}
