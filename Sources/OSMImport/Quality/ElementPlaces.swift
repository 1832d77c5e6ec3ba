import OSMModel
import PlanarGeometry

/// Where objects are, for problems whose finder did not know a better place: a node's position, the first node of a way
/// that has one, the first member of a relation that is somewhere.
struct ElementPlaces {
    let locator: WayLocator
    let ways: ElementLookup
    let relations: CollectedRelations
    let relationLookup: ElementLookup
    private var buffer = WayLocator.Buffer()
    private var hint = NodeLocationIndex.Hint()

    init(
        locator: WayLocator, ways: ElementLookup, relations: CollectedRelations, relationLookup: ElementLookup
    ) {
        self.locator = locator
        self.ways = ways
        self.relations = relations
        self.relationLookup = relationLookup
    }

    /// The problems, in their order; those without a place get that of their object, if it is anywhere.
    mutating func completed(_ problems: [MapProblem]) throws -> [MapProblem] {
        var problems = problems
        for index in problems.indices where problems[index].place == nil {
            problems[index].place = try place(of: problems[index].element)
        }
        return problems
    }

    /// `nil` when nothing of the object has a position. For relations of relations each is looked at once.
    mutating func place(of element: ElementID) throws -> GeoCoordinate? {
        var pending = [element]
        var visited: Set<Int64> = []
        while let next = pending.popLast() {
            switch next.kind {
            case .node:
                if let position = locator.locations.position(ofNode: next.number, hint: &hint),
                    let coordinate = locator.locations.coordinate(at: position)
                {
                    return coordinate
                }
            case .way:
                guard let way = ways.index(of: next.number) else { continue }
                try locator.load(way, into: &buffer)
                if let place = buffer.firstCoordinate { return place }
            case .relation:
                guard visited.insert(next.number).inserted, let relation = relationLookup.index(of: next.number)
                else { continue }
                pending += relations.members[relations.memberRange(relation)].reversed()
            }
        }
        return nil
    }
}
