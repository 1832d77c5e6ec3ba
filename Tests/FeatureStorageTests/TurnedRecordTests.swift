import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@testable import FeatureStorage

@Suite("Records that cross 180 degrees")
struct TurnedRecordTests {
    static let ring = [
        GeoCoordinate(179.9, -1), GeoCoordinate(-179.9, -1), GeoCoordinate(180, 0.5), GeoCoordinate(-179.9, 1),
        GeoCoordinate(179.9, 1),
    ]

    private static func feature(_ shape: StoredShape, _ parts: [[GeoCoordinate]], _ number: Int64 = 1) -> MadeUpFeature
    {
        MadeUpFeature(
            element: ElementID(.way, number), tags: [("a", "b")], shape: shape, parts: parts,
            isExterior: parts.indices.map { $0 == 0 }, lowestZoom: 0)
    }

    @Test(
        "Geometry comes back node for node, +180 and -180 as they were",
        arguments: [.line, .closedLine, .closedArea, .lines, .area] as [StoredShape])
    func roundTrip(shape: StoredShape) throws {
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store([Self.feature(shape, [Self.ring])], in: folder)
        #expect(store.recordCount == 1)
        #expect(store.hasTurnedRecords)
        let view = try store.feature(0)
        let (traits, isDrawn) = (view.traits, view.isDrawn)
        #expect(traits == .isTurned)
        #expect(isDrawn)
        let geometry = try #require(try store.geometry(of: view))
        let expected = shape == .closedLine ? Self.ring + Self.ring.prefix(1) : Self.ring
        let found = geometry.coordinates()
        #expect(found == expected || Array(found.reversed()) == expected)
        #expect(geometry.points == found.map(WebMercator.worldPoint))
        // In its own frame it is small, and +180 is where -180 is.
        var buffer = GeometryBuffer()
        try view.decodeGeometry(varyingCount: 0, into: &buffer)
        let box = try #require(WorldBox(around: buffer.points))
        #expect(box.maxX - box.minX < 1 << 22)
        #expect(buffer.points.contains { $0.x == 1 << 31 })
    }

    @Test("Windows find it on both sides of 180 degrees and nowhere else")
    func windows() throws {
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store([Self.feature(.closedArea, [Self.ring])], in: folder)
        func count(_ west: Double, _ east: Double) -> Int {
            var numbers: [UInt32] = []
            let low = WebMercator.worldPoint(GeoCoordinate(west, -0.1))
            let high = WebMercator.worldPoint(GeoCoordinate(east, 0.1))
            store.appendCandidates(in: WorldBox(minX: low.x, minY: high.y, maxX: high.x, maxY: low.y), to: &numbers)
            return Set(numbers).count
        }
        #expect(count(179, 180) == 1)
        #expect(count(-180, -179.95) == 1)
        #expect(count(-180, 180) == 1)
        #expect(count(-1, 1) == 0)
        #expect(count(-179, 179) == 0)
    }

    @Test(
        "Random windows over random features find what a look at every segment finds", arguments: 0..<3 as Range<UInt64>
    )
    func random(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var features: [MadeUpFeature] = []
        for number in 0..<200 as Range<Int64> {
            let at = Int64.random(in: -30_000_000...30_000_000, using: &generator)
            let line = (0..<4).map { _ in
                var longitude = 1_800_000_000 + at + .random(in: -20_000_000...20_000_000, using: &generator)
                if longitude > 1_800_000_000 { longitude -= 3_600_000_000 }
                return GeoCoordinate(
                    longitude: Int32(longitude), latitude: .random(in: -500_000_000...500_000_000, using: &generator))
            }
            features.append(Self.feature(.line, [line], number))
        }
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        for _ in 0..<100 {
            let corner = WorldPoint(
                x: .random(in: 0...80_000_000, using: &generator) &- 40_000_000,
                y: .random(in: 1_500_000_000...2_500_000_000, using: &generator))
            let window = WorldBox(
                minX: corner.x, minY: corner.y, maxX: max(corner.x, corner.x &+ 10_000_000),
                maxY: corner.y + 100_000_000)
            var numbers: [UInt32] = []
            store.appendCandidates(in: window, to: &numbers)
            let found = try Set(numbers.map { try store.feature(Int($0)).element })
            for feature in features {
                // Both frames laid side by side.
                let points = feature.parts[0].map { WebMercator.worldPoint($0).turned }
                let isHit = zip(points, points.dropFirst()).contains { a, b in
                    window.turned.contains { SegmentIntersection.intersects(a, b, $0) }
                }
                if isHit { #expect(found.contains(feature.element), "seed \(seed)") }
            }
        }
    }

    @Test("What goes around the world is kept whole for queries and in one record of pieces for tiles")
    func aroundWorld() throws {
        let cap = stride(from: -170.0, to: 180, by: 20).map { GeoCoordinate($0, 66) }
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(
            [Self.feature(.closedArea, [cap]), Self.feature(.line, [cap + cap], 2)], in: folder)
        #expect(store.recordCount == 4)
        #expect(store.metadata.wayCount == 2)
        #expect(!store.hasTurnedRecords)
        for element in [ElementID(.way, 1), ElementID(.way, 2)] {
            let view = try store.feature(try #require(try store.featureNumber(of: element)))
            let (traits, isDrawn) = (view.traits, view.isDrawn)
            #expect(traits == .isDrawnInPieces)
            #expect(!isDrawn)
            let geometry = try #require(try store.geometry(of: view))
            #expect(Set(geometry.coordinates()) == Set(cap))
        }
        var pieces: [StoredShape: Geometry] = [:]
        for number in 0..<store.recordCount {
            let view = try store.feature(number)
            if view.role == .drawnPiece { pieces[view.shape] = try store.geometry(of: view) }
        }
        let area = try #require(pieces[.area])
        #expect(area.partCount == 1)
        #expect(area.box == WorldBox(minX: 0, minY: 0, maxX: .max, maxY: WebMercator.worldY(latitude: 660_000_000)))
        #expect(RingArea.doubled(area.points, area.partRange(0)) > 0)
        let lines = try #require(pieces[.lines])
        #expect(lines.partCount == 2)
        #expect(!FrameCrossings(lines.points, partEnds: lines.partEnds, closing: false).crosses180Degrees)
        // Found from inside, up to the pole.
        var numbers: [UInt32] = []
        store.appendCandidates(in: WorldBox(WorldPoint(x: 77, y: 0)), to: &numbers)
        let roles = try numbers.map { try store.feature(Int($0)).role }
        #expect(roles.contains(.feature))
        // Tiles need not come by the whole.
        numbers = []
        store.appendCandidates(in: .world, frame: .standard, zoom: 14, to: &numbers)
        let drawn = try numbers.map { try store.feature(Int($0)).role }
        #expect(drawn == [.drawnPiece, .drawnPiece])
    }

    @Test("A derived line around the world is kept in pieces only, an untagged part whole only")
    func aroundWorldRoles() throws {
        let circle = stride(from: -170.0, through: 190, by: 20).map { GeoCoordinate($0 > 180 ? $0 - 360 : $0, 10) }
        var derived = Self.feature(.lines, [circle], 2)
        derived.role = .derived
        var part = Self.feature(.line, [circle], 3)
        part.role = .part
        part.tags = []
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store([derived, part], in: folder)
        #expect(store.recordCount == 2)
        for number in 0..<2 {
            let view = try store.feature(number)
            let geometry = try #require(try store.geometry(of: view))
            let count = view.role == .derived ? 2 : 1
            #expect(geometry.partCount == count)
        }
    }

    @Test("Bounds of what crosses 180 degrees go around the world")
    func bounds() throws {
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store([Self.feature(.closedArea, [Self.ring])], in: folder)
        #expect(store.metadata.southWest == GeoCoordinate(-180, -1))
        #expect(store.metadata.northEast == GeoCoordinate(180, 1))
    }

    @Test("A collection's box lies in the frame in which its members are in one piece")
    func collections() {
        func applied(_ segments: [(Double, Double)]) -> FeatureDraft {
            var box = FrameBox()
            for (a, b) in segments {
                box.add(WebMercator.worldPoint(GeoCoordinate(a, 0)), WebMercator.worldPoint(GeoCoordinate(b, 1)))
            }
            var draft = FeatureDraft(element: ElementID(.relation, 1), tagList: nil)
            box.apply(to: &draft)
            return draft
        }
        let plain = applied([(170, 179), (-170, -179)])
        #expect(plain.traits == [])
        let turned = applied([(170, -179), (-170, -179)])
        #expect(turned.traits == .isTurned)
        #expect(turned.box.map { $0.maxX - $0.minX } ?? .max < 1 << 28)
        let around = applied([(170, -179), (-1, 1)])
        #expect(around.traits == [])
        #expect(around.box.map { ($0.minX, $0.maxX) }.map { $0 == (0, .max) } == true)
    }
}
