/// A strong entity tag (RFC 9110 section 8.8.3): equal tags mean equal bytes.
struct EntityTag: Equatable, Sendable {
    /// As written in a header, quotes included.
    let headerValue: String

    /// `opaque` is visible ASCII without quotes.
    init(opaque: String) { headerValue = "\"\(opaque)\"" }

    static func isValid(_ opaque: String) -> Bool {
        !opaque.isEmpty && opaque.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") }
    }
}

/// The condition of a request that already holds a representation (RFC 9110 section 13.1.2).
enum IfNoneMatch: Equatable {
    /// No header, or one that names nothing.
    case absent
    /// `*`: anything that exists.
    case any
    /// Tags as written, quotes included, `W/` stripped: the comparison is the weak one.
    case tags([Substring])

    init(_ header: String?) {
        guard let header = header.map({ Substring($0).trimmed }), !header.isEmpty else {
            self = .absent
            return
        }
        if header == "*" {
            self = .any
            return
        }
        var tags: [Substring] = []
        var rest = header.utf8
        while !rest.isEmpty {
            // A tag may hold commas, so the list cannot be split at them.
            if rest.first == UInt8(ascii: ",") || rest.first == UInt8(ascii: " ") || rest.first == UInt8(ascii: "\t") {
                rest = rest.dropFirst()
                continue
            }
            if rest.starts(with: "W/".utf8) { rest = rest.dropFirst(2) }
            guard rest.first == UInt8(ascii: "\""), let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\"")) else {
                break
            }
            tags.append(Substring(rest[...end]))
            rest = rest[rest.index(after: end)...]
        }
        self = tags.isEmpty ? .absent : .tags(tags)
    }

    /// Whether the client holds exactly this. `*` is not answered here: it asks whether there is anything at all.
    func names(_ tag: EntityTag) -> Bool {
        guard case .tags(let tags) = self else { return false }
        return tags.contains { $0 == tag.headerValue }
    }
}
