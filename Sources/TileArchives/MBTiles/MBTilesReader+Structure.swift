import GRDB

extension MBTilesReader {
    /// What is wrong with the archive beside its tiles (MBTiles 1.3): metadata that must be there, tiles that are there twice, and what
    /// SQLite itself finds. Throws where reading ends.
    public func structureFaults() throws -> [String] {
        try readDatabase { db in
            var faults: [String] = []
            for row in try Row.fetchAll(db, sql: "PRAGMA integrity_check(10)") {
                if let text: String = row[0], text != "ok" { faults.append("SQLite: \(text)") }
            }
            let names =
                try db.tableExists("metadata")
                ? Set(String.fetchAll(db, sql: "SELECT name FROM metadata WHERE name IS NOT NULL")) : []
            for name in ["name", "format"] where !names.contains(name) {
                faults.append("the metadata have no \"\(name)\"")
            }
            if metadata.format == .vector, !names.contains("json") {
                faults.append("the metadata have no \"json\", which vector tiles must have")
            }
            let repeated = try Row.fetchOne(
                db,
                sql: """
                    SELECT zoom_level, tile_column, tile_row, count(*) FROM tiles
                    GROUP BY zoom_level, tile_column, tile_row HAVING count(*) > 1 LIMIT 1
                    """)
            if let repeated, let zoom: Int = repeated[0], let x: Int = repeated[1], let y: Int = repeated[2],
                let count: Int = repeated[3]
            {
                faults.append("the tile at zoom \(zoom), column \(x), row \(y) is there \(count) times")
            }
            if try Int.fetchOne(db, sql: "SELECT count(*) FROM tiles") == 0 { faults.append("there is no tile") }
            return faults
        }
    }
}
