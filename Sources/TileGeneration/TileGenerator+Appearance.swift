import FeatureStorage
import OSMModel
import PlanarGeometry
import TileSchemas

extension TileGenerator {
    /// How a feature can appear in tiles.
    struct Appearance {
        /// Of its tag set.
        var varyingCount: Int
        var lowestZoom: UInt8
        var highestZoom: UInt8
        /// Of what appears: the geometry's, or its label point; in the record's frame.
        var box: WorldBox
        var isOnlyPoint: Bool
        var hasPolygon: Bool
        /// Of a closed way that is a line in one layer and a point inside it in another: where the line may never come.
        var labelPoint: WorldPoint?
        /// What it is if it is in one layer only, and one that joins its polygons, with fields that are the same for all objects like
        /// it: a tile that it covers then looks the same everywhere, whatever else of the same plainness comes into it.
        var plain: Plain?
    }

    /// A layer and fields with their values.
    struct Plain: Hashable {
        var layer: Int
        var attributes: [Placement.Attribute]
    }

    private func plain(_ placements: [Placement]) -> Plain? {
        guard placements.count == 1, placements[0].attributes.allSatisfy(\.isConstant),
            layers[placements[0].layer].joinsPolygonsBelowZoom > recipe.schema.zooms.upperBound
        else { return nil }
        return Plain(layer: placements[0].layer, attributes: placements[0].attributes)
    }

    /// `nil` when no layer takes the feature.
    func appearance(of feature: borrowing FeatureView, scratch: inout TileScratch) throws -> Appearance? {
        guard feature.isDrawn, let shape = feature.shape.featureShape else { return nil }
        let set = try scratch.tagSet(feature.tagSet, store)
        let placements = try scratch.placements(feature.tagSet, set, shape, schema) {
            try store.tags(of: feature, in: set)
        }
        guard let lowest = placements.map(\.minimumZoom).min(), let highest = placements.map(\.maximumZoom).max()
        else { return nil }
        let isOnlyPoint = placements.allSatisfy { $0.output == .point || $0.output == .labelPoint }
        let hasPolygon = placements.contains { $0.output == .polygon }
        let varyingCount = set.varyingCount
        try feature.decodeGeometry(varyingCount: varyingCount, into: &scratch.geometry.buffer)
        guard var box = WorldBox(around: scratch.geometry.buffer.points) else { return nil }
        var labelPoint: WorldPoint?
        // A polygon holds its label point, so that needs no asking.
        if shape != .point, !hasPolygon, placements.contains(where: { $0.output == .labelPoint }) {
            scratch.geometry.begin(
                feature.shape, movedBy: 0, stored: try feature.storedSummary(varyingCount: varyingCount),
                label: try feature.labelPoint(varyingCount: varyingCount))
            labelPoint = scratch.geometry.labelPoint()
        }
        if isOnlyPoint, shape != .point {
            guard let labelPoint else { return nil }
            box = WorldBox(labelPoint)
        }
        return Appearance(
            varyingCount: varyingCount, lowestZoom: UInt8(clamping: lowest), highestZoom: UInt8(clamping: highest),
            box: box, isOnlyPoint: isOnlyPoint, hasPolygon: hasPolygon,
            labelPoint: isOnlyPoint ? nil : labelPoint,
            plain: plain(placements))
    }
}

extension Placement.Attribute {
    /// Whether every object of the placement has this field with this value, at every zoom.
    fileprivate var isConstant: Bool {
        switch source {
        case .code, .text, .integer, .boolean: minimumZoom == 0
        case .tag, .mercatorArea, .wholeNumber, .population, .references, .referenceRows, .referenceColumns: false
        }
    }
}
