import PlanarGeometry
import TestSupport
import Testing

@testable import OSMImport

@Suite("Rings that cross")
struct CrossingRingsTests {
    /// A star-shaped ring around a centre, closed.
    private static func blob(
        _ x: Double, _ y: Double, _ radius: Double, _ generator: inout SeededGenerator
    ) -> [WorldPoint] {
        // Directions on a square, so that no library's sine is needed.
        let directions: [(Double, Double)] = [
            (1, 0), (0.9, 0.5), (0.7, 0.7), (0.4, 0.9), (0, 1), (-0.5, 0.9), (-0.7, 0.6), (-0.9, 0.3), (-1, 0),
            (-0.8, -0.5),
            (-0.6, -0.7), (-0.3, -0.9), (0, -1), (0.4, -0.9), (0.7, -0.7), (0.9, -0.4),
        ]
        var ring = directions.map { direction in
            let reach = radius * Double.random(in: 0.6...1, using: &generator)
            return WorldPoint(x: UInt32(x + direction.0 * reach), y: UInt32(y + direction.1 * reach))
        }
        ring.append(ring[0])
        return ring
    }

    private static func isIn(_ point: WorldPoint, _ ring: [WorldPoint]) -> Bool {
        let open = Array(ring.dropLast())
        return PointInPolygon.locate(point, inRing: open, open.indices) == .inside
    }

    /// Places where the area and the expectation differ, of 300 at random. Rounding moves borders by less than a unit, and
    /// points so near to a border are unlikely at this scale.
    private static func differences(
        _ geometry: Geometry, _ generator: inout SeededGenerator, _ expected: (WorldPoint) -> Bool
    ) -> [WorldPoint] {
        (0..<300).map { _ in
            WorldPoint(
                x: .random(in: 1_000_000...9_000_000, using: &generator),
                y: .random(in: 1_000_000...9_000_000, using: &generator))
        }
        .filter { (PointInPolygon.locate($0, in: geometry) == .inside) != expected($0) }
    }

    private static func fault(_ geometry: Geometry) -> String? {
        var segments: [RingSegment] = []
        for ring in geometry.parts {
            for (from, to) in zip(ring, ring.dropFirst() + ring.prefix(1)) { segments.append(RingSegment(from, to)) }
        }
        if let contact = SegmentContacts(segments).found.first { return "\(contact)" }
        return geometry.polygonFault()
    }

    @Test("Outer rings that cross become their union, less the inner rings", arguments: 0..<60 as Range<UInt64>)
    func union(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let left = Self.blob(4_000_000, 5_000_000, 2_000_000, &generator)
        let right = Self.blob(6_000_000, 5_000_000, 2_000_000, &generator)
        let hole = Self.blob(5_000_000, 5_000_000, 700_000, &generator)
        let assembly = RingAssemblerTests.assembly([left, hole, right], [.outer, .inner, .outer])
        let geometry = try #require(assembly.geometry)
        #expect(!assembly.crossings.isEmpty)
        #expect(Self.fault(geometry) == nil)
        let differences = Self.differences(geometry, &generator) {
            (Self.isIn($0, left) || Self.isIn($0, right)) && !Self.isIn($0, hole)
        }
        #expect(differences.isEmpty, "seed \(seed)")
    }

    @Test("In a hole inner rings that cross become their union, less islands", arguments: 0..<60 as Range<UInt64>)
    func lakes(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let land = RingAssemblerTests.square(1_500_000, 1_500_000, 7_000_000)
        let north = Self.blob(5_000_000, 4_000_000, 1_500_000, &generator)
        let south = Self.blob(5_000_000, 6_000_000, 1_500_000, &generator)
        let island = Self.blob(5_000_000, 4_000_000, 500_000, &generator)
        let roles: [[RingMemberRole]] = [[.outer, .inner, .inner, .outer], [.unsaid, .unsaid, .unsaid, .unsaid]]
        for roles in roles {
            let assembly = RingAssemblerTests.assembly([land, north, south, island], roles)
            let geometry = try #require(assembly.geometry)
            #expect(Self.fault(geometry) == nil)
            let differences = Self.differences(geometry, &generator) {
                Self.isIn($0, land) && (!(Self.isIn($0, north) || Self.isIn($0, south)) || Self.isIn($0, island))
            }
            #expect(differences.isEmpty, "seed \(seed), \(roles[0])")
        }
    }

    @Test("An inner ring that sticks out of the outer one cuts it", arguments: 0..<60 as Range<UInt64>)
    func cut(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let land = Self.blob(4_000_000, 5_000_000, 2_500_000, &generator)
        let bay = Self.blob(6_000_000, 5_000_000, 1_500_000, &generator)
        let assembly = RingAssemblerTests.assembly([bay, land], [.inner, .outer])
        let geometry = try #require(assembly.geometry)
        #expect(Self.fault(geometry) == nil)
        let differences = Self.differences(geometry, &generator) { Self.isIn($0, land) && !Self.isIn($0, bay) }
        #expect(differences.isEmpty, "seed \(seed)")
    }

    @Test("Rings beside a crossing stay node for node, islands in lakes too")
    func untouched() throws {
        let square = RingAssemblerTests.square
        let ways = [
            square(0, 0, 1000), square(100, 100, 300), square(150, 150, 50), square(1000, 2000, 100),
            square(1050, 2050, 100),
        ]
        let assembly = RingAssemblerTests.assembly(ways, [.outer, .inner, .outer, .outer, .outer])
        let geometry = try #require(assembly.geometry)
        #expect(geometry.parts.prefix(3).map(\.count) == [4, 4, 4])
        #expect(geometry.doubledArea == 2 * (1_000_000 - 90_000 + 2500 + 20_000 - 2500))
        #expect(assembly.mismatches.isEmpty)
    }

    @Test("Rings that touch without a common node get one there, and nothing else changes")
    func touching() throws {
        let square = RingAssemblerTests.square(0, 0, 100)
        // From inside and, in two points, from outside.
        let inner = RingAssemblerTests.points((100, 50), (80, 60), (60, 50), (80, 40), (100, 50))
        let beside = RingAssemblerTests.points((30, 100), (20, 150), (70, 100), (50, 110), (30, 100))
        let assembly = RingAssemblerTests.assembly([square, inner, beside], [.outer, .inner, .outer])
        let geometry = try #require(assembly.geometry)
        #expect(assembly.crossings.allSatisfy { $0.kind == .touching })
        #expect(Self.fault(geometry) == nil)
        let area = [square, beside].reduce(0) { $0 + abs(RingArea.doubled($1, $1.indices)) }
        #expect(geometry.doubledArea == area - 2 * 400)
        #expect(Set(geometry.points) == Set(square + inner + beside))
    }

    @Test("A ring that crosses itself keeps both of its lobes")
    func lobes() throws {
        let bow = RingAssemblerTests.points((0, 0), (100, 0), (0, 100), (100, 100), (0, 0))
        let geometry = try RingAssemblerTests.assemble([bow], [.outer])
        #expect(geometry.partCount == 2)
        #expect(geometry.doubledArea == 2 * 5000)
    }

    @Test("Random walks that cross themselves a hundred times are valid areas", arguments: 0..<40 as Range<UInt64>)
    func walks(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        // A small grid makes many touching and overlapping segments.
        let size: UInt32 = seed.isMultiple(of: 2) ? 40 : 100_000_000
        var ways: [[WorldPoint]] = []
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let ring = (0..<Int.random(in: 3...20, using: &generator)).map { _ in
                WorldPoint(x: .random(in: 0...size, using: &generator), y: .random(in: 0...size, using: &generator))
            }
            ways.append(ring + [ring[0]])
        }
        let roles: [RingMemberRole] = ways.map { _ in
            [.outer, .inner, .unsaid].randomElement(using: &generator) ?? .outer
        }
        let assembly = RingAssemblerTests.assembly(ways, roles)
        if let geometry = assembly.geometry { #expect(Self.fault(geometry) == nil, "seed \(seed)") }
        // The order and direction of the ways make no difference to the area.
        let again = RingAssemblerTests.assembly(ways.map { $0.reversed() }, roles)
        #expect(again.geometry?.doubledArea == assembly.geometry?.doubledArea, "seed \(seed)")
    }
}
