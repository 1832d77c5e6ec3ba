import ByteCoding
public import OSMModel

/// Gathers the tags of all objects of an import. Strings get provisional numbers; `finish` gives the final ones.
public struct TagCollector: Sendable {
    var pool = StringPool()
    /// For each tag list the index after its last tag.
    var listEnds: [Int] = []
    var keys: [UInt32] = []
    /// Provisional string numbers, or integers.
    var values: [TagValueCode] = []
    /// Provisional number, plus one, of each string of the block at hand; zero where it has not been asked for.
    private var blockStrings: [UInt32] = []
    private var blockValues: [TagValueCode] = []

    public init() {}

    /// Starts a block, whose string numbers the next calls use.
    public mutating func beginBlock(_ strings: StringTable) {
        blockStrings.removeAll(keepingCapacity: true)
        blockStrings.append(contentsOf: repeatElement(0, count: strings.count))
        blockValues.removeAll(keepingCapacity: true)
        blockValues.append(contentsOf: repeatElement(.varies, count: strings.count))
    }

    /// The provisional number of one of the block's strings.
    public mutating func string(_ number: UInt32, of strings: StringTable) -> UInt32 {
        let known = blockStrings[Int(number)]
        if known != 0 { return known - 1 }
        let provisional = pool.number(of: strings[Int(number)])
        blockStrings[Int(number)] = provisional + 1
        return provisional
    }

    private mutating func value(_ number: UInt32, of strings: StringTable) -> TagValueCode {
        let known = blockValues[Int(number)]
        if known != .varies { return known }
        let code =
            TagValueCode(integerText: strings[Int(number)])
            ?? TagValueCode(string: string(number, of: strings))
        blockValues[Int(number)] = code
        return code
    }

    /// Adds one object's tags and returns their list number. A key that comes twice keeps its first value, and the
    /// second result is true.
    public mutating func add(
        _ range: Range<Int>, of columns: TagColumns, strings: StringTable
    ) -> (list: UInt32, hasRepeatedKey: Bool) {
        let start = keys.count
        var hasRepeatedKey = false
        // A scan is fastest for what people tag; a set keeps objects of thousands of tags from taking the square.
        var seen: Set<UInt32>? = range.count > 64 ? [] : nil
        for index in range {
            let key = string(columns.keys[index], of: strings)
            if let isNew = seen?.insert(key).inserted ?? !keys[start...].contains(key) as Bool?, !isNew {
                hasRepeatedKey = true
                continue
            }
            keys.append(key)
            values.append(value(columns.values[index], of: strings))
        }
        listEnds.append(keys.count)
        return (UInt32(listEnds.count - 1), hasRepeatedKey)
    }

    /// Adds tags given as text, as for derived records; the same arguments give a new list each time.
    public mutating func add(_ tags: [(key: String, value: String)]) -> UInt32 {
        for (key, value) in tags {
            keys.append(string(key))
            values.append(TagValueCode(integerText: value) ?? TagValueCode(string: string(value)))
        }
        listEnds.append(keys.count)
        return UInt32(listEnds.count - 1)
    }

    /// The provisional number of a text, added if it is new.
    public mutating func string(_ text: String) -> UInt32 {
        let utf8 = Array(text.utf8)
        return pool.number(of: utf8.byteSpan)
    }

    /// The provisional number of a text; `nil` when nothing uses it.
    public func number(ofText text: String) -> UInt32? {
        let utf8 = Array(text.utf8)
        return pool.knownNumber(of: utf8.byteSpan)
    }

    /// The text of a provisional number.
    public func text(ofString number: UInt32) -> String { pool.strings.string(Int(number)) }

    /// The code of a value's text; `nil` when nothing uses it.
    public func valueCode(_ text: String) -> TagValueCode? {
        TagValueCode(integerText: text) ?? number(ofText: text).map(TagValueCode.init(string:))
    }

    /// The tag at an index of a list's range.
    public func tag(at index: Int) -> (key: UInt32, value: TagValueCode) { (keys[index], values[index]) }

    /// Adds tags given by provisional numbers.
    public mutating func add(_ tags: CodedTags) -> UInt32 {
        keys += tags.keys
        values += tags.values
        listEnds.append(keys.count)
        return UInt32(listEnds.count - 1)
    }

    /// The value of a key in a list as text; `nil` when the list lacks the key.
    public func value(ofKey key: UInt32, inList list: UInt32) -> String? {
        for index in range(list) where keys[index] == key {
            if let integer = values[index].integer { return String(integer) }
            return values[index].string.map { pool.strings.string(Int($0)) }
        }
        return nil
    }

    public func value(ofKeyText key: String, inList list: UInt32) -> String? {
        number(ofText: key).flatMap { value(ofKey: $0, inList: list) }
    }

    /// Keys and values of a list, by provisional numbers.
    public func tags(ofList list: UInt32) -> CodedTags {
        CodedTags(keys: Array(keys[range(list)]), values: Array(values[range(list)]))
    }

    public func range(_ list: UInt32) -> Range<Int> { (list == 0 ? 0 : listEnds[Int(list) - 1])..<listEnds[Int(list)] }
}
