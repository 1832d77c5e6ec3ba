import ByteCoding
import Foundation
import PlanarGeometry
import SystemIO
import TestSupport
import Testing

@testable import TileArchives

/// What every format must do, whatever it is.
@Suite("Every archive format")
struct TileArchiveContractTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Starts as gzip does: not every format says how its tiles are packed.
    private static func packed(_ text: String) -> EncodedTile {
        EncodedTile(bytes: [0x1f, 0x8b] + Array(text.utf8), compression: .gzip)
    }

    /// A run of tiles to write.
    struct Run {
        var first: TileCoordinate
        var count: Int
        var tile: EncodedTile
    }

    private func write(
        _ format: TileArchiveFormat, _ name: String, _ runs: [Run], _ metadata: TilesetMetadata = TilesetMetadata(),
        replacing: Bool = true
    ) throws -> TileArchiveReport {
        let path = folder.path(name)
        switch format {
        case .pmtiles:
            var writer = try PMTilesWriter(path: path)
            for run in runs { try writer.write(run.tile, from: run.first, count: run.count) }
            return try writer.finish(metadata, replacing: replacing)
        case .mbtiles:
            var writer = try MBTilesWriter(path: path)
            for run in runs { try writer.write(run.tile, from: run.first, count: run.count) }
            return try writer.finish(metadata, replacing: replacing)
        case .directory:
            var writer = try TileDirectoryWriter(path: path)
            for run in runs { try writer.write(run.tile, from: run.first, count: run.count) }
            return try writer.finish(metadata, replacing: replacing)
        }
    }

    private func open(_ name: String) throws -> any TileArchiveReader {
        try TileArchiveFormat.open(folder.path(name))
    }

    /// Everything of an archive: a file's bytes, or those of all files in a folder by their names.
    private func contents(_ name: String) throws -> [String: Data] {
        let path = folder.path(name)
        if !FileStatus.isDirectory(path) { return ["": try Data(contentsOf: URL(filePath: path))] }
        var contents: [String: Data] = [:]
        for inner in try FileManager.default.subpathsOfDirectory(atPath: path)
        where !FileStatus.isDirectory(path + "/" + inner) {
            contents[inner] = try Data(contentsOf: URL(filePath: path + "/" + inner))
        }
        return contents
    }

    private static func randomRuns(_ seed: UInt64) -> [Run] {
        var random = SeededGenerator(seed: seed)
        var runs: [Run] = []
        var id: UInt64 = 0
        while id < PMTilesTileID.first(zoom: 6) {
            id += UInt64.random(in: 0..<4, using: &random)
            guard let first = PMTilesTileID.coordinate(id) else { break }
            let rest = PMTilesTileID.first(zoom: first.zoom + 1) - id
            let count = min(UInt64.random(in: 1..<9, using: &random), rest)
            runs.append(
                Run(first: first, count: Int(count), tile: Self.packed("t\(Int.random(in: 0..<50, using: &random))")))
            id += count
        }
        return runs
    }

    private static func tiles(_ runs: [Run]) -> [TileCoordinate: EncodedTile] {
        var tiles: [TileCoordinate: EncodedTile] = [:]
        for run in runs {
            for step in 0..<UInt64(run.count) {
                if let place = PMTilesTileID.coordinate(PMTilesTileID.id(run.first) + step) { tiles[place] = run.tile }
            }
        }
        return tiles
    }

    private static func tiles(_ reader: any TileArchiveReader) throws -> [TileCoordinate: EncodedTile] {
        var tiles: [TileCoordinate: EncodedTile] = [:]
        var last: UInt64?
        try reader.forEachTile { place, tile in
            let id = PMTilesTileID.id(place)
            #expect(last.map { $0 < id } ?? true, "tiles come in order, each once")
            last = id
            tiles[place] = tile
        }
        return tiles
    }

    @Test("Tiles and runs come back as written, one by one and in order", arguments: TileArchiveFormat.allCases)
    func roundTrip(_ format: TileArchiveFormat) throws {
        let runs = Self.randomRuns(3)
        let expected = Self.tiles(runs)
        let report = try write(format, "a", runs)
        #expect(report.addressedTiles == expected.count)
        #expect(report.contents == Set(expected.values.map(\.bytes)).count)
        #expect(report.fileBytes == FolderTree.byteCount(folder.path("a")))
        let reader = try open("a")
        #expect(try Self.tiles(reader) == expected)
        for id in 0..<PMTilesTileID.first(zoom: 7) {
            guard let place = PMTilesTileID.coordinate(id) else { continue }
            #expect(try reader.tile(at: place) == expected[place])
        }
        let counts = try reader.counts()
        #expect(counts.addressedTiles == report.addressedTiles)
        #expect(counts.contents == report.contents)
    }

    @Test("The same calls give the same bytes", arguments: TileArchiveFormat.allCases)
    func deterministic(_ format: TileArchiveFormat) throws {
        for name in ["a", "b"] { _ = try write(format, name, Self.randomRuns(5)) }
        #expect(try contents("a") == contents("b"))
    }

    @Test("What a tileset says about itself comes back", arguments: TileArchiveFormat.allCases)
    func metadata(_ format: TileArchiveFormat) throws {
        var metadata = TilesetMetadata(
            name: "Tëst", maxZoom: 0, bounds: .init(west: -12.5, south: -1, east: 3.25, north: 60.125))
        metadata.description = "d"
        metadata.attribution = "<a href=\"x\">© A</a>"
        metadata.version = "1.2.3"
        metadata.kind = .overlay
        metadata.center = .init(longitude: 1.5, latitude: 2.5, zoom: 0)
        metadata.vectorLayers = [
            .init(
                id: "l", description: "s", minZoom: 0, maxZoom: 4, fields: [.init("f", .number), .init("g", .string)])
        ]
        metadata[.dataDate] = "2026-01-02T03:04:05Z"
        metadata[.schemaHash] = "abc"
        metadata.extra["own"] = .object([JSONValue.Member("a", .array([.number(1), .bool(true)]))])
        _ = try write(format, "a", [Run(first: tile(0, 0, 0), count: 1, tile: Self.packed("x"))], metadata)
        #expect(try open("a").metadata == metadata)
    }

    @Test("An archive appears when it is complete, and without tiles never", arguments: TileArchiveFormat.allCases)
    func atomic(_ format: TileArchiveFormat) throws {
        #expect(throws: TileArchiveError.noTiles(path: folder.path("a"))) { _ = try write(format, "a", []) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
        let run = Run(first: tile(1, 0, 0), count: 1, tile: Self.packed("x"))
        _ = try write(format, "a", [run])
        let before = try contents("a")
        #expect(throws: TileArchiveError.self) { _ = try write(format, "a", [run, run]) }
        #expect(throws: SystemError.self) { _ = try write(format, "a", [run], replacing: false) }
        #expect(throws: TileArchiveError.self) {
            let other = EncodedTile(bytes: [1], compression: .none)
            _ = try write(format, "a", [run, Run(first: tile(1, 1, 1), count: 1, tile: other)])
        }
        #expect(throws: TileArchiveError.self) {
            _ = try write(format, "a", [Run(first: tile(1, 0, 0), count: 5, tile: Self.packed("x"))])
        }
        #expect(try contents("a") == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["a"])
    }

    @Test("Copies between all formats hold the same tiles", arguments: TileArchiveFormat.allCases)
    func copies(_ format: TileArchiveFormat) throws {
        let runs = Self.randomRuns(8)
        for source in TileArchiveFormat.allCases {
            _ = try write(source, "from-\(source)", runs)
            try transfer(["from-\(source)"], to: format, "to-\(source)", TileSelection())
            #expect(try Self.tiles(open("to-\(source)")) == Self.tiles(runs))
        }
    }

    private func transfer(_ names: [String], to format: TileArchiveFormat, _ name: String, _ selection: TileSelection)
        throws
    {
        var transfer = TileTransfer()
        transfer.selection = selection
        let readers = try names.map { try open($0) }
        let metadata = TilesetMetadata.merged(readers.map(\.metadata))
        switch format {
        case .pmtiles:
            var writer = try PMTilesWriter(path: folder.path(name))
            if readers.count == 1 {
                try transfer.copy(readers[0], into: &writer)
            } else {
                try transfer.merge(readers, into: &writer)
            }
            _ = try writer.finish(metadata)
        case .mbtiles:
            var writer = try MBTilesWriter(path: folder.path(name))
            if readers.count == 1 {
                try transfer.copy(readers[0], into: &writer)
            } else {
                try transfer.merge(readers, into: &writer)
            }
            _ = try writer.finish(metadata)
        case .directory:
            var writer = try TileDirectoryWriter(path: folder.path(name))
            if readers.count == 1 {
                try transfer.copy(readers[0], into: &writer)
            } else {
                try transfer.merge(readers, into: &writer)
            }
            _ = try writer.finish(metadata)
        }
    }

    @Test("Extracts hold the tiles of the zooms that touch the boxes, and no others")
    func extracts() throws {
        let runs = Self.randomRuns(13)
        _ = try write(.pmtiles, "from", runs)
        var random = SeededGenerator(seed: 14)
        for _ in 0..<20 {
            let boxes = (0..<2).map { half -> WorldBox in
                let xs = (0..<2).map { _ in UInt32.random(in: 0...(1 << 31 - 1), using: &random) }.sorted()
                let ys = (0..<2).map { _ in UInt32.random(in: 0...UInt32.max, using: &random) }.sorted()
                let east: UInt32 = half == 1 ? 1 << 31 : 0
                return WorldBox(minX: xs[0] + east, minY: ys[0], maxX: xs[1] + east, maxY: ys[1])
            }
            let expected = Self.tiles(runs).filter { place, _ in
                (2...5).contains(place.zoom) && boxes.contains { $0.intersects(place.box) }
            }
            if expected.isEmpty { continue }
            try transfer(["from"], to: .pmtiles, "to", TileSelection(zooms: 2...5, region: WorldRegion(boxes: boxes)))
            #expect(try Self.tiles(open("to")) == expected)
        }
    }

    @Test("A run of thousands of millions of tiles is cut without looking at each")
    func enormousRun() throws {
        let box = WorldBox(minX: 0, minY: 0, maxX: 1 << 31, maxY: 5)
        var count = 0
        let first = tile(20, 0, 0)
        TileSelection(region: WorldRegion(boxes: [box])).forEachPart(of: first, count: 1 << 40) { count += $1 }
        #expect(count == 1 << 19 + 1)
    }

    @Test("Of archives over each other the last one's tiles are seen")
    func merges() throws {
        for seed in 20..<26 as Range<UInt64> {
            let lists = (0..<3).map { Self.randomRuns(seed * 10 + $0) }
            for (number, runs) in lists.enumerated() {
                _ = try write(number == 1 ? .mbtiles : .pmtiles, "from\(number)", runs)
            }
            var expected: [TileCoordinate: EncodedTile] = [:]
            for runs in lists { expected.merge(Self.tiles(runs)) { $1 } }
            try transfer(["from0", "from1", "from2"], to: .pmtiles, "to", TileSelection())
            #expect(try Self.tiles(open("to")) == expected)
        }
    }

    @Test(
        "Damage anywhere gives an error or a wrong tile, never a trap",
        arguments: [TileArchiveFormat.pmtiles, .mbtiles])
    func damage(_ format: TileArchiveFormat) throws {
        _ = try write(format, "a", Self.randomRuns(30))
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.path("a"))))
        var random = SeededGenerator(seed: 31)
        for round in 0..<60 {
            var damaged = bytes
            if round % 2 == 0 {
                damaged.removeLast(Int.random(in: 1..<damaged.count, using: &random))
            } else {
                for _ in 0..<8 {
                    let place = Int.random(in: 0..<min(damaged.count, round < 30 ? 300 : damaged.count), using: &random)
                    damaged[place] = .random(in: 0...255, using: &random)
                }
            }
            let path = try folder.write(damaged, to: "damaged")
            do {
                let reader = try TileArchiveFormat.open(path)
                _ = try reader.counts()
                try reader.forEachRun { _, _, _ in }
            } catch is TileArchiveError {
            } catch is SystemError {
            }
        }
    }
}
