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
            let isArea = feature.shape.hasArea && found.hasPolygon
            let appearance: Appearance = found.isOnlyPoint ? .box : isArea ? .area : .lines
            items.append(
                Item(number: UInt32(number), lowestZoom: found.lowestZoom, box: found.box, appearance: appearance))
            if let point = found.labelPoint {
                items.append(
                    Item(number: UInt32(number), lowestZoom: found.lowestZoom, box: WorldBox(point), appearance: .box))
            }
        }
        return items
    }

    private func descend(
        _ tile: TileCoordinate, _ candidates: ArraySlice<Item>, _ buffer: inout GeometryBuffer,
        _ byZoom: inout [[TileCoordinate]]
    ) throws {
        if let bounds, !bounds.intersects(tile.box) { return }
        let window = window(of: tile)
        var inside: [Item] = []
        for item in candidates where item.box.intersects(window) {
            if try item.appearance == .box || window.contains(item.box) || touches(item, window, &buffer) {
                inside.append(item)
            }
        }
        if inside.isEmpty { return }
        if tile.zoom >= zooms.lowerBound, inside.contains(where: { $0.lowestZoom <= tile.zoom }) {
            byZoom[Int(tile.zoom)].append(tile)
        }
        if tile.zoom == zooms.upperBound { return }
        for child in tile.children { try descend(child, inside[...], &buffer, &byZoom) }
    }

    /// What a tile looks at, and below the last zoom two tile units more: simplification may move a line that far into it.
    private func window(of tile: TileCoordinate) -> WorldBox {
        let window = generator.window(of: tile)
        if Int(tile.zoom) >= generator.recipe.schema.zooms.upperBound { return window }
        return window.grown(by: UInt32(TileCoordinate.side(zoom: tile.zoom) / 2048))
    }

    /// Whether a feature larger than the tile comes into its window.
    private func touches(_ item: Item, _ window: WorldBox, _ buffer: inout GeometryBuffer) throws -> Bool {
        let store = generator.store
        let feature = try store.feature(Int(item.number))
        let varyingCount = try store.varyingCount(ofSet: feature.tagSet)
        try feature.decodeGeometry(varyingCount: varyingCount, window: window, into: &buffer)
        var start = 0
        for end in buffer.partEnds {
            for index in start..<max(start, end - 1)
            where SegmentIntersection.intersects(buffer.points[index], buffer.points[index + 1], window) { return true }
            if feature.shape.hasArea, end > start,
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

extension StoredShape {
    /// Whether its parts are rings.
    var hasArea: Bool { self == .area || isClosedWay }
}
