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
    let areaRoles: RingMemberRoles
    /// Relations that are among the members, at any depth, of one that shows its members.
    let reached: BitSet
    /// Roles by provisional string number.
    let stopRoles: Set<UInt32>
    /// Of the role `label`; `nil` when no member has it.
    let labelRole: UInt32?

    static let chunkSize = 64

    /// What a task made of some relations.
    struct Output: Sendable {
        var batch = FeatureDraftBatch()
        var problems: [MapProblem] = []
        /// Members, tagged or not, that relations use.
        var usedNodes: [Int64] = []
        var usedWays: [Int64] = []
        var usedRelations: [Int64] = []
        /// Of relations that show their members, and of those that they reach.
        var summaries: [MemberSummary] = []
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
            try add(relation, &scratch, &output)
        }
        return output
    }

    private func add(_ relation: Int, _ scratch: inout Scratch, _ output: inout Output) throws {
        let isTagged = relations.tagLists[relation] != .max
        var isArea = false
        if isTagged, purposes[relation] != .other {
            let place = output.batch.drafts.count
            isArea = try addArea(relation, ElementID(.relation, relations.ids[relation]), &scratch, &output)
            if isArea { setLabelPoint(ofDraft: place, relation, &scratch, &output) }
        }
        let isShown = isTagged && !isArea || !isTagged && reached.contains(relation)
        if isShown || reached.contains(relation) {
            try summarise(relation, isShown: isShown, &scratch, &output)
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
