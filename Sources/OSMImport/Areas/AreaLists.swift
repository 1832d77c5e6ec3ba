import FeatureStorage
import OSMModel

/// `AreaRule`, and a user's rules, in the provisional numbers of one import: whether a tag list makes a closed way an area, by
/// comparing integers.
struct AreaLists: Sendable {
    /// Which values of a key make an area.
    private struct TableEntry {
        var isListed: Set<TagValueCode>
        /// Whether the listed values are the ones that do, or the ones that do not.
        var listMakesArea: Bool
    }

    private let tags: TagCollector
    private let table: [UInt32: TableEntry]
    /// The user's rules, the last one first.
    private let rules: [(makesArea: Bool, filter: BoundTagFilter)]
    private let areaKey: UInt32?
    private let yes: Set<TagValueCode>
    private let no: TagValueCode?

    init(_ tags: TagCollector, rules: AreaRules? = nil) {
        self.tags = tags
        var table: [UInt32: TableEntry] = [:]
        for (key, values) in AreaRule.table {
            guard let number = tags.number(ofText: key) else { continue }
            switch values {
            case .any: table[number] = TableEntry(isListed: [], listMakesArea: false)
            case .only(let allowed):
                table[number] = TableEntry(isListed: Set(allowed.compactMap(tags.valueCode)), listMakesArea: true)
            case .allBut(let excluded):
                table[number] = TableEntry(isListed: Set(excluded.compactMap(tags.valueCode)), listMakesArea: false)
            }
        }
        self.table = table
        self.rules = (rules?.rules ?? []).reversed().map { ($0.makesArea, $0.filter.bind(to: tags)) }
            .filter { $0.1.constantAnswer != false }
        areaKey = tags.number(ofText: "area")
        yes = Set(["yes", "1", "true"].compactMap(tags.valueCode))
        no = tags.valueCode("no")
    }

    /// Whether the tags say so in as many words: `area=yes`.
    func saysArea(_ list: UInt32) -> Bool { word(list) == true }

    func isArea(_ list: UInt32) -> Bool {
        if let word = word(list) { return word }
        if !rules.isEmpty {
            let coded = tags.tags(ofList: list)
            if let rule = rules.first(where: { $0.filter.evaluate(coded) == .yes }) { return rule.makesArea }
        }
        for index in tags.range(list) {
            let (key, value) = tags.tag(at: index)
            guard value != no, let entry = table[key] else { continue }
            if entry.isListed.contains(value) == entry.listMakesArea { return true }
        }
        return false
    }

    /// What the tag `area` says; `nil` without it, or where it says something else.
    private func word(_ list: UInt32) -> Bool? {
        guard let areaKey else { return nil }
        for index in tags.range(list) {
            let (key, value) = tags.tag(at: index)
            if key == areaKey { return yes.contains(value) ? true : value == no ? false : nil }
        }
        return nil
    }
}
