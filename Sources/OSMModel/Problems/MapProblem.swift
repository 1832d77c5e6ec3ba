public import PlanarGeometry

/// Something odd about an object that is kept, with the place where a mapper has to look.
public struct MapProblem: Hashable, Sendable {
    public var kind: ProblemKind
    public var element: ElementID
    /// In 1e-7 degree; `nil` when nothing of the object has a position.
    public var place: GeoCoordinate?
    /// Another object that has to do with it, such as the member that is missing or the way that crosses.
    public var other: ElementID?
    /// What was found, such as `layer=abc`; empty when the kind says it all.
    public var detail: String

    public init(
        _ kind: ProblemKind, _ element: ElementID, at place: GeoCoordinate? = nil, other: ElementID? = nil,
        detail: String = ""
    ) {
        self.kind = kind
        self.element = element
        self.place = place
        self.other = other
        self.detail = detail
    }
}

/// By object, then kind, then place: the order of reports and of the store.
extension MapProblem: Comparable {
    public static func < (left: MapProblem, right: MapProblem) -> Bool {
        if left.element != right.element { return left.element < right.element }
        if left.kind != right.kind { return left.kind < right.kind }
        if left.place != right.place { return MapProblem.precedes(left.place, right.place) }
        if left.other != right.other {
            guard let leftOther = left.other, let rightOther = right.other else { return left.other == nil }
            return leftOther < rightOther
        }
        return left.detail < right.detail
    }

    /// In order, each once: a way may have the same fault in the same place twice, and a mapper repairs it once.
    public static func distinct(_ problems: [MapProblem]) -> [MapProblem] {
        var kept: [MapProblem] = []
        for problem in problems.sorted() where problem != kept.last { kept.append(problem) }
        return kept
    }

    private static func precedes(_ left: GeoCoordinate?, _ right: GeoCoordinate?) -> Bool {
        guard let left, let right else { return left == nil && right != nil }
        return (left.longitude, left.latitude) < (right.longitude, right.latitude)
    }
}
