import PlanarGeometry
import SystemIO

/// Where each node is: positions by id, compact and sorted.
///
/// An id is its upper 48 bits, kept once for all nodes that share them, and 16 low bits beside each position: ten
/// bytes a node where ids are dense, 26 where every id has upper bits of its own. Large columns go to a file.
/// Look-ups start from the last one found, because ways name nodes near each other.
struct NodeLocationIndex: Sendable {
    private let lowBits: FrozenColumn<UInt16>
    private let points: FrozenColumn<WorldPoint>
    /// The upper bits of ids, ascending.
    private let bucketKeys: FrozenColumn<Int64>
    /// Where each bucket starts among the nodes.
    private let bucketStarts: FrozenColumn<Int>
    /// Coordinates that the grid cannot hold, by position in the index.
    private let exactCoordinates: [Int: GeoCoordinate]
    /// Nodes whose file gives no usable position.
    private let unlocated: Set<Int>

    let count: Int

    init(_ builder: NodeLocationIndexBuilder) {
        lowBits = builder.lowBits.frozen()
        points = builder.points.frozen()
        bucketKeys = builder.bucketKeys.frozen()
        bucketStarts = builder.bucketStarts.frozen()
        exactCoordinates = builder.exactCoordinates
        unlocated = builder.unlocated
        count = builder.points.count
    }

    /// Where the last look-up in an index ended: the next one there is usually near.
    struct Hint {
        /// Upper bits of the ids of the bucket, and where it lies among the nodes.
        fileprivate var key: Int64 = .min
        fileprivate var bucket = 0..<0
        fileprivate var position = 0
        init() {}
    }

    /// The position of an id in the index; `nil` when the file lacks the node.
    ///
    /// Doubling steps from the last one found, then bisection: ways list nodes that were drawn, and so numbered, one after
    /// the other. Cost: logarithmic in the distance.
    func position(ofNode id: Int64, hint: inout Hint) -> Int? {
        let key = id >> 16
        let low = UInt16(truncatingIfNeeded: id)
        if key != hint.key, !find(key, &hint) { return nil }
        var first = hint.position
        var end: Int
        var step = 1
        if lowBits[first] < low {
            first += 1
            end = first + 1
            while end < hint.bucket.upperBound, lowBits[end - 1] < low {
                first = end
                step *= 2
                end += step
            }
            end = min(end, hint.bucket.upperBound)
        } else {
            end = first
            while first > hint.bucket.lowerBound {
                first = max(end - step, hint.bucket.lowerBound)
                if lowBits[first] < low { break }
                end = first
                step *= 2
            }
        }
        first = (first..<end).partitioningIndex { lowBits[$0] >= low }
        guard first < hint.bucket.upperBound, lowBits[first] == low else { return nil }
        hint.position = first
        return first
    }

    /// Moves the hint to the start of a bucket; false, without moving it, when there is none.
    private func find(_ key: Int64, _ hint: inout Hint) -> Bool {
        let bucketCount = bucketKeys.count
        let bucket = (0..<bucketCount).partitioningIndex { bucketKeys[$0] >= key }
        guard bucket < bucketCount, bucketKeys[bucket] == key else { return false }
        hint.key = key
        hint.bucket = bucketStarts[bucket]..<(bucket + 1 < bucketCount ? bucketStarts[bucket + 1] : count)
        hint.position = hint.bucket.lowerBound
        return true
    }

    /// The id of the node at a position.
    func id(at position: Int) -> Int64 {
        let bucket = (0..<bucketStarts.count).partitioningIndex { bucketStarts[$0] > position } - 1
        return bucketKeys[bucket] << 16 | Int64(lowBits[position])
    }

    /// The coordinate at a position; `nil` when the file gives no usable one.
    func coordinate(at position: Int) -> GeoCoordinate? {
        exactCoordinate(at: position) ?? point(at: position).map(WebMercator.coordinate)
    }

    /// The grid point at a position; `nil` when the file gives no usable one.
    func point(at position: Int) -> WorldPoint? {
        if !unlocated.isEmpty, unlocated.contains(position) { return nil }
        return points[position]
    }

    /// The coordinate at a position where the grid point is only the nearest one.
    func exactCoordinate(at position: Int) -> GeoCoordinate? {
        exactCoordinates.isEmpty ? nil : exactCoordinates[position]
    }

    /// Whether any coordinate needs `exactCoordinate(at:)`.
    var hasExactCoordinates: Bool { !exactCoordinates.isEmpty }
}
