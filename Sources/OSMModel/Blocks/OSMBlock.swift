public import PlanarGeometry

/// A few thousand elements decoded together: columns, and one table of strings. Elements of a kind are in file order.
///
/// A column holds one value per element, or one per tag, node reference or member with an array of ends beside it.
/// Nothing in a block is a class, so blocks cross tasks freely.
public struct OSMBlock: Sendable {
    public var strings = StringTable()
    public var nodes = NodeColumns()
    public var ways = WayColumns()
    public var relations = RelationColumns()
    /// Elements that the file says are deleted (`visible=false`), in file order within a kind; they are in no column.
    public var deletions: [Deletion] = []
    /// The newest timestamp of an element here, in seconds since 1970, if there is any and the reader was asked for it.
    public var newestTimestamp: Int64?

    public init() {}

    public var elementCount: Int { nodes.ids.count + ways.ids.count + relations.ids.count + deletions.count }

    /// Adds an element that is deleted, behind those of its kind that are in the columns.
    public mutating func delete(_ element: ElementID) { delete(element, behind: count(of: element.kind)) }

    /// The same at an earlier place.
    public mutating func delete(_ element: ElementID, behind count: Int) {
        deletions.append(Deletion(element: element, place: count))
    }

    private func count(of kind: ElementKind) -> Int {
        switch kind {
        case .node: nodes.ids.count
        case .way: ways.ids.count
        case .relation: relations.ids.count
        }
    }
}

/// That an element is deleted, and where the file says so.
public struct Deletion: Hashable, Sendable {
    public var element: ElementID
    /// How many elements of its kind come before it that are not deleted; in a block, of that block.
    public var place: Int

    public init(element: ElementID, place: Int) {
        self.element = element
        self.place = place
    }
}

/// The tags of a column of elements. `ends` is empty when no element of the column has a tag.
public struct TagColumns: Sendable {
    /// For each element the index after its last tag.
    public var ends: [UInt32] = []
    /// String numbers.
    public var keys: [UInt32] = []
    /// String numbers.
    public var values: [UInt32] = []

    public init() {}

    /// Indexes into `keys` and `values` of one element's tags.
    @inlinable
    public func range(_ element: Int) -> Range<Int> {
        if ends.isEmpty { return 0..<0 }
        return Int(element == 0 ? 0 : ends[element - 1])..<Int(ends[element])
    }
}

public struct NodeColumns: Sendable {
    public var ids: [Int64] = []
    /// `GeoCoordinate.undefined` where the file has none or one that does not fit 32 bits.
    public var coordinates: [GeoCoordinate] = []
    public var tags = TagColumns()

    public init() {}
}

public struct WayColumns: Sendable {
    public var ids: [Int64] = []
    public var tags = TagColumns()
    /// For each way the index after its last node reference.
    public var referenceEnds: [UInt32] = []
    /// Node ids.
    public var references: [Int64] = []
    /// As long as `references` in files that write locations on ways, else empty.
    public var referenceCoordinates: [GeoCoordinate] = []

    public init() {}

    @inlinable
    public func referenceRange(_ way: Int) -> Range<Int> {
        Int(way == 0 ? 0 : referenceEnds[way - 1])..<Int(referenceEnds[way])
    }
}

public struct RelationColumns: Sendable {
    public var ids: [Int64] = []
    public var tags = TagColumns()
    /// For each relation the index after its last member.
    public var memberEnds: [UInt32] = []
    public var memberKinds: [ElementKind] = []
    public var memberIDs: [Int64] = []
    /// String numbers.
    public var memberRoles: [UInt32] = []

    public init() {}

    @inlinable
    public func memberRange(_ relation: Int) -> Range<Int> {
        Int(relation == 0 ? 0 : memberEnds[relation - 1])..<Int(memberEnds[relation])
    }
}
