import PlanarGeometry

/// Makes neighbours that share a border keep the same vertices of it at every zoom, so that no sliver opens between them.
///
/// Each ring has been ranked on its own. A vertex that several rings pass gets the lowest of its ranks in all of them. Where borders
/// part, as where three areas meet, it is kept from the zoom on at which at least two rings that go on differently are large
/// enough to be seen: without it the lines of each would meet their neighbours elsewhere.
///
/// Vertices are the same when their places on the grid are. Two passes over all rings, a third over those that share any; memory of
/// four bytes a vertex, and some twenty for each of those that are shared.
struct SharedVertices: ~Copyable {
    private var repeats: RepeatedKeys
    private var table: SharedVertexTable
    private var buffer = GeometryBuffer()

    /// Changes the ranks in all batches.
    static func settle(_ batches: inout [FeatureDraftBatch]) {
        let count = batches.reduce(0) { sum, batch in
            batch.geometries.reduce(sum) { $0 + ($1.hasRankedRings ? $1.pointCount : 0) }
        }
        var shared = SharedVertices(pointCount: count)
        for batch in batches { shared.count(batch) }
        let sharing = batches.map { shared.collect($0) }
        for number in batches.indices { shared.settle(&batches[number], sharing[number]) }
    }

    private init(pointCount: Int) {
        repeats = RepeatedKeys(expected: pointCount)
        table = SharedVertexTable(expected: pointCount / 8)
    }

    /// Notes which places are passed more than once.
    private mutating func count(_ batch: FeatureDraftBatch) {
        for index in batch.geometries.indices where batch.geometries[index].hasRankedRings {
            let isTurned = batch.geometries[index].isTurned
            batch.read(index, into: &buffer)
            for point in buffer.points { repeats.insert(SharedVertices.key(point, isTurned)) }
        }
    }

    /// Notes how rings pass those places; returns the drafts that do.
    private mutating func collect(_ batch: FeatureDraftBatch) -> [Int] {
        var sharing: [Int] = []
        for index in batch.geometries.indices where batch.geometries[index].hasRankedRings {
            let isTurned = batch.geometries[index].isTurned
            batch.read(index, into: &buffer)
            var isShared = false
            var start = 0
            for end in buffer.partEnds {
                if collect(start..<end, isTurned, batch, index) { isShared = true }
                start = end
            }
            if isShared { sharing.append(index) }
        }
        return sharing
    }

    /// The same for one ring in `buffer`.
    private mutating func collect(_ ring: Range<Int>, _ isTurned: Bool, _ batch: FeatureDraftBatch, _ draft: Int)
        -> Bool
    {
        var visibleFrom: UInt8?
        for index in ring {
            let key = SharedVertices.key(buffer.points[index], isTurned)
            guard repeats.isRepeated(key) else { continue }
            if buffer.ranks.isEmpty { batch.readRanks(draft, into: &buffer.ranks) }
            let zoom = visibleFrom ?? VertexRank.ofRing(doubledArea: RingArea.doubled(buffer.points, ring))
            visibleFrom = zoom
            let previous = buffer.points[index == ring.lowerBound ? ring.upperBound - 1 : index - 1]
            let next = buffer.points[index + 1 == ring.upperBound ? ring.lowerBound : index + 1]
            let passage = SharedVertexTable.Passage(
                between: SharedVertices.key(previous, isTurned), and: SharedVertices.key(next, isTurned),
                visibleFrom: zoom)
            table.add(key, rank: buffer.ranks[index], passage)
        }
        return visibleFrom != nil
    }

    /// Gives the vertices of some drafts the ranks that all rings agree on.
    private mutating func settle(_ batch: inout FeatureDraftBatch, _ drafts: [Int]) {
        for index in drafts {
            let isTurned = batch.geometries[index].isTurned
            batch.read(index, into: &buffer)
            batch.readRanks(index, into: &buffer.ranks)
            for place in buffer.points.indices {
                let key = SharedVertices.key(buffer.points[place], isTurned)
                if repeats.isRepeated(key), let rank = table.rank(of: key) { buffer.ranks[place] = rank }
            }
            batch.replaceRanks(index, buffer.ranks)
        }
    }

    /// The place on the grid, whatever the frame.
    @inline(__always)
    private static func key(_ point: WorldPoint, _ isTurned: Bool) -> UInt64 {
        let place = isTurned ? point.turned : point
        return UInt64(place.x) << 32 | UInt64(place.y)
    }
}
