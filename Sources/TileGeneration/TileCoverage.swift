import ByteCoding
import FeatureStorage
import OSMModel
import PlanarGeometry
import TileSchemas

/// Which tiles of a pyramid can hold anything: a descent through the quadtree by feature boxes, and by the geometry itself
/// where a feature is larger than the tile, since the box of a long line covers a million tiles that it never crosses.
struct TileCoverage {
    private let generator: TileGenerator
    private let zooms: ClosedRange<UInt8>
    private let bounds: WorldBox?

    /// A record that some layer takes.
    private struct Item {
        var number: UInt32
        var lowestZoom: UInt8
        /// In the frame it is stored in.
        var frame: WorldFrame
        var box: WorldBox
        /// How it appears: whether a label point alone, lines, or an area.
        var appearance: Appearance
    }

    private enum Appearance { case box, lines, area }

    init(_ generator: TileGenerator, zooms: ClosedRange<UInt8>, bounds: WorldBox?) {
        self.generator = generator
        self.zooms = zooms
        self.bounds = bounds
    }

    /// The tiles, by zoom and along the Hilbert curve within one.
    func tiles() throws -> [TileCoordinate] {
        do { return try touchedTiles() } catch let error as ByteCodingError {
            throw generator.store.damagedFeatures(error)
        }
    }

    private func touchedTiles() throws -> [TileCoordinate] {
        var byZoom = [[TileCoordinate]](repeating: [], count: Int(zooms.upperBound) + 1)
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
                number: UInt32(number), lowestZoom: found.lowestZoom, frame: feature.frame, box: found.box,
                appearance: appearance)
            items.append(item)
            if let point = found.labelPoint {
                item.box = WorldBox(point)
                item.appearance = .box
                items.append(item)
            }
        }
        return items
    }

    private func descend(
        _ tile: TileCoordinate, _ candidates: ArraySlice<Item>, _ buffer: inout GeometryBuffer,
        _ byZoom: inout [[TileCoordinate]]
    ) throws {
        if let bounds, !bounds.intersects(tile.box) { return }
        let views = window(of: tile).views(turned: generator.store.hasTurnedRecords)
        var inside: [Item] = []
        for item in candidates where try views.contains(where: { try comes(item, into: $0, &buffer) }) {
            inside.append(item)
        }
        if inside.isEmpty { return }
        if tile.zoom >= zooms.lowerBound, inside.contains(where: { $0.lowestZoom <= tile.zoom }) {
            byZoom[Int(tile.zoom)].append(tile)
        }
        if tile.zoom == zooms.upperBound { return }
        for child in tile.children { try descend(child, inside[...], &buffer, &byZoom) }
    }

    /// What a tile looks at, and below the last zoom two tile units more: simplification may move a line that far into it.
    private func window(of tile: TileCoordinate) -> TileWindow {
        let window = generator.window(of: tile)
        if Int(tile.zoom) >= generator.recipe.schema.zooms.upperBound { return window }
        return window.grown(by: UInt32(TileCoordinate.side(zoom: tile.zoom) / 2048))
    }

    private func comes(_ item: Item, into view: TileWindow.View, _ buffer: inout GeometryBuffer) throws -> Bool {
        guard item.frame == view.frame, item.box.intersects(view.box) else { return false }
        return try item.appearance == .box || view.box.contains(item.box) || touches(item, view.box, &buffer)
    }

    /// Whether a feature larger than the tile comes into its window, both in the same frame.
    private func touches(_ item: Item, _ window: WorldBox, _ buffer: inout GeometryBuffer) throws -> Bool {
        let store = generator.store
        let feature = try store.feature(Int(item.number))
        let varyingCount = try store.varyingCount(ofSet: feature.tagSet)
        try feature.decodeGeometry(varyingCount: varyingCount, window: window, into: &buffer)
        var start = 0
        for end in buffer.partEnds {
            for index in start..<max(start, end - 1)
            where SegmentIntersection.intersects(buffer.points[index], buffer.points[index + 1], window) { return true }
            if feature.shape.hasRings, end > start,
                SegmentIntersection.intersects(buffer.points[end - 1], buffer.points[start], window)
            {
                return true
            }
            start = end
        }
        guard item.appearance == .area else { return false }
        let corner = WorldPoint(x: window.minX, y: window.minY)
        return PointInPolygon.locate(
            corner, inRings: buffer.points, ends: buffer.partEnds, 0..<buffer.partEnds.count) != .outside
    }
}
