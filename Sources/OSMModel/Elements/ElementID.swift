/// Which element: its kind and number. The same number may be a node, a way and a relation.
///
/// Written as a letter and a number, `n17`, `w4`, `r9`, everywhere: selectors, options, reports, GeoJSON.
@frozen
public struct ElementID: Hashable, Sendable {
    public var kind: ElementKind
    /// Any 64-bit number; editors use negative ones for objects not yet uploaded.
    public var number: Int64

    @inlinable
    public init(_ kind: ElementKind, _ number: Int64) {
        self.kind = kind
        self.number = number
    }

    /// Reads `n17`; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        guard let letter = text.first, let kind = ElementKind.allCases.first(where: { $0.letter == letter }),
            let number = Int64(text.dropFirst()), !text.dropFirst().hasPrefix("+")
        else { return nil }
        self.init(kind, number)
    }
}

extension ElementID: Comparable {
    @inlinable
    public static func < (left: ElementID, right: ElementID) -> Bool {
        (left.kind, left.number) < (right.kind, right.number)
    }
}

extension ElementID: CustomStringConvertible {
    public var description: String { "\(kind.letter)\(number)" }
}
