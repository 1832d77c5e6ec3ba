import FeatureStorage
import Foundation
import PlanarGeometry
import SystemIO
import TileArchives
import TileGeneration
import TileSchemas

/// Makes a tile of an archive once more, from the store that it is said to come from.
struct TileProof {
    let archive: any TileArchiveReader
    let store: FeatureStore
    let schema: TileSchema

    /// - Parameter stated: the schema that the caller names; `nil` takes the one that the archive names, if it is built in.
    init(_ archive: any TileArchiveReader, path: String, store: String, stated: TileSchema?) throws {
        self.archive = archive
        self.store = try FeatureStore(path: store)
        let metadata = archive.metadata
        if let stated {
            schema = stated
            return
        }
        guard let name = metadata[.schemaName], let builtIn = BuiltInSchema(rawValue: name) else {
            throw CommandFailure(
                status: .wrongUse,
                message:
                    "\(path): its schema '\(metadata[.schemaName] ?? "unknown")' is not built in; --schema FILE gives it"
            )
        }
        var schema = builtIn.schema
        if let languages = metadata[.languages] { schema.languages = languages.split(separator: ",").map(String.init) }
        self.schema = schema
    }

    /// What differs between how the archive was made and how its tile is made now; empty for nothing.
    var differences: [String] {
        let metadata = archive.metadata
        var lines: [String] = []
        func compare(_ what: String, _ stated: String?, _ own: String?) {
            if stated != own {
                lines.append("\(what): the archive says \(stated ?? "nothing"), here it is \(own ?? "unknown")")
            }
        }
        compare("source", metadata[.sourceSHA256], store.metadata.sourceHash)
        compare("schema", metadata[.schemaHash], schema.contentHash)
        compare("program", metadata[.generator], "Tuile \(Program.version)")
        return lines
    }

    /// Whether the archive's tile is the one that the store gives, byte for byte before packing.
    func holds(at tile: TileCoordinate) throws -> Bool {
        let budget = archive.metadata[.maximumTileBytes].flatMap { Int($0) } ?? TileRecipe.defaultMaximumTileBytes
        let generator = TileGenerator(
            store: store,
            recipe: TileRecipe(schema: schema, programVersion: Program.version, maximumTileBytes: max(budget, 0)))
        var worker = TileWorker(generator)
        let made = try worker.tile(at: tile, generator)
        return try plain(made) == plain(archive.tile(at: tile))
    }

    private func plain(_ tile: EncodedTile?) throws -> [UInt8] {
        guard let tile else { return [] }
        guard tile.compression == .gzip else { return tile.bytes }
        // Safe: the bytes are numbers, of any value.
        return try Decompressor().gzip(unsafe tile.bytes.span.bytes, limit: 1 << 28)
    }

    /// Reads `z/x/y`.
    static func coordinate(_ text: String) throws -> TileCoordinate {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let zoom = UInt8(parts[0]), let x = UInt32(parts[1]), let y = UInt32(parts[2]),
            zoom <= 14,
            let tile = TileCoordinate(zoom: zoom, x: x, y: y)
        else {
            throw CommandFailure(
                status: .wrongUse, message: "--tile takes z/x/y with x and y below 2^z and z up to 14, found '\(text)'")
        }
        return tile
    }
}
