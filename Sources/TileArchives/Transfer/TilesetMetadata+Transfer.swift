extension TilesetMetadata {
    /// For a part of the tileset: the bounds within a box, and no centre that lies outside it.
    public func limited(to box: Bounds) -> TilesetMetadata {
        var metadata = self
        let own = bounds.unwrapped
        if box.west <= box.east {
            metadata.bounds = Bounds(
                west: max(own.west, box.west), south: max(own.south, box.south), east: min(own.east, box.east),
                north: min(own.north, box.north))
            if metadata.bounds.west > metadata.bounds.east { metadata.bounds = box }
        } else {
            metadata.bounds = box
            metadata.bounds.south = max(own.south, box.south)
            metadata.bounds.north = min(own.north, box.north)
        }
        if metadata.bounds.south > metadata.bounds.north { metadata.bounds = box }
        metadata.center = nil
        return metadata.withoutTree
    }

    /// The same without the hash over all tiles, for a tileset that has others.
    public var withoutTree: TilesetMetadata {
        var metadata = self
        metadata[.tileTreeRoot] = nil
        return metadata
    }

    /// For tilesets put over each other: what the last says, bounds around all, every layer and every attribution.
    public static func merged(_ all: [TilesetMetadata]) -> TilesetMetadata {
        guard var metadata = all.last?.withoutTree else { return TilesetMetadata() }
        metadata.center = nil
        var attributions: [String] = []
        var layers: [VectorLayer] = []
        for other in all {
            let (box, own) = (other.bounds.unwrapped, metadata.bounds.unwrapped)
            metadata.bounds = Bounds(
                west: min(own.west, box.west), south: min(own.south, box.south), east: max(own.east, box.east),
                north: max(own.north, box.north))
            metadata.minZoom = min(metadata.minZoom, other.minZoom)
            metadata.maxZoom = max(metadata.maxZoom, other.maxZoom)
            if let attribution = other.attribution, !attribution.isEmpty, !attributions.contains(attribution) {
                attributions.append(attribution)
            }
            for layer in other.vectorLayers ?? [] {
                if let known = layers.firstIndex(where: { $0.id == layer.id }) {
                    layers[known].unite(layer)
                } else {
                    layers.append(layer)
                }
            }
        }
        metadata.attribution = attributions.isEmpty ? nil : attributions.joined(separator: " ")
        if all.contains(where: { $0.vectorLayers != nil }) { metadata.vectorLayers = layers }
        // Of one source each; a merged tileset has several.
        if all.count > 1 {
            for key in [Key.dataDate, .sourceSHA256, .replicationSequence, .replicationURL]
            where Set(all.map { $0[key] }).count > 1 { metadata[key] = nil }
        }
        return metadata
    }
}

extension TilesetMetadata.VectorLayer {
    fileprivate mutating func unite(_ other: TilesetMetadata.VectorLayer) {
        minZoom = minZoom.flatMap { own in other.minZoom.map { min(own, $0) } }
        maxZoom = maxZoom.flatMap { own in other.maxZoom.map { max(own, $0) } }
        for field in other.fields where !fields.contains(where: { $0.name == field.name }) { fields.append(field) }
    }
}
