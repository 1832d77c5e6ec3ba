import ByteCoding
import FeatureStorage
import Foundation
import OSMModel
import PlanarGeometry
import SpatialIndexing
import SystemIO
import TestSupport
import Testing

@Suite("Damaged stores")
struct StoreDamageTests {
    static func features() -> [MadeUpFeature] {
        var generator = SeededGenerator(seed: 41)
        var features: [MadeUpFeature] = []
        let shapes: [StoredShape] = [.point, .line, .closedLine, .lines, .area, .closedArea, .members, .none]
        for number in 0..<40 {
            let shape = shapes[number % shapes.count]
            let kinds: [ElementKind] = [.node, .way, .way, .way, .relation, .way, .relation, .way]
            var feature = MadeUpFeature(
                element: ElementID(kinds[number % shapes.count], Int64(number)),
                tags: [("kind", "\(shape)"), ("name", "Nr \(number * 7 % 60)"), ("ref", "\(number)")], shape: shape)
            let size = number == 12 || number == 13 ? 140 : 5
            switch shape {
            case .point: feature.parts = [GeometryRoundTripTests.coordinates(1, &generator)]
            case .lines, .area:
                feature.parts = (0..<2).map { _ in GeometryRoundTripTests.coordinates(size, &generator) }
            case .line, .closedLine, .closedArea: feature.parts = [GeometryRoundTripTests.coordinates(size, &generator)]
            case .members, .none: break
            }
            if feature.element.kind == .way { feature.nodes = [1, 5, Int64(number)] }
            if shape == .members {
                feature.members = (0..<12).map {
                    RelationMember(element: ElementID(kinds[$0 % shapes.count], Int64($0)), role: "role \($0 % 3)")
                }
            }
            features.append(feature)
        }
        // Across 180 degrees, and around the world: stored turned, and in pieces.
        let cap = stride(from: -170.0, to: 180, by: 20).map { GeoCoordinate($0, 66) }
        for (number, part) in [(1001, TurnedRecordTests.ring), (1002, cap)] as [(Int64, [GeoCoordinate])] {
            features.append(
                MadeUpFeature(
                    element: ElementID(.way, number), tags: [("kind", "edge"), ("name", "Nr 7"), ("ref", "\(number)")],
                    shape: .closedArea, parts: [part], nodes: [1, 2, number]))
        }
        return features
    }

    /// Reads everything that a store can be asked, and adds up something so that nothing is left out. What throws is fine.
    @discardableResult
    static func readEverything(_ store: FeatureStore) -> Int {
        var sum = 0
        var buffer = GeometryBuffer()
        for number in 0..<min(store.recordCount, 500) {
            do {
                let view = try store.feature(number)
                sum &+= Int(truncatingIfNeeded: view.element.number)
                if let tags = try? store.tags(of: view) {
                    for value in tags.values.prefix(500) { sum &+= store.valueText(value).utf8.count }
                    for key in tags.keys.prefix(500) { sum &+= store.stringBytes(key).byteCount }
                }
                if let geometry = try? store.geometry(of: view) { sum &+= geometry.coordinates().count }
                let window = WorldBox(minX: 1 << 30, minY: 0, maxX: 1 << 31, maxY: 1 << 31)
                try? view.decodeGeometry(varyingCount: 2, GeometrySelection(window: window), into: &buffer)
                sum &+= (try? view.storedSummary(varyingCount: 2))??.labelPoint == nil ? 1 : 0
                let element = view.element
                sum &+= (try? store.featureNumber(of: element)) ?? 0
                sum &+= (try? store.nodeReferences(ofWay: element.number))??.count ?? 0
                sum &+= (try? store.members(ofRelation: element.number))??.count ?? 0
            } catch { sum &+= 1 }
        }
        for number in 0..<min(store.tagSetCount, 500) { sum &+= (try? store.tagSet(number))?.count ?? 0 }
        for text in ["kind", "name", "point", "Nr 7", "nothing"] { sum &+= Int(store.stringNumber(text) ?? 0) }
        var candidates: [UInt32] = []
        store.appendCandidates(in: .world, to: &candidates)
        let quarter = WorldBox(minX: 0, minY: 0, maxX: 1 << 31, maxY: 1 << 31)
        for frame in [WorldFrame.standard, .turned] {
            store.appendCandidates(in: quarter, frame: frame, zoom: 14, to: &candidates)
        }
        #expect(candidates.allSatisfy { $0 < store.recordCount })
        var nearest = NearestNeighbours<Int>(limit: 3)
        try? store.collectNearest(
            into: &nearest, lowerBound: { box, _ in Double(box.minX) }, distance: { (Double($0), $0) })
        return sum &+ nearest.count &+ store.verify().count
    }

    private static func write(_ bytes: [UInt8], _ path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }

    @Test("Every flipped bit is found, by opening or by verify")
    func flippedBits() throws {
        let features = [Self.features()[0], Self.features()[1], Self.features()[6]]
        let folder = try TemporaryFolder()
        let path = folder.path("store")
        try FeatureStoreWriter.write(MadeUpStore.content(features), to: path, replacing: false)
        let whole = try contents(path)
        #expect(try FeatureStore(path: path).verify() == [])
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        var missed: [Int] = []
        for offset in whole.indices {
            // Every bit of what means something; of the zeros that fill the pages at the front a bit here and there.
            let isFiller = offset < 12_288 && whole[offset] == 0
            if isFiller, offset % 9 != 0 { continue }
            for bit in isFiller ? offset % 8..<offset % 8 + 1 : 0..<8 {
                try handle.seek(toOffset: UInt64(offset))
                try handle.write(contentsOf: [whole[offset] ^ 1 << UInt8(bit)])
                if let store = try? FeatureStore(path: path), store.verify().isEmpty { missed.append(offset) }
            }
            try handle.seek(toOffset: UInt64(offset))
            try handle.write(contentsOf: [whole[offset]])
        }
        #expect(missed == [], "of \(whole.count) bytes")
    }

    @Test("A store cut short anywhere is refused")
    func truncated() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store")
        try FeatureStoreWriter.write(MadeUpStore.content(Self.features()), to: path, replacing: false)
        let whole = try contents(path)
        var generator = SeededGenerator(seed: 42)
        let lengths = [0, 1, 7, 8, 4095, 4096, 12_287, 12_288, whole.count - 1]
        for length in lengths + (0..<70).map({ _ in Int.random(in: 0..<whole.count, using: &generator) }) {
            try Self.write(Array(whole[..<length]), path)
            #expect(throws: FeatureStoreError.self, "\(length) bytes") { try FeatureStore(path: path) }
        }
    }

    @Test("Damage in any section gives errors or wrong values, and never a trap")
    func mutations() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store")
        try FeatureStoreWriter.write(MadeUpStore.content(Self.features()), to: path, replacing: false)
        let whole = try contents(path)
        var generator = SeededGenerator(seed: 43)
        var opened = 0
        for round in 0..<350 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let offset = Int.random(in: 12_288..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[offset] = .random(in: 0...255, using: &generator)
                case 1: bytes[offset] = 0xff
                case 2:
                    for index in offset..<min(offset + 10, bytes.count) { bytes[index] = round % 2 == 0 ? 0xff : 0x7f }
                default: bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                }
            }
            if round % 2 == 0 { Self.reseal(&bytes) }
            try Self.write(bytes, path)
            guard let store = try? FeatureStore(path: path) else { continue }
            opened += 1
            Self.readEverything(store)
        }
        #expect(opened > 150)
    }

    @Test("Damage in the table of sections is refused or harmless, even with its checksum made right")
    func mutatedTable() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store")
        try FeatureStoreWriter.write(MadeUpStore.content(Self.features()), to: path, replacing: false)
        let whole = try contents(path)
        let table = Self.table(whole)
        var generator = SeededGenerator(seed: 44)
        for _ in 0..<200 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let offset = Int.random(in: table, using: &generator)
                bytes[offset] = Bool.random(using: &generator) ? 0xff : .random(in: 0...255, using: &generator)
            }
            Self.reseal(&bytes)
            try Self.write(bytes, path)
            if let store = try? FeatureStore(path: path) { Self.readEverything(store) }
        }
    }

    /// Where the section table lies: the root page's first segment, at its byte 32.
    private static func table(_ bytes: [UInt8]) -> Range<Int> {
        let offset = Int(integer(bytes, at: 4096 + 32, 8))
        return offset..<offset + Int(integer(bytes, at: 4096 + 40, 4))
    }

    private static func integer(_ bytes: [UInt8], at offset: Int, _ count: Int) -> UInt64 {
        (0..<count).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
    }

    /// Makes the checksums of the table and of the root page right.
    private static func reseal(_ bytes: inout [UInt8]) {
        let table = Array(bytes[table(bytes)])
        bytes.setLittleEndian(crc32(table.byteSpan), at: 4096 + 44)
        let page = Array(bytes[4096..<8188])
        bytes.setLittleEndian(crc32(page.byteSpan), at: 8188)
    }

    @Test("Numbers that no store has give an error")
    func absentNumbers() throws {
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(Self.features(), in: folder)
        for number in [-1, Int.min, store.tagSetCount, .max] {
            #expect(throws: FeatureStoreError.self) { try store.tagSet(number) }
        }
        for number in [-1, Int.min, store.recordCount, .max] {
            #expect(throws: FeatureStoreError.self) { _ = try store.feature(number).element }
        }
    }
}

/// A file's bytes.
func contents(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }
