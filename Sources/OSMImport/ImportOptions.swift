/// How an import runs.
public struct ImportOptions: Sendable {
    public var threads = 1
    public var sea = SeaOptions()
    /// Replace a store that exists.
    public var replacesExisting = false
    /// Put into the store's metadata.
    public var programVersion = ""
    /// The imported file's name without folders, size in bytes and SHA-256 in hexadecimal, for the metadata.
    public var sourceName = ""
    public var sourceByteCount = 0
    public var sourceHash = ""
    /// Which closed ways are areas, beside the built-in table.
    public var areaRules: AreaRules?

    public init() {}
}

/// Where an import is.
public enum ImportStage: String, Sendable {
    case reading
    case assembling
    case writing
}
