import ArgumentParser
import FeatureStorage
import Foundation
import PlanarGeometry
import SystemIO
import TileArchives
import TileGeneration
import TileSchemas

struct TilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tiles", abstract: "Make a tile archive (PMTiles, MBTiles, or files in folders) from a store.",
        discussion: """
            The tiles are those that 'serve' would answer, byte for byte. They are made fastest in the schema that the store was \
            imported with.
            """)

    @Argument(help: "The store.") var store: String
    @Option(
        name: [.short, .long], help: "The archive to write; its name ends in .pmtiles, .mbtiles, or / for a folder.")
    var output: String
    @OptionGroup var chosen: TileSelectionOptions
    @Flag(help: "Replace an archive that exists.") var force = false
    @Flag(help: "Print the report as JSON on standard output.") var json = false
    @Flag(help: "Also print sizes by zoom and layer, and the largest tiles.") var stats = false
    @OptionGroup var budget: TileBudgetOption
    @OptionGroup var schema: SchemaOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var progress: ProgressOptions

    mutating func run() async throws {
        removeTemporaryFilesOnInterrupt()
        let started = Date()
        let output = try ArchiveOutput(output, inputs: [store], replacing: force)
        let schema = try schema.chosen()
        let zooms = try zooms(of: schema)
        let generator = TileGenerator(
            store: try FeatureStore(path: store),
            recipe: TileRecipe(
                schema: schema, programVersion: Program.version, maximumTileBytes: budget.maximum))
        var options = TilesetOptions()
        options.zooms = zooms
        let area = try chosen.area()
        options.region = area?.region
        options.threads = threads.count
        let line = ProgressLine(progress.progress)
        line.begin("tiles")
        defer { line.end() }
        var builder = TilesetBuilder(generator, options: options)
        builder.progress = { line.update($0, of: $1, unit: "tiles") }
        let name = URL(filePath: store).deletingPathExtension().lastPathComponent
        var metadata = generator.metadata(name: name, zooms: zooms)
        if let area { metadata = metadata.limited(to: area.bounds) }
        let report: TileArchiveReport
        let statistics: TilesetStatistics
        switch output.format {
        case .pmtiles:
            var writer = try output.pmtiles(.vector)
            statistics = try await builder.build(into: &writer)
            metadata[.tileTreeRoot] = hexadecimal(statistics.treeRoot)
            report = try writer.finish(metadata, replacing: force)
        case .mbtiles:
            var writer = try output.mbtiles()
            statistics = try await builder.build(into: &writer)
            metadata[.tileTreeRoot] = hexadecimal(statistics.treeRoot)
            report = try writer.finish(metadata, replacing: force)
        case .directory:
            var writer = try output.directory(.vector)
            statistics = try await builder.build(into: &writer)
            metadata[.tileTreeRoot] = hexadecimal(statistics.treeRoot)
            report = try writer.finish(metadata, replacing: force)
        }
        line.end()
        var done = TilesReport(
            output.path, report, statistics, budget: budget.maximum, wallSeconds: Date().timeIntervalSince(started))
        if stats { done.addSizes(statistics) }
        var out = StandardOutput()
        if json {
            try out.append(done.json())
        } else {
            FileHandle.standardError.write(Data(done.text.utf8))
            try out.append(done.sizes)
        }
        try out.flush()
    }

    private func zooms(of schema: TileSchema) throws -> ClosedRange<UInt8> {
        let all = UInt8(clamping: schema.zooms.lowerBound)...UInt8(clamping: schema.zooms.upperBound)
        guard let asked = chosen.zoom?.zooms else { return all }
        guard all.contains(asked.lowerBound), all.contains(asked.upperBound) else {
            throw CommandFailure(
                status: .wrongUse,
                message: "--zoom: the schema \(schema.name) has zooms \(all.lowerBound) to \(all.upperBound)")
        }
        return asked
    }
}

/// `0-14`, or one zoom; up to 31, as archives have them.
struct ZoomRange: ExpressibleByArgument {
    var zooms: ClosedRange<UInt8>

    init(zooms: ClosedRange<UInt8>) { self.zooms = zooms }

    init?(argument: String) {
        let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
        guard let low = parts.first.flatMap({ UInt8($0) }), let high = parts.last.flatMap({ UInt8($0) }),
            parts.count <= 2, low <= high, high <= 31
        else { return nil }
        zooms = low...high
    }

    var defaultValueDescription: String { "\(zooms.lowerBound)-\(zooms.upperBound)" }
}
