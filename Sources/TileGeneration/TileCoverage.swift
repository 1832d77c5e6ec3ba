import ByteCoding
import FeatureStorage
import OSMModel
import PlanarGeometry
import TileSchemas

/// A tile and the next ones of its zoom along the Hilbert curve, which are all the same.
struct TileRun: Equatable {
    var first: TileCoordinate
    var count: Int
    /// How many records show in the first tile, by which the work is shared out.
    var recordCount: Int
    /// The number of the plain thing that covers the tile wholly, if nothing else is there: such tiles of one zoom are all the
    /// same.
    var plain: UInt16?
}

/// Which tiles of a pyramid can hold anything: a descent through the quadtree by feature boxes, and by the geometry itself
/// where a feature is larger than the tile, since the box of a long line covers a million tiles that it never crosses.
/// Where nothing is but what covers a tile wholly and looks the same everywhere (the open sea), the descent ends: all tiles
/// below are one run a zoom.
struct TileCoverage {
    let generator: TileGenerator
    let zooms: ClosedRange<UInt8>
    /// `nil` for the whole world.
    private let region: WorldRegion?

    /// A record that some layer takes.
    struct Item {
        var number: UInt32
        /// Of its tag set.
        var varyingCount: Int32
        var lowestZoom: UInt8
        var highestZoom: UInt8
        /// In the frame it is stored in.
        var frame: WorldFrame
        /// How it appears: whether a label point alone, lines, or an area.
        var appearance: Appearance
        /// The number of its kind of plainness (`TileGenerator.Appearance`), or `notPlain`.
        var plain: UInt16
        var box: WorldBox

        static let notPlain = UInt16.max

        func shows(at zoom: UInt8) -> Bool { lowestZoom <= zoom && zoom <= highestZoom }
    }

    enum Appearance { case box, lines, area }

    /// Everything that shows at some zoom, with its box. Label points are taken for what they are.
    private(set) var items: [Item] = []

    init(_ generator: TileGenerator, zooms: ClosedRange<UInt8>, region: WorldRegion?) {
        self.generator = generator
        self.zooms = zooms
        self.region = region
    }

    /// The tiles of a pyramid, by zoom and along the Hilbert curve within one; no `region` is the whole world. `scratch`
    /// knows afterwards what the schema makes of each set of tags.
    static func tiles(
        _ generator: TileGenerator, zooms: ClosedRange<UInt8>, region: WorldRegion?, scratch: inout TileScratch
    ) throws -> [TileRun] {
        var coverage = TileCoverage(generator, zooms: zooms, region: region)
        do {
            try coverage.collectItems(&scratch)
            return try coverage.touchedTiles()
        } catch let error as ByteCodingError {
            throw generator.store.damagedFeatures(error)
        }
    }

    private func touchedTiles() throws -> [TileRun] {
        var byZoom = [[TileRun]](repeating: [], count: Int(zooms.upperBound) + 1)
        var buffer = GeometryBuffer()
        if let top = TileCoordinate(zoom: 0, x: 0, y: 0) {
            try descend(top, (0..<Int32(items.count)).map { $0 }, isWhole: region == nil, &buffer, &byZoom)
        }
        return byZoom[Int(zooms.lowerBound)...].flatMap { $0 }
    }

    private mutating func collectItems(_ scratch: inout TileScratch) throws {
        var plains: [TileGenerator.Plain: UInt16] = [:]
        let store = generator.store
        for number in 0..<store.recordCount {
            let feature = try store.feature(number)
            guard let found = try generator.appearance(of: feature, scratch: &scratch),
                found.lowestZoom <= zooms.upperBound
            else { continue }
            var plain = Item.notPlain
            if let kind = found.plain, plains.count < Int(Item.notPlain) {
                plain = plains[kind] ?? UInt16(plains.count)
                plains[kind] = plain
            }
            let isArea = feature.shape.hasRings && found.hasPolygon
            var item = Item(
                number: UInt32(number), varyingCount: Int32(truncatingIfNeeded: found.varyingCount),
                lowestZoom: found.lowestZoom, highestZoom: found.highestZoom, frame: feature.frame,
                appearance: found.isOnlyPoint ? .box : isArea ? .area : .lines, plain: plain,
                box: found.box)
            items.append(item)
            if let point = found.labelPoint {
                item.box = WorldBox(point)
                item.appearance = .box
                item.plain = Item.notPlain
                items.append(item)
            }
        }
    }

    /// `isWhole`: everything here lies in the region.
    private func descend(
        _ tile: TileCoordinate, _ candidates: [Int32], isWhole: Bool, _ buffer: inout GeometryBuffer,
        _ byZoom: inout [[TileRun]]
    ) throws {
        var isWhole = isWhole
        if !isWhole, let region {
            let relation = region.relation(of: tile.box)
            if relation == .outside { return }
            isWhole = relation == .covered
        }
        let views = window(of: tile).views(turned: generator.store.hasTurnedRecords)
        var inside: [Int32] = []
        inside.reserveCapacity(candidates.count)
        var covering: [Int32] = []
        var shownCount = 0
        for index in candidates where items[Int(index)].highestZoom >= tile.zoom {
            let meeting = try meeting(items[Int(index)], views, &buffer)
            if meeting == .none { continue }
            inside.append(index)
            if items[Int(index)].lowestZoom <= tile.zoom { shownCount += 1 }
            if meeting == .covers, items[Int(index)].plain != Item.notPlain { covering.append(index) }
        }
        if inside.isEmpty { return }
        if isWhole, try isCovered(tile, inside, by: covering, views, &buffer) {
            appendRuns(under: tile, inside, &byZoom)
            return
        }
        if tile.zoom >= zooms.lowerBound, shownCount > 0 {
            byZoom[Int(tile.zoom)].append(TileRun(first: tile, count: 1, recordCount: shownCount))
        }
        if tile.zoom == zooms.upperBound { return }
        for child in tile.children { try descend(child, inside, isWhole: isWhole, &buffer, &byZoom) }
    }

    /// The tiles that a tile stands for, itself and deeper ones: neighbours along the curve of each zoom.
    private func appendRuns(under tile: TileCoordinate, _ inside: [Int32], _ byZoom: inout [[TileRun]]) {
        for zoom in max(tile.zoom, zooms.lowerBound)...zooms.upperBound
        where inside.contains(where: { items[Int($0)].shows(at: zoom) }) {
            let levels = UInt64(zoom - tile.zoom)
            let (x, y) = HilbertCurve.position(index: tile.hilbertIndex << (2 * levels), order: Int(zoom))
            guard let first = TileCoordinate(zoom: zoom, x: x, y: y) else { continue }
            byZoom[Int(zoom)].append(
                TileRun(
                    first: first, count: 1 << Int(2 * levels), recordCount: inside.count,
                    plain: items[Int(inside[0])].plain))
        }
    }

    private enum Meeting { case none, some, covers }

    /// What a tile looks at, and what simplification may move into it.
    private func window(of tile: TileCoordinate) -> TileWindow {
        let window = generator.window(of: tile)
        let deviation = generator.deviations[min(Int(tile.zoom), generator.deviations.count - 1)]
        return deviation == 0 ? window : window.grown(by: deviation)
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
        let selection = GeometrySelection(window: window)
        try feature.decodeGeometry(varyingCount: Int(item.varyingCount), selection, into: &buffer)
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
