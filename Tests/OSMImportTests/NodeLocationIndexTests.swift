import PlanarGeometry
import SystemIO
import TestSupport
import Testing

@testable import OSMImport

@Suite("Node location index")
struct NodeLocationIndexTests {
    /// Nodes handed over in a few blocks; of equal ids the last counts.
    static func check(
        _ nodes: [(id: Int64, coordinate: GeoCoordinate)], spillThreshold: Int = 256 << 20, blockSize: Int = 37
    ) throws {
        var builder = NodeLocationIndexBuilder(spillThreshold: spillThreshold)
        for start in stride(from: 0, to: nodes.count, by: blockSize) {
            let block = nodes[start..<min(start + blockSize, nodes.count)]
            try builder.append(
                ids: block.map(\.id), points: block.map { WebMercator.worldPoint($0.coordinate) },
                coordinates: block.map(\.coordinate))
        }
        var repeated: [Int] = []
        let index = try builder.finish { id, fileIndex in
            #expect(nodes[Int(fileIndex)].id == id)
            repeated.append(Int(fileIndex))
        }
        var expected: [Int64: GeoCoordinate] = [:]
        var last: [Int64: Int] = [:]
        for (place, node) in nodes.enumerated() {
            expected[node.id] = node.coordinate
            last[node.id] = place
        }
        #expect(index.count == expected.count)
        #expect(repeated.sorted() == nodes.indices.filter { last[nodes[$0].id] != $0 })
        var hint = NodeLocationIndex.Hint()
        for (id, coordinate) in expected {
            guard let position = index.position(ofNode: id, hint: &hint) else {
                Issue.record("node \(id) is not found")
                continue
            }
            #expect((0..<index.count).contains(position))
            #expect(
                index.point(at: position) == (coordinate.isValid ? WebMercator.worldPoint(coordinate) : nil),
                "node \(id)")
            let isExact = WebMercator.isExact(coordinate)
            #expect(
                index.exactCoordinate(at: position) == (isExact || !coordinate.isValid ? nil : coordinate), "node \(id)"
            )
        }
        for id in expected.keys {
            for other in [id &- 1, id &+ 1, id &+ 65_536, id &- 65_536, ~id] where expected[other] == nil {
                #expect(index.position(ofNode: other, hint: &hint) == nil, "node \(other) is not there")
            }
        }
    }

    static func coordinate(_ generator: inout SeededGenerator) -> GeoCoordinate {
        // Now and then one that the grid cannot hold, or no position.
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: GeoCoordinate(longitude: 1_800_000_000, latitude: .random(in: -10...10, using: &generator))
        case 1: GeoCoordinate(longitude: 5, latitude: .random(in: 860_000_000...900_000_000, using: &generator))
        case 2: .undefined
        default:
            GeoCoordinate(
                longitude: .random(in: -1_799_999_999...1_799_999_999, using: &generator),
                latitude: .random(in: -850_000_000...850_000_000, using: &generator))
        }
    }

    @Test("An empty index finds nothing")
    func empty() throws {
        let index = try NodeLocationIndexBuilder().finish { _, _ in }
        var hint = NodeLocationIndex.Hint()
        #expect(index.position(ofNode: 0, hint: &hint) == nil)
        #expect(index.position(ofNode: -1, hint: &hint) == nil)
    }

    @Test("Ids that ascend, dense and sparse, over many buckets")
    func ascending() throws {
        var generator = SeededGenerator(seed: 1)
        for largestStep in [1, 3, 1000, 70_000, 5_000_000] as [Int64] {
            var id: Int64 = -200_000
            let nodes = (0..<900).map { _ in
                id += .random(in: 1...largestStep, using: &generator)
                return (id, Self.coordinate(&generator))
            }
            try Self.check(nodes)
        }
    }

    @Test("Ids in any order, negative and repeated ones among them")
    func unsorted() throws {
        for seed in 2...6 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let nodes = (0..<700).map { _ in
                (
                    Int64.random(in: -400...400, using: &generator) * (seed.isMultiple(of: 2) ? 1 : 30_011),
                    Self.coordinate(&generator)
                )
            }
            try Self.check(nodes)
        }
    }

    @Test("Ascending up to one late id, wherever in a block it comes", arguments: [1, 36, 37, 38, 99])
    func oneOutOfOrder(at place: Int) throws {
        var generator = SeededGenerator(seed: 7)
        var nodes = (0..<120).map { (Int64($0) * 2, Self.coordinate(&generator)) }
        nodes[place].0 = -5
        try Self.check(nodes)
        // Twice the same id in a row is out of order, too.
        nodes[place].0 = nodes[place - 1].0
        try Self.check(nodes)
    }

    @Test("The least and the greatest id")
    func extremes() throws {
        let here = GeoCoordinate(1, 2)
        try Self.check([(.min, here), (-1, here), (0, here), (1, here), (.max, here)])
        try Self.check([(.max, here), (.min, here)])
    }

    @Test("Columns that move to a file while they grow hold the same")
    func spilling() throws {
        var generator = SeededGenerator(seed: 8)
        // 30,000 points of 8 bytes go past the threshold twice over, in a column that starts at 64 kB.
        let ascending = (0..<30_000).map { (Int64($0) * 3, Self.coordinate(&generator)) }
        try Self.check(ascending, spillThreshold: 100_000, blockSize: 8000)
        try Self.check(ascending.reversed(), spillThreshold: 100_000, blockSize: 8000)
    }

    @Test("A column past its threshold keeps what it held and what is written into it")
    func column() throws {
        let column = SpillingColumn<UInt64>(threshold: 1 << 16)
        for value in 0..<50_000 as Range<UInt64> { try column.append(value &* value) }
        try column.append(contentsOf: (50_000..<90_000).map { UInt64($0) &* UInt64($0) })
        #expect(column.count == 90_000)
        column[70_000] = 5
        for index in 0..<90_000 where column[index] != (index == 70_000 ? 5 : UInt64(index) &* UInt64(index)) {
            Issue.record("\(index) is \(column[index])")
            break
        }
    }

    @Test("A node that is deleted behind its last place is gone, one that comes again is not", arguments: 0..<20)
    func deletions(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed) + 300)
        // Every second time without a repeated id, so that nothing has to be sorted.
        var ids = (0..<200).map { _ in Int64.random(in: -100...200_000, using: &generator) % (seed < 10 ? 150 : .max) }
        if seed % 2 == 0 { ids = Array(Set(ids)).sorted() }
        var deletions: [Int64: Int] = [:]
        for _ in 0..<30 {
            let id = Bool.random(using: &generator) ? ids.randomElement(using: &generator) ?? 0 : 77_777
            deletions[id] = .random(in: 0...ids.count, using: &generator)
        }
        var builder = NodeLocationIndexBuilder()
        let coordinates = ids.indices.map { GeoCoordinate(longitude: Int32($0), latitude: 5) }
        try builder.append(ids: ids, points: coordinates.map(WebMercator.worldPoint), coordinates: coordinates)
        var superseded: [Int] = []
        let index = try builder.finish(deletions: deletions) { superseded.append(Int($1)) }
        var last: [Int64: Int] = [:]
        for (place, id) in ids.enumerated() { last[id] = place }
        for (id, place) in deletions where last[id].map({ $0 < place }) ?? false { last[id] = nil }
        #expect(superseded.sorted() == ids.indices.filter { last[ids[$0]] != $0 })
        #expect(index.count == last.count)
        var hint = NodeLocationIndex.Hint()
        for id in Set(ids) {
            let position = index.position(ofNode: id, hint: &hint)
            #expect(
                position.flatMap { index.point(at: $0) } == last[id].map { WebMercator.worldPoint(coordinates[$0]) })
        }
    }

    @Test("More nodes than can be numbered are refused with one line")
    func limit() throws {
        var builder = NodeLocationIndexBuilder(limit: 5)
        func add(_ ids: ClosedRange<Int64>) throws {
            let coordinates = ids.map { GeoCoordinate(longitude: Int32($0), latitude: 0) }
            try builder.append(
                ids: Array(ids), points: coordinates.map(WebMercator.worldPoint), coordinates: coordinates)
        }
        try add(1...3)
        try add(4...5)
        #expect(throws: ImportError.tooManyNodes(limit: 5)) { try add(6...6) }
        #expect("\(ImportError.tooManyNodes(limit: 5))".hasPrefix("more than 5 nodes"))
    }
}
