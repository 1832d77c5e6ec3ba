import ByteCoding
public import OSMModel
import PlanarGeometry
import SpatialIndexing
import SystemIO

/// Everything that goes into a store.
public struct FeatureStoreContent: Sendable {
    public var tags: TagTable
    public var batches: [FeatureDraftBatch]
    /// Node ids of each way that has a draft, ascending by way id: zigzag varint differences.
    public var wayNodes: ReferenceColumn
    /// Members of each relation that has a draft, ascending by relation id, see `MemberEncoder`.
    public var members: ReferenceColumn
    /// What was odd, ascending.
    public var problems: [MapProblem]
    public var metadata: StoreMetadata

    public init(
        tags: TagTable, batches: [FeatureDraftBatch], wayNodes: ReferenceColumn, members: ReferenceColumn,
        problems: [MapProblem], metadata: StoreMetadata
    ) {
        self.tags = tags
        self.batches = batches
        self.wayNodes = wayNodes
        self.members = members
        self.problems = problems
        self.metadata = metadata
    }
}

/// Coded references of many elements, one after another.
public struct ReferenceColumn: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    public init() {}

    /// Adds those of the next element.
    public mutating func append(_ element: ArraySlice<UInt8>) {
        bytes += element
        ends.append(bytes.count)
    }

    var count: Int { ends.count }

    /// Those of the element at a place, borrowed.
    @_lifetime(borrow self)
    func bytes(_ index: Int) -> RawSpan { bytes.byteSpan.extracting((index == 0 ? 0 : ends[index - 1])..<ends[index]) }

    func blobs() -> GroupedBlobs.Writer {
        var writer = GroupedBlobs.Writer()
        var start = 0
        for end in ends {
            writer.append(bytes.byteSpan.extracting(start..<end))
            start = end
        }
        return writer
    }
}

/// Writes a store of one segment. The same content gives the same bytes, however it is cut into batches.
public enum FeatureStoreWriter {
    /// Writes under a temporary name and renames; on error whatever was at `path` before is untouched. Counts and bounds of the
    /// metadata are filled in here. Returns the size of the file.
    @discardableResult
    public static func write(
        _ content: consuming FeatureStoreContent, to path: String, replacing: Bool
    ) throws -> Int {
        SharedVertices.settle(&content.batches)
        let order = sorted(content.batches)
        var metadata = content.metadata
        summarise(order, content.batches, into: &metadata)
        var file = SegmentWriter(file: try AtomicFile(path: path))
        try file.begin()
        try file.append(.metadata, metadata.encoded())
        try writeTags(content.tags, to: &file)
        try writeFeatures(order, content, to: &file)
        let ids = try writeIDs(order, content.batches, to: &file)
        try writeReferences(content, to: &file)
        try file.append(.memberships, try MembershipSection.encode(ids: ids, members: content.members))
        try file.append(.problems, ProblemCoding.encode(content.problems))
        return try file.finish(replacing: replacing)
    }

    /// Where a record goes: band first, then the Hilbert curve, then id; those without position last.
    struct Position: Comparable {
        var band: UInt8
        var curve: UInt64
        var element: ElementID
        var role: UInt8
        var batch: UInt32
        var index: UInt32

        static func < (left: Position, right: Position) -> Bool {
            if left.band != right.band { return left.band < right.band }
            if left.curve != right.curve { return left.curve < right.curve }
            if left.element != right.element { return left.element < right.element }
            return left.role < right.role
        }
    }

    /// The band of features that are in no tree.
    private static let unindexedBand = UInt8(SpatialIndexSection.bands.count)

    private static func sorted(_ batches: [FeatureDraftBatch]) -> [Position] {
        var positions: [Position] = []
        positions.reserveCapacity(batches.reduce(0) { $0 + $1.drafts.count })
        for (batchIndex, batch) in batches.enumerated() {
            for (index, draft) in batch.drafts.enumerated() {
                var position = Position(
                    band: unindexedBand, curve: 0, element: draft.element, role: draft.role.rawValue,
                    batch: UInt32(batchIndex), index: UInt32(index))
                if let box = draft.box {
                    position.curve = HilbertOrder.key(of: box)
                    if draft.role != .part { position.band = UInt8(SpatialIndexSection.band(of: draft)) }
                }
                positions.append(position)
            }
        }
        positions.sort()
        return positions
    }

    private static func summarise(
        _ order: [Position], _ batches: [FeatureDraftBatch], into metadata: inout StoreMetadata
    ) {
        var bounds = StoreBounds()
        for position in order where position.role == RecordRole.feature.rawValue {
            switch position.element.kind {
            case .node: metadata.nodeCount += 1
            case .way: metadata.wayCount += 1
            case .relation: metadata.relationCount += 1
            }
            bounds.add(batches[Int(position.batch)].drafts[Int(position.index)])
        }
        bounds.apply(to: &metadata)
    }

    private static func writeTags(_ tags: TagTable, to file: inout SegmentWriter) throws(SystemError) {
        var strings = GroupedBlobs.Writer()
        for number in 0..<tags.strings.count { strings.append(tags.strings[number]) }
        try file.append(.strings, strings)
        var order: [UInt8] = []
        order.reserveCapacity(tags.stringOrder.count * 4)
        for number in tags.stringOrder { order.appendLittleEndian(number) }
        try file.append(.stringOrder, order)
        var sets = GroupedBlobs.Writer()
        for set in tags.sets { sets.append(TagSetCoding.encode(set)) }
        try file.append(.tagSets, sets)
    }

    private static func writeFeatures(
        _ order: [Position], _ content: FeatureStoreContent, to file: inout SegmentWriter
    ) throws(SystemError) {
        // Set 0 is for features without tags; the others follow.
        var features = GroupedBlobs.Writer()
        var trees: [(content: SpatialIndexSection.Content, firstFeature: Int, bytes: [UInt8])] = []
        var record: [UInt8] = []
        var base = WorldPoint(x: 0, y: 0)
        var number = 0
        for (band, kind) in SpatialIndexSection.bands.enumerated() {
            let first = number
            var tree = PackedRTreeBuilder()
            while number < order.count, order[number].band == UInt8(band) {
                let draft = content.batches[Int(order[number].batch)].drafts[Int(order[number].index)]
                if let box = draft.box { tree.add(box) }
                append(draft, order[number], number, content, &base, &record, &features)
                number += 1
            }
            trees.append((kind, first, tree.finish()))
        }
        while number < order.count {
            let draft = content.batches[Int(order[number].batch)].drafts[Int(order[number].index)]
            append(draft, order[number], number, content, &base, &record, &features)
            number += 1
        }
        try file.append(.features, features)
        try file.append(.spatialIndex, SpatialIndexSection.encode(trees))
    }

    private static func append(
        _ draft: FeatureDraft, _ position: Position, _ number: Int, _ content: FeatureStoreContent,
        _ base: inout WorldPoint, _ record: inout [UInt8], _ features: inout GroupedBlobs.Writer
    ) {
        let batch = content.batches[Int(position.batch)]
        let geometry = batch.geometries[Int(position.index)]
        if number % GroupedBlobs.groupSize == 0 { base = geometry.first }
        record.removeAll(keepingCapacity: true)
        let header = FeatureRecord(
            element: draft.element, shape: draft.shape,
            role: draft.role, traits: draft.traits, isChunked: geometry.isChunked,
            tagSet: draft.tagList.map { content.tags.setOfList[Int($0)] + 1 } ?? 0,
            varying: draft.tagList.map { Array(content.tags.varyingValues(ofList: $0)) } ?? [],
            exactCoordinates: draft.exactCoordinates, labelPoint: draft.labelPoint)
        header.append(to: &record, base: base, first: geometry.first)
        batch.appendGeometry(Int(position.index), to: &record)
        var groupHeader: [UInt8] = []
        groupHeader.appendLittleEndian(base.x)
        groupHeader.appendLittleEndian(base.y)
        features.append(record.byteSpan, groupHeader: groupHeader.byteSpan)
    }

    /// Returns the ids of each kind, ascending.
    private static func writeIDs(
        _ order: [Position], _ batches: [FeatureDraftBatch], to file: inout SegmentWriter
    ) throws(SystemError) -> [[Int64]] {
        var entries: [[IDSection.Entry]] = [[], [], []]
        for (number, position) in order.enumerated() where position.role <= RecordRole.part.rawValue {
            entries[Int(position.element.kind.rawValue)].append(
                IDSection.Entry(number: position.element.number, feature: UInt32(number)))
        }
        for kind in entries.indices { entries[kind].sort { $0.number < $1.number } }
        try file.append(
            .ids, IDSection.encode(nodes: entries[0], ways: entries[1], relations: entries[2]))
        return entries.map { $0.map(\.number) }
    }

    /// One blob for each way, and for each relation, that has an entry in the id section, in the same order.
    private static func writeReferences(
        _ content: FeatureStoreContent, to file: inout SegmentWriter
    ) throws(SystemError) {
        try file.append(.wayNodes, content.wayNodes.blobs())
        try file.append(.members, content.members.blobs())
    }
}
