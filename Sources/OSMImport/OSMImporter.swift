import ByteCoding
import FeatureStorage
public import OSMModel
import PlanarGeometry
public import TileSchemas
import WorkPipeline

/// An OSM file to a store.
///
/// 1. *Collect*: one pass over the file, blocks decoded on many threads: node positions, tags, references, members.
/// 2. *Relations*: areas from rings, or collections of members; what they want of ways and nodes.
/// 3. *Ways*: lines, possible areas, border records; then tagged nodes.
/// 4. *Tags*: final numbers, and from the schema the lowest zoom of each feature.
/// 5. *Write*.
///
/// The result is the same at any number of threads. Odd objects are reported and kept.
public struct OSMImporter: Sendable {
    public let schema: TileSchema
    public let options: ImportOptions
    /// Told of each new stage.
    public var stage: (@Sendable (ImportStage) -> Void)?

    public init(schema: TileSchema, options: ImportOptions) {
        self.schema = schema
        self.options = options
    }

    /// Imports `source` and writes the store at `path`. On error nothing is left there, or what was there before.
    public func run(_ source: some OSMBlockSource, to path: String) async throws -> ImportReport {
        stage?(.reading)
        var collector = ElementCollector()
        let header = try await source.readBlocks(
            threads: options.threads, transform: { PreparedBlock($0) }, consume: { try collector.take($0) })
        stage?(.assembling)
        var assembly = try await FeatureAssembly(collector, options: options)
        var report = assembly.report
        let tags = assembly.finishTags(keysKeptInSets: schema.decisionKeys)
        LowestZooms.assign(to: &assembly.batches, tags: tags, schema: schema)
        stage?(.writing)
        var metadata = StoreMetadata()
        metadata.sourceName = options.sourceName
        metadata.sourceByteCount = options.sourceByteCount
        metadata.sourceHash = options.sourceHash
        metadata.programVersion = options.programVersion
        metadata.schemaHash = schema.contentHash
        metadata.dataTimestamp = header.replicationTimestamp ?? collector.newestTimestamp
        metadata.replicationSequence = header.replicationSequence
        metadata.replicationBaseURL = header.replicationBaseURL
        let content = FeatureStoreContent(
            tags: tags, batches: assembly.batches, wayNodes: assembly.wayNodes(), members: assembly.members(tags),
            metadata: metadata)
        report.metadata = metadata
        report.storeByteCount = try FeatureStoreWriter.write(content, to: path, replacing: options.replacesExisting)
        return report
    }
}
