/// Whether rings are valid polygons (OGC 06-103r4 section 6.1.11), exactly, on the world grid.
public enum PolygonValidity {
    /// The first place, by x and then y, that keeps the rings from being valid polygons; `nil` if they are.
    ///
    /// Rings are as in `WorldPolygonRepair`. Rings of one set may touch in points, as long as their insides stay in one piece
    /// and do not overlap; a ring may not touch itself. Costs one sweep, and a repair where rings touch.
    public static func fault(
        points: [WorldPoint], partEnds: [Int], isExterior: [Bool], scratch: inout WorldPolygonRepairScratch
    ) -> RingContact? {
        let contacts = WorldPolygonRepair.contacts(
            points: points, partEnds: partEnds, isExterior: isExterior, limit: contactLimit, scratch: &scratch)
        guard let first = contacts.first else { return nil }
        let isBad = { (contact: RingContact) in
            contact.kind > .vertexOnEdge || contact.firstRing == contact.secondRing
        }
        if let bad = contacts.first(where: isBad) { return bad }
        if contacts.count == contactLimit { return first }
        // Rings that only touch: taken together they must be what they were, ring for ring.
        let (_, geometry) = WorldPolygonRepair.repair(
            points: points, partEnds: partEnds, isExterior: isExterior, scratch: &scratch)
        guard exteriorCount(geometry.points, geometry.partEnds) == isExterior.count(where: \.self),
            area(geometry.points, geometry.partEnds) == statedArea(points, partEnds, isExterior)
        else { return first }
        return nil
    }

    /// With more places than this where rings touch, nobody needs to know whether it is still allowed.
    private static let contactLimit = 1000

    private static func exteriorCount(_ points: [WorldPoint], _ partEnds: [Int]) -> Int {
        var start = 0
        return partEnds.count { end in
            defer { start = end }
            return RingArea.doubled(points, start..<end) > 0
        }
    }

    private static func area(_ points: [WorldPoint], _ partEnds: [Int]) -> Int128 {
        var start = 0
        var sum: Int128 = 0
        for end in partEnds {
            sum += Int128(RingArea.doubled(points, start..<end))
            start = end
        }
        return sum
    }

    /// Exteriors less interiors, whatever their direction.
    private static func statedArea(_ points: [WorldPoint], _ partEnds: [Int], _ isExterior: [Bool]) -> Int128 {
        var start = 0
        var sum: Int128 = 0
        for (ring, end) in partEnds.enumerated() {
            let area = Int128(RingArea.doubled(points, start..<end).magnitude)
            sum += isExterior[ring] ? area : -area
            start = end
        }
        return sum
    }
}
