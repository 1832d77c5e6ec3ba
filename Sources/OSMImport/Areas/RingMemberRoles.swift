import FeatureStorage

/// `RingMemberRole` by the provisional string numbers of one import.
struct RingMemberRoles: Sendable {
    private let outer: UInt32?
    private let inner: UInt32?

    init(_ tags: TagCollector) {
        outer = tags.number(ofText: "outer")
        inner = tags.number(ofText: "inner")
    }

    subscript(number: UInt32) -> RingMemberRole { number == outer ? .outer : number == inner ? .inner : .unsaid }
}
