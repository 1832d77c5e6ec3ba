import ArgumentParser
import SystemIO

/// The program: a file per verb. Verbs read options, call the libraries and print; what several share has a file too.
@main
struct Tuile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tuile",
        abstract: "OpenStreetMap extracts to one file that answers queries, makes tiles and is served live.",
        version: Program.version,
        subcommands: [
            DemoCommand.self, ImportCommand.self, InfoCommand.self, QueryCommand.self, CheckCommand.self,
            TilesCommand.self, ServeCommand.self, ArchiveCommand.self, VerifyCommand.self, SchemaCommand.self,
            SampleCommand.self,
        ])

    static func main() async {
        ignoreBrokenPipes()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            ExitStatus.exit(for: error)
        }
    }
}

enum Program {
    static let version = "0.1.0"
}
