/// The nearest entries found so far, over any number of trees: at most `limit`, none farther than `maximumDistance`.
///
///     var nearest = NearestNeighbours<ElementID>(limit: 10)
///     for (number, section) in sections.enumerated() {
///         try PackedRTree(section).collectNearest(into: &nearest, tree: number, lowerBound: ..., distance: ...)
///     }
///     for neighbour in nearest.sorted() { ... }
///
/// What is kept depends only on distances and keys: with unique keys, not on the trees, their order or their shape.
/// After `removeAll` it can serve the next question with the memory it has.
public struct NearestNeighbours<Key: Comparable> {
    /// An entry of one of the trees. Ordered by distance, then by key.
    @frozen
    public struct Neighbour: Comparable {
        /// In the caller's unit.
        public var distance: Double
        /// The caller's order among equal distances.
        public var key: Key
        /// The number the caller gave the tree.
        public var tree: Int
        public var entry: Int

        @inlinable
        public init(distance: Double, key: Key, tree: Int, entry: Int) {
            self.distance = distance
            self.key = key
            self.tree = tree
            self.entry = entry
        }

        @inlinable
        public static func < (left: Neighbour, right: Neighbour) -> Bool {
            left.distance != right.distance ? left.distance < right.distance : left.key < right.key
        }
    }

    public let limit: Int
    /// Included.
    public let maximumDistance: Double
    @usableFromInline var best = BinaryHeap<Neighbour>()
    /// What `collectNearest` has still to look at; kept here for its memory.
    @usableFromInline var queue = BinaryHeap<NearestQueueItem>()

    public init(limit: Int, maximumDistance: Double = .infinity) {
        precondition(limit >= 0, "a limit must not be negative")
        self.limit = limit
        self.maximumDistance = maximumDistance
    }

    public var count: Int { best.count }

    /// What is farther than this cannot become a neighbour any more; what is as far may, by its key.
    @inlinable
    public var distanceToBeat: Double {
        guard best.count >= limit else { return maximumDistance }
        return best.top?.distance ?? -.infinity
    }

    /// Considers an entry; for those in no tree, too.
    @inlinable
    public mutating func offer(_ neighbour: Neighbour) {
        guard neighbour.distance <= maximumDistance, limit > 0 else { return }
        if best.count < limit {
            best.insert(neighbour)
        } else if let worst = best.top, neighbour < worst {
            best.replaceTop(with: neighbour)
        }
    }

    /// The neighbours, nearest first.
    public func sorted() -> [Neighbour] { best.elements.sorted() }

    /// Forgets the neighbours and keeps the memory.
    public mutating func removeAll() { best.removeAll() }
}

extension NearestNeighbours: Sendable where Key: Sendable {}
extension NearestNeighbours.Neighbour: Sendable where Key: Sendable {}
