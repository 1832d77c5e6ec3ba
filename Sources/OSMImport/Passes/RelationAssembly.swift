import FeatureStorage
import OSMModel
import PlanarGeometry

/// Relations to areas where their rings close, else to collections of their members.
struct RelationAssembly: Sendable {
    let relations: CollectedRelations
    let locator: WayLocator
    let ways: ElementLookup
    let relationLookup: ElementLookup
    /// The kind of each relation: what its tags ask for.
    let purposes: [RelationPurpose]

    static let chunkSize = 64

    /// What a task made of some relations.
    struct Output: Sendable {
        var batch = FeatureDraftBatch()
        var problems: [MapProblem] = []
        /// Members, tagged or not, that relations use.
        var usedNodes: [Int64] = []
        var usedWays: [Int64] = []
        var usedRelations: [Int64] = []
        /// Members whose geometry relations without area of their own show.
        var wantedNodes: [Int64] = []
        var wantedWays: [Int64] = []
        /// Multipolygons with their tags on the outer ways: the draft's place in the batch, and those ways' indexes.
        var oldStyle: [(draft: Int, outerWays: [Int])] = []
    }

    /// Looked-up positions, with memory that is reused.
    struct Scratch {
        var buffer = WayLocator.Buffer()
        var hint = NodeLocationIndex.Hint()
    }

    func assemble(_ indexes: ArraySlice<Int>) throws -> Output {
        var output = Output()
        var scratch = Scratch()
        for relation in indexes {
            for member in relations.members[relations.memberRange(relation)] {
                switch member.kind {
                case .node: output.usedNodes.append(member.number)
                case .way: output.usedWays.append(member.number)
                case .relation: output.usedRelations.append(member.number)
                }
            }
            if relations.tagLists[relation] != .max { try add(relation, &scratch, &output) }
        }
        return output
    }

    private func add(_ relation: Int, _ scratch: inout Scratch, _ output: inout Output) throws {
        let element = ElementID(.relation, relations.ids[relation])
        if purposes[relation] != .other {
            if try addArea(relation, element, &scratch, &output) { return }
        }
        try addMembers(relation, element, &scratch, &output)
    }

    /// A relation that shows its members' geometry. Only the box is worked out here.
    private func addMembers(
        _ relation: Int, _ element: ElementID, _ scratch: inout Scratch, _ output: inout Output
    ) throws {
        var box = FrameBox()
        var isMissingSome = false
        for member in relations.members[relations.memberRange(relation)] {
            switch member.kind {
            case .node:
                guard let position = locator.locations.position(ofNode: member.number, hint: &scratch.hint) else {
                    isMissingSome = true
                    continue
                }
                if let point = locator.locations.point(at: position) { box.add(point) }
                output.wantedNodes.append(member.number)
            case .way:
                guard let way = ways.index(of: member.number) else {
                    isMissingSome = true
                    continue
                }
                try locator.load(way, into: &scratch.buffer)
                let (points, isLocated) = (scratch.buffer.points, scratch.buffer.isLocated)
                for index in points.indices.dropFirst() where isLocated[index - 1] && isLocated[index] {
                    box.add(points[index - 1], points[index])
                }
                output.wantedWays.append(member.number)
            case .relation:
                if relationLookup.index(of: member.number) == nil { isMissingSome = true }
            }
        }
        var draft = FeatureDraft(element: element, tagList: relations.tagLists[relation])
        draft.shape = box.isEmpty ? .none : .members
        box.apply(to: &draft)
        output.batch.add(draft)
        if box.isEmpty {
            output.problems.append(MapProblem(.noMembersPresent, element))
        } else if isMissingSome, purposes[relation] == .other {
            output.problems.append(MapProblem(.missingMembers, element))
        }
    }
}

/// What a relation's tags make of it.
enum RelationPurpose: Sendable {
    /// type=multipolygon or type=boundary: an area.
    case area
    /// type=multipolygon and nothing else that says what it is: the outer ways do (old style).
    case untaggedMultipolygon
    case other
}
