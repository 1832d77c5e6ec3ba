public import PlanarGeometry

// What crosses 180 degrees is stored in the frame of the world in which it lies in one piece.
extension FeatureDraftBatch {
    /// Adds a feature with its geometry on the world grid; the draft's shape says what the points are, its box is around them.
    ///
    /// A geometry that crosses 180 degrees is stored turned by half the world (`RecordTraits.isTurned`), with a box of that
    /// frame. One that goes around the world is torn apart in either frame: its record keeps the whole geometry for queries,
    /// with a box all around, and a record beside it has the pieces between the meridians of 180 degrees for tiles
    /// (`RecordRole.drawnPiece`). All pieces are in that one, so that area, length and label point are those of the whole.
    public mutating func add(
        _ draft: FeatureDraft, points: [WorldPoint], partEnds: [Int], isExterior: [Bool] = []
    ) {
        guard let box = draft.box, box.maxX - box.minX > WorldFrame.halfWorld, draft.shape != .point else {
            store(draft, points: points, partEnds: partEnds, isExterior: isExterior)
            return
        }
        let crossings = FrameCrossings(points, partEnds: partEnds, closing: draft.shape.hasRings)
        switch crossings.frame {
        case .standard: store(draft, points: points, partEnds: partEnds, isExterior: isExterior)
        case .turned:
            var draft = draft
            let turned = StoredFrame.turned(points, exact: draft.exactCoordinates)
            draft.traits.insert(.isTurned)
            draft.box = WorldBox(around: turned)
            store(draft, points: turned, partEnds: partEnds, isExterior: isExterior)
        case nil: addAroundWorld(draft, points: points, partEnds: partEnds, isExterior: isExterior)
        }
    }

    /// Adds a feature whose geometry is on the grid as it lies, however long its edges are: nothing crosses 180 degrees.
    public mutating func addFlat(
        _ draft: FeatureDraft, points: [WorldPoint], partEnds: [Int], isExterior: [Bool]
    ) {
        store(draft, points: points, partEnds: partEnds, isExterior: isExterior)
    }

    private mutating func addAroundWorld(
        _ draft: FeatureDraft, points: [WorldPoint], partEnds: [Int], isExterior: [Bool]
    ) {
        let isArea = draft.shape == .area || draft.shape == .closedArea
        var geometry = Geometry(type: isArea ? .polygons : .lines, points: points, partEnds: partEnds)
        geometry.exactCoordinates = draft.exactCoordinates
        if draft.shape == .closedLine { geometry.closeLine() }
        let pieces = geometry.cutAt180Degrees(isExterior: isExterior)
        var piece = draft
        piece.role = draft.role == .feature ? .drawnPiece : draft.role
        piece.shape = isArea ? .area : .lines
        piece.exactCoordinates = []
        piece.box = pieces.box
        if draft.role != .derived {
            var whole = draft
            whole.traits.insert(.isDrawnInPieces)
            whole.box?.minX = 0
            whole.box?.maxX = .max
            // Around a pole the inside reaches farther than the border.
            if isArea, let drawn = piece.box { whole.box?.extend(by: drawn) }
            store(whole, points: points, partEnds: partEnds, isExterior: isExterior)
            if draft.role == .part { return }
        }
        guard piece.box != nil else { return }
        let isPieceExterior = pieces.partEnds.indices.map { RingArea.doubled(pieces.points, pieces.partRange($0)) > 0 }
        store(piece, points: pieces.points, partEnds: pieces.partEnds, isExterior: isPieceExterior)
    }
}

/// Points between the frame they are stored in and the grid.
enum StoredFrame {
    /// Points of the grid in the turned frame, where +180 degrees have a place of their own: that of -180.
    static func turned(_ points: [WorldPoint], exact: [Geometry.ExactCoordinate]) -> [WorldPoint] {
        var turned = points.map(\.turned)
        for exact in exact where exact.coordinate.longitude == GeoCoordinate.longitudeLimit {
            turned[exact.index].x = WorldFrame.halfWorld
        }
        return turned
    }

    /// The inverse, in place.
    static func turnBack(_ points: inout [WorldPoint], exact: [Geometry.ExactCoordinate]) {
        for index in points.indices { points[index] = points[index].turned }
        for exact in exact where points.indices.contains(exact.index) {
            points[exact.index] = WebMercator.worldPoint(exact.coordinate)
        }
    }
}

/// The box of a geometry that is made of others, in the frame in which all of them lie in one piece.
public struct FrameBox: Sendable {
    private var standard: WorldBox?
    private var turned: WorldBox?
    private var crossings = FrameCrossings()

    public init() {}

    public var isEmpty: Bool { standard == nil }

    public mutating func add(_ point: WorldPoint) {
        FrameBox.extend(&standard, by: point)
        FrameBox.extend(&turned, by: point.turned)
    }

    /// Adds a segment, which goes the short way round the world.
    public mutating func add(_ a: WorldPoint, _ b: WorldPoint) {
        add(a)
        add(b)
        crossings.add(a, b)
    }

    /// Adds what is in another one.
    public mutating func unite(_ other: FrameBox) {
        standard = FrameBox.united(standard, other.standard)
        turned = FrameBox.united(turned, other.turned)
        crossings.unite(other.crossings)
    }

    private static func united(_ box: WorldBox?, _ other: WorldBox?) -> WorldBox? {
        guard var box, let other else { return box ?? other }
        box.extend(by: other)
        return box
    }

    private static func extend(_ box: inout WorldBox?, by point: WorldPoint) {
        if box == nil { box = WorldBox(point) } else { box?.extend(by: point) }
    }

    /// Gives a draft its box, and the trait that says in which frame it is.
    public func apply(to draft: inout FeatureDraft) {
        switch crossings.frame {
        case .standard: draft.box = standard
        case .turned:
            draft.box = turned
            draft.traits.insert(.isTurned)
        case nil:
            draft.box = standard
            draft.box?.minX = 0
            draft.box?.maxX = .max
        }
    }
}
