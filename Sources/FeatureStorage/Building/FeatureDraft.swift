import ByteCoding
public import OSMModel
public import PlanarGeometry

/// One feature on its way into a store. Its geometry's bytes lie in the batch it came in.
public struct FeatureDraft: Sendable {
    public var element: ElementID
    public var role = RecordRole.feature
    public var traits: RecordTraits = []
    public var shape = StoredShape.none
    var isChunked = false
    /// Number of the tag list; `nil` without tags.
    public var tagList: UInt32?
    /// Lowest zoom at which the schema shows it; 15 when it never does.
    public var lowestZoom: UInt8 = 15
    /// `nil` without a position; in the frame that the traits say.
    public var box: WorldBox?
    public var exactCoordinates: [Geometry.ExactCoordinate] = []
    /// Of an area, where it has one of its own; `nil` leaves it to the geometry.
    public var labelPoint: WorldPoint?
    var first = WorldPoint(x: 0, y: 0)
    var geometry: Range<Int> = 0..<0

    public init(element: ElementID, tagList: UInt32?) {
        self.element = element
        self.tagList = tagList
    }
}

/// Features made together, as by one task; batches go into a store in any order.
public struct FeatureDraftBatch: Sendable {
    public private(set) var drafts: [FeatureDraft] = []
    private(set) var geometries: [UInt8] = []

    public init() {}

    /// Changes what may be known later than the geometry: a draft's tag list, lowest zoom and label point.
    public mutating func update(_ index: Int, _ body: (inout FeatureDraft) -> Void) { body(&drafts[index]) }

    /// Adds a feature without geometry of its own: no position, or that of its members.
    public mutating func add(_ draft: FeatureDraft) { drafts.append(draft) }

    /// Adds a feature with its geometry in the frame that it is stored in.
    mutating func store(_ draft: FeatureDraft, points: [WorldPoint], partEnds: [Int], isExterior: [Bool]) {
        var draft = draft
        let encoded = GeometryCoding.encode(
            draft.shape, points: points, partEnds: partEnds, isExterior: isExterior)
        draft.isChunked = encoded.isChunked
        draft.first = encoded.first
        draft.geometry = geometries.count..<(geometries.count + encoded.bytes.count)
        geometries.append(contentsOf: encoded.bytes)
        drafts.append(draft)
    }

    /// The points of a draft, read back; empty when it has none.
    public func geometry(ofDraft index: Int) -> GeometryBuffer {
        let draft = drafts[index]
        var bytes: [UInt8] = []
        if !draft.isChunked { GeometryCoding.appendDifference(draft.first, draft.first, &bytes) }
        bytes.append(contentsOf: geometries[draft.geometry])
        var buffer = GeometryBuffer()
        var cursor = ByteCursor(bytes.byteSpan)
        do {
            try GeometryCoding.decode(
                draft.shape, isChunked: draft.isChunked, base: draft.first, &cursor, window: nil, into: &buffer)
        } catch {
            // What was encoded here can be decoded.
            buffer.removeAll()
        }
        return buffer
    }
}
