import ByteCoding
import PlanarGeometry

/// Where a draft's geometry lies in its batch, and what must be known to read it.
struct DraftGeometry {
    var shape = StoredShape.none
    var isDrawn = false
    var isTurned = false
    var isChunked = false
    var pointCount = 0
    var first = WorldPoint(x: 0, y: 0)
    var bytes: Range<Int> = 0..<0

    var isRanked: Bool { RankCoding.isRanked(shape, isDrawn: isDrawn, pointCount: pointCount) }

    /// Whether it has rings that may share borders with others that tiles show.
    var hasRankedRings: Bool { shape.hasRings && isRanked }

    /// Where its ranks are.
    var rankBytes: Range<Int> {
        (bytes.upperBound - (isRanked ? RankCoding.byteCount(pointCount) : 0))..<bytes.upperBound
    }
}

/// Features made together, as by one task; batches go into a store in any order.
public struct FeatureDraftBatch: Sendable {
    public private(set) var drafts: [FeatureDraft] = []
    /// One for each draft.
    private(set) var geometries: [DraftGeometry] = []
    private var bytes: [UInt8] = []
    /// Of chunked geometries, by draft.
    private var summaries: [Int: GeometrySummary] = [:]
    private var ranking = VertexRanking()

    public init() {}

    /// Changes what may be known later than the geometry: a draft's tag list, lowest zoom and label point.
    public mutating func update(_ index: Int, _ body: (inout FeatureDraft) -> Void) { body(&drafts[index]) }

    /// Adds a feature without geometry of its own: no position, or that of its members.
    public mutating func add(_ draft: FeatureDraft) {
        drafts.append(draft)
        geometries.append(DraftGeometry())
    }

    /// Adds a feature with its geometry in the frame that it is stored in.
    mutating func store(_ draft: FeatureDraft, points: [WorldPoint], partEnds: [Int], isExterior: [Bool]) {
        var place = DraftGeometry()
        place.shape = draft.shape
        place.isDrawn = draft.role.isDrawn(draft.traits)
        place.isTurned = draft.traits.contains(.isTurned)
        place.pointCount = points.count
        var geometry = GeometryBuffer()
        geometry.points = points
        geometry.partEnds = partEnds
        geometry.isExterior = isExterior
        if place.isRanked { geometry.rank(asRings: draft.shape.hasRings, &ranking) }
        // Many batches wait for the end of an import.
        if points.count > GeometryCoding.chunkThreshold { ranking = VertexRanking() }
        let encoded = GeometryCoding.encode(draft.shape, geometry)
        place.isChunked = encoded.isChunked
        place.first = encoded.first
        place.bytes = bytes.count..<(bytes.count + encoded.bytes.count)
        summaries[drafts.count] = encoded.summary
        bytes.append(contentsOf: encoded.bytes)
        drafts.append(draft)
        geometries.append(place)
    }
}

extension FeatureDraftBatch {
    /// The points of a draft, read back; empty when it has none.
    public func geometry(ofDraft index: Int) -> GeometryBuffer {
        var buffer = GeometryBuffer()
        read(index, into: &buffer)
        return buffer
    }

    /// The same into memory that is reused, without ranks.
    func read(_ index: Int, into buffer: inout GeometryBuffer) {
        let place = geometries[index]
        buffer.removeAll()
        if place.pointCount == 0 { return }
        let layout = GeometryCoding.Layout(
            shape: place.shape, isChunked: place.isChunked, isDrawn: place.isDrawn, base: place.first)
        var cursor = ByteCursor(bytes.byteSpan.extracting(place.bytes))
        do {
            if place.isChunked {
                try GeometryCoding.decodeChunkedBody(layout, &cursor, .whole, into: &buffer)
            } else {
                try GeometryCoding.decodePlainBody(layout, &cursor, into: &buffer)
            }
        } catch {
            // What was encoded here can be decoded.
            buffer.removeAll()
        }
    }

    /// Appends a draft's ranks; nothing for one without.
    func readRanks(_ index: Int, into ranks: inout [UInt8]) {
        let place = geometries[index]
        if !place.isRanked { return }
        RankCoding.decode(place.pointCount, bytes.byteSpan.extracting(place.rankBytes), into: &ranks)
    }

    /// Changes the ranks of a draft that has some.
    mutating func replaceRanks(_ index: Int, _ ranks: [UInt8]) {
        let start = geometries[index].rankBytes.lowerBound
        RankCoding.replace(ranks, at: start, in: &bytes)
    }

    /// Appends a draft's geometry as a record has it, after the first point.
    func appendGeometry(_ index: Int, to record: inout [UInt8]) {
        let place = geometries[index]
        if place.isChunked {
            summaries[index]?.append(to: &record)
            var buffer = GeometryBuffer()
            read(index, into: &buffer)
            readRanks(index, into: &buffer.ranks)
            GeometryOverview.append(buffer, to: &record)
        }
        record.append(bytes.byteSpan.extracting(place.bytes))
    }
}

extension GeometryBuffer {
    /// Gives every point the rank that its part's shape gives it.
    mutating func rank(asRings: Bool, _ ranking: inout VertexRanking) {
        var start = 0
        for end in partEnds {
            if asRings {
                ranking.appendRing(points, start..<end, to: &ranks)
            } else {
                ranking.appendLine(points, start..<end, to: &ranks)
            }
            start = end
        }
    }
}
