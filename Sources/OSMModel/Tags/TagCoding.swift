/// A tag's value as a number: a string's number in the dictionary times two, or a decimal integer times two plus one.
///
/// Canonical decimal integers (no sign, no leading zero, below 2^48) are never put into the dictionary of strings: house
/// numbers, references and building numbers would make most of it.
@frozen
public struct TagValueCode: Hashable, Comparable, Sendable {
    public var rawValue: UInt64

    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
    @inlinable public init(string: UInt32) { rawValue = UInt64(string) << 1 }

    /// A place in a tag set whose value each object keeps for itself.
    public static let varies = TagValueCode(rawValue: .max)

    @inlinable public var isInteger: Bool { rawValue & 1 == 1 && rawValue != .max }
    @inlinable public var integer: UInt64? { isInteger ? rawValue >> 1 : nil }
    @inlinable public var string: UInt32? { rawValue & 1 == 0 ? UInt32(truncatingIfNeeded: rawValue >> 1) : nil }

    /// The code of text that is a canonical decimal integer below 2^48; `nil` for other text.
    public init?(integerText text: RawSpan) {
        guard text.byteCount > 0, text.byteCount <= 15 else { return nil }
        var value: UInt64 = 0
        for index in 0..<text.byteCount {
            // Safe: the index is inside.
            let byte = unsafe text.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            if byte == 0x30, index == 0, text.byteCount > 1 { return nil }
            value = value * 10 + UInt64(byte - 0x30)
        }
        guard value < 1 << 48 else { return nil }
        rawValue = value << 1 | 1
    }

    @inlinable
    public static func < (left: TagValueCode, right: TagValueCode) -> Bool { left.rawValue < right.rawValue }
}

/// Keys and values as numbers, for one store or one run. Keys and values share one numbering of strings.
public protocol TagDictionary: Sendable {
    /// The number of a string; `nil` when no tag uses it, so nothing can match it.
    func stringNumber(_ text: String) -> UInt32?
    /// The text of a string's number; empty for a number that does not exist.
    func string(_ number: UInt32) -> String
}

extension TagDictionary {
    /// The code of a value; `nil` when no tag has it.
    public func valueCode(_ text: String) -> TagValueCode? {
        if let integer = TagValueCode(integerText: text) { return integer }
        return stringNumber(text).map(TagValueCode.init(string:))
    }

    public func valueText(_ code: TagValueCode) -> String {
        if let integer = code.integer { return String(integer) }
        return code.string.map(string) ?? ""
    }
}

extension TagValueCode {
    public init?(integerText text: String) {
        let bytes = Array(text.utf8)
        self.init(integerText: unsafe bytes.span.bytes)
    }
}

/// The tags of one object, or of a set of objects, as numbers. Keys are distinct and in the order of the OSM file.
public struct CodedTags: Hashable, Sendable {
    /// String numbers.
    public var keys: [UInt32]
    /// As many as keys; `TagValueCode.varies` where the objects of a set differ.
    public var values: [TagValueCode]

    public init(keys: [UInt32] = [], values: [TagValueCode] = []) {
        self.keys = keys
        self.values = values
    }

    @inlinable public var count: Int { keys.count }

    /// Index of a key. Sets are short, so a scan beats any table.
    @inlinable
    public func index(ofKey key: UInt32) -> Int? {
        var index = 0
        while index < keys.count {
            if keys[index] == key { return index }
            index &+= 1
        }
        return nil
    }
}
