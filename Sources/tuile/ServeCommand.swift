import ArgumentParser
import FeatureStorage
import Foundation
import SystemIO
import TileArchives
import TileGeneration
import TileSchemas
import TileServing

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve tiles and a map over HTTP.",
        discussion: """
            Sources are stores, archives (PMTiles, MBTiles), and OSM files, which are imported first; the store is kept beside them and used again \
            while the file is unchanged. Addresses: /NAME/{z}/{x}/{y}.mvt, /NAME.json (TileJSON), /NAME/problems.geojson (what is odd \
            about a store's data), / (the map), /catalog.json, /health. A source's name is its file name; NAME=FILE gives another.
            """)

    @Argument(help: "Files to serve, FILE or NAME=FILE.") var sources: [String]
    @OptionGroup var schema: SchemaOptions
    @OptionGroup var budget: TileBudgetOption
    @OptionGroup var server: ServerOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var progress: ProgressOptions

    mutating func run() async throws {
        var opened: [any TileSource] = []
        let recipe = TileRecipe(
            schema: try schema.chosen(), programVersion: Program.version, maximumTileBytes: budget.maximum)
        for source in sources {
            let opener = SourceOpener(
                threads: threads.count, progress: ProgressLine(progress.progress), recipe: recipe)
            opened.append(try await opener.open(source))
        }
        try await server.run(opened, threads: threads.count)
    }
}

struct ServerOptions: ParsableArguments {
    @Option(help: "Address to listen at.") var host = "127.0.0.1"
    @Option(help: "Port to listen at; 0 lets the system choose.") var port = 8080
    @Option(help: "The address under which others reach the server, for TileJSON.") var publicURL: String?
    @Option(help: "A host name that requests may use; can be given several times.") var allowedHost: [String] = []

    func validate() throws {
        if !(0...65535).contains(port) { throw ValidationError("--port takes 0 to 65535") }
    }

    /// Serves until a signal stops it.
    func run(_ sources: [any TileSource], threads: Int) async throws {
        var configuration = ServerConfiguration()
        configuration.host = host
        configuration.port = port
        configuration.publicURL = publicURL
        configuration.allowedHosts = allowedHost
        configuration.workers = threads
        let server = try TileServer(configuration: configuration, sources: sources)
        try await server.run { address in
            FileHandle.standardError.write(Data("map: \(address.url)/\n".utf8))
            for source in sources {
                FileHandle.standardError.write(Data("TileJSON: \(address.url)/\(source.name).json\n".utf8))
            }
        }
    }
}

/// Makes a tile source of a file, whatever it is.
struct SourceOpener {
    var threads: Int
    var progress: ProgressLine
    /// Of tiles made from stores; archives have theirs.
    var recipe = TileRecipe(schema: .shortbread, programVersion: Program.version)

    /// `argument` is FILE or NAME=FILE.
    func open(_ argument: String) async throws -> any TileSource {
        var path = argument
        var name: String?
        if let sign = argument.firstIndex(of: "="), !FileStatus.exists(argument) {
            name = String(argument[..<sign])
            path = String(argument[argument.index(after: sign)...])
        }
        let sourceName = name ?? SourceName.derived(fromPath: path)
        switch try FileKind(at: path) {
        case .store: return try generated(path, sourceName)
        case .archive:
            return ArchiveTileSource(
                name: sourceName, origin: path,
                versionTag: ArchiveTileSource.versionTag(ofFile: path) ?? "",
                reader: try TileArchiveFormat.open(path))
        case .other: return try generated(try await importedStore(MappedFile(path: path)), sourceName)
        }
    }

    private func generated(_ store: String, _ name: String) throws -> any TileSource {
        let generator = TileGenerator(
            store: try FeatureStore(path: store), recipe: recipe)
        return GeneratedTileSource(name: name, generator: generator)
    }

    /// The store beside an OSM file, made now unless it holds the same file already.
    private func importedStore(_ file: MappedFile) async throws -> String {
        let store = StoreImport.storePath(for: file.path)
        if StoreImport.isUpToDate(store, with: file, schema: recipe.schema) { return store }
        if FileStatus.exists(store) {
            let old = try? FeatureStore(path: store)
            let name = URL(filePath: file.path).lastPathComponent
            guard old?.metadata.sourceName == name else {
                throw CommandFailure(
                    status: .noOutput,
                    message: "\(store): exists and was not made from \(name); move it away, or import by hand")
            }
        }
        let job = StoreImport(threads: threads, replacesExisting: true, progress: progress, schema: recipe.schema)
        _ = try await job.run(file, to: store)
        return store
    }
}
