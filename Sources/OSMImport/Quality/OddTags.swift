import ByteCoding
import FeatureStorage
import OSMModel

/// Finds tags that break rendering or reading, see `TagValueRule` and `TagText`.
///
/// Each distinct string is judged once, and each distinct value of a key with a rule once; a tag costs two look-ups in an
/// array.
struct OddTags {
    private(set) var problems: [MapProblem] = []
    private let tags: TagCollector
    /// By string number: for keys with a rule its index plus one, and the flags below.
    private var marks: [UInt8]
    private var verdicts: [Judged: Bool] = [:]
    private let boundaryKey: UInt32?

    private struct Judged: Hashable {
        var rule: UInt8
        var value: TagValueCode
    }

    /// Texts with a fault of `TagText`, and those of which a line break is the only one.
    private static let untidy: UInt8 = 0x80
    private static let broken: UInt8 = 0x40
    /// Keys of free text.
    private static let freeText: UInt8 = 0x20
    private static let rule: UInt8 = 0x1f
    /// Longer values are cut in reports.
    private static let shownCharacters = 80

    init(_ tags: TagCollector) {
        self.tags = tags
        var marks = [UInt8](repeating: 0, count: tags.stringCount)
        tags.forEachString { number, text in
            switch TagText.fault(text) {
            case nil: if TagText.isFreeTextKey(text) { marks[Int(number)] = Self.freeText }
            case .lineBreak: marks[Int(number)] = Self.broken
            case .blankAtEnd, .controlCharacter: marks[Int(number)] = Self.untidy
            }
        }
        for (index, rule) in TagValueRule.table.enumerated() {
            if let number = tags.number(ofText: rule.key) { marks[Int(number)] |= UInt8(index + 1) }
        }
        self.marks = marks
        boundaryKey = tags.number(ofText: "boundary")
    }

    /// Adds what is odd about the tags of one object.
    mutating func check(_ element: ElementID, _ list: UInt32) {
        for index in tags.range(list) {
            let (key, value) = tags.tag(at: index)
            let keyMark = marks[Int(key)]
            let valueMark = value.string.map { marks[Int($0)] & (Self.untidy | Self.broken) } ?? 0
            if keyMark | valueMark == 0 { continue }
            let reason: String
            if let fault = fault(key, keyMark) {
                reason = "key \(fault)"
            } else if keyMark & Self.freeText == 0 || valueMark & Self.untidy != 0,
                let fault = value.string.flatMap({ self.fault($0, valueMark) })
            {
                reason = "value \(fault)"
            } else if isOdd(keyMark & Self.rule, value, list) {
                reason = ""
            } else {
                continue
            }
            let tag = "\(shortened(tags.text(ofString: key)))=\(shortened(tags.text(value)))"
            problems.append(MapProblem(.oddTag, element, detail: reason.isEmpty ? tag : "\(tag) (\(reason))"))
        }
    }

    /// What a text suffers from, in words; worked out again, for few do.
    private func fault(_ string: UInt32, _ mark: UInt8) -> String? {
        guard mark & (Self.untidy | Self.broken) != 0 else { return nil }
        return TagText.fault(Array(tags.text(ofString: string).utf8).byteSpan)?.rawValue
    }

    /// `rule` is an index plus one; zero for keys without a rule.
    private mutating func isOdd(_ rule: UInt8, _ value: TagValueCode, _ list: UInt32) -> Bool {
        if rule == 0 { return false }
        let entry = TagValueRule.table[Int(rule) - 1]
        let judged = Judged(rule: rule, value: value)
        let isOdd: Bool
        if let known = verdicts[judged] {
            isOdd = known
        } else {
            isOdd = !entry.accepts(tags.text(value))
            verdicts[judged] = isOdd
        }
        if !isOdd { return false }
        return !entry.isForBoundaries || hasBoundary(list)
    }

    private func hasBoundary(_ list: UInt32) -> Bool {
        boundaryKey.map { key in tags.range(list).contains { tags.tag(at: $0).key == key } } ?? false
    }

    private func shortened(_ text: String) -> String {
        text.count > Self.shownCharacters ? text.prefix(Self.shownCharacters) + "…" : text
    }
}
