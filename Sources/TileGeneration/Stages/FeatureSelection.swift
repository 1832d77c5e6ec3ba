import PlanarGeometry
import VectorTiles

/// Which features of a tile stay when it has to be smaller.
///
/// Every layer gives up the same share of its bytes, so none vanishes. Lines and polygons go from the smallest on, by length
/// and area inside the tile; points from the end of their layer's order, which has the important ones first. Equal ones go
/// from the end. Bytes are estimated, for nobody knows them before keys and values are shared out.
struct FeatureSelection {
    /// By place among the pending features.
    private(set) var isKept: [Bool]

    /// Points of the features.
    private let paths: TilePath

    /// - Parameter pending: by layer, in their order.
    init(_ pending: [TileOutput.Pending], _ paths: TilePath, share: Double) {
        self.paths = paths
        isKept = [Bool](repeating: false, count: pending.count)
        var start = 0
        while start < pending.count {
            var end = start
            while end < pending.count, pending[end].layer == pending[start].layer { end += 1 }
            keep(share, of: start..<end, pending)
            start = end
        }
    }

    private mutating func keep(_ share: Double, of layer: Range<Int>, _ pending: [TileOutput.Pending]) {
        let sizes = layer.map { size(of: pending[$0]) }
        let order = layer.sorted { left, right in
            let (first, second) = (sizes[left - layer.lowerBound], sizes[right - layer.lowerBound])
            return first != second ? first > second : left < right
        }
        let bytes = layer.map { FeatureSelection.estimatedBytes(pending[$0]) }
        let budget = share * Double(bytes.reduce(0, +))
        var sum = 0.0
        for index in order {
            sum += Double(bytes[index - layer.lowerBound])
            if sum > budget, index != order.first { break }
            isKept[index] = true
        }
    }

    /// Area in square tile units, or length in tile units; 0 for points.
    private func size(of feature: TileOutput.Pending) -> Double {
        if feature.type == .point { return 0 }
        var size = 0.0
        var start = feature.points.lowerBound
        for end in paths.partEnds[feature.parts] {
            if feature.type == .polygon {
                size += Double(RingArea.doubled(paths.points, start..<end)) / 2
            } else {
                for index in (start + 1)..<max(end, start + 1) {
                    let x = Double(paths.points[index].x) - Double(paths.points[index - 1].x)
                    let y = Double(paths.points[index].y) - Double(paths.points[index - 1].y)
                    size += (x * x + y * y).squareRoot()
                }
            }
            start = end
        }
        return size
    }

    /// A frame, two numbers a tag, and mostly short steps from point to point.
    private static func estimatedBytes(_ feature: TileOutput.Pending) -> Int {
        14 + 3 * feature.tags.count + 3 * feature.points.count
    }
}
