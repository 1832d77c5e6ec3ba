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

/// How a way's node ids and a relation's members are stored. Ids are differences from the one before.
package enum ReferenceCoding {
    package static func appendNodeReferences(_ references: ArraySlice<Int64>, to bytes: inout [UInt8]) {
        var previous: Int64 = 0
        for reference in references {
            bytes.appendZigzag(reference &- previous)
            previous = reference
        }
    }

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

    /// For each member varint (role string number * 4 + kind), zigzag id difference from the last member of the same kind.
    package static func appendMember(
        _ element: ElementID, role: UInt32, previous: inout (Int64, Int64, Int64), to bytes: inout [UInt8]
    ) {
        bytes.appendVarint(UInt64(role) << 2 | UInt64(element.kind.rawValue))
        switch element.kind {
        case .node:
            bytes.appendZigzag(element.number &- previous.0)
            previous.0 = element.number
        case .way:
            bytes.appendZigzag(element.number &- previous.1)
            previous.1 = element.number
        case .relation:
            bytes.appendZigzag(element.number &- previous.2)
            previous.2 = element.number
        }
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
