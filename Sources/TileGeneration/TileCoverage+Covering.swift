import FeatureStorage
import PlanarGeometry

extension TileCoverage {
    /// Whether a tile and all below it look the same at each zoom: nothing but one plain thing is there, and where some of it
    /// shows, it covers the tile, one object alone or several together. Items are given by their numbers.
    func isCovered(
        _ tile: TileCoordinate, _ inside: [Int32], by covering: [Int32], _ views: [TileWindow.View],
        _ buffer: inout GeometryBuffer
    ) throws -> Bool {
        guard let first = inside.first else { return false }
        let plain = items[Int(first)].plain
        guard plain != Item.notPlain, inside.allSatisfy({ items[Int($0)].plain == plain }) else { return false }
        // What covers a tile together, as far as that has been found out.
        var known: (items: [Int32], cover: Bool)?
        for zoom in tile.zoom...zooms.upperBound {
            let shown = inside.filter { items[Int($0)].shows(at: zoom) }
            if shown.isEmpty || covering.contains(where: { items[Int($0)].shows(at: zoom) }) { continue }
            if known?.items != shown { known = (shown, try coverTogether(shown, views, &buffer)) }
            if known?.cover != true { return false }
        }
        return true
    }

    /// More objects than this are not looked at together.
    private static let togetherLimit = 12

    /// Whether areas cover a window together that were parted along parallels and meridians, as the sea is: no other edge
    /// of theirs comes into it, and of the rectangles between those that do, each lies in one of them.
    private func coverTogether(
        _ numbers: [Int32], _ views: [TileWindow.View], _ buffer: inout GeometryBuffer
    ) throws -> Bool {
        guard numbers.count <= TileCoverage.togetherLimit, views.count == 1 else { return false }
        let (frame, window) = (views[0].frame, views[0].box)
        var (columns, rows) = ([window.minX, window.maxX], [window.minY, window.maxY])
        let store = generator.store
        var areas: [(points: [WorldPoint], ends: [Int])] = []
        for number in numbers {
            let item = items[Int(number)]
            guard item.appearance == .area, item.frame == frame else { return false }
            let feature = try store.feature(Int(item.number))
            try feature.decodeGeometry(
                varyingCount: Int(item.varyingCount), GeometrySelection(window: window), into: &buffer)
            var start = 0
            for end in buffer.partEnds where end > start {
                var before = buffer.points[end - 1]
                for point in buffer.points[start..<end] {
                    if SegmentIntersection.intersects(before, point, window) {
                        if before.x == point.x {
                            columns.append(min(max(point.x, window.minX), window.maxX))
                        } else if before.y == point.y {
                            rows.append(min(max(point.y, window.minY), window.maxY))
                        } else {
                            return false
                        }
                    }
                    before = point
                }
                start = end
            }
            areas.append((buffer.points, buffer.partEnds))
        }
        columns.sort()
        rows.sort()
        for (west, east) in zip(columns, columns.dropFirst()) where west < east {
            for (north, south) in zip(rows, rows.dropFirst()) where north < south {
                // No edge comes between them, so one point inside stands for all.
                guard east - west > 1, south - north > 1 else { return false }
                let point = WorldPoint(x: west + (east - west) / 2, y: north + (south - north) / 2)
                let isInOne = areas.contains {
                    PointInPolygon.locate(point, inRings: $0.points, ends: $0.ends, 0..<$0.ends.count) == .inside
                }
                if !isInOne { return false }
            }
        }
        return true
    }
}
