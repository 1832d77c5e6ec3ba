import FeatureStorage
import PlanarGeometry

/// The box of a geometry that is made of others: grows by points, segments and other boxes.
struct MemberBox: Sendable {
    private var box: WorldBox?

    var isEmpty: Bool { box == nil }

    mutating func add(_ point: WorldPoint) {
        if box == nil { box = WorldBox(point) } else { box?.extend(by: point) }
    }

    /// Adds a segment.
    mutating func add(_ a: WorldPoint, _ b: WorldPoint) {
        add(a)
        add(b)
    }

    mutating func unite(_ other: MemberBox) {
        guard let otherBox = other.box else { return }
        if box == nil { box = otherBox } else { box?.extend(by: otherBox) }
    }

    /// Gives a draft its box.
    func apply(to draft: inout FeatureDraft) { draft.box = box }
}
