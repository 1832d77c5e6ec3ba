package import ByteCoding
public import OSMModel

/// A relation's member.
public struct RelationMember: Hashable, Sendable {
    public var element: ElementID
    public var role: String

    public init(element: ElementID, role: String) {
        self.element = element
        self.role = role
    }
}

/// Encodes the members of one relation: for each varint (role string number * 4 + kind), then the id as zigzag difference from
/// the last member of the same kind.
public struct MemberEncoder {
    public private(set) var bytes: [UInt8] = []
    private var previous: [Int64] = [0, 0, 0]

    public init() {}

    public mutating func append(_ element: ElementID, role: UInt32) {
        let kind = Int(element.kind.rawValue)
        bytes.appendVarint(UInt64(role) << 2 | UInt64(kind))
        bytes.appendZigzag(element.number &- previous[kind])
        previous[kind] = element.number
    }
}

/// How a way's node ids (zigzag differences from the one before) and a relation's members are read.
package enum ReferenceCoding {
    package static func nodeReferences(_ bytes: RawSpan) throws(ByteCodingError) -> [Int64] {
        var cursor = ByteCursor(bytes)
        var references: [Int64] = []
        var previous: Int64 = 0
        while !cursor.isAtEnd {
            previous = previous &+ (try cursor.zigzag())
            references.append(previous)
        }
        return references
    }

    package static func members(
        _ bytes: RawSpan, _ body: (ElementID, _ role: UInt32) throws(ByteCodingError) -> Void
    ) throws(ByteCodingError) {
        var cursor = ByteCursor(bytes)
        var previous: [Int64] = [0, 0, 0]
        while !cursor.isAtEnd {
            let head = try cursor.varint()
            guard let kind = ElementKind(rawValue: UInt8(head & 3)) else {
                throw .truncated(offset: cursor.offset, count: 0, available: cursor.remaining)
            }
            previous[Int(kind.rawValue)] = previous[Int(kind.rawValue)] &+ (try cursor.zigzag())
            try body(ElementID(kind, previous[Int(kind.rawValue)]), UInt32(truncatingIfNeeded: head >> 2))
        }
    }
}
