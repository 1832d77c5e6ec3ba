import FeatureStorage
import OSMModel

/// Whether a tag list makes a closed way an area, by `AreaRule` in provisional string numbers.
struct AreaLists: Sendable {
    private let tags: TagCollector
    private let keys: [UInt32: String]

    init(_ tags: TagCollector) {
        self.tags = tags
        var keys: [UInt32: String] = [:]
        for key in AreaRule.keys { if let number = tags.number(ofText: key) { keys[number] = key } }
        self.keys = keys
    }

    func isArea(_ list: UInt32) -> Bool {
        let found = tags.tags(ofList: list)
        // Most tags say nothing about areas; texts are made for those that do.
        var values: [String: String] = [:]
        for key in found.keys { if let text = keys[key] { values[text] = tags.value(ofKey: key, inList: list) } }
        return !values.isEmpty && AreaRule.isArea { values[$0] }
    }
}
