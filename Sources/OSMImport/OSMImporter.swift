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
/// 3. *Ways*: lines, possible areas, border records; then tagged nodes, and the sea from its coastline.
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
        var (collector, metadata) = try await collect(source)
        stage?(.assembling)
        // Handed over, not shared: what a step no longer needs is freed before the next one takes memory.
        let assembly = try await FeatureAssembly(consume collector, options: options)
        var report = assembly.report
        metadata.sea = assembly.sea
        let content = (consume assembly).content(schema: schema, metadata: metadata)
        stage?(.writing)
        report.metadata = metadata
        report.storeByteCount = try FeatureStoreWriter.write(
            consume content, to: path, replacing: options.replacesExisting)
        return report
    }

    /// Everything that an import of `source` would report, without the features and without writing anything: the same
    /// problems as in the report of `run` and in the store that it writes.
    public func problems(of source: some OSMBlockSource) async throws -> ImportReport {
        stage?(.reading)
        let (collector, metadata) = try await collect(source)
        stage?(.assembling)
        var report = try await FeatureAssembly(consume collector, options: options).report
        report.metadata = metadata
        return report
    }

    private func collect(_ source: some OSMBlockSource) async throws -> (ElementCollector, StoreMetadata) {
        var collector = ElementCollector()
        let header = try await source.readBlocks(
            threads: options.threads, transform: { PreparedBlock($0) }, consume: { try collector.take($0) })
        collector.header = header
        var metadata = StoreMetadata()
        metadata.sourceName = options.sourceName
        metadata.sourceByteCount = options.sourceByteCount
        metadata.sourceHash = options.sourceHash
        metadata.programVersion = options.programVersion
        metadata.schemaHash = schema.contentHash
        metadata.areaRulesHash = options.areaRules?.textHash
        metadata.dataTimestamp = header.replicationTimestamp ?? collector.newestTimestamp
        metadata.replicationSequence = header.replicationSequence
        metadata.replicationBaseURL = header.replicationBaseURL
        return (collector, metadata)
    }
}
