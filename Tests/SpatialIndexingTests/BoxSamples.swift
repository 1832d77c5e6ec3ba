import PlanarGeometry
import SpatialIndexing
import TestSupport

/// Seeded boxes and windows of every awkward kind.
enum BoxSamples {
    enum Kind: CaseIterable {
        case scattered, clustered, points, lines, tiles, equal, overlapping, world, corners, mixed
    }

    /// Counts around the sizes at which nodes and levels fill up.
    static let counts = [0, 1, 2, 15, 16, 17, 31, 33, 255, 256, 257, 300, 1000]

    static func boxes(_ kind: Kind, count: Int, using random: inout SeededGenerator) -> [WorldBox] {
        let kinds: [Kind] = [.scattered, .clustered, .points, .lines, .tiles, .overlapping, .world, .corners]
        let boxes = (0..<count).map { number in
            box(kind == .mixed ? kinds[number % kinds.count] : kind, number: number, using: &random)
        }
        return boxes.sorted { HilbertOrder.key(of: $0) < HilbertOrder.key(of: $1) }
    }

    private static func box(_ kind: Kind, number: Int, using random: inout SeededGenerator) -> WorldBox {
        switch kind {
        case .scattered, .mixed: anywhere(sideBits: 1...28, using: &random)
        // Sixteen neighbours within 32767 units: cells of one unit.
        case .clustered:
            WorldBox(
                WorldPoint(
                    x: 2_000_000_000 + random.next(upperBound: UInt32(20_000)),
                    y: 1_000_000_000 + random.next(upperBound: UInt32(20_000)))
            ).grown(by: random.next(upperBound: UInt32(300)))
        case .points: WorldBox(WorldPoint(x: random.next(), y: random.next()))
        case .lines: line(vertical: number % 2 == 0, using: &random)
        // Neighbours share an edge or a corner.
        case .tiles:
            WorldBox(
                minX: UInt32(number % 32) << 27, minY: UInt32(number / 32 % 32) << 27,
                maxX: UInt32((UInt64(number % 32) + 1) << 27 - (number % 32 == 31 ? 1 : 0)),
                maxY: UInt32((UInt64(number / 32 % 32) + 1) << 27 - (number / 32 % 32 == 31 ? 1 : 0)))
        case .equal: WorldBox(minX: 123_456_789, minY: 987_654_321, maxX: 123_500_000, maxY: 987_700_000)
        case .overlapping:
            WorldBox(WorldPoint(x: 1 << 31, y: 1 << 31)).grown(by: random.next(upperBound: UInt32(1) << 31))
        case .world: .world
        case .corners:
            WorldBox(
                WorldPoint(x: Bool.random(using: &random) ? 0 : .max, y: Bool.random(using: &random) ? 0 : .max)
            ).grown(by: random.next(upperBound: UInt32(3)))
        }
    }

    private static func line(vertical: Bool, using random: inout SeededGenerator) -> WorldBox {
        var box = anywhere(sideBits: 10...30, using: &random)
        if vertical { box.maxX = box.minX } else { box.maxY = box.minY }
        return box
    }

    static func anywhere(sideBits: ClosedRange<UInt32>, using random: inout SeededGenerator) -> WorldBox {
        let side = UInt32(1) << UInt32.random(in: sideBits, using: &random)
        let minX: UInt32 = random.next()
        let minY: UInt32 = random.next()
        return WorldBox(
            minX: minX, minY: minY, maxX: minX + min(random.next(upperBound: side), .max - minX),
            maxY: minY + min(random.next(upperBound: side), .max - minY))
    }

    /// Windows anywhere, windows that touch or just miss a box, the boxes themselves, and the world's edges.
    static func windows(around boxes: [WorldBox], using random: inout SeededGenerator) -> [WorldBox] {
        var windows = [
            .world, WorldBox(WorldPoint(x: 0, y: 0)), WorldBox(WorldPoint(x: .max, y: .max)),
            WorldBox(minX: 0, minY: 0, maxX: .max, maxY: 0), WorldBox(minX: .max, minY: 0, maxX: .max, maxY: .max),
        ]
        for _ in 0..<12 { windows.append(anywhere(sideBits: 1...32 - 1, using: &random)) }
        for _ in 0..<12 {
            guard let box = boxes.randomElement(using: &random) else { break }
            windows.append(box)
            windows.append(box.grown(by: 1))
            let gap = random.next(upperBound: UInt32(3))
            if box.maxX <= .max - gap {
                windows.append(
                    WorldBox(minX: box.maxX + gap, minY: box.minY, maxX: box.maxX + gap, maxY: box.maxY))
            }
            if box.minY >= gap {
                windows.append(
                    WorldBox(minX: box.minX, minY: box.minY - gap, maxX: box.minX, maxY: box.minY - gap))
            }
        }
        return windows
    }

    static func tree(of boxes: [WorldBox]) -> [UInt8] {
        var builder = PackedRTreeBuilder(capacity: boxes.count)
        for box in boxes { builder.add(box) }
        return builder.finish()
    }
}
