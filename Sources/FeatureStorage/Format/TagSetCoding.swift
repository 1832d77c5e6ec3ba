import ByteCoding
import OSMModel

/// A tag set as stored: for each tag varint key string number, varint value code plus one; 0 for a varying value.
enum TagSetCoding {
    static func encode(_ set: CodedTags) -> [UInt8] {
        var bytes: [UInt8] = []
        for (key, value) in zip(set.keys, set.values) {
            bytes.appendVarint(UInt64(key))
            bytes.appendVarint(value == .varies ? 0 : value.rawValue + 1)
        }
        return bytes
    }

    static func decode(_ bytes: RawSpan) throws(ByteCodingError) -> CodedTags {
        var cursor = ByteCursor(bytes)
        var set = CodedTags()
        while !cursor.isAtEnd {
            set.keys.append(UInt32(truncatingIfNeeded: try cursor.varint()))
            set.values.append(TagValueCode(rawValue: try cursor.varint() &- 1))
        }
        return set
    }
}
