import FeatureStorage
import Foundation
import OSMFormats
import OSMImport
import OSMModel
import SystemIO
import TileSchemas

/// Imports a file, as `import`, `serve` and `demo` do.
struct StoreImport {
    var threads: Int
    var replacesExisting: Bool
    var progress: ProgressLine
    var areaRules: AreaRules?
    var sea = SeaOptions()
    /// What the store's bands are made for.
    var schema = TileSchema.shortbread

    /// The name of the store beside an input: `city.osm.pbf` gives `city.tuile`.
    static func storePath(for input: String) -> String {
        var name = input
        for suffix in [".gz", ".bz2", ".pbf", ".xml", ".osm"]
        where name.hasSuffix(suffix) && !name.hasSuffix("/\(suffix)") {
            name.removeLast(suffix.count)
        }
        return name + ".tuile"
    }

    /// `path` may be `-` for standard input.
    func run(_ path: String, to store: String) async throws -> ImportReport {
        try await run(path == "-" ? spoolStandardInput() : MappedFile(path: path), to: store)
    }

    func run(_ file: MappedFile, to store: String) async throws -> ImportReport {
        try OutputPath.check(store, input: file.path, replacing: replacesExisting)
        let source = try opened(file)
        var options = options
        options.sourceName = URL(filePath: file.path).lastPathComponent
        options.sourceByteCount = file.byteCount
        options.sourceHash = hexadecimal(sha256(file.bytes))
        defer { progress.end() }
        return try await importer(of: file, options).run(source, to: store)
    }

    /// What an import would find odd, without writing a store.
    func problems(of file: MappedFile) async throws -> ImportReport {
        let source = try opened(file)
        defer { progress.end() }
        return try await importer(of: file, options).problems(of: source)
    }

    private var options: ImportOptions {
        var options = ImportOptions()
        options.threads = threads
        options.areaRules = areaRules
        options.sea = sea
        options.replacesExisting = replacesExisting
        options.programVersion = Program.version
        return options
    }

    private func opened(_ file: MappedFile) throws -> any OSMBlockSource {
        var readingOptions = OSMReadingOptions()
        readingOptions.readsTimestamps = true
        var source = try OSMFile.open(file, options: readingOptions)
        let progress = progress
        let total = file.byteCount
        source.progress = { progress.update($0, of: total, unit: "B") }
        return source
    }

    private func importer(of file: MappedFile, _ options: ImportOptions) -> OSMImporter {
        let progress = progress
        var importer = OSMImporter(schema: schema, options: options)
        importer.stage = { stage in
            // The pages read so far count as this process's memory until they are let go.
            if stage == .assembling { file.releasePages() }
            progress.begin(stage.rawValue)
        }
        return importer
    }

    /// Whether a store holds what this file holds now.
    static func isUpToDate(_ store: String, with file: MappedFile, schema: TileSchema) -> Bool {
        guard let opened = try? FeatureStore(path: store), opened.metadata.sourceByteCount == file.byteCount,
            opened.metadata.programVersion == Program.version,
            opened.metadata.schemaHash == schema.contentHash
        else { return false }
        return opened.metadata.sourceHash == hexadecimal(sha256(file.bytes))
    }
}
