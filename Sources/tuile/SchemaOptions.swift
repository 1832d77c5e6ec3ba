import ArgumentParser
import Foundation
import SystemIO
import TileSchemas

/// Which map layers tiles have.
struct SchemaOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What tiles hold: the name of a built-in schema (see 'schema list') or a schema file (YAML).",
            valueName: "name-or-file"), completion: .file(extensions: ["yaml", "yml"]))
    var schema = BuiltInSchema.shortbread.rawValue
    @Option(
        help:
            "Languages of names beside the local one, as en,de,zh-Hant (default: the schema's); an empty text for none.",
        transform: SchemaOptions.languages)
    var languages: [String]?

    private static func languages(_ text: String) throws -> [String] {
        let languages = text.split(separator: ",", omittingEmptySubsequences: !text.contains(",")).map(String.init)
        for (index, language) in languages.enumerated() {
            guard TileSchema.isLanguage(language) else {
                throw ValidationError("--languages takes language tags such as en or zh-Hant, found '\(language)'")
            }
            if languages[..<index].contains(language) {
                throw ValidationError("--languages has '\(language)' twice")
            }
        }
        return languages
    }

    /// The schema asked for.
    func chosen() throws -> TileSchema {
        var chosen = try BuiltInSchema(rawValue: schema)?.schema ?? SchemaOptions.file(schema).schema
        if let languages { chosen.languages = languages }
        return chosen
    }

    /// A schema file by name of a built-in one, or by path.
    static func file(_ nameOrPath: String) throws -> SchemaFile {
        if let builtIn = BuiltInSchema(rawValue: nameOrPath) { return builtIn.file }
        guard nameOrPath.contains("/") || nameOrPath.contains(".") || FileStatus.exists(nameOrPath) else {
            let names = BuiltInSchema.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(
                status: .missingInput,
                message: "schema '\(nameOrPath)': is neither a file nor a built-in schema (\(names))")
        }
        let file = try MappedFile(path: nameOrPath)
        do throws(SchemaFileError) {
            return try SchemaFile(parsing: String(decoding: file.array(0..<file.byteCount), as: UTF8.self))
        } catch {
            throw CommandFailure(
                status: .badConfiguration,
                message: error.diagnostics.map { located($0, in: nameOrPath) }.joined(separator: "\n"))
        }
    }

    /// As editors understand it: `file:line:column: message`.
    static func located(_ diagnostic: SchemaDiagnostic, in path: String) -> String {
        "\(path):\(diagnostic.line):\(diagnostic.column): \(diagnostic.message)"
    }
}
