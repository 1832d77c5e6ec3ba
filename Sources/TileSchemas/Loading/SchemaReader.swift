import OSMModel

/// Reads typed values from nodes and gathers what is wrong, so that one run tells all of it.
struct SchemaReader {
    private(set) var diagnostics: [SchemaDiagnostic] = []

    mutating func report(_ node: SchemaNode, _ message: String) { diagnostics.append(node.diagnostic(message)) }

    mutating func report(_ diagnostic: SchemaDiagnostic) { diagnostics.append(diagnostic) }

    /// The entries of a mapping of which all keys are known; `nil`, and a report, for anything else.
    mutating func fields(of node: SchemaNode, _ what: String, known: [String]) -> SchemaFields? {
        guard let entries = entries(of: node, what) else { return nil }
        var fields: [String: SchemaNode] = [:]
        for (key, value) in entries {
            let name = key.scalar ?? ""
            if known.contains(name) {
                fields[name] = value
            } else {
                report(key, "\(key.kind) is nothing that \(what) has\(Suggestion.text(for: name, among: known))")
            }
        }
        return SchemaFields(node: node, fields: fields)
    }

    /// The entries of a mapping, whatever their keys, in order.
    mutating func entries(of node: SchemaNode, _ what: String) -> [(key: SchemaNode, value: SchemaNode)]? {
        if case .mapping(let entries) = node.content { return entries }
        report(node, "found \(node.kind), expected \(what): a mapping of keys to values")
        return nil
    }

    mutating func items(of node: SchemaNode, _ what: String) -> [SchemaNode]? {
        if case .sequence(let items) = node.content { return items }
        report(node, "found \(node.kind), expected a list of \(what)")
        return nil
    }

    /// Any scalar as the text that it is.
    mutating func text(_ node: SchemaNode, _ what: String) -> String? {
        if let text = node.scalar, !text.isEmpty { return text }
        report(node, "found \(node.kind), expected \(what)")
        return nil
    }

    mutating func texts(_ node: SchemaNode, _ what: String) -> [String] {
        (items(of: node, what) ?? []).compactMap { text($0, what) }
    }

    mutating func integer(_ node: SchemaNode, _ what: String, in range: ClosedRange<Int>) -> Int? {
        if let text = node.scalar, let number = Int(text), range.contains(number) { return number }
        report(
            node, "found \(node.kind), expected \(what): a whole number from \(range.lowerBound) to \(range.upperBound)"
        )
        return nil
    }

    /// A number above 0.
    mutating func size(_ node: SchemaNode, _ what: String) -> Double? {
        if let text = node.scalar, let number = Double(text), number >= 0, number.isFinite { return number }
        report(node, "found \(node.kind), expected \(what): a number, 0 or more")
        return nil
    }

    mutating func boolean(_ node: SchemaNode, _ what: String) -> Bool? {
        if case .scalar(let text, isPlain: true) = node.content, let flag = Bool(text) { return flag }
        report(node, "found \(node.kind), expected \(what): true or false")
        return nil
    }

    mutating func word<Word: RawRepresentable & CaseIterable>(_ node: SchemaNode, _ what: String) -> Word?
    where Word.RawValue == String {
        if let text = node.scalar, let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue)
        report(node, "found \(node.kind) as \(what)\(Suggestion.text(for: node.scalar ?? "", among: words))")
        return nil
    }

    /// Conditions as in a query, `[natural=water][!name]`; a list: any of them; `{all: …}`, `{any: …}`, `{not: …}`.
    mutating func filter(_ node: SchemaNode) -> TagFilter? {
        switch node.content {
        case .scalar(let text, let isPlain):
            do throws(TagFilterError) {
                return try TagFilter(parsing: text)
            } catch {
                report(node.diagnostic(of: error, isPlain: isPlain))
                return nil
            }
        case .sequence(let items):
            let filters = items.map { filter($0) }
            return filters.contains(nil) ? nil : .any(filters.compactMap(\.self))
        case .mapping:
            guard let fields = fields(of: node, "a condition", known: ["all", "any", "not"]) else { return nil }
            guard fields.count == 1 else {
                report(node, "expected one of all, any and not")
                return nil
            }
            if let inner = fields["not"] { return filter(inner).map(TagFilter.not) }
            let isAll = fields["all"] != nil
            guard let list = fields["all"] ?? fields["any"], let items = items(of: list, "conditions") else {
                return nil
            }
            let filters = items.map { filter($0) }
            if filters.contains(nil) { return nil }
            return isAll ? .all(filters.compactMap(\.self)) : .any(filters.compactMap(\.self))
        }
    }
}

/// A mapping whose keys were checked.
struct SchemaFields {
    let node: SchemaNode
    fileprivate let fields: [String: SchemaNode]

    subscript(_ name: String) -> SchemaNode? { fields[name] }

    var count: Int { fields.count }
}

extension SchemaNode {
    /// Where in the text a filter goes wrong, as far as one line can tell.
    fileprivate func diagnostic(of error: TagFilterError, isPlain: Bool) -> SchemaDiagnostic {
        switch error {
        case .unexpected(let position, let found, let expected, let suggestion):
            let hint = suggestion.map { "; \($0)" } ?? ""
            return SchemaDiagnostic(
                line: line, column: column + position - 1 + (isPlain ? 0 : 1),
                message: "conditions: found \(found), expected \(expected)\(hint)")
        default: return diagnostic("conditions: \(error)")
        }
    }
}
