import PlanarGeometry
import TileArchives

/// The sources by name, with what each request needs worked out once.
struct SourceCatalog: Sendable {
    struct Entry: Sendable {
        /// Position in the catalog; stands for the source in the cache's keys.
        let index: Int
        let source: any TileSource
        let metadata: TilesetMetadata
        let versionTag: String
        let coverage: TileCoverage
        /// See `HTTPField.Name.provenance`.
        let provenance: String?
        /// Whether tiles go out packed to those who accept it. Pictures are packed in their own way.
        var packs: Bool {
            switch metadata.format {
            case .vector, .mapLibre, .unknown: true
            case .png, .jpeg, .webp, .avif: false
            }
        }
    }

    /// In the order given.
    let entries: [Entry]
    private let indexByName: [String: Int]

    /// Names must be valid, unreserved and different.
    init(_ sources: [any TileSource]) throws(TileServingError) {
        var entries: [Entry] = []
        var indexByName: [String: Int] = [:]
        for (index, source) in sources.enumerated() {
            let name = source.name
            guard SourceName.isValid(name) else {
                throw .invalidSourceName(name: name, origin: source.origin)
            }
            if SourceName.isReserved(name) { throw .reservedSourceName(name: name, origin: source.origin) }
            if let other = indexByName.updateValue(index, forKey: name) {
                throw .duplicateSourceName(name: name, first: entries[other].source.origin, second: source.origin)
            }
            let versionTag = source.versionTag
            precondition(EntityTag.isValid(versionTag), "a version tag is visible ASCII without quotes")
            let metadata = source.metadata
            entries.append(
                Entry(
                    index: index, source: source, metadata: metadata, versionTag: versionTag,
                    coverage: TileCoverage(metadata), provenance: metadata.provenance))
        }
        self.entries = entries
        self.indexByName = indexByName
    }

    subscript(name: String) -> Entry? { indexByName[name].map { entries[$0] } }
}
