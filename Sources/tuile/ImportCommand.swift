import ArgumentParser
import Foundation
import OSMImport
import SystemIO

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import an OSM file into one store file.",
        discussion: """
            Reads PBF and OSM XML (plain or gzip). '-' is standard input and needs --output. Odd objects are kept and reported by \
            id; user names, user ids and changesets are not stored.
            """)

    @Argument(help: "The OSM file.") var input: String
    @Option(name: [.short, .long], help: "The store (default: beside the input, .tuile).") var output: String?
    @Flag(help: "Replace a store that exists.") var force = false
    @Flag(help: "Print the report as JSON on standard output.") var json = false
    @OptionGroup var areas: AreaRulesOption
    @OptionGroup var sea: SeaOptionGroup
    @OptionGroup var schema: SchemaOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var progress: ProgressOptions

    func validate() throws {
        if input == "-", output == nil { throw ValidationError("standard input needs --output") }
    }

    mutating func run() async throws {
        removeTemporaryFilesOnInterrupt()
        FreedMemory.goesBackToSystem()
        let started = Date()
        let store = output ?? StoreImport.storePath(for: input)
        let job = StoreImport(
            threads: threads.count, replacesExisting: force, progress: ProgressLine(progress.progress),
            areaRules: try areas.rules(), sea: try sea.options(),
            schema: try schema.chosen())
        let report = try await job.run(input, to: store)
        let text = ImportReportText(report, store: store, wallSeconds: Date().timeIntervalSince(started))
        var out = StandardOutput()
        if json { try out.append(text.json()) } else { FileHandle.standardError.write(Data(text.lines().utf8)) }
        try out.flush()
    }
}
