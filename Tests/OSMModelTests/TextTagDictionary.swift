import OSMModel

/// A dictionary that grows as texts are asked for with `number(of:)`.
struct TextTagDictionary: TagDictionary {
    private(set) var texts: [String] = []
    private var numbers: [String: UInt32] = [:]

    mutating func number(of text: String) -> UInt32 {
        if let number = numbers[text] { return number }
        numbers[text] = UInt32(texts.count)
        texts.append(text)
        return UInt32(texts.count - 1)
    }

    /// Tags as numbers; a `nil` value varies.
    mutating func code(_ tags: [(key: String, value: String?)]) -> CodedTags {
        var coded = CodedTags()
        for (key, value) in tags {
            coded.keys.append(number(of: key))
            guard let value else {
                coded.values.append(.varies)
                continue
            }
            coded.values.append(TagValueCode(integerText: value) ?? TagValueCode(string: number(of: value)))
        }
        return coded
    }

    func stringNumber(_ text: String) -> UInt32? { numbers[text] }

    func string(_ number: UInt32) -> String { Int(number) < texts.count ? texts[Int(number)] : "" }
}
