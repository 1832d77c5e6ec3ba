/// Boxes around ranges of points.
///
/// Plain loops over `min` and `max`: the compiler vectorises them, and on the plain x86-64 instruction set that is
/// four times as fast as two-lane vectors.
public enum Bounds {
    /// The smallest box around a range of points; `nil` for an empty range. Linear.
    @inlinable
    public static func box(of points: [TilePoint], _ range: Range<Int>) -> TileBox? {
        guard !range.isEmpty else { return nil }
        var box = TileBox(minX: .max, minY: .max, maxX: .min, maxY: .min)
        var index = range.lowerBound
        while index < range.upperBound {
            let point = points[index]
            box.minX = min(box.minX, point.x)
            box.minY = min(box.minY, point.y)
            box.maxX = max(box.maxX, point.x)
            box.maxY = max(box.maxY, point.y)
            index &+= 1
        }
        return box
    }

    /// The smallest box around a range of points; `nil` for an empty range. Linear.
    @inlinable
    public static func box(of points: [WorldPoint], _ range: Range<Int>) -> WorldBox? {
        guard !range.isEmpty else { return nil }
        var box = WorldBox(minX: .max, minY: .max, maxX: .min, maxY: .min)
        var index = range.lowerBound
        while index < range.upperBound {
            let point = points[index]
            box.minX = min(box.minX, point.x)
            box.minY = min(box.minY, point.y)
            box.maxX = max(box.maxX, point.x)
            box.maxY = max(box.maxY, point.y)
            index &+= 1
        }
        return box
    }
}
