/// Why an object is not in the store. Raw values are the words of the report.
public enum RefusalReason: String, CaseIterable, Comparable, Sendable {
    /// The file says that the object is deleted.
    case deleted
    /// The file has the object again further on, or says there that it is deleted.
    case repeatedElement = "repeated-element"

    public static func < (left: RefusalReason, right: RefusalReason) -> Bool { left.rawValue < right.rawValue }
}
