import OSMModel

/// Fields of features.
extension SchemaCompiler {
    /// Field names to values, in order. A list of values: the first that an object has.
    mutating func attributes(_ node: SchemaNode) -> [AttributeRule] {
        var rules: [AttributeRule] = []
        for (key, value) in reader.entries(of: node, "attributes") ?? [] {
            guard let field = reader.text(key, "the name of a field") else { continue }
            if case .sequence(let items) = value.content {
                for item in items { if let rule = attribute(field, item) { rules.append(rule) } }
            } else if let rule = attribute(field, value) {
                rules.append(rule)
            }
        }
        return rules
    }

    private static let sources = [
        "value", "tag", "whole-number", "matches", "first", "area", "population", "reference-lines", "reference-rows",
        "reference-columns",
    ]

    private mutating func attribute(_ field: String, _ node: SchemaNode) -> AttributeRule? {
        if node.scalar != nil { return constant(node).map { AttributeRule(field, $0) } }
        let known = SchemaCompiler.sources + ["from", "when", "else", "values"]
        guard let fields = reader.fields(of: node, "an attribute", known: known) else { return nil }
        let given = SchemaCompiler.sources.filter { fields[$0] != nil }
        guard given.count == 1, let kind = given.first, let value = fields[kind] else {
            reader.report(node, "an attribute has exactly one of \(SchemaCompiler.sources.joined(separator: ", "))")
            return nil
        }
        if let values = fields["values"], kind != "first" { reader.report(values, "values go with first only") }
        if let fallback = fields["else"], kind != "population" {
            reader.report(fallback, "else goes with population only")
        }
        let zooms = 0...SchemaCompiler.zoomLimit
        let from = fields["from"].flatMap { reader.integer($0, "a zoom", in: zooms) } ?? 0
        let condition = fields["when"].map { reader.filter($0) }
        guard let source = source(kind, value, fields) else { return nil }
        // A condition that cannot be read was reported; without it the attribute would mean something else.
        if let condition, condition == nil { return nil }
        return AttributeRule(field, source, fromZoom: from, when: condition ?? nil)
    }

    private mutating func source(_ kind: String, _ value: SchemaNode, _ fields: SchemaFields) -> AttributeSource? {
        switch kind {
        case "value": return constant(value)
        case "matches": return reader.filter(value).map(AttributeSource.matches)
        case "area":
            let unit: SchemaAreaUnit? = reader.word(value, "a unit")
            return unit.map { .mercatorArea($0.unit) }
        case "first": return firstMapped(value, fields)
        case "population":
            guard let fallback = fields["else"] else {
                reader.report(value, "population needs else: the number for objects that state none")
                return nil
            }
            let number = reader.integer(fallback, "a population", in: 0...1_000_000_000_000)
            guard let key = reader.text(value, "a key"), let number else { return nil }
            return .population(key: key, fallback: Int64(number))
        default:
            guard let key = reader.text(value, "a key") else { return nil }
            switch kind {
            case "tag": return .tag(key)
            case "whole-number": return .wholeNumber(key)
            case "reference-lines": return .references(key)
            case "reference-rows": return .referenceRows(key)
            default: return .referenceColumns(key)
            }
        }
    }

    /// `{first: [motorcar, access], values: {yes: [yes, designated], no: [private]}}`; a key, or a list of them.
    private mutating func firstMapped(_ node: SchemaNode, _ fields: SchemaFields) -> AttributeSource? {
        let keys = node.scalar.map { [$0] } ?? reader.texts(node, "keys")
        guard let values = fields["values"] else {
            reader.report(node, "first needs values: results, each with the values that give it")
            return nil
        }
        var mappings: [ValueMapping] = []
        for (key, value) in reader.entries(of: values, "results and values") ?? [] {
            guard let result = reader.text(key, "a result") else { continue }
            mappings.append(ValueMapping(value.scalar.map { [$0] } ?? reader.texts(value, "values"), to: result))
        }
        return .firstMapped(keys: keys, mappings)
    }

    /// `true`, `false` and whole numbers without quotes are what they look like; everything else is text.
    private mutating func constant(_ node: SchemaNode) -> AttributeSource? {
        guard case .scalar(let text, let isPlain) = node.content else {
            reader.report(node, "found \(node.kind), expected a text, a whole number, true or false")
            return nil
        }
        if isPlain, let flag = Bool(text) { return .boolean(flag) }
        if isPlain, let number = Int64(text) { return .integer(number) }
        return reader.text(node, "a value").map(AttributeSource.text)
    }
}
