/// The union of many polygons of one tile.
///
/// The same area as `PolygonRepair` makes of all of them together, in the same form, but polygons whose boxes share no point
/// with those of others, directly or through further ones, are repaired on their own: of a land cover most are.
///
/// **Cost.** A sweep over the polygons' boxes, and what `PolygonRepair` costs for each group.
public struct PolygonUnion: Sendable {
    private var repair = RingRepair<TileRepairGrid>()
    private var sweep = BoxSweep<TileRepairGrid>()
    /// For each polygon its rings.
    private var polygons: [Range<Int>] = []
    private var boxes: [(low: TilePoint, high: TilePoint)] = []
    /// For each polygon one of its group that comes no later; its own number for the first.
    private var parents: [Int32] = []
    /// For each polygon the next of its group, -1 at the end.
    private var following: [Int32] = []
    /// For the first polygon of each group the last.
    private var last: [Int32] = []
    private var group = TilePolygonPath()

    public init() {}

    /// Appends the union to `destination`, groups in the order of their first polygons.
    public mutating func unite(_ source: TilePolygonPath, into destination: inout TilePath) {
        findPolygons(source)
        findGroups()
        for number in polygons.indices where parents[number] == Int32(number) {
            group.removeAll()
            var member = number
            while member >= 0 {
                for ring in polygons[member] {
                    group.rings.points += source.rings.points[source.rings.partRange(ring)]
                    group.endRing(source.roles[ring])
                }
                member = Int(following[member])
            }
            repair.clean(group.rings.points, group.rings.partEnds) { group.roles[$0] }
            _ = repair.run(into: &destination.points, &destination.partEnds)
        }
    }

    private mutating func findPolygons(_ source: TilePolygonPath) {
        polygons.removeAll(keepingCapacity: true)
        boxes.removeAll(keepingCapacity: true)
        for ring in 0..<source.ringCount {
            let points = source.rings.points[source.rings.partRange(ring)]
            if source.roles[ring] == .exterior {
                polygons.append(ring..<ring + 1)
                boxes.append((TilePoint(x: .max, y: .max), TilePoint(x: .min, y: .min)))
            } else if let polygon = polygons.indices.last {
                polygons[polygon] = polygons[polygon].lowerBound..<ring + 1
            }
            // Interiors may stick out of damaged polygons. Those before the first exterior cover nothing.
            if let polygon = polygons.indices.last { PolygonUnion.grow(&boxes[polygon], around: points) }
        }
    }

    private static func grow(_ box: inout (low: TilePoint, high: TilePoint), around ring: ArraySlice<TilePoint>) {
        for point in ring {
            let point = TileRepairGrid.clamped(point)
            box.low = TilePoint(x: min(box.low.x, point.x), y: min(box.low.y, point.y))
            box.high = TilePoint(x: max(box.high.x, point.x), y: max(box.high.y, point.y))
        }
    }

    private mutating func findGroups() {
        // Taken out, for the sweep runs in this value.
        var parents: [Int32] = []
        swap(&parents, &self.parents)
        defer { swap(&parents, &self.parents) }
        parents.removeAll(keepingCapacity: true)
        for polygon in polygons.indices { parents.append(Int32(truncatingIfNeeded: polygon)) }
        sweep.removeAll()
        sweep.append(polygons.indices) { (boxes[$0].low, boxes[$0].high) }
        _ = sweep.forEachOverlap { first, second in
            let one = PolygonUnion.founder(of: first, &parents)
            let other = PolygonUnion.founder(of: second, &parents)
            parents[max(one, other)] = Int32(truncatingIfNeeded: min(one, other))
            return false
        }
        following.removeAll(keepingCapacity: true)
        following.append(contentsOf: repeatElement(-1, count: polygons.count))
        last.removeAll(keepingCapacity: true)
        for polygon in polygons.indices {
            last.append(Int32(truncatingIfNeeded: polygon))
            let founder = PolygonUnion.founder(of: polygon, &parents)
            if founder == polygon { continue }
            following[Int(last[founder])] = Int32(truncatingIfNeeded: polygon)
            last[founder] = Int32(truncatingIfNeeded: polygon)
        }
    }

    /// The first polygon of a polygon's group, as far as groups are known.
    private static func founder(of polygon: Int, _ parents: inout [Int32]) -> Int {
        var number = polygon
        while Int(parents[number]) != number {
            parents[number] = parents[Int(parents[number])]
            number = Int(parents[number])
        }
        return number
    }
}
