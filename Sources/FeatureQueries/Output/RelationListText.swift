import ByteCoding
import FeatureStorage
import OSMModel

/// The relations that a feature is a member of, as a JSON list:
/// `[{"id":"r9","role":"forward","type":"route","route":"bus","ref":"12"}]`.
///
/// In the order of relation ids; a relation that lists the feature twice comes twice. `id` and `role` are always there, of
/// the tags only `keys`, as strings, where the relation has them. Relations of which those are members are not there:
/// ask for theirs in turn. Relations without tags are no features and are left out.
struct RelationListText {
    static let keys = ["type", "route", "boundary", "admin_level", "network", "ref", "name", "colour"]

    private let store: FeatureStore
    private let keys: [UInt32]

    init(store: FeatureStore) {
        self.store = store
        keys = RelationListText.keys.compactMap { store.stringNumber($0) }
    }

    /// Appends the list, `[]` where there is none.
    func append(_ element: ElementID, _ tags: inout FeatureTagReader, to bytes: inout [UInt8]) throws {
        let store = store
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for membership in try store.memberships(of: element) {
            let relation = ElementID(.relation, membership.relation)
            guard let number = try store.featureNumber(of: relation) else { continue }
            bytes.appendText(isFirst ? "{\"id\":\"" : ",{\"id\":\"")
            isFirst = false
            bytes.appendElement(relation)
            bytes.appendText("\",\"role\":")
            let role = Array(membership.role.utf8)
            bytes.appendJSONString(role.byteSpan)
            let all = try tags.tags(of: try store.feature(number))
            var listed = CodedTags()
            for key in keys {
                guard let place = all.index(ofKey: key) else { continue }
                listed.keys.append(key)
                listed.values.append(all.values[place])
            }
            if listed.count > 0 {
                bytes.append(UInt8(ascii: ","))
                bytes.appendJSONMembers(listed, of: store)
            }
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(UInt8(ascii: "]"))
    }
}
