import PlanarGeometry
import SystemIO

/// Collects node positions in file order. Files are nearly always sorted by id, and then this is only appending.
struct NodeLocationIndexBuilder {
    let lowBits: SpillingColumn<UInt16>
    let points: SpillingColumn<WorldPoint>
    let bucketKeys: SpillingColumn<Int64>
    let bucketStarts: SpillingColumn<Int>
    private(set) var exactCoordinates: [Int: GeoCoordinate] = [:]
    private(set) var unlocated: Set<Int> = []
    private var lastID = Int64.min
    /// All ids, once one came out of order.
    private var unsortedIDs: SpillingColumn<Int64>?
    private let spillThreshold: Int
    private let limit: Int

    /// Columns above `spillThreshold` bytes go to temporary files. More nodes than `limit` are refused: an import counts them
    /// in 32 bits.
    init(spillThreshold: Int = 256 << 20, limit: Int = Int(UInt32.max)) {
        self.spillThreshold = spillThreshold
        self.limit = limit
        lowBits = SpillingColumn(threshold: spillThreshold)
        points = SpillingColumn(threshold: spillThreshold)
        bucketKeys = SpillingColumn(threshold: spillThreshold)
        bucketStarts = SpillingColumn(threshold: spillThreshold)
    }

    /// Adds nodes; `coordinates` beside `points` tell which positions the grid cannot hold, or are none.
    /// Throws `ImportError.tooManyNodes`, and errors of temporary files.
    mutating func append(ids: [Int64], points newPoints: [WorldPoint], coordinates: [GeoCoordinate]) throws {
        let start = points.count
        if ids.count > limit - start { throw ImportError.tooManyNodes(limit: limit) }
        for (offset, coordinate) in coordinates.enumerated() where !WebMercator.isExact(coordinate) {
            if coordinate.isValid {
                exactCoordinates[start + offset] = coordinate
            } else {
                unlocated.insert(start + offset)
            }
        }
        if unsortedIDs == nil {
            for (offset, id) in ids.enumerated() {
                if id <= lastID, start + offset > 0 {
                    try expandIDs()
                    try unsortedIDs?.append(contentsOf: Array(ids[offset...]))
                    break
                }
                let key = id >> 16
                if bucketKeys.count == 0 || bucketKeys[bucketKeys.count - 1] != key {
                    try bucketKeys.append(key)
                    try bucketStarts.append(start + offset)
                }
                try lowBits.append(UInt16(truncatingIfNeeded: id))
                lastID = id
            }
        } else {
            try unsortedIDs?.append(contentsOf: ids)
        }
        try points.append(contentsOf: newPoints)
    }

    private mutating func expandIDs() throws {
        let ids = SpillingColumn<Int64>(threshold: spillThreshold)
        for bucket in 0..<bucketKeys.count {
            let end = bucket + 1 < bucketStarts.count ? bucketStarts[bucket + 1] : lowBits.count
            for index in bucketStarts[bucket]..<end {
                try ids.append(bucketKeys[bucket] << 16 | Int64(lowBits[index]))
            }
        }
        unsortedIDs = ids
    }

    /// Whether an id is among the ascending ones and comes before its deletion.
    private func isBehindItsNode(_ deletion: (key: Int64, value: Int)) -> Bool {
        let key = deletion.key >> 16
        let bucket = (0..<bucketKeys.count).partitioningIndex { bucketKeys[$0] >= key }
        guard bucket < bucketKeys.count, bucketKeys[bucket] == key else { return false }
        let end = bucket + 1 < bucketStarts.count ? bucketStarts[bucket + 1] : lowBits.count
        let low = UInt16(truncatingIfNeeded: deletion.key)
        let place = (bucketStarts[bucket]..<end).partitioningIndex { lowBits[$0] >= low }
        return place < end && lowBits[place] == low && place < deletion.value
    }

    /// Sorts if it has to, and hands on the index. Of nodes with the same id the last one counts, and none when it was deleted
    /// behind that; `superseded` is told the id of each other one and its place among the nodes of the file.
    ///
    /// - Parameter deletions: for an id, behind how many nodes of the file it was deleted last.
    consuming func finish(
        deletions: [Int64: Int] = [:], superseded: (_ id: Int64, _ fileIndex: UInt32) -> Void
    ) throws -> NodeLocationIndex {
        if unsortedIDs == nil, deletions.contains(where: isBehindItsNode) { try expandIDs() }
        guard let ids = unsortedIDs else { return NodeLocationIndex(self) }
        var order = (0..<UInt32(ids.count)).map { $0 }
        order.sort { (ids[Int($0)], $0) < (ids[Int($1)], $1) }
        var sorted = NodeLocationIndexBuilder(spillThreshold: spillThreshold)
        for (rank, old) in order.enumerated() {
            let id = ids[Int(old)]
            let comesAgain = rank + 1 < order.count && ids[Int(order[rank + 1])] == id
            let isDeleted = !deletions.isEmpty && deletions[id].map { $0 > Int(old) } ?? false
            if comesAgain || isDeleted {
                superseded(id, old)
                continue
            }
            let position = sorted.points.count
            let key = id >> 16
            if sorted.bucketKeys.count == 0 || sorted.bucketKeys[sorted.bucketKeys.count - 1] != key {
                try sorted.bucketKeys.append(key)
                try sorted.bucketStarts.append(position)
            }
            try sorted.lowBits.append(UInt16(truncatingIfNeeded: id))
            try sorted.points.append(points[Int(old)])
            if let exact = exactCoordinates[Int(old)] { sorted.exactCoordinates[position] = exact }
            if unlocated.contains(Int(old)) { sorted.unlocated.insert(position) }
        }
        return NodeLocationIndex(sorted)
    }
}
