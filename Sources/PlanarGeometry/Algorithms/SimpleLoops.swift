/// Rings that visit no point twice.
public enum SimpleLoops {
    /// Cuts a ring where it comes back to a point: what lies between is a loop. Points are compared exactly; two points and
    /// fewer are no loop. Every segment keeps its direction, but those that are left out. Linear.
    public static func cut(_ ring: [WorldPoint]) -> [[WorldPoint]] {
        var loops: [[WorldPoint]] = []
        var path: [WorldPoint] = []
        var place: [WorldPoint: Int] = [:]
        for point in ring {
            if let start = place[point] {
                loops.append(Array(path[start...]))
                for removed in path[(start + 1)...] { place[removed] = nil }
                path.removeSubrange((start + 1)...)
            } else {
                place[point] = path.count
                path.append(point)
            }
        }
        loops.append(path)
        return loops.filter { $0.count >= 3 }
    }
}
