import PlanarGeometry
import VectorTiles

extension TileOutput {
    /// One feature for all lines with the same fields and rank, in the place of the first; ends that meet are joined.
    mutating func addJoined(_ range: Range<Int>, _ layer: Int) {
        for group in groups(range) {
            if group.count == 1 {
                addFeature(pending[group[0]])
                continue
            }
            path.removeAll()
            for index in group {
                let feature = pending[index]
                let offset = path.points.count
                path.points += paths.points[feature.points]
                for end in paths.partEnds[feature.parts] {
                    path.partEnds.append(end - feature.points.lowerBound + offset)
                }
            }
            LineJoiner.join(&path)
            featureTags.removeAll(keepingCapacity: true)
            featureTags += tags[pending[group[0]].tags]
            builder.layers[layer].addFeature(id: nil, type: .lineString, tags: featureTags, geometry: path)
        }
    }
    /// Features with the same fields and rank, in the order of the first of each group.
    private func groups(_ range: Range<Int>) -> [[Int]] {
        struct Key: Hashable {
            var tags: ArraySlice<LayerTag>
            var rank: Int32
        }
        var groups: [Key: Int] = [:]
        var members: [[Int]] = []
        for index in range {
            let key = Key(tags: tags[pending[index].tags], rank: pending[index].rank)
            if let group = groups[key] {
                members[group].append(index)
            } else {
                groups[key] = members.count
                members.append([index])
            }
        }
        return members
    }

    /// Features one by one; what the tile sees from both sides of the world is one feature.
    mutating func addSingly(_ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            var end = index + 1
            while end < range.upperBound, pending[index].id != nil, pending[end].id == pending[index].id,
                pending[end].type == pending[index].type
            { end += 1 }
            if end == index + 1 { addFeature(pending[index]) } else { addParts(index..<end) }
            index = end
        }
    }

    /// One feature of the parts of several, with the id and fields of the first.
    private mutating func addParts(_ range: Range<Int>) {
        let first = pending[range.lowerBound]
        path.removeAll()
        for feature in pending[range] {
            let offset = path.points.count - feature.points.lowerBound
            path.points += paths.points[feature.points]
            for end in paths.partEnds[feature.parts] { path.partEnds.append(end + offset) }
        }
        addPath(as: first)
    }

    /// One feature for all polygons with the same fields and rank: their union, without pieces and holes too small to be seen. One
    /// that fills the tile and its buffer is always the same ring, so that such tiles have the same bytes.
    mutating func addUnited(_ range: Range<Int>, _ layer: Int, buffer: Int32) {
        let window = TileBox(
            minX: -buffer, minY: -buffer, maxX: TileRecipe.extent + buffer, maxY: TileRecipe.extent + buffer)
        for group in groups(range) {
            path.removeAll()
            polygons.removeAll()
            for index in group {
                let feature = pending[index]
                var start = feature.points.lowerBound
                for part in feature.parts {
                    let end = paths.partEnds[part]
                    polygons.rings.points += paths.points[start..<end]
                    polygons.endRing(roles[part])
                    start = end
                }
            }
            union.unite(polygons, into: &path)
            let smallest = group.map { pending[$0].smallestArea }.min() ?? 0
            if smallest > 0 { dropSmallRings(below: smallest, window) }
            if path.partEnds.isEmpty { continue }
            let side = Int64(TileRecipe.extent) + 2 * Int64(buffer)
            if path.partCount == 1, RingArea.doubled(path.points, path.points.indices) == 2 * side * side {
                path.removeAll()
                path.points = [
                    TilePoint(x: window.minX, y: window.minY), TilePoint(x: window.maxX, y: window.minY),
                    TilePoint(x: window.maxX, y: window.maxY), TilePoint(x: window.minX, y: window.maxY),
                ]
                path.endPart()
            }
            featureTags.removeAll(keepingCapacity: true)
            featureTags += tags[pending[group[0]].tags]
            builder.layers[layer].addFeature(id: nil, type: .polygon, tags: featureTags, geometry: path)
        }
    }

    /// Drops the rings of `path` with less area than that, in square tile units, and with an exterior its interiors. Rings that
    /// reach the window's edge stay: nobody knows how they go on.
    private mutating func dropSmallRings(below smallest: Double, _ window: TileBox) {
        var kept = TilePath()
        var hasExterior = false
        for part in 0..<path.partCount {
            let range = path.partRange(part)
            let doubled = RingArea.doubled(path.points, range)
            let isExterior = doubled > 0
            if !isExterior, !hasExterior { continue }
            var isKept = Double(doubled.magnitude) >= 2 * smallest
            if !isKept, isExterior {
                isKept = path.points[range].contains {
                    $0.x <= window.minX || $0.x >= window.maxX || $0.y <= window.minY || $0.y >= window.maxY
                }
            }
            if isExterior { hasExterior = isKept }
            if !isKept { continue }
            kept.points += path.points[range]
            kept.endPart()
        }
        path = kept
    }
}
