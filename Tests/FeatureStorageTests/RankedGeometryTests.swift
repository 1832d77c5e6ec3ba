import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@Suite("Geometry up to a rank")
struct RankedGeometryTests {
    /// From far jumps to small steps, so that there are vertices of all ranks; never twice at one place.
    static func path(_ count: Int, _ generator: inout SeededGenerator) -> [GeoCoordinate] {
        var place = GeoCoordinate(
            longitude: 95_000_000 + .random(in: 0...9_000, using: &generator), latitude: 470_000_000)
        var seen: Set<GeoCoordinate> = []
        var path: [GeoCoordinate] = []
        while seen.count < count {
            let step = Int32(1) << Int32.random(in: 3...19, using: &generator)
            place.longitude += .random(in: -step...step, using: &generator)
            place.latitude += .random(in: -step...step, using: &generator)
            if seen.insert(place).inserted { path.append(place) }
        }
        return path
    }

    static func features(_ shape: StoredShape, _ generator: inout SeededGenerator) -> [MadeUpFeature] {
        (1...5 as ClosedRange<Int64>).map { number in
            var feature = MadeUpFeature(element: ElementID(.way, number), tags: [("a", "b")], shape: shape)
            let parts = shape == .lines || shape == .area ? 3 : 1
            for part in 0..<parts {
                feature.parts.append(path(parts > 1 ? 100 + 150 * part : 100 + 200 * Int(number), &generator))
                feature.isExterior.append(part == 0)
            }
            return feature
        }
    }

    /// What of a whole geometry is of a rank and lower, from ranks worked out anew; each feature is alone on its place.
    static func kept(_ whole: GeometryBuffer, _ shape: StoredShape, rank: UInt8) -> GeometryBuffer {
        var ranking = VertexRanking()
        var result = GeometryBuffer()
        var start = 0
        for (part, end) in whole.partEnds.enumerated() {
            var ranks: [UInt8] = []
            if shape.hasRings {
                ranking.appendRing(whole.points, start..<end, to: &ranks)
            } else {
                ranking.appendLine(whole.points, start..<end, to: &ranks)
            }
            for index in start..<end where ranks[index - start] <= rank { result.points.append(whole.points[index]) }
            result.partEnds.append(result.points.count)
            result.isExterior.append(whole.isExterior[part])
            start = end
        }
        return result
    }

    @Test(
        "Reading up to a rank gives the vertices of that rank and lower, from overview and chunks alike",
        arguments: [StoredShape.line, .lines, .closedLine, .closedArea, .area])
    func whole(shape: StoredShape) throws {
        var generator = SeededGenerator(seed: UInt64(shape.rawValue) + 900)
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(Self.features(shape, &generator), in: folder)
        var buffer = GeometryBuffer()
        for number in 0..<store.recordCount {
            let view = try store.feature(number)
            var all = GeometryBuffer()
            try view.decodeGeometry(varyingCount: 0, into: &all)
            for rank in 0...15 as ClosedRange<UInt8> {
                try view.decodeGeometry(varyingCount: 0, GeometrySelection(rank: rank), into: &buffer)
                let expected = Self.kept(all, shape, rank: rank)
                #expect(buffer.partEnds.count == expected.partEnds.count)
                #expect(buffer.isExterior == expected.isExterior)
                if buffer.onlyForRank == nil {
                    #expect(buffer.points == all.points)
                    if rank == VertexRank.finest { continue }
                    let found = buffer.points.indices.filter { buffer.ranks[$0] <= rank }.map { buffer.points[$0] }
                    #expect(found == expected.points)
                } else {
                    #expect(buffer.onlyForRank == rank)
                    #expect(buffer.points == expected.points)
                    #expect(buffer.partEnds == expected.partEnds)
                }
            }
        }
    }

    @Test(
        "Inside a window, a chunked geometry read for it is the whole one of that rank",
        arguments: [StoredShape.line, .lines, .closedLine, .closedArea, .area])
    func windows(shape: StoredShape) throws {
        let seed = UInt64(shape.rawValue) + 700
        var generator = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(Self.features(shape, &generator), in: folder)
        var whole = GeometryBuffer()
        var partial = GeometryBuffer()
        var savedPoints = 0
        let isArea = shape == .area || shape == .closedArea
        for number in 0..<store.recordCount {
            let view = try store.feature(number)
            try view.decodeGeometry(varyingCount: 0, into: &whole)
            let box = try #require(WorldBox(around: whole.points))
            for rank in [3, 6, 9, 10, 11, 12, 13, 14, 15] as [UInt8] {
                let simplified = Self.kept(whole, shape, rank: rank)
                for _ in 0..<25 {
                    let middle = WorldPoint(
                        x: .random(in: box.minX...box.maxX, using: &generator),
                        y: .random(in: box.minY...box.maxY, using: &generator))
                    let window = WorldBox(middle).grown(
                        by: UInt32(1) << UInt32.random(in: 4...20, using: &generator))
                    try view.decodeGeometry(
                        varyingCount: 0, GeometrySelection(window: window, rank: rank), into: &partial)
                    if partial.onlyForRank == nil, rank < VertexRank.finest { continue }
                    savedPoints += simplified.points.count - partial.points.count
                    let isClosed = isArea || shape == .closedLine
                    let expected = ChunkWindowTests.measure(simplified, isArea: isArea, isClosed: isClosed, window)
                    let found = ChunkWindowTests.measure(partial, isArea: isArea, isClosed: isClosed, window)
                    let side = Double(window.maxX - window.minX)
                    let scale: Double = isArea ? side * side : expected
                    let difference: Double = abs(expected - found)
                    #expect(difference <= 1e-6 * scale + 1e-6, "seed \(seed), \(shape), rank \(rank)")
                }
            }
        }
        #expect(savedPoints > 0)
    }

    @Test("What tiles do not draw has no ranks")
    func parts() throws {
        var generator = SeededGenerator(seed: 4)
        let folder = try TemporaryFolder()
        var feature = MadeUpFeature(element: ElementID(.way, 1), shape: .line, parts: [Self.path(300, &generator)])
        let drawn = try MadeUpStore.content([feature]).storeSize(in: folder)
        feature.role = .part
        let part = try MadeUpStore.content([feature]).storeSize(in: folder)
        #expect(drawn - part >= 150)
    }
}

extension FeatureStoreContent {
    fileprivate func storeSize(in folder: TemporaryFolder) throws -> Int {
        try FeatureStoreWriter.write(self, to: folder.path("size.tuile"), replacing: true)
    }
}
