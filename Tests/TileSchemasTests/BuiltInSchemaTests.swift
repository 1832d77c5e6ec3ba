import Testing
import TileSchemas

@Suite("Built-in schemas")
struct BuiltInSchemaTests {
    @Test("Each compiles, and does what its examples say", arguments: BuiltInSchema.allCases)
    func examples(_ schema: BuiltInSchema) throws {
        let file = try SchemaFile(parsing: schema.text)
        #expect(file.schema.name == schema.rawValue)
        #expect(file.failures().map(\.description) == [])
        #expect(file.schema.problems.isEmpty)
        #expect(file.schema == schema.schema)
        #expect(!file.examples.isEmpty)
    }

    @Test("Every rule of each has an example that only it can fulfil", arguments: BuiltInSchema.allCases)
    func everyRule(_ schema: BuiltInSchema) throws {
        let file = try SchemaFile(parsing: schema.text)
        for (number, layer) in file.schema.layers.enumerated() {
            for (rule, text) in layer.rules.enumerated() {
                var without = file.schema
                without.layers[number].rules.remove(at: rule)
                #expect(
                    !file.failures(with: without).isEmpty, "layer \(layer.id), rule \(rule + 1), \(text.filter)")
            }
        }
    }
}
