public import FeatureStorage
public import OSMModel
public import PlanarGeometry
import SpatialIndexing

/// An answer to a query.
public struct FoundFeature: Sendable {
    /// The record in the store.
    public let number: Int
    public let element: ElementID
    /// In metres; only from a query with `near`.
    public let distance: Double?
    /// The geometry, if finding it had to decode it.
    let decoded: Geometry?

    /// The whole geometry; `nil` when no position is known.
    public func geometry(in store: FeatureStore) throws -> Geometry? {
        if let decoded { return decoded }
        return try store.geometry(of: try store.feature(number))
    }
}

/// Answers queries from one store. Holds what it learnt of the store's tag sets, so ask one runner for one query.
///
/// An object is answered once, whatever selectors it matches; derived records and parts are never answered. The order is
/// the store's (which is that of the Hilbert curve, not of ids) for a box and for everything; that of the list for `ids`,
/// and of the members for `memberOf`; by distance, then id, for `near`. The same store and query give the same answers in the same order.
///
/// Cost: a box or a place touches what is near it; ids are looked up; everything else reads each record once, and its
/// tags are looked at once per tag set.
public struct FeatureQueryRunner: ~Copyable {
    public let store: FeatureStore
    public let query: FeatureQuery
    private var tags: FeatureTagReader
    private var matcher: SelectorMatcher
    private let box: MapBox?
    private let ground: GroundDistance?
    private var unrolled = UnrolledGeometry()

    public init(store: FeatureStore, query: FeatureQuery) {
        self.store = store
        self.query = query
        tags = FeatureTagReader(store: store)
        matcher = SelectorMatcher(query.selectors ?? .everything, store: store)
        box = query.box.map(MapBox.init)
        ground = query.near.map { GroundDistance(from: $0.coordinate) }
    }

    /// Calls `body` with each answer in order and returns how many there were.
    @discardableResult
    public mutating func run(_ body: (FoundFeature) throws -> Void) throws -> Int {
        if let near = query.near, let ground { return try runNear(near, ground, body) }
        var remaining = query.limit ?? .max
        var count = 0
        func answer(_ found: FoundFeature) throws {
            try body(found)
            count += 1
            remaining -= 1
        }
        if remaining == 0 { return 0 }
        if let numbers = try candidates() {
            for number in numbers {
                if let found = try found(number) { try answer(found) }
                if remaining == 0 { break }
            }
        } else {
            for number in 0..<store.recordCount {
                if let found = try found(number) { try answer(found) }
                if remaining == 0 { break }
            }
        }
        return count
    }

    /// The records that can be answers, in the order of answers; `nil` for all of them.
    private func candidates() throws -> [Int]? {
        if let relation = query.memberOf {
            let members = try store.reachedMembers(ofRelation: relation.number)
            guard let ids = query.ids else { return try numbers(of: members) }
            let reached = Set(members)
            return try numbers(of: ids.filter(reached.contains))
        }
        if let ids = query.ids { return try numbers(of: ids) }
        if let selectors = query.selectors?.selectors {
            let elements = selectors.compactMap(\.element)
            if elements.count == selectors.count { return try numbers(of: elements).sorted() }
        }
        guard let box else { return nil }
        var candidates: [UInt32] = []
        for window in box.windows { store.appendCandidates(in: window, to: &candidates) }
        candidates.sort()
        var numbers: [Int] = []
        numbers.reserveCapacity(candidates.count)
        for candidate in candidates where numbers.last != Int(candidate) { numbers.append(Int(candidate)) }
        return numbers
    }

    /// The records of elements that the store has, each once.
    private func numbers(of elements: [ElementID]) throws -> [Int] {
        var seen: Set<ElementID> = []
        var numbers: [Int] = []
        for element in elements where seen.insert(element).inserted {
            if let number = try store.featureNumber(of: element) { numbers.append(number) }
        }
        return numbers
    }

    /// The record as an answer, if it matches everything but `near`.
    private mutating func found(_ number: Int) throws -> FoundFeature? {
        let store = store
        let feature = try store.feature(number)
        guard try matcher.selects(feature, &tags) else { return nil }
        guard let box else {
            return FoundFeature(number: number, element: feature.element, distance: nil, decoded: nil)
        }
        guard let geometry = try store.geometry(of: feature) else { return nil }
        unrolled.load(geometry)
        guard box.meets(unrolled) else { return nil }
        return FoundFeature(number: number, element: feature.element, distance: nil, decoded: geometry)
    }
}

extension FeatureQueryRunner {
    private mutating func runNear(
        _ near: QueryPlace, _ ground: GroundDistance, _ body: (FoundFeature) throws -> Void
    ) throws -> Int {
        let unlimited = near.maximumDistance == nil ? FeatureQuery.defaultNearLimit : Int.max
        let limit = query.limit ?? unlimited
        if limit == 0 { return 0 }
        let maximum = near.maximumDistance ?? .infinity
        var nearest = NearestNeighbours<ElementID>(limit: limit, maximumDistance: maximum)
        var reach = DistanceReach(limit: limit, maximum: maximum)
        var numbers: [ElementID: Int] = [:]
        let namesElements =
            query.ids != nil || query.memberOf != nil
            || query.selectors?.selectors.allSatisfy { $0.element != nil } == true
        if namesElements, let listed = try candidates() {
            for number in listed {
                guard let (distance, key) = try distance(number, ground, reach.farthest) else { continue }
                reach.offer(distance)
                numbers[key] = number
                nearest.offer(.init(distance: distance, key: key, tree: 0, entry: number))
            }
        } else {
            let store = store
            try store.collectNearest(
                into: &nearest, lowerBound: { ground.lowerBound($0, $1) },
                distance: { number in
                    guard let (distance, key) = try distance(number, ground, reach.farthest) else { return nil }
                    reach.offer(distance)
                    numbers[key] = number
                    return (distance, key)
                })
        }
        let neighbours = nearest.sorted()
        for neighbour in neighbours {
            guard let number = numbers[neighbour.key] else { continue }
            try body(
                FoundFeature(number: number, element: neighbour.key, distance: neighbour.distance, decoded: nil))
        }
        return neighbours.count
    }

    /// How far a record is, if it matches and is not farther than `farthest`.
    private mutating func distance(
        _ number: Int, _ ground: GroundDistance, _ farthest: Double
    ) throws -> (distance: Double, key: ElementID)? {
        let store = store
        let feature = try store.feature(number)
        guard try matcher.selects(feature, &tags), let geometry = try store.geometry(of: feature) else { return nil }
        unrolled.load(geometry)
        if let box, !box.meets(unrolled) { return nil }
        return ground.metres(to: unrolled, limit: farthest).map { ($0, feature.element) }
    }
}

/// The distance beyond which nothing can become one of the nearest any more.
private struct DistanceReach {
    let limit: Int
    let maximum: Double
    /// The nearest distances, ascending; at most `limit`, and none when there are so many that sorting in is slow.
    private var best: [Double] = []
    private static let longestList = 1000

    init(limit: Int, maximum: Double) {
        self.limit = limit
        self.maximum = maximum
    }

    var farthest: Double {
        guard best.count >= limit, let last = best.last else { return maximum }
        return last
    }

    mutating func offer(_ distance: Double) {
        guard limit <= Self.longestList, distance <= farthest else { return }
        let place = best.firstIndex { $0 > distance } ?? best.count
        best.insert(distance, at: place)
        if best.count > limit { best.removeLast() }
    }
}
