import FeatureStorage
import OSMModel
import PlanarGeometry
import TileSchemas

extension TileGenerator {
    /// How a feature can appear in tiles.
    struct Appearance {
        var lowestZoom: UInt8
        /// Of what appears: the geometry's, or its label point.
        var box: WorldBox
        var isOnlyPoint: Bool
        var hasPolygon: Bool
    }

    /// `nil` when no layer takes the feature.
    func appearance(of feature: borrowing FeatureView, scratch: inout TileScratch) throws -> Appearance? {
        guard !feature.isPart, let shape = feature.shape.featureShape else { return nil }
        let set = try scratch.tagSet(feature.tagSet, store)
        let placements = try scratch.placements(feature.tagSet, set, shape, schema) { try store.tags(of: feature) }
        guard let lowest = placements.map(\.minimumZoom).min() else { return nil }
        let isOnlyPoint = placements.allSatisfy { $0.output == .point || $0.output == .labelPoint }
        let varyingCount = set.varyingCount
        try feature.decodeGeometry(varyingCount: varyingCount, into: &scratch.geometry.buffer)
        guard var box = WorldBox(around: scratch.geometry.buffer.points) else { return nil }
        if isOnlyPoint, shape != .point {
            scratch.geometry.begin(feature.shape, stored: try feature.storedSummary(varyingCount: varyingCount))
            guard let point = scratch.geometry.labelPoint() else { return nil }
            box = WorldBox(point)
        }
        return Appearance(
            lowestZoom: UInt8(clamping: lowest), box: box, isOnlyPoint: isOnlyPoint,
            hasPolygon: placements.contains { $0.output == .polygon })
    }
}
