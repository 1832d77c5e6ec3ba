import PlanarGeometry

/// Distances on the grid for the nearest tests. Differences have 32 bits, so that their squares may round; every test
/// compares with a scan that rounds the same way.
enum PlanarDistance {
    static func squared(from point: WorldPoint, to box: WorldBox) -> Double {
        let x = Double(max(0, Int(box.minX) - Int(point.x), Int(point.x) - Int(box.maxX)))
        let y = Double(max(0, Int(box.minY) - Int(point.y), Int(point.y) - Int(box.maxY)))
        return x * x + y * y
    }

    /// As if the world's east and west edge were one.
    static func squaredAround(from point: WorldPoint, to box: WorldBox) -> Double {
        let worldWidth = 1 << 32
        let x =
            [-worldWidth, 0, worldWidth].map { shift in
                max(0, Int(box.minX) + shift - Int(point.x), Int(point.x) - Int(box.maxX) - shift)
            }.min() ?? 0
        let y = Double(max(0, Int(box.minY) - Int(point.y), Int(point.y) - Int(box.maxY)))
        return Double(x) * Double(x) + y * y
    }
}
