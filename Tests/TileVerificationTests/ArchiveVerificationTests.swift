import ByteCoding
import PlanarGeometry
import SystemIO
import TestSupport
import Testing
import TileArchives
import VectorTiles

@testable import TileVerification

@Suite("Verification of archives")
struct ArchiveVerificationTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func polygon(_ corners: [(Int32, Int32)]) -> TilePath {
        var path = TilePath()
        path.points = corners.map { TilePoint(x: $0.0, y: $0.1) }
        path.endPart()
        return path
    }

    private func tile(_ path: TilePath, _ name: String = "land") -> EncodedTile {
        var builder = VectorTileBuilder()
        let layer = builder.addLayer(name)
        builder.layers[layer].addFeature(id: 1, type: .polygon, tags: [], geometry: path)
        var bytes: [UInt8] = []
        builder.finish(into: &bytes)
        return EncodedTile(bytes: Compressor().gzip(bytes.byteSpan), compression: .gzip)
    }

    private func verify(_ tiles: [EncodedTile]) throws -> ArchiveVerification {
        let path = folder.path("a.pmtiles")
        var writer = try PMTilesWriter(path: path)
        for (x, tile) in tiles.enumerated() {
            let place = try #require(TileCoordinate(zoom: 4, x: UInt32(x), y: 0))
            try writer.write(tile, at: place)
        }
        _ = try writer.finish(TilesetMetadata(minZoom: 4, maxZoom: 4))
        return try ArchiveVerification(PMTilesReader(path: path), format: "PMTiles 3")
    }

    @Test("A sound archive has no fault")
    func sound() throws {
        let found = try verify([tile(polygon([(0, 0), (10, 0), (10, 10), (0, 10)]))])
        #expect(found.faults.isEmpty)
        #expect(found.tileCount == 1)
        #expect(found.polygonCount == 1)
        #expect(found.violationCount == 0)
    }

    @Test("Polygons that cross themselves are told by tile, layer, feature and place, and counted as one fault")
    func invalid() throws {
        let bow = tile(polygon([(0, 0), (10, 10), (10, 0), (0, 12)]))
        let other = tile(polygon([(5, 5), (25, 25), (25, 5), (5, 27)]))
        let found = try verify([bow])
        #expect(found.violationCount == 1)
        #expect(found.faults[0].rule == "MVT 2.1, 4.3.4.4")
        #expect(found.faults[0].places == ["4/0/0 land 0"])
        #expect(found.faults[0].message.hasPrefix("the polygon is not valid: ring 0 crosses itself at "))
        let path = folder.path("b.pmtiles")
        var writer = try PMTilesWriter(path: path)
        try writer.write(bow, at: try #require(TileCoordinate(zoom: 1, x: 0, y: 0)))
        try writer.write(other, at: try #require(TileCoordinate(zoom: 1, x: 0, y: 1)))
        _ = try writer.finish(TilesetMetadata())
        let both = try ArchiveVerification(PMTilesReader(path: path), format: "PMTiles 3")
        #expect(both.faults.map(\.count) == [2])
    }

    @Test("Bytes that are no tile, and no gzip, are faults of their tile and the rest is still read")
    func damaged() throws {
        let path = folder.path("a.pmtiles")
        var writer = try PMTilesWriter(path: path)
        try writer.write(
            EncodedTile(bytes: [1, 2, 3], compression: .gzip), at: try #require(TileCoordinate(zoom: 1, x: 0, y: 0)))
        try writer.write(
            EncodedTile(bytes: Compressor().gzip([0x1a, 0x7f].byteSpan), compression: .gzip),
            at: try #require(TileCoordinate(zoom: 1, x: 0, y: 1)))
        try writer.write(
            tile(polygon([(0, 0), (10, 0), (10, 10), (0, 10)])), at: try #require(TileCoordinate(zoom: 1, x: 1, y: 1)))
        _ = try writer.finish(TilesetMetadata())
        let found = try ArchiveVerification(PMTilesReader(path: path), format: "PMTiles 3")
        #expect(found.faults.map(\.rule) == ["packing", "MVT 2.1, 3"])
        #expect(found.tileCount == 3)
        #expect(found.featureCount == 1)
    }

    @Test("Zooms choose")
    func zooms() throws {
        let path = folder.path("a.pmtiles")
        var writer = try PMTilesWriter(path: path)
        for zoom in 0...3 as ClosedRange<UInt8> {
            try writer.write(
                tile(polygon([(0, 0), (10, 0), (10, 10), (0, 10)]), "l\(zoom)"),
                at: try #require(TileCoordinate(zoom: zoom, x: 0, y: 0)))
        }
        _ = try writer.finish(TilesetMetadata())
        let found = try ArchiveVerification(PMTilesReader(path: path), format: "PMTiles 3", zooms: 1...2)
        #expect(found.tileCount == 2)
    }
}
