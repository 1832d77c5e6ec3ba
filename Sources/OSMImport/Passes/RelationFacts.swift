import FeatureStorage
import OSMModel
import TileSchemas

/// What relations are for, read from their tags before any geometry is made.
struct RelationFacts {
    var purposes: [RelationPurpose] = []
    /// By the tag `type` alone.
    var kinds: [RelationKind] = []
    /// Roles of stops (`RelationKind.isStop`), by provisional string number.
    let stopRoles: Set<UInt32>
    /// Of the role `label`; `nil` when no member has it.
    let labelRole: UInt32?
    /// What boundary relations claim of the ways they reach, by way id.
    private(set) var claims: [Int64: DerivedBoundary.Claim] = [:]

    /// Keys that do not say what an object is (libosmium's legacy assembler ignores the same ones).
    private static let silentKeys = ["type", "created_by", "source", "note"]
    /// Roles by which a member relation is a stretch of the border. Those that are areas within have `subarea`, and their
    /// borders are not the border.
    private static let borderRoles = ["outer", "inner"]

    init(_ relations: CollectedRelations, _ lookup: ElementLookup, _ tags: inout TagCollector) {
        let typeKey = tags.string("type")
        let silent = Set(RelationFacts.silentKeys.map { tags.string($0) })
        var claiming: [(relation: Int, claim: DerivedBoundary.Claim)] = []
        for relation in relations.ids.indices {
            let list = relations.tagLists[relation]
            let type = list == .max ? nil : tags.value(ofKey: typeKey, inList: list)
            kinds.append(RelationKind(type: type))
            guard kinds[relation] == .area else {
                purposes.append(.other)
                continue
            }
            let isUntagged = tags.tags(ofList: list).keys.allSatisfy(silent.contains)
            purposes.append(isUntagged && type == "multipolygon" ? .untaggedMultipolygon : .area)
            if let claim = DerivedBoundary.claim(ofRelation: { tags.value(ofKeyText: $0, inList: list) }) {
                claiming.append((relation, claim))
            }
        }
        stopRoles = Set(relations.roles).filter { RelationKind.isStop(role: tags.text(ofString: $0)) }
        labelRole = tags.number(ofText: "label")
        let borderRoles = Set(RelationFacts.borderRoles.compactMap { tags.number(ofText: $0) })
        spread(claiming, relations, lookup, borderRoles)
    }

    /// Gives every claim to the ways of its relation and of the member relations that are stretches of the border, at any
    /// depth. A relation is looked at again only when its claim has grown, which happens a few dozen times at most.
    private mutating func spread(
        _ claiming: [(relation: Int, claim: DerivedBoundary.Claim)], _ relations: CollectedRelations,
        _ lookup: ElementLookup, _ borderRoles: Set<UInt32>
    ) {
        var ofRelation: [Int: DerivedBoundary.Claim] = [:]
        var waiting: [Int] = []
        func add(_ claim: DerivedBoundary.Claim, to relation: Int) {
            var merged = ofRelation[relation] ?? DerivedBoundary.Claim()
            merged.merge(claim)
            if ofRelation.updateValue(merged, forKey: relation) != merged { waiting.append(relation) }
        }
        for (relation, claim) in claiming { add(claim, to: relation) }
        while let relation = waiting.popLast() {
            guard let claim = ofRelation[relation] else { continue }
            for index in relations.memberRange(relation) {
                let member = relations.members[index]
                if member.kind == .way {
                    claims[member.number, default: DerivedBoundary.Claim()].merge(claim)
                } else if member.kind == .relation, borderRoles.contains(relations.roles[index]),
                    let child = lookup.index(of: member.number)
                {
                    add(claim, to: child)
                }
            }
        }
    }

    /// Tag lists for the border records of ways, by way id.
    func derivedLists(
        _ ways: CollectedWays, _ lookup: ElementLookup, _ tags: inout TagCollector
    ) -> [Int64: UInt32] {
        var lists: [Int64: UInt32] = [:]
        for (id, claim) in claims.sorted(by: { $0.key < $1.key }) {
            guard let way = lookup.index(of: id) else { continue }
            let list = ways.tagLists[way]
            let wayTags = DerivedBoundary.tags(
                ofWay: { list == .max ? nil : tags.value(ofKeyText: $0, inList: list) }, claim: claim)
            if let wayTags { lists[id] = tags.add(wayTags) }
        }
        return lists
    }
}
