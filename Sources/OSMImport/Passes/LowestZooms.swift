import FeatureStorage
import OSMModel
import TileSchemas

/// From which zoom on the schema can show each feature. One question per tag set and shape.
enum LowestZooms {
    static func assign(to batches: inout [FeatureDraftBatch], tags: TagTable, schema: TileSchema) {
        let bound = BoundSchema(schema, dictionary: tags)
        // Shapes by tag sets; 255 for what has not been asked.
        var known = [UInt8](repeating: .max, count: tags.sets.count * FeatureShape.allCases.count)
        for batch in batches.indices {
            for index in batches[batch].drafts.indices {
                let draft = batches[batch].drafts[index]
                guard let list = draft.tagList, let shape = draft.shape.featureShape else { continue }
                let set = Int(tags.setOfList[Int(list)])
                let place = set * FeatureShape.allCases.count + Int(shape.rawValue)
                if known[place] == .max {
                    known[place] = UInt8(clamping: bound.lowestZoom(of: tags.sets[set], shape: shape))
                }
                batches[batch].update(index) { $0.lowestZoom = known[place] }
            }
        }
    }
}
