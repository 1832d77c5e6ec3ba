/// How two segments meet.
public enum SegmentRelation: Sendable {
    case disjoint
    /// They share one point that is inside both.
    case crossing
    /// They share one point that is an end of at least one of them.
    case touching
    /// They lie on one line and share more than a point.
    case overlapping
}

/// Exact tests on segments with integer ends, in any of the integer coordinate spaces. Constant cost.
public enum SegmentIntersection {
    /// The side of the line a-b on which `c` lies: 1 where a, b, c make a positive area (y down: to the right of the
    /// direction of travel), -1 on the other side, 0 on the line. Exact for all coordinates of the point types.
    @inlinable
    public static func orientation<Point: PlanarPoint>(_ a: Point, _ b: Point, _ c: Point) -> Int {
        let left = (b.wideX &- a.wideX).multipliedFullWidth(by: c.wideY &- a.wideY)
        let right = (b.wideY &- a.wideY).multipliedFullWidth(by: c.wideX &- a.wideX)
        if left.high != right.high { return left.high > right.high ? 1 : -1 }
        return left.low == right.low ? 0 : left.low > right.low ? 1 : -1
    }

    /// A segment whose ends are equal counts as a point and can only touch.
    public static func relation<Point: PlanarPoint>(_ a: Point, _ b: Point, _ c: Point, _ d: Point)
        -> SegmentRelation
    {
        guard
            max(a.wideX, b.wideX) >= min(c.wideX, d.wideX), max(c.wideX, d.wideX) >= min(a.wideX, b.wideX),
            max(a.wideY, b.wideY) >= min(c.wideY, d.wideY), max(c.wideY, d.wideY) >= min(a.wideY, b.wideY)
        else { return .disjoint }
        let sideOfC = orientation(a, b, c)
        let sideOfD = orientation(a, b, d)
        let sideOfA = orientation(c, d, a)
        let sideOfB = orientation(c, d, b)
        if sideOfC * sideOfD > 0 || sideOfA * sideOfB > 0 { return .disjoint }
        if sideOfC * sideOfD < 0, sideOfA * sideOfB < 0 { return .crossing }
        guard sideOfA == 0, sideOfB == 0, sideOfC == 0, sideOfD == 0 else { return .touching }
        // On one line with overlapping boxes: they share a point, or a stretch if both boxes share one along an axis.
        let sharesX =
            min(max(a.wideX, b.wideX), max(c.wideX, d.wideX)) > max(min(a.wideX, b.wideX), min(c.wideX, d.wideX))
        let sharesY =
            min(max(a.wideY, b.wideY), max(c.wideY, d.wideY)) > max(min(a.wideY, b.wideY), min(c.wideY, d.wideY))
        return sharesX || sharesY ? .overlapping : .touching
    }

    /// Whether the segment a-b and a box share a point; the box's edges count. Exact.
    @inlinable
    public static func intersects(_ a: WorldPoint, _ b: WorldPoint, _ box: WorldBox) -> Bool {
        guard
            max(a.x, b.x) >= box.minX, min(a.x, b.x) <= box.maxX, max(a.y, b.y) >= box.minY, min(a.y, b.y) <= box.maxY
        else { return false }
        // Separating axes: of two convex shapes that do not meet, an edge of one separates them. The box's two are
        // done; the segment's own line separates if the two corners farthest from it lie strictly on one side.
        if a.x == b.x || a.y == b.y { return true }
        let falls = (a.x < b.x) == (a.y < b.y)
        let first = WorldPoint(x: box.minX, y: falls ? box.maxY : box.minY)
        let second = WorldPoint(x: box.maxX, y: falls ? box.minY : box.maxY)
        return orientation(a, b, first) * orientation(a, b, second) <= 0
    }
}
