/// Where a point lies relative to a polygon.
public enum PointLocation: Sendable {
    case inside
    /// On an edge or a vertex.
    case boundary
    case outside
}

/// Exact point-in-polygon tests by counting the edges to one side of the point (Shimrat 1962), even-odd.
/// Rings do not repeat their first point; orientation does not matter. Linear in the number of points.
public enum PointInPolygon {
    /// Where `point` lies relative to one ring.
    @inlinable
    public static func locate<Point: PlanarPoint>(
        _ point: Point, inRing points: [Point], _ range: Range<Int>
    ) -> PointLocation {
        guard !range.isEmpty else { return .outside }
        var isInside = false
        var previous = points[range.upperBound &- 1]
        var index = range.lowerBound
        while index < range.upperBound {
            let current = points[index]
            // Half-open in y, so that a vertex on the point's row is counted for one of its two edges only.
            if (previous.wideY <= point.wideY) != (current.wideY <= point.wideY) {
                let side = SegmentIntersection.orientation(previous, current, point)
                if side == 0 { return .boundary }
                if (side > 0) == (current.wideY > previous.wideY) { isInside.toggle() }
            } else if current.wideY == point.wideY {
                // Level with the end of the edge: at that vertex, or on a horizontal edge.
                if current.wideX == point.wideX { return .boundary }
                if previous.wideY == point.wideY,
                    (previous.wideX < point.wideX) != (current.wideX < point.wideX)
                {
                    return .boundary
                }
            }
            previous = current
            index &+= 1
        }
        return isInside ? .inside : .outside
    }

    /// Where `point` lies relative to the area of all rings together, even-odd: for polygons with holes.
    @inlinable
    public static func locate<Point: PlanarPoint>(
        _ point: Point, inRings points: [Point], ends: [Int], _ rings: Range<Int>
    ) -> PointLocation {
        var isInside = false
        for ring in rings {
            let start = ring == 0 ? 0 : ends[ring - 1]
            switch locate(point, inRing: points, start..<ends[ring]) {
            case .boundary: return .boundary
            case .inside: isInside.toggle()
            case .outside: break
            }
        }
        return isInside ? .inside : .outside
    }

    /// Where `point` lies relative to a geometry of polygons; points and lines have no inside.
    public static func locate(_ point: WorldPoint, in geometry: Geometry) -> PointLocation {
        guard geometry.type == .polygons else { return .outside }
        return locate(point, inRings: geometry.points, ends: geometry.partEnds, 0..<geometry.partCount)
    }

    /// Where `point` lies relative to all rings of a path.
    public static func locate(_ point: TilePoint, in rings: TilePath) -> PointLocation {
        locate(point, inRings: rings.points, ends: rings.partEnds, 0..<rings.partCount)
    }
}
