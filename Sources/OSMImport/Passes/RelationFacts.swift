import FeatureStorage
import OSMModel
import TileSchemas

/// What relations are for, read from their tags before any geometry is made.
struct RelationFacts {
    var purposes: [RelationPurpose] = []
    /// Claims of boundary relations on their member ways.
    var claims: [Int64: [DerivedBoundary.Claim]] = [:]

    /// Keys that do not say what an object is (libosmium's legacy assembler ignores the same ones).
    private static let silentKeys = ["type", "created_by", "source", "note"]

    init(_ relations: CollectedRelations, _ tags: inout TagCollector) {
        let typeKey = tags.string("type")
        let silent = Set(RelationFacts.silentKeys.map { tags.string($0) })
        for relation in relations.ids.indices {
            let list = relations.tagLists[relation]
            guard list != .max, let type = tags.value(ofKey: typeKey, inList: list) else {
                purposes.append(.other)
                continue
            }
            let isUntagged = tags.tags(ofList: list).keys.allSatisfy(silent.contains)
            switch type {
            case "multipolygon": purposes.append(isUntagged ? .untaggedMultipolygon : .area)
            case "boundary": purposes.append(.area)
            default: purposes.append(.other)
            }
            guard type == "boundary" else { continue }
            guard let claim = DerivedBoundary.claim(ofRelation: { tags.value(ofKeyText: $0, inList: list) }) else {
                continue
            }
            for member in relations.members[relations.memberRange(relation)] where member.kind == .way {
                claims[member.number, default: []].append(claim)
            }
        }
    }

    /// Tag lists for the border records of ways, by way id.
    func derivedLists(
        _ ways: CollectedWays, _ lookup: ElementLookup, _ tags: inout TagCollector
    ) -> [Int64: UInt32] {
        var derived: [(way: Int64, tags: [(key: String, value: String)])] = []
        for (id, claims) in claims.sorted(by: { $0.key < $1.key }) {
            guard let way = lookup.index(of: id) else { continue }
            let list = ways.tagLists[way]
            let wayTags = DerivedBoundary.tags(
                ofWay: { list == .max ? nil : tags.value(ofKeyText: $0, inList: list) }, claims: claims)
            if let wayTags { derived.append((id, wayTags)) }
        }
        var lists: [Int64: UInt32] = [:]
        for (way, wayTags) in derived { lists[way] = tags.add(wayTags) }
        return lists
    }
}
