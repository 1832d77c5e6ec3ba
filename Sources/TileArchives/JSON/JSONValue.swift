/// A JSON document (RFC 8259) as a value. Objects keep the order in which their members were written.
///
/// Tile metadata is small and its member order matters to people, which a dictionary would lose; hence this and not a
/// decoder of types.
public enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([Member])

    public struct Member: Equatable, Sendable {
        public var name: String
        public var value: JSONValue

        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The member of this name; of several the last, as most parsers have it.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    public var text: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// A number, or a text that is one: real metadata have both.
    public var lenientNumber: Double? {
        switch self {
        case .number(let number): return number
        case .string(let text):
            let trimmed = text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
            return Double(String(trimmed)).flatMap { $0.isFinite ? $0 : nil }
        default: return nil
        }
    }

    public var elements: [JSONValue]? {
        if case .array(let elements) = self { return elements }
        return nil
    }

    public var members: [Member]? {
        if case .object(let members) = self { return members }
        return nil
    }
}
