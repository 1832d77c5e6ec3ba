import ByteCoding
import FeatureStorage
import OSMModel
import PlanarGeometry
import TileSchemas

/// A tile and the next ones of its zoom along the Hilbert curve, which are all the same.
struct TileRun: Equatable {
    var first: TileCoordinate
    var count: Int
}

/// Which tiles of a pyramid can hold anything: a descent through the quadtree by feature boxes, and by the geometry itself
/// where a feature is larger than the tile, since the box of a long line covers a million tiles that it never crosses.
/// Where nothing is but what covers a tile wholly and looks the same everywhere (the open sea), the descent ends: all tiles
/// below are one run a zoom.
struct TileCoverage {
    private let generator: TileGenerator
    private let zooms: ClosedRange<UInt8>
    /// Empty for the whole world.
    private let bounds: [WorldBox]

    /// A record that some layer takes.
    private struct Item {
        var number: UInt32
        var lowestZoom: UInt8
        var highestZoom: UInt8
        /// In the frame it is stored in.
        var frame: WorldFrame
        /// See `TileGenerator.Appearance`.
        var plain: TileGenerator.Plain?
        var box: WorldBox
        /// How it appears: whether a label point alone, lines, or an area.
        var appearance: Appearance

        func shows(at zoom: UInt8) -> Bool { lowestZoom <= zoom && zoom <= highestZoom }
    }

    /// Whether a tile and all below it look the same at each zoom: nothing but one plain thing is there, and where some of it
    /// shows, something of it covers the tile.
    private func isCovered(_ tile: TileCoordinate, _ items: [Item], by covering: [Item]) -> Bool {
        guard let plain = covering.first?.plain, items.allSatisfy({ $0.plain == plain }) else { return false }
        return (tile.zoom...zooms.upperBound).allSatisfy { zoom in
            covering.contains { $0.shows(at: zoom) } || !items.contains { $0.shows(at: zoom) }
        }
    }

    private enum Appearance { case box, lines, area }

    init(_ generator: TileGenerator, zooms: ClosedRange<UInt8>, bounds: [WorldBox]) {
        self.generator = generator
        self.zooms = zooms
        self.bounds = bounds
    }

    /// The tiles, by zoom and along the Hilbert curve within one.
    func tiles() throws -> [TileRun] {
        do { return try touchedTiles() } catch let error as ByteCodingError {
            throw generator.store.damagedFeatures(error)
        }
    }

    private func touchedTiles() throws -> [TileRun] {
        var byZoom = [[TileRun]](repeating: [], count: Int(zooms.upperBound) + 1)
        let items = try self.items()
        var buffer = GeometryBuffer()
        if let top = TileCoordinate(zoom: 0, x: 0, y: 0) { try descend(top, items[...], &buffer, &byZoom) }
        return byZoom[Int(zooms.lowerBound)...].flatMap { $0 }
    }

    /// Everything that shows at some zoom, with its box. Label points are taken for what they are.
    private func items() throws -> [Item] {
        var items: [Item] = []
        var scratch = TileScratch(generator)
        let store = generator.store
        for number in 0..<store.recordCount {
            let feature = try store.feature(number)
            guard let found = try generator.appearance(of: feature, scratch: &scratch),
                found.lowestZoom <= zooms.upperBound
            else { continue }
            let isArea = feature.shape.hasRings && found.hasPolygon
            let appearance: Appearance = found.isOnlyPoint ? .box : isArea ? .area : .lines
            var item = Item(
                number: UInt32(number), lowestZoom: found.lowestZoom, highestZoom: found.highestZoom,
                frame: feature.frame,
                plain: found.plain, box: found.box, appearance: appearance)
            items.append(item)
            if let point = found.labelPoint {
                item.box = WorldBox(point)
                item.appearance = .box
                item.plain = nil
                items.append(item)
            }
        }
        return items
    }

    private func descend(
        _ tile: TileCoordinate, _ candidates: ArraySlice<Item>, _ buffer: inout GeometryBuffer,
        _ byZoom: inout [[TileRun]]
    ) throws {
        if !bounds.isEmpty, !bounds.contains(where: { $0.intersects(tile.box) }) { return }
        let views = window(of: tile).views(turned: generator.store.hasTurnedRecords)
        var inside: [Item] = []
        var covering: [Item] = []
        for item in candidates where item.highestZoom >= tile.zoom {
            let meeting = try meeting(item, views, &buffer)
            if meeting == .none { continue }
            inside.append(item)
            if meeting == .covers, item.plain != nil { covering.append(item) }
        }
        if inside.isEmpty { return }
        if bounds.isEmpty || bounds.contains(where: { $0.contains(tile.box) }), isCovered(tile, inside, by: covering) {
            appendRuns(under: tile, inside, &byZoom)
            return
        }
        if tile.zoom >= zooms.lowerBound,
            inside.contains(where: { $0.shows(at: tile.zoom) })
        {
            byZoom[Int(tile.zoom)].append(TileRun(first: tile, count: 1))
        }
        if tile.zoom == zooms.upperBound { return }
        for child in tile.children { try descend(child, inside[...], &buffer, &byZoom) }
    }

    /// The tiles that a tile stands for, itself and deeper ones: neighbours along the curve of each zoom.
    private func appendRuns(under tile: TileCoordinate, _ items: [Item], _ byZoom: inout [[TileRun]]) {
        for zoom in max(tile.zoom, zooms.lowerBound)...zooms.upperBound
        where items.contains(where: { $0.shows(at: zoom) }) {
            let levels = UInt64(zoom - tile.zoom)
            let (x, y) = HilbertCurve.position(index: tile.hilbertIndex << (2 * levels), order: Int(zoom))
            guard let first = TileCoordinate(zoom: zoom, x: x, y: y) else { continue }
            byZoom[Int(zoom)].append(TileRun(first: first, count: 1 << Int(2 * levels)))
        }
    }

    private enum Meeting { case none, some, covers }

    /// What a tile looks at, and below the last zoom what simplification may move a line into it.
    private func window(of tile: TileCoordinate) -> TileWindow {
        let window = generator.window(of: tile)
        if Int(tile.zoom) >= generator.recipe.schema.zooms.upperBound { return window }
        return window.grown(by: VertexRank.deviation(tile.zoom))
    }

    /// Whether a feature comes into the window, all views of its frame taken together: it covers them all, or is in some.
    private func meeting(
        _ item: Item, _ views: [TileWindow.View], _ buffer: inout GeometryBuffer
    ) throws -> Meeting {
        var result: Meeting?
        for view in views where view.frame == item.frame {
            let meeting = try meeting(item, view.box, &buffer)
            result = result == nil || result == meeting ? meeting : .some
        }
        return result ?? .none
    }

    /// The same for one view, in the feature's frame.
    private func meeting(_ item: Item, _ window: WorldBox, _ buffer: inout GeometryBuffer) throws -> Meeting {
        if !item.box.intersects(window) { return .none }
        if item.appearance == .box || window.contains(item.box) { return .some }
        let store = generator.store
        let feature = try store.feature(Int(item.number))
        let varyingCount = try store.varyingCount(ofSet: feature.tagSet)
        let selection = GeometrySelection(window: window)
        try feature.decodeGeometry(varyingCount: varyingCount, selection, into: &buffer)
        var start = 0
        for end in buffer.partEnds {
            for index in start..<max(start, end - 1)
            where SegmentIntersection.intersects(buffer.points[index], buffer.points[index + 1], window) {
                return .some
            }
            if feature.shape.hasRings, end > start,
                SegmentIntersection.intersects(buffer.points[end - 1], buffer.points[start], window)
            {
                return .some
            }
            start = end
        }
        guard item.appearance == .area else { return .none }
        let corner = WorldPoint(x: window.minX, y: window.minY)
        return PointInPolygon.locate(
            corner, inRings: buffer.points, ends: buffer.partEnds, 0..<buffer.partEnds.count) == .outside
            ? .none : .covers
    }
}
