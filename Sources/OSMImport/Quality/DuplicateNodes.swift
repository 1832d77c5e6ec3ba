import FeatureStorage
import OSMModel
import PlanarGeometry

/// Finds different nodes at exactly one place that ways use and that are both untagged, or tagged alike.
///
/// Two looks over the nodes, strip by strip: the first marks hashes of places in a bit table, and in a second table those
/// that come again; the second look gathers the few nodes whose hash came again, and these are sorted. A strip is the
/// nodes whose hash has one remainder, at most about `stripSize` of them, so that tables and gathered nodes stay below
/// 80 MB however long the column is. Cost: linear in the nodes times the number of strips.
struct DuplicateNodes {
    let locations: NodeLocationIndex
    /// Positions in the index of the nodes that ways use.
    let used: BitSet
    /// Nodes per strip.
    var stripSize = 1 << 24
    /// The tags of a node; `nil` when it has none.
    let tags: (_ id: Int64) -> CodedTags?

    init(locations: NodeLocationIndex, used: BitSet, tags: @escaping (_ id: Int64) -> CodedTags?) {
        self.locations = locations
        self.used = used
        self.tags = tags
    }

    /// Bits of a table for each node of a strip: about one node in sixteen is gathered in vain.
    private static let bitsPerNode = 8

    private struct Candidate {
        var place: UInt64
        var position: UInt32
    }

    /// What nodes must share to be duplicates.
    private struct Sameness: Hashable {
        var coordinate: GeoCoordinate
        /// By key; empty for untagged nodes.
        var tags: [TagPair]
    }

    private struct TagPair: Hashable {
        var key: UInt32
        var value: TagValueCode
    }

    /// For each node but the one of the lowest id at its place: that node, and the lowest one as the other.
    func problems() -> [MapProblem] {
        var problems: [MapProblem] = []
        if used.count < 2 { return problems }
        let stripCount = UInt64((used.count + stripSize - 1) / stripSize)
        let tableBits = min(used.count, stripSize) * Self.bitsPerNode
        for strip in 0..<stripCount {
            var seen = HashedBits(count: tableBits)
            var repeated = HashedBits(count: tableBits)
            forEachPlace(strip, stripCount) { _, _, hash in
                if seen.insert(hash) { repeated.insert(hash) }
            }
            var candidates: [Candidate] = []
            forEachPlace(strip, stripCount) { position, place, hash in
                if repeated.contains(hash) {
                    candidates.append(Candidate(place: place, position: UInt32(truncatingIfNeeded: position)))
                }
            }
            candidates.sort { ($0.place, $0.position) < ($1.place, $1.position) }
            report(candidates, &problems)
        }
        return problems
    }

    /// Calls `body` for the used nodes of a strip that have a position, ascending.
    @inline(__always)
    private func forEachPlace(
        _ strip: UInt64, _ stripCount: UInt64, _ body: (_ position: Int, _ place: UInt64, _ hash: UInt64) -> Void
    ) {
        for index in used.words.indices {
            var word = used.words[index]
            while word != 0 {
                let position = index << 6 | word.trailingZeroBitCount
                word &= word - 1
                guard let point = locations.point(at: position) else { continue }
                let place = UInt64(point.x) << 32 | UInt64(point.y)
                let hash = HashedBits.hash(place)
                if stripCount == 1 || (hash >> 40) % stripCount == strip { body(position, place, hash) }
            }
        }
    }

    /// Looks at each run of equal places. The index is sorted by id, so the lowest position has the lowest id.
    private func report(_ candidates: [Candidate], _ problems: inout [MapProblem]) {
        var lowest: [Sameness: Int64] = [:]
        var start = 0
        while start < candidates.count {
            var end = start + 1
            while end < candidates.count, candidates[end].place == candidates[start].place { end += 1 }
            defer { start = end }
            if end - start < 2 { continue }
            lowest.removeAll(keepingCapacity: true)
            for candidate in candidates[start..<end] {
                let position = Int(candidate.position)
                // The grid may be coarser than the coordinates.
                guard let coordinate = locations.coordinate(at: position) else { continue }
                let id = locations.id(at: position)
                let sameness = Sameness(coordinate: coordinate, tags: pairs(tags(id)))
                if let other = lowest[sameness] {
                    problems.append(
                        MapProblem(
                            .duplicateNode, ElementID(.node, id), at: coordinate, other: ElementID(.node, other)))
                } else {
                    lowest[sameness] = id
                }
            }
        }
    }

    private func pairs(_ tags: CodedTags?) -> [TagPair] {
        guard let tags else { return [] }
        return zip(tags.keys, tags.values).map(TagPair.init).sorted { $0.key < $1.key }
    }
}

/// A set of hashes, one bit each; different hashes may share a bit.
struct HashedBits {
    private var words: [UInt64]
    private let mask: UInt64

    /// `count` is raised to a power of two.
    init(count: Int) {
        var bits: UInt64 = 64
        while bits < UInt64(count) { bits *= 2 }
        words = [UInt64](repeating: 0, count: Int(bits / 64))
        mask = bits - 1
    }

    /// Whether the bit was there already.
    @inline(__always)
    @discardableResult
    mutating func insert(_ hash: UInt64) -> Bool {
        let bit = hash & mask
        let index = Int(truncatingIfNeeded: bit >> 6)
        let flag: UInt64 = 1 << (bit & 63)
        let word = words[index]
        if word & flag != 0 { return true }
        words[index] = word | flag
        return false
    }

    @inline(__always)
    func contains(_ hash: UInt64) -> Bool {
        let bit = hash & mask
        return words[Int(truncatingIfNeeded: bit >> 6)] & 1 << (bit & 63) != 0
    }

    /// Multiplied and folded, so that neighbouring places fall on bits far apart.
    @inline(__always)
    static func hash(_ place: UInt64) -> UInt64 {
        let wide = place.multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
        return wide.low ^ wide.high
    }
}
