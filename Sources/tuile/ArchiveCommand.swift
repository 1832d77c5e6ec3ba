import ArgumentParser
import Foundation
import SystemIO
import TileArchives

struct ArchiveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive", abstract: "Convert, cut and put together tile archives, of other programs too.",
        discussion:
            "Formats follow from names: .pmtiles, .mbtiles, and a slash at the end for a folder with a file for each tile. Metadata that nobody knows are kept.",
        subcommands: [Convert.self, Extract.self, Merge.self])

    struct Convert: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write an archive's tiles in another format.")

        @Argument(help: "The archive to read.") var input: String
        @Argument(help: "The archive to write.") var output: String
        @OptionGroup var options: TransferOptions

        mutating func run() throws {
            try options.run([input], to: output, TileSelection()) { $0[0].metadata }
        }
    }

    struct Extract: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write some of an archive's tiles.")

        @Argument(help: "The archive to read.") var input: String
        @Argument(help: "The archive to write.") var output: String
        @OptionGroup var chosen: TileSelectionOptions
        @OptionGroup var options: TransferOptions

        mutating func run() throws {
            let area = try chosen.area()
            let selection = TileSelection(zooms: chosen.zoom?.zooms ?? 0...31, region: area?.region)
            try options.run([input], to: output, selection) { readers in
                let metadata = readers[0].metadata.withoutTree
                return area.map { metadata.limited(to: $0.bounds) } ?? metadata
            }
        }
    }

    struct Merge: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put archives over each other: of several with a tile, the last one's is taken.")

        @Argument(help: "The archive to write.") var output: String
        @Argument(help: "The archives to read, those below first.") var inputs: [String]
        @OptionGroup var options: TransferOptions

        func validate() throws { if inputs.count < 2 { throw ValidationError("merge takes two archives or more") } }

        mutating func run() throws {
            try options.run(inputs, to: output, TileSelection()) { readers in .merged(readers.map(\.metadata)) }
        }
    }
}

struct TransferOptions: ParsableArguments {
    @Flag(help: "Replace an archive that exists.") var force = false
    @OptionGroup var progress: ProgressOptions

    func run(
        _ inputs: [String], to path: String, _ selection: TileSelection,
        _ metadata: ([any TileArchiveReader]) -> TilesetMetadata
    ) throws {
        removeTemporaryFilesOnInterrupt()
        let output = try ArchiveOutput(path, inputs: inputs, replacing: force)
        let readers = try inputs.map { try TileArchiveFormat.open($0) }
        let described = metadata(readers)
        let line = ProgressLine(progress.progress)
        line.begin("tiles")
        defer { line.end() }
        var transfer = TileTransfer()
        transfer.selection = selection
        transfer.progress = { line.update($0, of: nil, unit: "tiles") }
        let report: TileArchiveReport
        switch output.format {
        case .pmtiles:
            var writer = try output.pmtiles(described.format)
            try run(transfer, readers, into: &writer)
            report = try writer.finish(described, replacing: force)
        case .mbtiles:
            var writer = try output.mbtiles()
            try run(transfer, readers, into: &writer)
            report = try writer.finish(described, replacing: force)
        case .directory:
            var writer = try output.directory(described.format)
            try run(transfer, readers, into: &writer)
            report = try writer.finish(described, replacing: force)
        }
        line.end()
        let text =
            "\(path): \(ByteText.grouped(report.addressedTiles)) tiles, \(ByteText.grouped(report.contents)) different, "
            + "\(ByteText.megabytes(report.fileBytes))\n"
        FileHandle.standardError.write(Data(text.utf8))
    }

    private func run(
        _ transfer: TileTransfer, _ readers: [any TileArchiveReader],
        into writer: inout some TileArchiveWriter & ~Copyable
    ) throws {
        if readers.count == 1 {
            try transfer.copy(readers[0], into: &writer)
        } else {
            try transfer.merge(readers, into: &writer)
        }
    }
}
