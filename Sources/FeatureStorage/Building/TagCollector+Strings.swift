public import OSMModel

extension TagCollector {
    /// How many distinct strings were collected: keys, values that are no integers, and roles.
    public var stringCount: Int { pool.count }

    /// Calls `body` with each distinct string and its provisional number, ascending.
    public func forEachString(_ body: (_ number: UInt32, _ text: RawSpan) -> Void) {
        for number in 0..<pool.count { body(UInt32(number), pool.strings[number]) }
    }

    /// The text of a value; empty for a value that varies.
    public func text(_ value: TagValueCode) -> String {
        if let integer = value.integer { return String(integer) }
        return value.string.map { text(ofString: $0) } ?? ""
    }
}
