/// A file that cannot be imported, though it can be read.
public enum ImportError: Error, Equatable, Sendable {
    /// The file has more nodes, or its ways more positions of their own, than an import can number.
    case tooManyNodes(limit: Int)
}

extension ImportError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooManyNodes(let limit):
            "more than \(limit) nodes, which is the most that an import can number; import an extract of the file"
        }
    }
}
