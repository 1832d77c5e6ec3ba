public import FeatureQueries
public import OSMModel
import PlanarGeometry

/// Which problems a report is about.
public struct ProblemSelection: Hashable, Sendable {
    /// Only these; all without.
    public var kinds: Set<ProblemKind>?
    /// Only problems with a place in the box, its edges included.
    public var box: QueryBox?

    public init() {}

    /// Reads words between commas, such as `odd-tag,duplicate-node`.
    public static func kinds(parsing text: some StringProtocol) throws(ProblemSelectionError) -> Set<ProblemKind> {
        var kinds: Set<ProblemKind> = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let kind = ProblemKind.allCases.first(where: { $0.word == word }) else {
                throw .unknownKind(found: String(word))
            }
            kinds.insert(kind)
        }
        return kinds
    }

    public func contains(_ problem: MapProblem) -> Bool {
        if let kinds, !kinds.contains(problem.kind) { return false }
        guard let box else { return true }
        guard let place = problem.place, place.latitude >= box.south, place.latitude <= box.north else { return false }
        if contains(place.longitude, box) { return true }
        // +180 and -180 are the same meridian.
        return place.longitude.magnitude == 1_800_000_000 && contains(-place.longitude, box)
    }

    private func contains(_ longitude: Int32, _ box: QueryBox) -> Bool {
        box.crossesAntimeridian
            ? longitude >= box.west || longitude <= box.east : longitude >= box.west && longitude <= box.east
    }
}

/// Text that chooses no problems.
public enum ProblemSelectionError: Error, Hashable, Sendable {
    case unknownKind(found: String)
}

extension ProblemSelectionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownKind(let found):
            "kind '\(found)': expected some of \(ProblemKind.allCases.sorted().map(\.word).joined(separator: ","))"
        }
    }
}
