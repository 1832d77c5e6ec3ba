/// A file of OSM elements, whatever its format, that is read block by block.
public protocol OSMBlockSource: Sendable {
    /// Reads the whole source once and returns its header.
    ///
    /// `transform` runs on up to `threads` blocks at once; `consume` gets the results one at a time in file order, on
    /// the caller's task. At most `threads + 2` blocks and results exist at any time.
    ///
    /// Throws the format's error, with place, at the first byte that breaks it, after handing on what came before; or
    /// whatever the closures throw. Can be called again: the source starts over.
    func readBlocks<Value: Sendable>(
        threads: Int,
        transform: @escaping @Sendable (OSMBlock) throws -> Value,
        consume: (Value) throws -> Void
    ) async throws -> OSMFileHeader

    /// Called from time to time with the number of input bytes read so far; set before reading.
    var progress: (@Sendable (Int) -> Void)? { get set }
}
