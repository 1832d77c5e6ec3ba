import OSMModel

/// A schema as a file holds it: the schema, and examples that say what it is meant to do.
public struct SchemaFile: Sendable {
    public let schema: TileSchema
    public let examples: [SchemaExample]

    /// Reads the text of a schema file; finds everything that is wrong at once.
    public init(parsing text: String) throws(SchemaFileError) {
        let root: SchemaNode
        do throws(SchemaDiagnostic) { root = try SchemaNode(parsing: text) } catch {
            throw SchemaFileError(diagnostics: [error])
        }
        let compiler = SchemaCompiler(root)
        if !compiler.reader.diagnostics.isEmpty {
            throw SchemaFileError(
                diagnostics: compiler.reader.diagnostics.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
        }
        schema = compiler.schema
        examples = compiler.examples
    }

    /// What the examples expect and the schema does not do, in the order of the file; empty when all is well.
    public func failures() -> [SchemaDiagnostic] { failures(with: schema) }

    /// The same for another schema with the same layers.
    package func failures(with schema: TileSchema) -> [SchemaDiagnostic] {
        var dictionary = ExampleDictionary()
        let tags = examples.map { dictionary.code($0.tags) }
        let bound = BoundSchema(schema, dictionary: dictionary)
        return zip(examples, tags).flatMap { example, tags in failures(of: example, tags, bound, dictionary) }
    }

    private func failures(
        of example: SchemaExample, _ tags: CodedTags, _ bound: BoundSchema, _ dictionary: ExampleDictionary
    ) -> [SchemaDiagnostic] {
        var found: [String: [String: SchemaExample.Value]] = [:]
        for placement in bound.placements(of: tags, shape: example.shape) where placement.shows(at: example.zoom) {
            if placement.minimumZoom(of: example.size) > example.zoom { continue }
            var values: [String: SchemaExample.Value] = [:]
            for attribute in placement.attributes where attribute.minimumZoom <= example.zoom {
                let value = bound.value(of: attribute.source, tags: tags, size: example.size)
                values[bound.fields[placement.layer][attribute.field].name] = value.map { dictionary.value($0) }
            }
            found[bound.schema.layers[placement.layer].id] = values
        }
        func fault(_ message: String) -> SchemaDiagnostic {
            SchemaDiagnostic(line: example.line, column: example.column, message: message)
        }
        var faults: [SchemaDiagnostic] = []
        for layer in Set(found.keys).union(example.expected.keys).sorted() {
            guard let expected = example.expected[layer] else {
                faults.append(fault("is in layer \"\(layer)\", which is not expected"))
                continue
            }
            guard let values = found[layer] else {
                faults.append(fault("is not in layer \"\(layer)\" at zoom \(example.zoom)"))
                continue
            }
            for field in Set(values.keys).union(expected.keys).sorted() where values[field] != expected[field] {
                let value = values[field]?.description ?? "nothing"
                let wanted = expected[field]?.description ?? "nothing"
                faults.append(fault("layer \"\(layer)\": \(field) is \(value), expected \(wanted)"))
            }
        }
        return faults
    }
}

/// Numbers the texts of examples.
private struct ExampleDictionary: TagDictionary {
    private var texts: [String] = []
    private var numbers: [String: UInt32] = [:]

    private mutating func number(of text: String) -> UInt32 {
        if let number = numbers[text] { return number }
        numbers[text] = UInt32(texts.count)
        texts.append(text)
        return UInt32(texts.count - 1)
    }

    /// In the order of the keys.
    mutating func code(_ tags: [String: String]) -> CodedTags {
        var coded = CodedTags()
        for (key, value) in tags.sorted(by: { $0.key < $1.key }) {
            coded.keys.append(number(of: key))
            coded.values.append(TagValueCode(integerText: value) ?? TagValueCode(string: number(of: value)))
        }
        return coded
    }

    func stringNumber(_ text: String) -> UInt32? { numbers[text] }

    func string(_ number: UInt32) -> String { Int(number) < texts.count ? texts[Int(number)] : "" }

    func value(_ value: FieldValue) -> SchemaExample.Value {
        switch value {
        case .code(let code): .text(valueText(code))
        case .text(let text): .text(text)
        case .integer(let number): .integer(number)
        case .boolean(let flag): .boolean(flag)
        }
    }
}
