import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@Suite("Shared borders")
struct SharedVerticesTests {
    /// A square cut into cells whose borders wander; every cell begins anywhere and goes either way round.
    struct Partition {
        static let cellsPerSide = 5
        var cells: [[WorldPoint]] = []
        init(side: UInt32, verticesPerBorder: Int, _ generator: inout SeededGenerator) {
            let count = Self.cellsPerSide
            let cell = Int(side) / count
            let origin = 1 << 31
            func joint(_ column: Int, _ row: Int) -> WorldPoint {
                var (x, y) = (column * cell, row * cell)
                if column > 0, column < count { x += .random(in: -cell / 4...cell / 4, using: &generator) }
                if row > 0, row < count { y += .random(in: -cell / 4...cell / 4, using: &generator) }
                if column == count { x = Int(side) }
                if row == count { y = Int(side) }
                return WorldPoint(x: UInt32(origin + x), y: UInt32(origin + y))
            }
            let joints = (0...count).map { row in (0...count).map { joint($0, row) } }
            func border(_ a: WorldPoint, _ b: WorldPoint, isOutside: Bool) -> [WorldPoint] {
                (0..<verticesPerBorder).map { step in
                    if step == 0 { return a }
                    let share = Double(step) / Double(verticesPerBorder)
                    let x = Double(a.x) + share * (Double(b.x) - Double(a.x))
                    let y = Double(a.y) + share * (Double(b.y) - Double(a.y))
                    let reach = isOutside ? 0 : Double(cell) / 12
                    // Outside, the straight line's own places: one coordinate does not change there.
                    return WorldPoint(
                        x: UInt32(x + (a.x == b.x && isOutside ? 0 : .random(in: -1...1, using: &generator) * reach)),
                        y: UInt32(y + (a.y == b.y && isOutside ? 0 : .random(in: -1...1, using: &generator) * reach)))
                }
            }
            let across = (0...count).map { row in
                (0..<count).map { border(joints[row][$0], joints[row][$0 + 1], isOutside: row == 0 || row == count) }
            }
            let down = (0..<count).map { row in
                (0...count).map { border(joints[row][$0], joints[row + 1][$0], isOutside: $0 == 0 || $0 == count) }
            }
            for row in 0..<count {
                for column in 0..<count {
                    func back(_ border: [WorldPoint], to end: WorldPoint) -> [WorldPoint] {
                        [end] + border.dropFirst().reversed()
                    }
                    var ring = across[row][column] + down[row][column + 1]
                    ring += back(across[row + 1][column], to: joints[row + 1][column + 1])
                    ring += back(down[row][column], to: joints[row + 1][column])
                    let turn = Int.random(in: 0..<ring.count, using: &generator)
                    ring = Array(ring[turn...] + ring[..<turn])
                    if Bool.random(using: &generator) { ring.reverse() }
                    cells.append(ring)
                }
            }
        }

        /// One feature a cell, of any shape that has rings.
        func features(_ generator: inout SeededGenerator) -> [MadeUpFeature] {
            cells.enumerated().map { number, ring in
                MadeUpFeature(
                    element: ElementID(.way, Int64(number)), tags: [("a", "b")],
                    shape: [.area, .closedArea, .closedLine].randomElement(using: &generator) ?? .area,
                    parts: [ring.map(WebMercator.coordinate)])
            }
        }
    }

    /// The vertices of each feature up to a rank.
    static func kept(_ store: FeatureStore, rank: UInt8) throws -> [[WorldPoint]] {
        var buffer = GeometryBuffer()
        return try (0..<store.recordCount).map { number in
            let view = try store.feature(number)
            try view.decodeGeometry(varyingCount: 0, GeometrySelection(rank: rank), into: &buffer)
            if buffer.ranks.isEmpty { return buffer.points }
            return buffer.points.indices.filter { buffer.ranks[$0] <= rank }.map { buffer.points[$0] }
        }
    }

    @Test("Neighbours keep the same vertices of their border at every zoom", arguments: 0..<6 as Range<UInt64>)
    func sameVertices(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        // Some are plain and some chunked.
        let partition = Partition(side: 1 << 22, verticesPerBorder: [3, 20, 60, 70][Int(seed) % 4], &generator)
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(partition.features(&generator), in: folder)
        let all = try Self.kept(store, rank: VertexRank.finest)
        for rank in 0...14 as ClosedRange<UInt8> {
            let kept = try Self.kept(store, rank: rank).map(Set.init)
            var verdicts: [WorldPoint: Set<Bool>] = [:]
            for (number, ring) in all.enumerated() {
                for point in ring { verdicts[point, default: []].insert(kept[number].contains(point)) }
            }
            #expect(verdicts.values.allSatisfy { $0.count == 1 }, "rank \(rank), seed \(seed)")
        }
    }

    @Test(
        "No gap and no overlap between neighbours that are large enough to be seen", arguments: 0..<6 as Range<UInt64>)
    func area(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let partition = Partition(side: 1 << 22, verticesPerBorder: [3, 20, 60, 70][Int(seed) % 4], &generator)
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(partition.features(&generator), in: folder)
        let visibleFrom =
            partition.cells.map {
                VertexRank.ofRing(doubledArea: RingArea.doubled($0, $0.indices))
            }.max() ?? 0
        #expect(visibleFrom < 13)
        let square = Int128(1) << 44
        var pointCounts: [Int] = []
        for rank in visibleFrom...VertexRank.finest {
            let kept = try Self.kept(store, rank: rank)
            let sum = kept.reduce(Int128(0)) { $0 + Int128(RingArea.doubled($1, $1.indices).magnitude) }
            #expect(sum == 2 * square, "rank \(rank), seed \(seed)")
            pointCounts.append(kept.reduce(0) { $0 + $1.count })
        }
        #expect(pointCounts == pointCounts.sorted())
        if partition.cells[0].count > 100 { #expect(pointCounts[0] < pointCounts[pointCounts.count - 1]) }
    }

    @Test("The order in which features come, and how they are batched, change nothing")
    func order() throws {
        var generator = SeededGenerator(seed: 12)
        let partition = Partition(side: 1 << 22, verticesPerBorder: 20, &generator)
        let features = partition.features(&generator)
        let folder = try TemporaryFolder()
        let (first, second) = (folder.path("a.tuile"), folder.path("b.tuile"))
        try FeatureStoreWriter.write(MadeUpStore.content(features), to: first, replacing: true)
        try FeatureStoreWriter.write(
            MadeUpStore.content(features.shuffled(using: &generator), batchSize: 3), to: second, replacing: true)
        let (one, other) = (try FeatureStore(path: first), try FeatureStore(path: second))
        for rank in 0...14 as ClosedRange<UInt8> {
            #expect(try Self.kept(one, rank: rank) == Self.kept(other, rank: rank))
        }
    }
}
