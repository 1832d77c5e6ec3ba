import CEmbedded

/// The schemas inside the program: schema files like anybody's.
public enum BuiltInSchema: String, CaseIterable, Sendable {
    /// Shortbread 1.1 (https://shortbread-tiles.org/schema/1.1/, CC0).
    case shortbread
    /// Layers and fields of OpenMapTiles 3 (https://openmaptiles.org/schema/, CC-BY 4.0).
    case openmaptiles

    /// The file's text.
    public var text: String {
        // Safe: constants of the program.
        let file =
            switch self {
            case .shortbread: unsafe CEmbeddedShortbreadSchema
            case .openmaptiles: unsafe CEmbeddedOpenMapTilesSchema
            }
        // Safe: the program holds the bytes, and their count with them, as long as it runs.
        return unsafe String(
            decoding: UnsafeBufferPointer(start: file.bytes, count: file.byteCount), as: UTF8.self)
    }

    /// The whole file.
    public var file: SchemaFile { compiled(text) }

    /// The schema alone. Examples stand at the end of the file and are half of it, so they are not read.
    public var schema: TileSchema {
        let text = text
        return compiled(text.firstRange(of: "\nexamples:\n").map { String(text[..<$0.lowerBound]) } ?? text).schema
    }

    /// A test compiles each of them.
    private func compiled(_ text: String) -> SchemaFile {
        do { return try SchemaFile(parsing: text) } catch {
            preconditionFailure("the built-in schema \(rawValue) does not compile: \(error)")
        }
    }
}

extension TileSchema {
    /// The schema that a tile set has unless somebody names another. Compiled when first asked for.
    public static let shortbread = BuiltInSchema.shortbread.schema
}
