/// An OSM file that breaks its format, or is of a kind that is not read here. One line, with file and place.
public enum OSMFormatError: Error, Equatable, Sendable {
    /// The file as a whole.
    case file(path: String, fault: Fault, reason: String)
    /// In file block `block` (the header is 0). `offset` counts bytes from the start of the file; inside compressed blobs it
    /// is where the blob's data begin.
    case pbf(path: String, block: Int, offset: Int, fault: Fault, reason: String)
    /// In line `line`, from 1, of the unpacked text.
    case xml(path: String, line: Int, fault: Fault, reason: String)

    /// What kind of fault it is; `reason` says what was found and what was expected.
    public enum Fault: String, Sendable {
        /// The data end inside something, or something claims more bytes than there are.
        case truncated
        case noHeader = "no-header"
        case noData = "no-data"
        case missingField = "missing-field"
        case missingAttribute = "missing-attribute"
        /// A size above the format's limits, found before memory is taken for it.
        case limit
        /// A stated size does not fit what is there.
        case size
        case compressedData = "compressed-data"
        /// A compression or kind of file that is known but not read here.
        case unsupported
        case requiredFeature = "required-feature"
        case version
        case root
        case encoding
        case entity
        case stringIndex = "string-index"
        case keysAndValues = "keys-vals"
        /// Arrays that must be equally long are not.
        case length
        case memberType = "member-type"
        case varint
        case wireType = "wire-type"
        case overflow
        case range
        case number
        case timestamp
        case boolean
        case notWellFormed = "not-well-formed"
        case nesting
        /// The program that wrote the file says that it is not complete.
        case incomplete
    }

    public var fault: Fault {
        switch self {
        case .file(_, let fault, _), .pbf(_, _, _, let fault, _), .xml(_, _, let fault, _): fault
        }
    }
}

extension OSMFormatError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let path, _, let reason): "\(path): \(reason)"
        case .pbf(let path, let block, let offset, _, let reason):
            "\(path): block \(block), byte \(offset): \(reason)"
        case .xml(let path, let line, _, let reason): "\(path): line \(line): \(reason)"
        }
    }
}
