public import OSMModel
public import SystemIO

/// An OSM file could not be written.
public enum OSMWriterError: Error, Equatable, Sendable {
    case system(SystemError)
    /// The caller promised type and id order, and this element breaks it.
    case notSorted(element: ElementID, after: ElementID)
    /// One element alone fills more than a PBF block may hold.
    case elementTooLarge(element: ElementID, byteCount: Int, limit: Int)
}

extension OSMWriterError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .system(let error): error.description
        case .notSorted(let element, let after): "\(element) comes after \(after), but the file was announced as sorted"
        case .elementTooLarge(let element, let byteCount, let limit):
            "\(element) takes \(byteCount) bytes, a PBF block holds at most \(limit)"
        }
    }
}

extension OSMWriterError {
    /// The result of `body`, whose error becomes one of ours.
    static func wrap<Value: ~Copyable>(_ body: () throws(SystemError) -> Value) throws(OSMWriterError) -> Value {
        do { return try body() } catch { throw .system(error) }
    }
}

/// What to write beside the elements.
public struct OSMWriterOptions: Sendable {
    /// Elements come as nodes, ways, relations, each by ascending id (0, then negative ids by absolute value, then
    /// positive ids). The writer checks it and says so in the file.
    public var isSorted = false
    /// Adds versions, dates and authors that nobody ever wrote.
    public var metadata: MadeUpMetadata?

    public init(isSorted: Bool = false, metadata: MadeUpMetadata? = nil) {
        self.isSorted = isSorted
        self.metadata = metadata
    }
}

/// Checks the order "Sort.Type_then_ID" over the elements of a file.
struct ElementOrderCheck {
    private var last: ElementID?

    /// Throws at the first element that does not come after the one before.
    mutating func check(_ kind: ElementKind, _ ids: [Int64]) throws(OSMWriterError) {
        for id in ids {
            let element = ElementID(kind, id)
            if let last, !ElementOrderCheck.precedes(last, element) {
                throw .notSorted(element: element, after: last)
            }
            last = element
        }
    }

    /// Zero first, then negative ids by absolute value, then positive ids: the order osmium writes (OSM PBF, Sort).
    static func precedes(_ left: ElementID, _ right: ElementID) -> Bool {
        if left.kind != right.kind { return left.kind < right.kind }
        let leftKey = (left.number > 0 ? 1 : 0, left.number.magnitude)
        let rightKey = (right.number > 0 ? 1 : 0, right.number.magnitude)
        return leftKey < rightKey
    }
}
