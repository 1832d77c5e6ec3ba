import ByteCoding
public import OSMModel

/// All tags of an import in their final numbering: strings, distinct tag sets, and for each object its set and the values
/// that its set leaves open.
///
/// A key whose values differ too much from object to object (names, addresses, identifiers) is *varying*: sets hold the
/// key, and each object the value. Otherwise nearly every object would have a set of its own.
///
/// Strings and sets are numbered by use, most used first, then by bytes, so small numbers are common and the numbering
/// depends on nothing else.
public struct TagTable: TagDictionary, Sendable {
    /// Keys with more distinct values than this become varying.
    static let distinctValueLimit = 48

    public let strings: StringTable
    /// String numbers sorted by bytes.
    let stringOrder: [UInt32]
    public let sets: [CodedTags]
    /// For each tag list its set.
    public let setOfList: [UInt32]
    /// For each tag list the index after its last varying value in `varyingValues`.
    let varyingEnds: [Int]
    let varyingValues: [TagValueCode]
    /// Final number of each provisional string; roles need it.
    public let finalStringNumber: [UInt32]

    public func varyingValues(ofList list: UInt32) -> ArraySlice<TagValueCode> {
        varyingValues[(list == 0 ? 0 : varyingEnds[Int(list) - 1])..<varyingEnds[Int(list)]]
    }

    public func string(_ number: UInt32) -> String {
        Int(number) < strings.count ? strings.string(Int(number)) : ""
    }

    public func stringNumber(_ text: String) -> UInt32? {
        let utf8 = Array(text.utf8)
        var low = 0
        var high = stringOrder.count
        while low < high {
            let middle = (low + high) / 2
            if strings[Int(stringOrder[middle])].precedes(utf8.byteSpan) { low = middle + 1 } else { high = middle }
        }
        guard low < stringOrder.count, strings[Int(stringOrder[low])].hasSameBytes(as: utf8.byteSpan) else {
            return nil
        }
        return stringOrder[low]
    }

    /// The tags of one list, values filled in.
    public func tags(ofList list: UInt32) -> CodedTags {
        sets[Int(setOfList[Int(list)])].filled(with: varyingValues(ofList: list))
    }
}

extension CodedTags {
    /// The set with its varying places filled, in order.
    package func filled(with varying: some Sequence<TagValueCode>) -> CodedTags {
        var result = self
        var next = varying.makeIterator()
        for index in values.indices where values[index] == .varies {
            result.values[index] = next.next() ?? TagValueCode(string: .max)
        }
        return result
    }

    /// How many values the objects of this set keep for themselves.
    public var varyingCount: Int { values.reduce(0) { $0 + ($1 == .varies ? 1 : 0) } }
}

extension RawSpan {
    /// Whether these bytes come before the others in byte order.
    package func precedes(_ other: RawSpan) -> Bool {
        let common = Swift.min(byteCount, other.byteCount)
        for index in 0..<common {
            // Safe: the index is below both counts.
            let left = unsafe unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
            let right = unsafe other.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
            if left != right { return left < right }
        }
        return byteCount < other.byteCount
    }
}
