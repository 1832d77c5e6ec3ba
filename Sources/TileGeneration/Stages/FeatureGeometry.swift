import FeatureStorage
import PlanarGeometry
import TileSchemas
import VectorTiles

/// One feature's geometry on its way into a tile: read from the store once, then shaped for each layer that takes it.
struct FeatureGeometry: Sendable {
    var tile: TileCoordinate
    /// As read, in the frame that the record is stored in.
    var buffer = GeometryBuffer()
    /// What the last call of `shape` made, in tile units.
    private(set) var result = TilePath()
    /// Roles of its rings, if they are to be united with others and have not been repaired yet.
    private(set) var roles: [RingRole] = []

    private var storedShape = StoredShape.none
    /// How far it is moved east, see `TileWindow.View`.
    private var halfWorlds: Int8 = 0
    private var stored: GeometrySummary?
    private var ownLabel: WorldPoint?
    /// The geometry in subunits, simplified, made when first asked for, and for which rank.
    private var lines = TilePath()
    private var rings = TilePolygonPath()
    private var linesRank: UInt8?
    private var ringsRank: UInt8?
    private var clippedLines = TilePath()
    private var clippedRings = TilePolygonPath()
    private var clipping = ClippingScratch()
    private var repair = PolygonRepairScratch()
    private var label = LabelPointScratch()

    init(_ tile: TileCoordinate) { self.tile = tile }

    /// Takes over what `buffer` holds now. `label` is the point that the feature brings with it, in the record's frame.
    mutating func begin(
        _ shape: StoredShape, movedBy halfWorlds: Int8, stored: GeometrySummary?, label ownLabel: WorldPoint?
    ) {
        storedShape = shape
        self.halfWorlds = halfWorlds
        self.stored = stored
        self.ownLabel = ownLabel
        bufferChanged()
    }

    /// `buffer` holds the same feature, read for another rank.
    mutating func bufferChanged() {
        linesRank = nil
        ringsRank = nil
    }

    /// As much about the size as the placement and the order of its layer want to know.
    func size(for placement: Placement, measure: FeatureOrder.Measure?) -> FeatureSize {
        var size = FeatureSize()
        var wantsArea = measure == .mercatorArea
        for attribute in placement.attributes { if case .mercatorArea = attribute.source { wantsArea = true } }
        var wantsGround = false
        switch placement.smallest {
        case .lengthInPixels:
            size.lengthInWorldUnits = stored?.lengthInWorldUnits ?? GeometrySummary.length(storedShape, buffer)
        case .areaInPixels: wantsArea = true
        case .groundArea: wantsGround = true
        case nil: break
        }
        if wantsArea { size.areaInWorldUnits = stored?.areaInWorldUnits ?? GeometrySummary.area(storedShape, buffer) }
        if wantsGround {
            let hectares = stored?.groundHectares ?? GeometrySummary.groundHectares(storedShape, buffer)
            size.groundSquareKilometres = Double(hectares) / 100
        }
        return size
    }

    /// Makes `result` for one layer; `nil` when nothing of it is in the tile. `buffer` serves `rank` (`TileRecipe.rank`).
    mutating func shape(_ output: Placement.Output, for layer: LayerSettings, rank: UInt8) -> VectorTileGeometryType? {
        result.removeAll()
        roles.removeAll(keepingCapacity: true)
        let margin = layer.buffer << TileRecipe.subunitBits
        let side = TileRecipe.extent << TileRecipe.subunitBits
        let box = TileBox(minX: -margin, minY: -margin, maxX: side + margin, maxY: side + margin)
        switch output {
        case .point:
            if let point = buffer.points.first { addPoint(point, layer) }
        case .labelPoint:
            if let point = labelPoint() { addPoint(point, layer) }
        case .line:
            if linesRank != rank { projectLines(rank) }
            Clipping.clipLines(lines, to: box, into: &clippedLines)
            TileQuantization.lines(clippedLines, into: &result)
        case .polygon:
            if ringsRank != rank { projectRings(rank) }
            Clipping.clipRings(rings, to: box, into: &clippedRings, scratch: &clipping)
            TileQuantization.round(&clippedRings.rings.points)
            if Int(tile.zoom) < layer.joinsPolygonsBelowZoom {
                swap(&result, &clippedRings.rings)
                swap(&roles, &clippedRings.roles)
            } else {
                PolygonRepair.repair(clippedRings, into: &result, scratch: &repair)
            }
        }
        if result.points.isEmpty { return nil }
        switch output {
        case .point, .labelPoint: return .point
        case .line: return .lineString
        case .polygon: return .polygon
        }
    }

    /// The feature's own label point, else a point inside the area that `buffer` holds; in the record's frame.
    mutating func labelPoint() -> WorldPoint? {
        ownLabel ?? stored?.labelPoint ?? GeometrySummary.labelPoint(storedShape, buffer, scratch: &label)
    }

    private mutating func addPoint(_ point: WorldPoint, _ layer: LayerSettings) {
        let subunits = TileProjection(tile, movedBy: halfWorlds).subunits(point)
        let rounded = TilePoint(x: TileQuantization.round(subunits.x), y: TileQuantization.round(subunits.y))
        let margin = layer.buffer + PointGrid.reach(layer, zoom: Int(tile.zoom))
        let box = TileBox(
            minX: -margin, minY: -margin, maxX: TileRecipe.extent + margin, maxY: TileRecipe.extent + margin)
        guard box.contains(rounded) else { return }
        result.points.append(rounded)
        result.endPart()
    }

    private mutating func projectLines(_ rank: UInt8) {
        linesRank = rank
        let projection = TileProjection(tile, movedBy: halfWorlds, rank: rank)
        projection.appendParts(of: buffer, closing: storedShape.isClosedWay, to: &lines)
    }

    private mutating func projectRings(_ rank: UInt8) {
        ringsRank = rank
        let projection = TileProjection(tile, movedBy: halfWorlds, rank: rank)
        projection.appendRings(of: buffer, allExterior: storedShape.isClosedWay, to: &rings)
    }
}
