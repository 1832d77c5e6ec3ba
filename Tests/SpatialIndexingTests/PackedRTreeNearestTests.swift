import ByteCoding
import PlanarGeometry
import SpatialIndexing
import TestSupport
import Testing

@Suite struct PackedRTreeNearestTests {
    typealias Nearest = NearestNeighbours<Int>

    @Test(arguments: BoxSamples.Kind.allCases)
    func neighboursAreThoseOfALinearScanWithTiesByKey(_ kind: BoxSamples.Kind) throws {
        for seed: UInt64 in 40...40 {
            var random = SeededGenerator(seed: seed)
            for count in BoxSamples.counts {
                let boxes = BoxSamples.boxes(kind, count: count, using: &random)
                let keys = boxes.indices.shuffled(using: &random)
                let bytes = BoxSamples.tree(of: boxes)
                let tree = try PackedRTree(bytes.byteSpan)
                for limit in [0, 1, 2, 10, 100, count] {
                    let point = point(near: boxes, using: &random)
                    var nearest = Nearest(limit: limit)
                    tree.collectNearest(
                        into: &nearest, lowerBound: { PlanarDistance.squared(from: point, to: $0) },
                        distance: { (PlanarDistance.squared(from: point, to: boxes[$0]), keys[$0]) })
                    let scanned = boxes.indices.map {
                        Nearest.Neighbour(
                            distance: PlanarDistance.squared(from: point, to: boxes[$0]), key: keys[$0], tree: 0,
                            entry: $0)
                    }
                    #expect(
                        nearest.sorted() == Array(scanned.sorted().prefix(limit)), "seed \(seed), \(count), \(limit)")
                }
            }
        }
    }

    @Test func severalTreesGiveTheSameAsOneInAnyOrder() throws {
        var random = SeededGenerator(seed: 50)
        let boxes = BoxSamples.boxes(.mixed, count: 900, using: &random)
        let parts = [boxes[..<10], boxes[10..<10], boxes[10..<600], boxes[600...]]
        for _ in 0..<20 {
            let point = point(near: boxes, using: &random)
            var whole = Nearest(limit: 25)
            let bytes = BoxSamples.tree(of: boxes)
            try PackedRTree(bytes.byteSpan).collectNearest(
                into: &whole, lowerBound: { PlanarDistance.squared(from: point, to: $0) },
                distance: { (PlanarDistance.squared(from: point, to: boxes[$0]), $0) })
            var joined = Nearest(limit: 25)
            for number in parts.indices.shuffled(using: &random) {
                let part = parts[number]
                let bytes = BoxSamples.tree(of: Array(part))
                try PackedRTree(bytes.byteSpan).collectNearest(
                    into: &joined, tree: number, lowerBound: { PlanarDistance.squared(from: point, to: $0) },
                    distance: { entry in
                        let index = part.startIndex + entry
                        return (PlanarDistance.squared(from: point, to: boxes[index]), index)
                    })
            }
            #expect(joined.sorted().map(\.key) == whole.sorted().map(\.key))
            for neighbour in joined.sorted() {
                #expect(parts[neighbour.tree].startIndex + neighbour.entry == neighbour.key)
            }
        }
    }

    @Test func theMaximumDistanceIsIncluded() throws {
        let boxes = (0..<100).map { WorldBox(WorldPoint(x: 1000 + UInt32($0), y: 1000)) }
        let bytes = BoxSamples.tree(of: boxes)
        let point = WorldPoint(x: 1000, y: 1000)
        var nearest = Nearest(limit: .max, maximumDistance: 49)
        try PackedRTree(bytes.byteSpan).collectNearest(
            into: &nearest, lowerBound: { PlanarDistance.squared(from: point, to: $0) },
            distance: { (PlanarDistance.squared(from: point, to: boxes[$0]), $0) })
        #expect(nearest.sorted().map(\.entry) == Array(0...7))
    }

    @Test func entriesWithoutADistanceAreLeftOut() throws {
        let boxes = (0..<100).map { WorldBox(WorldPoint(x: 1000 + UInt32($0), y: 1000)) }
        let bytes = BoxSamples.tree(of: boxes)
        let point = WorldPoint(x: 1050, y: 1000)
        var nearest = Nearest(limit: 4)
        try PackedRTree(bytes.byteSpan).collectNearest(
            into: &nearest, lowerBound: { PlanarDistance.squared(from: point, to: $0) },
            distance: { entry in
                entry % 10 == 3 ? (PlanarDistance.squared(from: point, to: boxes[entry]), entry) : nil
            })
        #expect(nearest.sorted().map(\.entry) == [53, 43, 63, 33])
    }

    @Test func exactDistancesMayBeLargerThanTheBoxes() throws {
        // As for a lake whose box holds the point and whose shore is far away.
        let boxes = (0..<300).map { WorldBox(WorldPoint(x: 1 << 31, y: 1 << 31)).grown(by: UInt32($0)) }
        let bytes = BoxSamples.tree(of: boxes)
        let point = WorldPoint(x: 1 << 31, y: 1 << 31)
        var nearest = Nearest(limit: 5)
        try PackedRTree(bytes.byteSpan).collectNearest(
            into: &nearest, lowerBound: { PlanarDistance.squared(from: point, to: $0) },
            distance: { (Double(300 - $0), $0) })
        #expect(nearest.sorted().map(\.entry) == [299, 298, 297, 296, 295])
    }

    @Test func aLowerBoundAroundTheWorldFindsNeighboursBeyondTheAntimeridian() throws {
        var random = SeededGenerator(seed: 51)
        let boxes = BoxSamples.boxes(.scattered, count: 500, using: &random)
        let bytes = BoxSamples.tree(of: boxes)
        for x: UInt32 in [0, 1000, .max, .max - 5_000_000] {
            let point = WorldPoint(x: x, y: random.next())
            var nearest = Nearest(limit: 8)
            try PackedRTree(bytes.byteSpan).collectNearest(
                into: &nearest, lowerBound: { PlanarDistance.squaredAround(from: point, to: $0) },
                distance: { (PlanarDistance.squaredAround(from: point, to: boxes[$0]), $0) })
            let scanned = boxes.indices.sorted {
                (PlanarDistance.squaredAround(from: point, to: boxes[$0]), $0)
                    < (PlanarDistance.squaredAround(from: point, to: boxes[$1]), $1)
            }
            #expect(nearest.sorted().map(\.entry) == Array(scanned.prefix(8)))
        }
    }

    @Test func fewEntriesNeedAnExactDistance() throws {
        var random = SeededGenerator(seed: 52)
        let boxes = BoxSamples.boxes(.points, count: 4000, using: &random)
        let bytes = BoxSamples.tree(of: boxes)
        for _ in 0..<20 {
            let point = WorldPoint(x: random.next(), y: random.next())
            var calls = 0
            var nearest = Nearest(limit: 10)
            try PackedRTree(bytes.byteSpan).collectNearest(
                into: &nearest, lowerBound: { PlanarDistance.squared(from: point, to: $0) },
                distance: { entry in
                    calls += 1
                    return (PlanarDistance.squared(from: point, to: boxes[entry]), entry)
                })
            #expect(calls <= 12)
        }
    }

    @Test func anErrorOfTheDistanceEndsTheSearch() throws {
        struct Unreadable: Error, Equatable { var entry: Int }
        let bytes = BoxSamples.tree(of: [.world])
        let tree = try PackedRTree(bytes.byteSpan)
        var nearest = Nearest(limit: 1)
        do throws(Unreadable) {
            try tree.collectNearest(
                into: &nearest, lowerBound: { _ in 0 },
                distance: { (entry: Int) throws(Unreadable) -> (distance: Double, key: Int)? in
                    throw Unreadable(entry: entry)
                })
            Issue.record("the error was lost")
        } catch {
            #expect(error == Unreadable(entry: 0))
        }
        #expect(nearest.count == 0)
    }

    private func point(near boxes: [WorldBox], using random: inout SeededGenerator) -> WorldPoint {
        if Bool.random(using: &random), let box = boxes.randomElement(using: &random) { return box.center }
        return WorldPoint(x: random.next(), y: random.next())
    }
}
