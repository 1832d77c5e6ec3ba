import HTTPTypes
import TileArchives

extension HTTPField.Name {
    /// Where the tiles come from: `source=…; date=…; sequence=…; schema=…; generator=…; license=…`, of each what is known.
    ///
    /// The same facts as in TileJSON and archive metadata, for those who have only a tile in their hands: the SHA-256 of the OSM
    /// file, the date of its newest change, its replication sequence, and name and hash of the schema.
    static let provenance = HTTPField.Name("Tuile-Provenance")
}

extension TilesetMetadata {
    /// The value of the header `Tuile-Provenance`; `nil` when nothing is known.
    var provenance: String? {
        let schema = [self[.schemaName], self[.schemaHash]].compactMap(\.self).joined(separator: "/")
        let facts: [(String, String?)] = [
            ("source", self[.sourceSHA256]), ("date", self[.dataDate]), ("sequence", self[.replicationSequence]),
            ("schema", schema.isEmpty ? nil : schema), ("generator", self[.generator]), ("license", self[.licence]),
        ]
        let parts = facts.compactMap { name, value in
            value.flatMap { TilesetMetadata.isHeaderText($0) ? "\(name)=\($0)" : nil }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    /// Archives of others may say anything; what could end the header or be taken for another fact stays out.
    private static func isHeaderText(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 200
            && text.utf8.allSatisfy { (0x20...0x7e).contains($0) && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "=") }
    }
}
