import ArgumentParser
import SystemIO
import TileSchemas

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "List, show and test schemas: what map layers hold.",
        discussion: """
            A schema is a YAML file; the built-in ones are written in the same language. To make your own, start from one: \
            'tuile schema show shortbread > mine.yaml', then 'tuile schema test mine.yaml' and 'tuile tiles --schema mine.yaml'.
            """, subcommands: [List.self, Show.self, Test.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Name the built-in schemas.")

        func run() throws {
            var out = StandardOutput()
            for builtIn in BuiltInSchema.allCases {
                let schema = builtIn.schema
                try out.append(
                    Array("\(schema.name) \(schema.version): \(schema.layers.count) layers. \(schema.summary)\n".utf8))
            }
            try out.flush()
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a built-in schema as YAML.")

        @Argument(help: "The schema's name.") var name: String

        func run() throws {
            guard let builtIn = BuiltInSchema(rawValue: name) else {
                let names = BuiltInSchema.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("'\(name)' is no built-in schema; there are \(names)")
            }
            var out = StandardOutput()
            try out.append(Array(builtIn.text.utf8))
            try out.flush()
        }
    }

    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a schema, and run the examples inside it.",
            discussion: "The exit code is 1 when an example is not met, and 78 when the schema cannot be used.")

        @Argument(help: "A schema file, or the name of a built-in schema.") var schema: String

        func run() throws {
            let file = try SchemaOptions.file(schema)
            let failures = file.failures()
            var out = StandardOutput()
            for failure in failures { try out.append(Array((SchemaOptions.located(failure, in: schema) + "\n").utf8)) }
            let met = file.examples.count - Set(failures.map(\.line)).count
            try out.append(Array("\(schema): \(met) of \(file.examples.count) examples met\n".utf8))
            try out.flush()
            if !failures.isEmpty { throw CommandFailure(status: .notSo, message: "") }
        }
    }
}
