import Yams

/// A YAML document as a tree that knows where each piece stands. The only place that sees the YAML library.
///
/// Aliases are replaced by what they stand for. A plain scalar is its text: YAML's many words for true and false are for the
/// reader of a node to see or not.
struct SchemaNode: Sendable {
    indirect enum Content: Sendable {
        case scalar(String, isPlain: Bool)
        case sequence([SchemaNode])
        case mapping([(key: SchemaNode, value: SchemaNode)])
    }

    var content: Content
    /// From 1.
    var line: Int
    var column: Int

    /// The text of a scalar.
    var scalar: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// What it is, for messages.
    var kind: String {
        switch content {
        case .scalar("", isPlain: true): "nothing"
        case .scalar(let text, _): "\"\(text.count > 40 ? text.prefix(40) + "…" : text)\""
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    func diagnostic(_ message: String) -> SchemaDiagnostic {
        SchemaDiagnostic(line: line, column: column, message: message)
    }
}

extension SchemaNode {
    /// Files are small; a larger one is another kind of file.
    static let byteLimit = 1 << 20
    /// Of a document with its aliases written out: a few lines can stand for thousands of millions.
    static let nodeLimit = 200_000

    /// Reads one document.
    init(parsing text: String) throws(SchemaDiagnostic) {
        guard text.utf8.count <= SchemaNode.byteLimit else {
            throw SchemaDiagnostic(
                line: 1, column: 1,
                message: "the file has \(text.utf8.count) bytes, expected at most \(SchemaNode.byteLimit)")
        }
        let scalars = text.unicodeScalars
        // Editors of Windows put a byte order mark in front.
        let text = scalars.first == "\u{feff}" ? String(scalars.dropFirst()) : text
        let root: Node?
        do {
            // Without rules that tell numbers and dates from texts: nobody here asks, and they are most of the time.
            root = try Yams.compose(yaml: text, .basic)
        } catch let error as YamlError {
            throw SchemaNode.diagnostic(error)
        } catch {
            throw SchemaDiagnostic(line: 1, column: 1, message: "\(error)")
        }
        guard let root else {
            throw SchemaDiagnostic(line: 1, column: 1, message: "the file is empty, expected a schema")
        }
        var count = 0
        self = try SchemaNode(root, &count)
    }

    private init(_ node: Node, _ count: inout Int) throws(SchemaDiagnostic) {
        line = node.mark?.line ?? 1
        column = node.mark?.column ?? 1
        count += 1
        guard count <= SchemaNode.nodeLimit else {
            throw SchemaDiagnostic(
                line: line, column: column,
                message: "with aliases written out the file has more than \(SchemaNode.nodeLimit) nodes")
        }
        switch node {
        case .scalar(let scalar): content = .scalar(scalar.string, isPlain: scalar.style == .plain)
        case .sequence(let sequence):
            var items: [SchemaNode] = []
            for item in sequence { items.append(try SchemaNode(item, &count)) }
            content = .sequence(items)
        case .mapping(let mapping):
            var items: [(key: SchemaNode, value: SchemaNode)] = []
            for (key, value) in mapping { items.append((try SchemaNode(key, &count), try SchemaNode(value, &count))) }
            content = .mapping(items)
        case .alias:
            // The library resolves aliases while it composes.
            throw SchemaDiagnostic(line: line, column: column, message: "an alias that stands for nothing")
        }
    }

    private static func diagnostic(_ error: YamlError) -> SchemaDiagnostic {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let text = context.map { "\($0.text): \(problem)" } ?? problem
            return SchemaDiagnostic(line: mark.line, column: mark.column, message: "no YAML: \(text)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = Set(duplicates).sorted().map { "\"\($0)\"" }.joined(separator: ", ")
            return SchemaDiagnostic(
                line: context.mark.line, column: context.mark.column, message: "twice in this mapping: \(names)")
        default: return SchemaDiagnostic(line: 1, column: 1, message: "no YAML: \(error)")
        }
    }
}
