import ByteCoding
import FoundationEssentials
import GRDB
public import PlanarGeometry
import SystemIO

/// Reads an MBTiles 1.3 archive of any layout through its table or view `tiles`.
///
/// The file is opened for reading only and as one that does not change, so nothing appears beside it; one whose last writer
/// left a write-ahead log behind is opened with it. Calls from several threads wait for each other.
public final class MBTilesReader: TileArchiveReader {
    public let path: String
    public let metadata: TilesetMetadata
    private let database: DatabaseQueue
    private let compression: TileCompression

    public init(path: String) throws {
        // SQLite would make a file that is not there, or say less clearly that it cannot be read.
        _ = try MappedFile(path: path)
        var configuration = Configuration()
        configuration.readonly = true
        let hasLog = FileStatus.exists(path + "-wal")
        let address = hasLog ? path : "file:\(MBTilesReader.escaped(path))?mode=ro&immutable=1"
        let queue = try MBTilesFailure.wrapping(path) { try DatabaseQueue(path: address, configuration: configuration) }
        self.path = path
        database = queue
        (metadata, compression) = try MBTilesFailure.wrapping(path) {
            try queue.read { db in try MBTilesReader.describe(db, path) }
        }
    }

    /// For a URI: what SQLite reads as something else than itself.
    private static func escaped(_ path: String) -> String {
        var text = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "?"): text += "%3f"
            case UInt8(ascii: "#"): text += "%23"
            case UInt8(ascii: "%"): text += "%25"
            default: text.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        // Bytes beyond ASCII as they are.
        return text.unicodeScalars.allSatisfy(\.isASCII)
            ? text : path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
    }

    private static func describe(_ db: Database, _ path: String) throws -> (TilesetMetadata, TileCompression) {
        let columns = try? db.columns(in: "tiles").map(\.name)
        for name in ["zoom_level", "tile_column", "tile_row", "tile_data"] where columns?.contains(name) != true {
            throw TileArchiveError.damaged(
                path: path, part: "database", offset: 0,
                reason: "there is no table or view \"tiles\" with a column \"\(name)\"")
        }
        var rows: [(String, String)] = []
        if try db.tableExists("metadata") {
            // Of equal names the last counts.
            for row in try Row.fetchAll(db, sql: "SELECT name, value FROM metadata")
            where row.count == 2 { if let name: String = row[0] { rows.append((name, row[1] ?? "")) } }
        }
        var metadata = TilesetMetadata(mbtilesRows: rows)
        let range = try Row.fetchOne(db, sql: "SELECT min(zoom_level), max(zoom_level) FROM tiles")
        if let range, let low: Int = range[0], let high: Int = range[1], (0...31).contains(low), (0...31).contains(high)
        {
            if !rows.contains(where: { $0.0 == "minzoom" }) { metadata.minZoom = UInt8(low) }
            if !rows.contains(where: { $0.0 == "maxzoom" }) { metadata.maxZoom = UInt8(high) }
        }
        let first = try Data.fetchOne(db, sql: "SELECT tile_data FROM tiles WHERE tile_data IS NOT NULL LIMIT 1")
        let start = first.map { Array($0.prefix(16)) } ?? []
        if !rows.contains(where: { $0.0 == "format" }) { metadata.format = format(ofBytes: start) }
        return (metadata, EncodedTile(bytes: start, stated: .unknown).compression)
    }

    /// A tileset's format when nobody states it: pictures have their own first bytes.
    private static func format(ofBytes bytes: [UInt8]) -> TileFormat {
        if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]) { return .png }
        if bytes.starts(with: [0xff, 0xd8, 0xff]) { return .jpeg }
        if bytes.starts(with: Array("RIFF".utf8)) { return .webp }
        return .vector
    }

    public func tile(at coordinate: TileCoordinate) throws -> EncodedTile? {
        try MBTilesFailure.wrapping(path) {
            try database.read { db in try tile(at: coordinate, db) }
        }
    }

    /// Rows of `tiles`; different ones only where our own layout tells.
    public func counts() throws -> TileArchiveCounts {
        try MBTilesFailure.wrapping(path) {
            try database.read { db in
                let rows = try Int.fetchOne(db, sql: "SELECT count(*) FROM tiles")
                let contents =
                    try db.tableExists("tiles_data") ? Int.fetchOne(db, sql: "SELECT count(*) FROM tiles_data") : nil
                return TileArchiveCounts(addressedTiles: rows, entries: rows, contents: contents)
            }
        }
    }

    func readDatabase<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try MBTilesFailure.wrapping(path) { try database.read(body) }
    }

    private func tile(at coordinate: TileCoordinate, _ db: Database) throws -> EncodedTile? {
        let statement = try db.cachedStatement(
            sql: "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?")
        let row = Int64(1) << Int64(coordinate.zoom) - 1 - Int64(coordinate.y)
        guard
            let data = try Data.fetchOne(
                statement, arguments: [Int64(coordinate.zoom), Int64(coordinate.x), row]), !data.isEmpty
        else { return nil }
        return EncodedTile(bytes: Array(data), stated: .unknown)
    }

    /// In the order of PMTiles, so that any writer takes them; neighbours along the curve with equal tiles are one run.
    /// Memory: 8 bytes a tile.
    public func forEachRun(_ body: (_ first: TileCoordinate, _ count: Int, EncodedTile) throws -> Void) throws {
        let ids = try MBTilesFailure.wrapping(path) { try database.read { db in try tileIDs(db) } }
        try forEachRun(ofTiles: ids, body)
    }

    /// Rows outside the tiles of their zoom are an error: nobody could ask for them.
    private func tileIDs(_ db: Database) throws -> [UInt64] {
        var ids: [UInt64] = []
        let rows = try Row.fetchCursor(db, sql: "SELECT zoom_level, tile_column, tile_row FROM tiles")
        while let row = try rows.next() {
            let values: [DatabaseValue] = [row[0], row[1], row[2]]
            guard let zoom = Int64.fromDatabaseValue(values[0]), let x = Int64.fromDatabaseValue(values[1]),
                let tmsRow = Int64.fromDatabaseValue(values[2]), (0...31).contains(zoom), tmsRow >= 0,
                tmsRow < 1 << zoom,
                let column = UInt32(exactly: x), let y = UInt32(exactly: (Int64(1) << zoom) - 1 - tmsRow),
                let coordinate = TileCoordinate(zoom: UInt8(zoom), x: column, y: y)
            else {
                throw TileArchiveError.damaged(
                    path: path, part: "table tiles", offset: 0,
                    reason: "there is no tile at zoom \(values[0]), column \(values[1]), row \(values[2])")
            }
            ids.append(PMTilesTileID.id(coordinate))
        }
        return ids
    }
}
