import Foundation
import SystemIO
import TileArchives
import TileGeneration

/// What `tiles` says when it is done.
struct TilesReport: Encodable {
    private struct Zoom: Encodable {
        var zoom: Int
        var tiles: Int
        var made: Int
        var bytes: Int
        var packedBytes: Int
        var largestPackedBytes: Int
        var layers: [Layer]
    }

    private struct Layer: Encodable {
        var layer: String
        var features: Int
        var bytes: Int
        var dropped: Int
    }

    private struct Tile: Encodable {
        var tile: String
        var packedBytes: Int
    }

    /// A tile that gave up features for the byte budget.
    private struct Reduced: Encodable {
        var tile: String
        var packedBytes: Int
        var completePackedBytes: Int
        var isWithinBudget: Bool
        var dropped: [String: Int]
    }

    private var archive: String
    private var tiles: Int
    private var contents: Int
    private var tileBytes: Int
    private var fileBytes: Int
    private var cpuSeconds: Double
    private var wallSeconds: Double
    private var peakBytes: Int
    private var reduced: [Reduced]
    /// Only where asked for.
    private var zooms: [Zoom]?
    private var largest: [Tile]?

    init(
        _ path: String, _ report: TileArchiveReport, _ statistics: TilesetStatistics, budget: Int, wallSeconds: Double
    ) {
        let cost = ProcessCost.current()
        archive = path
        tiles = report.addressedTiles
        contents = report.contents
        tileBytes = report.tileBytes
        fileBytes = report.fileBytes
        cpuSeconds = cost.cpuSeconds
        self.wallSeconds = wallSeconds
        peakBytes = cost.peakBytes
        reduced = statistics.reduced.map { tile in
            var dropped: [String: Int] = [:]
            for (layer, count) in tile.dropped.enumerated() where count > 0 {
                dropped[statistics.layerNames[layer]] = count
            }
            return Reduced(
                tile: "\(tile.tile)", packedBytes: tile.packedByteCount,
                completePackedBytes: tile.completePackedByteCount ?? tile.packedByteCount,
                isWithinBudget: tile.packedByteCount <= budget, dropped: dropped)
        }
    }

    mutating func addSizes(_ statistics: TilesetStatistics) {
        zooms = statistics.zooms.map { zoom in
            Zoom(
                zoom: Int(zoom.zoom), tiles: zoom.tileCount, made: zoom.madeCount, bytes: zoom.byteCount,
                packedBytes: zoom.packedByteCount, largestPackedBytes: zoom.largestPackedByteCount,
                layers: zip(statistics.layerNames, zoom.layers).filter { $0.1.featureCount > 0 }.map { name, layer in
                    Layer(
                        layer: name, features: layer.featureCount, bytes: layer.byteCount, dropped: layer.droppedCount)
                })
        }
        largest = statistics.largest.map { Tile(tile: "\($0.tile)", packedBytes: $0.packedByteCount) }
    }

    /// What was done, and what was left out.
    var text: String {
        var text = "\(archive): \(ByteText.grouped(tiles)) tiles, \(ByteText.megabytes(fileBytes)), "
        text += String(format: "%.2f s (%.2f CPU), peak %.0f MB\n", wallSeconds, cpuSeconds, Double(peakBytes) / 1e6)
        if reduced.isEmpty { return text }
        text += "too large, and reduced (--max-tile-bytes): \(ByteText.grouped(reduced.count)) tiles\n"
        for tile in reduced.prefix(20) {
            let layers = tile.dropped.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let dropped = layers.map { "\(ByteText.grouped($0.value)) in \($0.key)" }.joined(separator: ", ")
            text += "  \(tile.tile): \(ByteText.grouped(tile.completePackedBytes)) bytes to "
            text += "\(ByteText.grouped(tile.packedBytes)); dropped \(dropped)"
            text += tile.isWithinBudget ? "\n" : "; no feature is left that could go\n"
        }
        if reduced.count > 20 { text += "  and \(ByteText.grouped(reduced.count - 20)) more; --json names all\n" }
        return text
    }

    /// Tables of sizes; empty unless they were asked for.
    var sizes: String {
        guard let zooms, let largest else { return "" }
        func column(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        var text = "zoom       tiles        made       bytes     gzipped  largest gzipped\n"
        for zoom in zooms {
            let numbers = [zoom.tiles, zoom.made, zoom.bytes, zoom.packedBytes].map { column(ByteText.grouped($0), 12) }
            text += column("\(zoom.zoom)", 4) + numbers.joined() + column(ByteText.grouped(zoom.largestPackedBytes), 17)
            text += "\n"
        }
        text += "\nzoom  layer                       features       bytes\n"
        for zoom in zooms {
            for layer in zoom.layers {
                text +=
                    column("\(zoom.zoom)", 4) + "  " + layer.layer.padding(toLength: 24, withPad: " ", startingAt: 0)
                text += column(ByteText.grouped(layer.features), 12) + column(ByteText.grouped(layer.bytes), 12) + "\n"
            }
        }
        text += "\nlargest tiles\n"
        for tile in largest { text += "  \(tile.tile): \(ByteText.grouped(tile.packedBytes)) bytes gzipped\n" }
        return text
    }

    func json() throws -> String { try JSONText.of(self) }
}
