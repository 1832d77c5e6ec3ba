import ByteCoding
import PlanarGeometry
import SystemIO
import TestSupport
import Testing

@testable import TileArchives

@Suite("Hash tree over tiles")
struct TileHashTreeTests {
    private static let nothing = [UInt8](repeating: 0, count: 32)

    /// The definition, word for word: every node of every zoom.
    private func root(_ tiles: [TileCoordinate: [UInt8]], lastZoom: UInt8) -> [UInt8] {
        var roots: [[UInt8]] = []
        for zoom in 0...lastZoom {
            var level = [[UInt8]](repeating: Self.nothing, count: 1 << (2 * Int(zoom)))
            for (place, digest) in tiles where place.zoom == zoom {
                level[Int(place.hilbertIndex)] = sha256(([0] + digest).byteSpan)
            }
            while level.count > 1 {
                level = stride(from: 0, to: level.count, by: 4).map { first in
                    let children = level[first..<(first + 4)]
                    return children.allSatisfy { $0 == Self.nothing }
                        ? Self.nothing : sha256(([1] + children.flatMap { $0 }).byteSpan)
                }
            }
            roots.append(level[0])
        }
        while roots.count < 31 { roots.append(Self.nothing) }
        return sha256(([2] + roots.flatMap { $0 }).byteSpan)
    }

    @Test("The root is that of the definition, whatever the runs, on seeded pyramids")
    func definition() throws {
        for seed in 1...30 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let lastZoom = UInt8.random(in: 0...5, using: &random)
            var tree = TileHashTree()
            var tiles: [TileCoordinate: [UInt8]] = [:]
            var id: UInt64 = 0
            while id < PMTilesTileID.first(zoom: lastZoom + 1) {
                id += UInt64.random(in: 0..<6, using: &random)
                guard let first = PMTilesTileID.coordinate(id), first.zoom <= lastZoom else { break }
                let rest = PMTilesTileID.first(zoom: first.zoom + 1) - id
                let count = min(UInt64.random(in: 1..<80, using: &random), rest)
                let digest = sha256([UInt8.random(in: 0..<3, using: &random)].byteSpan)
                for step in 0..<count {
                    if let place = PMTilesTileID.coordinate(id + step) { tiles[place] = digest }
                }
                // As one run, or in pieces.
                if Bool.random(using: &random) {
                    tree.add(digest, from: first, count: Int(count))
                } else {
                    for step in 0..<count {
                        if let place = PMTilesTileID.coordinate(id + step) { tree.add(digest, from: place) }
                    }
                }
                id += count
            }
            #expect(tree.root() == root(tiles, lastZoom: lastZoom), "seed \(seed)")
        }
    }

    @Test("A run of thousands of millions of tiles costs a hash a level")
    func enormous() {
        var tree = TileHashTree()
        tree.add(sha256([1].byteSpan), from: tile(30, 0, 0), count: 1 << 60)
        #expect(tree.root().count == 32)
    }

    @Test("Nothing has a root of its own, and any tile changes it")
    func empty() {
        #expect(TileHashTree().root() == root([:], lastZoom: 0))
        var tree = TileHashTree()
        tree.add(sha256([1].byteSpan), from: tile(0, 0, 0))
        #expect(tree.root() != TileHashTree().root())
    }
}
