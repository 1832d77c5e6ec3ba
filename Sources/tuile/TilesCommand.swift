import ArgumentParser
import FeatureStorage
import Foundation
import PlanarGeometry
import SystemIO
import TileArchives
import TileGeneration

struct TilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tiles", abstract: "Make a tile archive (PMTiles) from a store.",
        discussion: """
            The tiles are those that 'serve' would answer, byte for byte. They are made fastest in the schema that the store was \
            imported with.
            """)

    @Argument(help: "The store.") var store: String
    @Option(name: [.short, .long], help: "The archive to write; its name ends in .pmtiles.") var output: String
    @Option(help: "Zooms, as 0-14 or 14.") var zoom: ZoomRange = ZoomRange(zooms: 0...14)
    @Option(help: "Only tiles that touch this box: west,south,east,north in degrees.") var bounds: BoundsOption?
    @Flag(help: "Replace an archive that exists.") var force = false
    @Flag(help: "Print the report as JSON on standard output.") var json = false
    @OptionGroup var schema: SchemaOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var progress: ProgressOptions

    func validate() throws {
        if !output.hasSuffix(".pmtiles") { throw ValidationError("--output must end in .pmtiles; found '\(output)'") }
    }

    mutating func run() async throws {
        removeTemporaryFilesOnInterrupt()
        let started = Date()
        try OutputPath.check(output, input: store, replacing: force)
        let generator = TileGenerator(
            store: try FeatureStore(path: store),
            recipe: TileRecipe(schema: try schema.chosen(), programVersion: Program.version))
        var options = TilesetOptions()
        options.zooms = zoom.zooms
        options.bounds = bounds?.box
        options.threads = threads.count
        let line = ProgressLine(progress.progress)
        line.begin("tiles")
        defer { line.end() }
        var builder = TilesetBuilder(generator, options: options)
        builder.progress = { line.update($0, of: $1, unit: "tiles") }
        var writer = try PMTilesWriter(path: output)
        try await builder.build(into: &writer)
        let name = URL(filePath: store).deletingPathExtension().lastPathComponent
        let report = try writer.finish(generator.metadata(name: name, zooms: zoom.zooms), replacing: force)
        line.end()
        try printReport(report, wallSeconds: Date().timeIntervalSince(started))
    }

    private struct Report: Encodable {
        var archive: String
        var tiles: Int
        var contents: Int
        var tileBytes: Int
        var fileBytes: Int
        var cpuSeconds: Double
        var wallSeconds: Double
        var peakBytes: Int
    }

    private func printReport(_ report: TileArchiveReport, wallSeconds: Double) throws {
        let cost = ProcessCost.current()
        if json {
            var out = StandardOutput()
            try out.append(
                JSONText.of(
                    Report(
                        archive: output, tiles: report.addressedTiles, contents: report.contents,
                        tileBytes: report.tileBytes, fileBytes: report.fileBytes, cpuSeconds: cost.cpuSeconds,
                        wallSeconds: wallSeconds, peakBytes: cost.peakBytes)))
            try out.flush()
            return
        }
        var text = "\(output): \(ByteText.grouped(report.addressedTiles)) tiles, "
        text += "\(ByteText.megabytes(report.fileBytes)), "
        text += String(
            format: "%.2f s (%.2f CPU), peak %.0f MB\n", wallSeconds, cost.cpuSeconds, Double(cost.peakBytes) / 1e6)
        FileHandle.standardError.write(Data(text.utf8))
    }
}

/// `0-14`, or one zoom.
struct ZoomRange: ExpressibleByArgument {
    var zooms: ClosedRange<UInt8>

    init(zooms: ClosedRange<UInt8>) { self.zooms = zooms }

    init?(argument: String) {
        let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
        guard let low = parts.first.flatMap({ UInt8($0) }), let high = parts.last.flatMap({ UInt8($0) }),
            parts.count <= 2, low <= high, high <= 14
        else { return nil }
        zooms = low...high
    }

    var defaultValueDescription: String { "\(zooms.lowerBound)-\(zooms.upperBound)" }
}
