import FeatureStorage
import OSMModel

/// `AreaRule` in the provisional numbers of one import: whether a tag list makes a closed way an area, by comparing integers.
struct AreaLists: Sendable {
    /// Which values of a key make an area.
    private struct Rule {
        var isListed: Set<TagValueCode>
        /// Whether the listed values are the ones that do, or the ones that do not.
        var listMakesArea: Bool
    }

    private let tags: TagCollector
    private let rules: [UInt32: Rule]
    private let areaKey: UInt32?
    private let yes: Set<TagValueCode>
    private let no: TagValueCode?

    init(_ tags: TagCollector) {
        self.tags = tags
        var rules: [UInt32: Rule] = [:]
        for (key, values) in AreaRule.table {
            guard let number = tags.number(ofText: key) else { continue }
            switch values {
            case .any: rules[number] = Rule(isListed: [], listMakesArea: false)
            case .only(let allowed):
                rules[number] = Rule(isListed: Set(allowed.compactMap(tags.valueCode)), listMakesArea: true)
            case .allBut(let excluded):
                rules[number] = Rule(isListed: Set(excluded.compactMap(tags.valueCode)), listMakesArea: false)
            }
        }
        self.rules = rules
        areaKey = tags.number(ofText: "area")
        yes = Set(["yes", "1", "true"].compactMap(tags.valueCode))
        no = tags.valueCode("no")
    }

    func isArea(_ list: UInt32) -> Bool {
        var isArea = false
        for index in tags.range(list) {
            let (key, value) = tags.tag(at: index)
            if key == areaKey {
                if yes.contains(value) { return true }
                if value == no { return false }
            }
            guard value != no, let rule = rules[key] else { continue }
            isArea = isArea || rule.isListed.contains(value) == rule.listMakesArea
        }
        return isArea
    }
}
